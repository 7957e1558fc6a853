//! Taking users' access away.

use jiff::Timestamp;
use onedesk_contract::users::UsersView;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use serde_json::json;
use uuid::Uuid;

use super::view;
use crate::audit::{self, actions};
use crate::error::Error;
use crate::extract::SignedIn;
use crate::sign_in::session;
use crate::state::AppState;
use crate::store::At;
use crate::store::entities::users;

/// Deactivates a user: no licence, no signing in, every session ended; what the user made stays.
pub async fn deactivate(state: &AppState, admin: &SignedIn, user_id: Uuid) -> Result<UsersView, Error> {
    let now = state.clock.now();
    state
        .store
        .with_tx(async |tx| {
            let user = find(&tx, admin, user_id).await?;
            if user.role == users::StoredRole::Owner {
                return Err(Error::OwnerStays);
            }
            if user.active {
                set_inactive(&tx, [user.id], now).await?;
                session::end_all(&tx, [user.id]).await?;
                let detail = json!({ "user": user.id });
                audit::note(
                    &tx,
                    admin.account.id,
                    Some(admin.user.id),
                    actions::USER_DEACTIVATED,
                    detail,
                    now,
                )
                .await?;
            }
            view(&tx, state, &admin.account).await
        })
        .await
}

/// Deactivates every active user but the owner, and ends their sessions: at the end of a trial, of a subscription, and while
/// one is suspended. Gives those who were deactivated; nothing of theirs is deleted.
pub async fn deactivate_all_but_owner(
    tx: &impl ConnectionTrait,
    account_id: Uuid,
    now: Timestamp,
) -> Result<Vec<Uuid>, Error> {
    let leaving: Vec<Uuid> = users::Entity::find()
        .select_only()
        .column(users::Column::Id)
        .filter(users::Column::AccountId.eq(account_id))
        .filter(users::Column::Active.eq(true))
        .filter(users::Column::Role.ne(users::StoredRole::Owner))
        .into_tuple()
        .all(tx)
        .await?;
    set_inactive(tx, leaving.iter().copied(), now).await?;
    session::end_all(tx, leaving.iter().copied()).await?;
    Ok(leaving)
}

/// A user of the admin's own account; those of others do not exist here.
async fn find(conn: &impl ConnectionTrait, admin: &SignedIn, user_id: Uuid) -> Result<users::Model, Error> {
    let user = users::Entity::find_by_id(user_id).filter(users::Column::AccountId.eq(admin.account.id));
    user.one(conn).await?.ok_or(Error::NotFound)
}

async fn set_inactive(
    tx: &impl ConnectionTrait,
    users: impl IntoIterator<Item = Uuid>,
    now: Timestamp,
) -> Result<(), Error> {
    users::Entity::update_many()
        .col_expr(users::Column::Active, Expr::value(false))
        .col_expr(users::Column::DeactivatedAt, Expr::value(At::from(now)))
        .filter(users::Column::Id.is_in(users))
        .exec(tx)
        .await?;
    Ok(())
}
