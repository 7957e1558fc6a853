use std::time::Duration;

use onedesk_contract::users::UsersView;
use onedesk_texts::Language;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use serde_json::json;
use uuid::Uuid;

use super::{check_room, count_active, invitation, view};
use crate::accounts::Standing;
use crate::audit::{self, actions};
use crate::error::Error;
use crate::extract::SignedIn;
use crate::mail;
use crate::sign_in::session;
use crate::state::AppState;
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
                set_active(&tx, user.id, false).await?;
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
    users::Entity::update_many()
        .col_expr(users::Column::Active, Expr::value(false))
        .filter(users::Column::Id.is_in(leaving.iter().copied()))
        .exec(tx)
        .await?;
    session::end_all(tx, leaving.iter().copied()).await?;
    Ok(leaving)
}

/// Reactivates a user, if a licence is free. One who never joined is invited again: the first link may be too old.
pub async fn reactivate(state: &AppState, admin: &SignedIn, user_id: Uuid) -> Result<UsersView, Error> {
    let now = state.clock.now();
    let found = find(state.store.read(), admin, user_id).await?;
    let is_invited = !found.active && found.password_hash.is_none();
    if is_invited {
        state.throttles.invitations(&admin.account.id.to_string(), 1)?;
        state.throttles.invitation_to(&found.email)?;
    }
    let view = state
        .store
        .with_tx(async |tx| {
            let user = find(&tx, admin, user_id).await?;
            if !user.active {
                let standing = Standing::of(&tx, state, &admin.account, now).await?;
                let wanted = count_active(&tx, admin.account.id).await?.saturating_add(1);
                check_room(&tx, state, admin.account.id, &standing, wanted).await?;
                set_active(&tx, user.id, true).await?;
                if user.password_hash.is_none() {
                    if !is_invited {
                        // Deactivated since the allowance was looked at, so this letter is not paid for.
                        return Err(Error::TooManyAttempts(Duration::from_secs(1)));
                    }
                    let language: Language = user.language.parse().unwrap_or_default();
                    let letter =
                        invitation::letter_again(&tx, state, language, &user, &admin.account, now).await?;
                    mail::enqueue(&tx, letter, now).await?;
                }
                let detail = json!({ "user": user.id });
                audit::note(
                    &tx,
                    admin.account.id,
                    Some(admin.user.id),
                    actions::USER_REACTIVATED,
                    detail,
                    now,
                )
                .await?;
            }
            view(&tx, state, &admin.account).await
        })
        .await?;
    state.letters_waiting.notify_one();
    Ok(view)
}

/// A user of the admin's own account; those of others do not exist here.
async fn find(conn: &impl ConnectionTrait, admin: &SignedIn, user_id: Uuid) -> Result<users::Model, Error> {
    let user = users::Entity::find_by_id(user_id).filter(users::Column::AccountId.eq(admin.account.id));
    user.one(conn).await?.ok_or(Error::NotFound)
}

async fn set_active(tx: &impl ConnectionTrait, user_id: Uuid, active: bool) -> Result<(), Error> {
    users::Entity::update_many()
        .col_expr(users::Column::Active, Expr::value(active))
        .filter(users::Column::Id.eq(user_id))
        .exec(tx)
        .await?;
    Ok(())
}
