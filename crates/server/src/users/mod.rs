//! The users of an account: added, deactivated, reactivated by the owner and admins.

mod activity;
mod add;
pub mod invitation;
mod suspension;
mod view;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::accounts::Standing;
use crate::error::Error;
use crate::orders;
use crate::state::AppState;
use crate::store::entities::users;
use crate::subscriptions::renewals;

pub use activity::{deactivate, deactivate_all_but_owner, reactivate};
pub use add::add;
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

/// Whether an account may have `wanted` active users (billing rules, "Licences and users"): any number in the trial,
/// none more once it is over, the licences when paid; and no more than an open order would pay for.
async fn check_room(
    conn: &impl ConnectionTrait,
    state: &AppState,
    account_id: Uuid,
    standing: &Standing,
    wanted: u32,
) -> Result<(), Error> {
    match standing {
        Standing::Trial(_) => {}
        Standing::TrialOver(_) => return Err(Error::TrialOver),
        Standing::Suspended(_) | Standing::Ended(_) => {
            return Err(Error::NotEnoughLicences {
                licences: 0,
                active_users: wanted,
            });
        }
        Standing::Paid(subscription) => {
            let licences = subscription.licences.get();
            if licences < wanted {
                return Err(Error::NotEnoughLicences {
                    licences,
                    active_users: wanted,
                });
            }
        }
    }
    // A renewal that is being charged has been decided for so many licences.
    if let Some(renewal) = renewals::being_charged(conn, account_id).await?
        && orders::view::seats(&renewal)?.get() < wanted
    {
        return Err(Error::OrderPending(renewal.id));
    }
    match orders::pending_of(conn, state, account_id).await? {
        Some(order) if order.choice.seats.get() < wanted => Err(Error::OrderPending(order.id)),
        _ => Ok(()),
    }
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
