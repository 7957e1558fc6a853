//! What an account is told by letter because of the time, and must be told once: whoever writes the row writes the
//! letters, in the same transaction, and whoever comes second (the next pass, another server, the same server after a
//! crash) finds it told.

use jiff::Timestamp;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, EntityTrait, Set, TryInsertResult};
use uuid::Uuid;

use crate::error::Error;
use crate::store::entities::notices;
pub use crate::store::entities::notices::Kind;
use crate::store::{At, new_id};

/// Notes that an account is being told something, in the transaction that writes the letters. False if it was told
/// before: then there is nothing to write.
///
/// `occasion` tells one time from the next where the same may have to be told again, for another end or another period.
pub async fn note(
    tx: &impl ConnectionTrait,
    account_id: Uuid,
    kind: Kind,
    occasion: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    let row = notices::ActiveModel {
        id: Set(new_id()),
        account_id: Set(account_id),
        kind: Set(kind),
        occasion: Set(occasion.to_owned()),
        at: Set(At::from(now)),
    };
    let once = OnConflict::columns([
        notices::Column::AccountId,
        notices::Column::Kind,
        notices::Column::Occasion,
    ])
    .do_nothing()
    .to_owned();
    let inserted = notices::Entity::insert(row)
        .on_conflict(once)
        .try_insert()
        .exec_without_returning(tx)
        .await?;
    Ok(matches!(inserted, TryInsertResult::Inserted(1..)))
}
