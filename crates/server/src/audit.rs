//! The trail of what was done to an account: append-only, in the database too (`store/schema/accounts.rs`).
//!
//! Every deed has a word of [`actions`] and particulars as JSON. People read it in sentences (`crate::history`), which are
//! made when they are read, in the language of whoever reads.

pub mod actions;

use jiff::Timestamp;
use sea_orm::{ActiveModelTrait, ConnectionTrait, Set};
use uuid::Uuid;

use crate::error::Error;
use crate::store::entities::audit;
use crate::store::{At, new_id};

/// Notes a deed, in the transaction that does it. `action` is one of [`actions`], whose documentation says what `detail`
/// holds: no secret, and no more about a person than the identity of the user. `actor` is the user who did it; none for
/// the server itself, and for the vendor's staff, whom `detail` then names as `staff`.
pub async fn note(
    tx: &impl ConnectionTrait,
    account_id: Uuid,
    actor: Option<Uuid>,
    action: &str,
    detail: serde_json::Value,
    now: Timestamp,
) -> Result<(), Error> {
    debug_assert!(
        actions::ALL.contains(&action),
        "{action:?} is not among audit::actions, so nobody can read of it"
    );
    let row = audit::ActiveModel {
        id: Set(new_id()),
        account_id: Set(account_id),
        user_id: Set(actor),
        action: Set(action.to_owned()),
        detail: Set(detail.to_string()),
        at: Set(At::from(now)),
    };
    row.insert(tx).await?;
    Ok(())
}
