use onedesk_contract::account::Role;
use onedesk_contract::users::{UserView, UsersView};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::accounts::Standing;
use crate::error::Error;
use crate::state::AppState;
use crate::store::entities::{accounts, users};

/// Everybody: the owner first, then by name, then those who have not joined yet by address.
pub async fn view(
    conn: &impl ConnectionTrait,
    state: &AppState,
    account: &accounts::Model,
) -> Result<UsersView, Error> {
    let standing = Standing::of(conn, state, account, state.clock.now()).await?;
    let mut users = users::Entity::find()
        .filter(users::Column::AccountId.eq(account.id))
        .all(conn)
        .await?;
    users.sort_by_cached_key(|user| {
        (
            user.role != users::StoredRole::Owner,
            user.name.is_empty(),
            user.name.to_lowercase(),
            user.email.clone(),
        )
    });
    let active = users.iter().filter(|user| user.active).count();
    Ok(UsersView {
        active_users: u32::try_from(active).map_err(Error::internal)?,
        licences: standing.licences(),
        users: users
            .into_iter()
            .map(|user| UserView {
                id: user.id,
                invited: user.password_hash.is_none(),
                name: user.name,
                email: user.email,
                role: Role::from(user.role),
                active: user.active,
            })
            .collect(),
    })
}
