//! Finding out how the payment of an order stands: when the provider tells, when the buyer comes back, when somebody
//! looks at the order, and when its time is over.

use onedesk_contract::orders::{OrderStatus, OrderView};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{place, settle, view};
use crate::error::Error;
use crate::payments::{CheckoutState, gateway_of, refunds};
use crate::sandbox;
use crate::state::AppState;
use crate::store::At;
use crate::store::entities::accounts;
use crate::store::entities::orders::{Column, Entity, Model, StoredStatus};

/// Asks the provider about an order and carries out what follows from it. Gives the order as it is then.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::PaymentUnavailable`] if the provider does not answer: nothing was changed then.
pub async fn refresh(state: &AppState, order_id: Uuid) -> Result<Model, Error> {
    let order = Entity::find_by_id(order_id)
        .one(state.store.read())
        .await?
        .ok_or(Error::NotFound)?;
    ask_about(state, order).await
}

async fn ask_about(state: &AppState, order: Model) -> Result<Model, Error> {
    let over = order.expires_at <= At::from(state.clock.now());
    let gateway = gateway_of(state, &order.provider)?;
    let checkout = match &order.checkout_id {
        Some(checkout) => checkout.clone(),
        None if order.status != StoredStatus::Pending => return Ok(order),
        // Nobody was ever told where to pay.
        None if over => return settle::apply(state, order.id, &CheckoutState::Closed, None).await,
        // The server stopped while the order was being placed.
        None => {
            let checkout = place::open_checkout(state, &gateway, &order).await?;
            state
                .store
                .with_tx(async |tx| place::keep_checkout(&tx, order.id, &checkout).await)
                .await?;
            checkout.id
        }
    };
    let news = match gateway.look_up(&checkout).await? {
        CheckoutState::Open if over => gateway.cancel(&checkout).await?,
        news => news,
    };
    settle::apply(state, order.id, &news, None).await
}

/// An order as its own account sees it, up to date while it waits. That the provider does not answer is no reason not
/// to show what is known.
///
/// # Errors
/// [`Error::NotFound`] for an order of another account, too.
pub async fn seen_by(state: &AppState, account_id: Uuid, order_id: Uuid) -> Result<OrderView, Error> {
    let mut order = of_account(state, account_id, order_id).await?;
    if order.status == StoredStatus::Pending {
        match ask_about(state, order.clone()).await {
            Ok(_) => order = of_account(state, account_id, order_id).await?,
            Err(Error::PaymentUnavailable(why)) => {
                tracing::warn!(order = %order_id, why, "shown as it was stored");
            }
            Err(error) => return Err(error),
        }
    }
    view::of(state.store.read(), &order).await
}

/// Gives an order up, for the user who asks for it.
///
/// The provider is asked first: what cannot be paid any more can be cancelled, and what was paid just before is settled
/// instead.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::OrderNotPending`], also when it turns out to be paid; [`Error::PaymentUnavailable`].
pub async fn cancel(
    state: &AppState,
    account_id: Uuid,
    user_id: Uuid,
    order_id: Uuid,
) -> Result<OrderView, Error> {
    let order = of_account(state, account_id, order_id).await?;
    if order.status != StoredStatus::Pending {
        return Err(Error::OrderNotPending);
    }
    let news = match &order.checkout_id {
        Some(checkout) => gateway_of(state, &order.provider)?.cancel(checkout).await?,
        None => CheckoutState::Closed,
    };
    let order = settle::apply(state, order.id, &news, Some(user_id)).await?;
    match OrderStatus::from(order.status) {
        OrderStatus::Cancelled => view::of(state.store.read(), &order).await,
        _ => Err(Error::OrderNotPending),
    }
}

/// Cancels the orders whose time to pay is over (or settles them, if they were paid in the last moment), and makes up
/// for what could not be done before: notifications of the sandbox, refunds. Called at start, every minute and after
/// each move of the sandbox's clock, before trials are brought to their end. One order that fails does not hold up the others.
pub async fn expire_due(state: &AppState) -> Result<(), Error> {
    if state.config.sandbox {
        sandbox::pay::deliver_due(state).await?;
    }
    expire(state, None).await?;
    refunds::pay_due(state).await
}

/// The same for one account's order.
pub async fn expire_of(state: &AppState, account_id: Uuid) -> Result<(), Error> {
    expire(state, Some(account_id)).await
}

async fn expire(state: &AppState, account_id: Option<Uuid>) -> Result<(), Error> {
    let now = At::from(state.clock.now());
    // Who paid before the end of the trial keeps every user, also when nobody has heard of the payment yet: so the
    // orders of ending trials are looked at before their time is over.
    let ending = Query::select()
        .column(accounts::Column::Id)
        .from(accounts::Entity)
        .and_where(accounts::Column::TrialSettledAt.is_null())
        .and_where(accounts::Column::TrialEndsAt.lte(now))
        .to_owned();
    let mut due = Entity::find()
        .filter(Column::Status.eq(StoredStatus::Pending))
        .filter(
            Condition::any()
                .add(Column::ExpiresAt.lte(now))
                .add(Column::AccountId.in_subquery(ending)),
        );
    if let Some(account_id) = account_id {
        due = due.filter(Column::AccountId.eq(account_id));
    }
    for order in due.all(state.store.read()).await? {
        let id = order.id;
        if let Err(error) = ask_about(state, order).await {
            tracing::warn!(order = %id, %error, "the order cannot be brought to its end yet");
        }
    }
    Ok(())
}

async fn of_account(state: &AppState, account_id: Uuid, order_id: Uuid) -> Result<Model, Error> {
    let own = Column::AccountId.eq(account_id);
    Entity::find_by_id(order_id)
        .filter(own)
        .one(state.store.read())
        .await?
        .ok_or(Error::NotFound)
}
