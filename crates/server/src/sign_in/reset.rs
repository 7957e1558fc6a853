//! Forgotten passwords.

use jiff::Timestamp;
use onedesk_contract::FieldErrors;
use onedesk_contract::fields::{Email, Password};
use onedesk_contract::sign_in::{NewPassword, PasswordResetRequest, PasswordResetView};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;

use super::{password, session};
use crate::audit::{self, actions};
use crate::error::Error;
use crate::links::{self, Purpose};
use crate::mail::{self, letters};
use crate::state::AppState;
use crate::store::entities::{accounts, users};
use crate::store::new_id;
use crate::users as user;

/// Sends a link, if the address is a user's. `ip` is the key of the visitor's network address.
///
/// For an unknown address a link is made that nobody gets, so that the answer takes about as long.
pub async fn request(state: &AppState, request: &PasswordResetRequest, ip: &str) -> Result<(), Error> {
    let email = Email::parse(&request.email).map_err(|error| Error::field("email", error))?;
    state.throttles.letter(email.as_str(), ip)?;
    let now = state.clock.now();
    state
        .store
        .with_tx(async |tx| {
            let found = users::Entity::find()
                .filter(users::Column::Email.eq(email.as_str()))
                // Of several accounts that wait for somebody who has not joined, the one that asked last.
                .order_by_asc(users::Column::PasswordHash.is_null())
                .order_by_desc(users::Column::Active)
                .order_by_desc(users::Column::CreatedAt)
                .find_also_related(accounts::Entity)
                .one(&tx)
                .await?;
            let Some((user, Some(account))) = found else {
                links::issue(&tx, Purpose::PasswordReset, new_id(), now).await?;
                return Ok(());
            };
            let language = user.language.parse().unwrap_or_default();
            let letter = if !user.active {
                letters::deactivated(state, language, &user, &account)
            } else if user.password_hash.is_none() {
                user::invitation::letter_again(&tx, state, language, &user, &account, now).await?
            } else {
                let token = links::issue(&tx, Purpose::PasswordReset, user.id, now).await?;
                letters::password_reset(state, language, &user, &token)
            };
            mail::enqueue(&tx, letter, now).await?;
            Ok(())
        })
        .await?;
    state.letters_waiting.notify_one();
    Ok(())
}

/// Whose password a link changes.
pub async fn view(state: &AppState, token: &str) -> Result<PasswordResetView, Error> {
    let (user, _) = find(state.store.read(), token, state.clock.now()).await?;
    Ok(PasswordResetView { email: user.email })
}

/// Sets the new password, once. Ends every session, and tells the user by e-mail. `ip` is the key of the visitor's
/// network address.
pub async fn change(state: &AppState, token: &str, new: &NewPassword, ip: &str) -> Result<(), Error> {
    state.throttles.link(ip)?;
    let now = state.clock.now();
    let (user, account) = find(state.store.read(), token, now).await?;
    let parsed = Password::parse(&new.password, &[&user.email, &account.company]);
    let parsed = parsed.map_err(|error| Error::InvalidFields(FieldErrors::one("password", error)))?;
    let hash = password::hash(state, parsed).await?;
    state
        .store
        .with_tx(async |tx| {
            let (user, account) = find(&tx, token, now).await?;
            users::Entity::update_many()
                .col_expr(users::Column::PasswordHash, Expr::value(hash.as_str()))
                .filter(users::Column::Id.eq(user.id))
                .exec(&tx)
                .await?;
            links::spend(&tx, Purpose::PasswordReset, user.id, now).await?;
            session::end_all(&tx, [user.id]).await?;
            audit::note(
                &tx,
                account.id,
                Some(user.id),
                actions::PASSWORD_CHANGED,
                json!({}),
                now,
            )
            .await?;
            let language = user.language.parse().unwrap_or_default();
            mail::enqueue(&tx, letters::password_changed(state, language, &user), now).await?;
            Ok(())
        })
        .await?;
    state.letters_waiting.notify_one();
    Ok(())
}

/// The user of a link. One who was deactivated meanwhile has to come back first; a new link is then asked for.
async fn find(
    conn: &impl ConnectionTrait,
    token: &str,
    now: Timestamp,
) -> Result<(users::Model, accounts::Model), Error> {
    let link = links::find(conn, Purpose::PasswordReset, token, now).await?;
    let found = users::Entity::find_by_id(link.subject_id)
        .find_also_related(accounts::Entity)
        .one(conn)
        .await?;
    match found {
        Some((user, Some(account))) if user.active => Ok((user, account)),
        Some(_) => Err(Error::LinkExpired),
        None => Err(Error::LinkUnknown),
    }
}
