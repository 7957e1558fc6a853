//! The trail of what was done to an account.

use jiff::Timestamp;
use sea_orm::{ActiveModelTrait, ConnectionTrait, Set};
use uuid::Uuid;

use crate::error::Error;
use crate::store::entities::audit;
use crate::store::{At, new_id};

/// Notes a deed, in the transaction that does it. `actor` is the user, or none for the server itself; `detail` holds no
/// secret.
pub async fn note(
    tx: &impl ConnectionTrait,
    account_id: Uuid,
    actor: Option<Uuid>,
    action: &str,
    detail: serde_json::Value,
    now: Timestamp,
) -> Result<(), Error> {
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
