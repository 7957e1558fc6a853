//! The users of an account: added, deactivated, reactivated by the owner and admins.

mod activity;
mod add;
pub mod invitation;
mod reactivation;
mod room;
mod suspension;
mod view;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::error::Error;
use crate::store::entities::users;

pub use activity::{deactivate, deactivate_all_but_owner};
pub use add::add;
pub use reactivation::reactivate;
pub use suspension::{forget_suspended, let_back_in, suspend_all_but_owner};
pub use view::view;

/// Users of an account that need a licence now; customers never count.
pub async fn count_active(conn: &impl ConnectionTrait, account_id: Uuid) -> Result<u32, Error> {
    let count = users::Entity::find()
        .filter(users::Column::AccountId.eq(account_id))
        .filter(users::Column::Active.eq(true))
        .count(conn)
        .await?;
    u32::try_from(count).map_err(Error::internal)
}

/// Owner and admins who can read letters about the account: active, and joined. An invited one could not follow a letter's
/// link, and has an invitation to answer first. To tell admins who are about to be deactivated, ask before that.
pub async fn administrators(
    conn: &impl ConnectionTrait,
    account_id: Uuid,
) -> Result<Vec<users::Model>, Error> {
    Ok(users::Entity::find()
        .filter(users::Column::AccountId.eq(account_id))
        .filter(users::Column::Role.is_in([users::StoredRole::Owner, users::StoredRole::Admin]))
        .filter(users::Column::Active.eq(true))
        .filter(users::Column::PasswordHash.is_not_null())
        .order_by_asc(users::Column::Id)
        .all(conn)
        .await?)
}

/// The owner of an account: there is always one.
pub async fn owner(conn: &impl ConnectionTrait, account_id: Uuid) -> Result<users::Model, Error> {
    users::Entity::find()
        .filter(users::Column::AccountId.eq(account_id))
        .filter(users::Column::Role.eq(users::StoredRole::Owner))
        .one(conn)
        .await?
        .ok_or_else(|| Error::internal("an account without its owner"))
}
