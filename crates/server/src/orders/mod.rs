//! Orders: from the press of *Subscribe* to what was bought. `docs/payments.md` tells the whole way.
//!
//! - [`state`] decides, purely, what news of a payment mean for an order.
//! - [`taking_in`] takes in what is asked for with an idempotency key, once; [`place`] a first order, changes and recoveries go
//!   the same way. [`write`] writes an order of any kind.
//! - [`paying`] has it paid: by the stored card, or on the provider's page.
//! - [`delivery`] says what a paid order brings, or why it cannot any more; [`settle`] and [`carry_out`] do it, each in
//!   one transaction.
//! - [`transfer`] has an order wait for a bank transfer instead, and settles it once the staff have seen the money.
//! - [`follow`] finds the news: on a notification, on the buyer's return, when somebody looks, when time is up.

mod admission;
mod answer;
pub mod carry_out;
pub mod delivery;
mod follow;
mod keys;
mod letter;
pub mod paying;
mod place;
mod request;
pub mod settle;
pub mod state;
pub mod taking_in;
pub mod transfer;
pub mod view;
pub mod write;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use admission::refused;
pub use answer::Answer;
pub use follow::{cancel, expire_due, expire_of, refresh, seen_by};
pub use keys::IdempotencyKey;
pub use place::place;
pub use request::{OrderBody, fingerprint};

use onedesk_contract::orders::OrderView;

use crate::error::Error;
use crate::state::AppState;
use crate::store::entities::orders::{Column, Entity, Model, StoredKind, StoredStatus};

/// The order of an account that waits for the payment that a person makes, if there is one. While it waits, no more users
/// may become active than it has licences: settled, it has to cover them. One whose time is over still counts until it is
/// looked at (within a minute), as it may have been paid in its last moment.
pub async fn pending_of(
    conn: &impl ConnectionTrait,
    _state: &AppState,
    account_id: Uuid,
) -> Result<Option<OrderView>, Error> {
    match pending(conn, account_id).await? {
        Some(order) => Ok(Some(view::of(conn, &order).await?)),
        None => Ok(None),
    }
}

/// The same as it is stored; a unique index sees to it that there is one at most. Renewals and pages that only save a card
/// are none of them.
pub async fn pending(conn: &impl ConnectionTrait, account_id: Uuid) -> Result<Option<Model>, Error> {
    let of_account = Column::AccountId.eq(account_id);
    Ok(Entity::find()
        .filter(of_account)
        .filter(Column::Status.is_in(StoredStatus::WAITING))
        .filter(Column::Kind.is_in(StoredKind::PLACED_BY_PEOPLE))
        .one(conn)
        .await?)
}

/// Whether the stored card of an order that waits is being charged this moment, so that it is soon known what comes of it.
pub fn is_being_charged(order: &Model) -> bool {
    order.method.is_some() && order.checkout_id.is_none()
}
