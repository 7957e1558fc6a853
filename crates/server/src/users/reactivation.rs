//! Letting deactivated users work again: one, several, or as many as the licences allow (billing rules, "Trial").

use std::cmp::Reverse;
use std::collections::HashSet;
use std::time::Duration;

use jiff::Timestamp;
use onedesk_contract::users::UsersView;
use onedesk_texts::Language;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde_json::json;
use uuid::Uuid;

use super::room::Room;
use super::{count_active, invitation, view};
use crate::audit::{self, actions};
use crate::error::Error;
use crate::extract::SignedIn;
use crate::mail;
use crate::state::AppState;
use crate::store::At;
use crate::store::entities::users;

/// Reactivates users: those named, all of them or none; or, when none is named, as many as the licences allow, those first
/// who were deactivated last, then by name. Who is active already stays so.
///
/// One who never joined is invited again: the first link may be too old.
///
/// # Errors
/// [`Error::NotFound`] for users of other accounts; what [`Room`] refuses; [`Error::TooManyAttempts`] for more invitations
/// than are allowed.
pub async fn reactivate(state: &AppState, admin: &SignedIn, wanted: &[Uuid]) -> Result<UsersView, Error> {
    let now = state.clock.now();
    // The allowance of letters is no part of the transaction, which may run more than once.
    let expected = choose(state.store.read(), state, admin, wanted, now).await?;
    let invited: HashSet<Uuid> = expected
        .iter()
        .filter(|user| user.password_hash.is_none())
        .map(|user| user.id)
        .collect();
    if !invited.is_empty() {
        state
            .throttles
            .invitations(&admin.account.id.to_string(), invited.len())?;
        for user in expected.iter().filter(|user| invited.contains(&user.id)) {
            state.throttles.invitation_to(&user.email)?;
        }
    }
    let view = state
        .store
        .with_tx(async |tx| {
            for user in choose(&tx, state, admin, wanted, now).await? {
                set_active(&tx, user.id).await?;
                if user.password_hash.is_none() {
                    if !invited.contains(&user.id) {
                        // Deactivated since the allowance was looked at, so this letter is not paid for.
                        return Err(Error::TooManyAttempts(Duration::from_secs(1)));
                    }
                    let language: Language = user.language.parse().unwrap_or_default();
                    let letter =
                        invitation::letter_again(&tx, state, language, &user, &admin.account, now).await?;
                    mail::enqueue(&tx, letter, now).await?;
                }
                audit::note(
                    &tx,
                    admin.account.id,
                    Some(admin.user.id),
                    actions::USER_REACTIVATED,
                    json!({ "user": user.id }),
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

/// The deactivated users that are to work again, and may.
async fn choose(
    conn: &impl ConnectionTrait,
    state: &AppState,
    admin: &SignedIn,
    wanted: &[Uuid],
    now: Timestamp,
) -> Result<Vec<users::Model>, Error> {
    let mut query = users::Entity::find().filter(users::Column::AccountId.eq(admin.account.id));
    let named: HashSet<Uuid> = wanted.iter().copied().collect();
    if !named.is_empty() {
        query = query.filter(users::Column::Id.is_in(named.iter().copied()));
    }
    let mut chosen = query.all(conn).await?;
    if !named.is_empty() && chosen.len() < named.len() {
        return Err(Error::NotFound);
    }
    chosen.retain(|user| !user.active);
    if chosen.is_empty() {
        return Ok(chosen);
    }
    let room = Room::of(conn, state, &admin.account, now).await?;
    let active = count_active(conn, admin.account.id).await?;
    chosen.sort_by_cached_key(order);
    if named.is_empty() {
        // At least one, so that "as many as there is room for" is refused rather than answered by doing nothing.
        chosen.truncate(usize::try_from(room.left(active).max(1)).map_err(Error::internal)?);
    }
    let added = u32::try_from(chosen.len()).map_err(Error::internal)?;
    room.admit(active.saturating_add(added))?;
    Ok(chosen)
}

/// Who was deactivated last comes first; of those at the same time, by name, then those without one by address.
fn order(user: &users::Model) -> (Reverse<Option<At>>, bool, String, String) {
    (
        Reverse(user.deactivated_at),
        user.name.is_empty(),
        user.name.to_lowercase(),
        user.email.clone(),
    )
}

async fn set_active(tx: &impl ConnectionTrait, user_id: Uuid) -> Result<(), Error> {
    users::Entity::update_many()
        .col_expr(users::Column::Active, Expr::value(true))
        .col_expr(users::Column::DeactivatedAt, Expr::value(None::<i64>))
        .filter(users::Column::Id.eq(user_id))
        .exec(tx)
        .await?;
    Ok(())
}
