//! Finding out how the payment of an order stands: when the provider tells, when the buyer comes back, when somebody
//! looks at the order, and when its time is over.

use jiff::SignedDuration;
use onedesk_contract::orders::{OrderStatus, OrderView};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{paying, settle, view};
use crate::error::Error;
use crate::payments::{ChargeState, CheckoutState, gateway_of, refunds};
use crate::state::AppState;
use crate::store::At;
use crate::store::entities::accounts;
use crate::store::entities::orders::{Column, Entity, Model, StoredKind, StoredStatus, StoredWay};
use crate::{clock, sandbox};

/// How long the charge of a stored card may take before it is asked what became of it.
const CHARGED_WITHIN: SignedDuration = SignedDuration::from_mins(1);

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
    if order.payment_way == StoredWay::Transfer {
        // No provider knows of it: people say whether it has arrived.
        return match order.status {
            StoredStatus::AwaitingTransfer if over => {
                settle::apply(state, order.id, &CheckoutState::Closed, None).await
            }
            _ => Ok(order),
        };
    }
    let Some(checkout) = &order.checkout_id else {
        return match order.status {
            // Who charges a renewal, and tries again, looks after it.
            StoredStatus::Pending if order.kind != StoredKind::Renewal => {
                without_page(state, order, over).await
            }
            _ => Ok(order),
        };
    };
    let gateway = gateway_of(state, &order.provider)?;
    let news = match gateway.look_up(checkout).await? {
        CheckoutState::Open if over => gateway.cancel(checkout).await?,
        news => news,
    };
    settle::apply(state, order.id, &news, None).await
}

/// A pending order without a page to pay on: the server stopped while it was being placed, or its card is being charged.
async fn without_page(state: &AppState, order: Model, over: bool) -> Result<Model, Error> {
    let found = paying::found(state, &order).await?;
    // A card that is being charged this moment is not given up, though midnight or the half hour comes meanwhile.
    let is_charged_now = found.is_none() && order.method.is_some() && !is_left(state, &order);
    match found {
        None if is_charged_now => Ok(order),
        // The holder was to confirm, and was never told where.
        Some(ChargeState::NeedsHolder) | None if over => {
            settle::apply(state, order.id, &CheckoutState::Closed, None).await
        }
        Some(charged) => paying::carry_on(state, order, charged).await,
        // Whoever placed it is on the way to charge it, or comes again with the key; nobody else charges a card.
        None if order.method.is_some() => Ok(order),
        None => paying::open_page(state, order).await,
    }
}

/// Whether an order has waited for the charge of its stored card for so long that whoever was charging has stopped.
fn is_left(state: &AppState, order: &Model) -> bool {
    order.placed_at <= At::from(clock::earlier(state.clock.now(), CHARGED_WITHIN))
}

/// An order as its own account sees it, up to date while it waits. That the provider does not answer is no reason not
/// to show what is known.
///
/// # Errors
/// [`Error::NotFound`] for an order of another account, too.
pub async fn seen_by(state: &AppState, account_id: Uuid, order_id: Uuid) -> Result<OrderView, Error> {
    let mut order = of_account(state, account_id, order_id).await?;
    if order.status.waits() {
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
    // A renewal is time's: who wants none cancels the subscription.
    if !order.status.waits() || order.kind == StoredKind::Renewal {
        return Err(Error::OrderNotPending);
    }
    let news = match &order.checkout_id {
        Some(checkout) => gateway_of(state, &order.provider)?.cancel(checkout).await?,
        None => match paying::found(state, &order).await? {
            Some(ChargeState::Paid(payment)) => CheckoutState::Paid(payment),
            Some(ChargeState::Declined { .. } | ChargeState::NeedsHolder) | None => CheckoutState::Closed,
        },
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
    // A stored card is charged within seconds: an order that has waited for it longer was left by a server that stopped.
    let left = At::from(clock::earlier(state.clock.now(), CHARGED_WITHIN));
    let mut due = Entity::find()
        .filter(Column::Status.is_in(StoredStatus::WAITING))
        .filter(Column::Kind.ne(StoredKind::Renewal))
        .filter(
            Condition::any()
                .add(Column::ExpiresAt.lte(now))
                .add(Column::AccountId.in_subquery(ending))
                .add(
                    Condition::all()
                        .add(Column::Method.is_not_null())
                        .add(Column::CheckoutId.is_null())
                        .add(Column::PlacedAt.lte(left)),
                ),
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
