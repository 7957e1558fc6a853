//! Replacing the stored card: the provider's page, which only saves a card.

use onedesk_contract::orders::{OrderKind, OrderView, PaymentWay};
use onedesk_pricing::Money;
use onedesk_tax::totals;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::billing::{BillTo, taxation};
use crate::error::Error;
use crate::extract::SignedIn;
use crate::orders::write::{NewOrder, time_to_pay, write};
use crate::orders::{self, paying, view};
use crate::state::AppState;
use crate::store::entities::orders::{Column, Entity, Model, StoredKind, StoredStatus};
use crate::store::{DUPLICATE_TRIES, is_duplicate, new_id};
use crate::{payments, subscriptions};

/// Opens the page to save another card on. While one is open, asking again gives the same.
///
/// # Errors
/// [`Error::NotFound`] without a subscription: there is nothing to be charged later. [`Error::PaymentUnavailable`].
pub async fn replace(state: &AppState, admin: &SignedIn) -> Result<OrderView, Error> {
    let gateway = payments::gateway(state)
        .ok_or_else(|| Error::PaymentUnavailable("no payment provider is configured".to_owned()))?;
    // A page whose time is over is not given again.
    orders::expire_of(state, admin.account.id).await?;
    let mut tries = 1;
    let order = loop {
        match open_one(state, admin, gateway.provider()).await {
            Err(Error::Database(error)) if tries < DUPLICATE_TRIES && is_duplicate(&error) => tries += 1,
            order => break order?,
        }
    };
    let order = paying::open_page(state, order).await?;
    view::of(state.store.read(), &order).await
}

async fn open_one(state: &AppState, admin: &SignedIn, provider: &str) -> Result<Model, Error> {
    let SignedIn { user, account } = admin;
    let now = state.clock.now();
    state
        .store
        .with_tx(async |tx| {
            if let Some(order) = open(&tx, account.id).await? {
                return Ok(order);
            }
            let subscription = subscriptions::find(&tx, account.id).await?;
            let term = subscription.ok_or(Error::NotFound)?.term;
            let bill_to = BillTo::of(&tx, account).await?;
            let treatment = taxation::treatment(state, account, &bill_to, now)?;
            let nothing = Money::zero(term.currency());
            let order = NewOrder {
                account_id: account.id,
                placed_by: user.id,
                key: &new_id().to_string(),
                kind: OrderKind::PaymentMethod,
                choice: term.choice(),
                unit_price: term.unit_price,
                lines: &[],
                totals: totals([], &treatment, nothing).map_err(Error::internal)?,
                treatment,
                bill_to: &bill_to,
                decision: None,
                period_start: None,
                language: &user.language,
                payment: PaymentWay::Card,
                provider,
                method: None,
                expires_at: time_to_pay(now),
            };
            write(&tx, order, Some(user.id), now).await
        })
        .await
}

/// The open one of an account; a unique index sees to it that there is one at most.
async fn open(conn: &impl ConnectionTrait, account_id: Uuid) -> Result<Option<Model>, Error> {
    Ok(Entity::find()
        .filter(Column::AccountId.eq(account_id))
        .filter(Column::Kind.eq(StoredKind::PaymentMethod))
        .filter(Column::Status.eq(StoredStatus::Pending))
        .one(conn)
        .await?)
}
