//! How an added user joins.

use jiff::Timestamp;
use onedesk_contract::sign_up::{AcceptInvitation, InvitationView};
use onedesk_texts::Language;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, ModelTrait, QueryFilter,
    Set,
};
use serde_json::json;

use crate::accounts::trial;
use crate::audit::{self, actions};
use crate::error::Error;
use crate::extract::SignedIn;
use crate::links::{self, Purpose};
use crate::mail::{Letter, letters};
use crate::sign_in::{password, session};
use crate::state::AppState;
use crate::store::entities::{accounts, users};
use crate::store::is_duplicate;
use crate::token::Token;

/// Who is invited where.
pub async fn view(state: &AppState, token: &str) -> Result<InvitationView, Error> {
    let (user, account) = find(state.store.read(), token, state.clock.now()).await?;
    Ok(InvitationView {
        email: user.email,
        company: account.company,
        language: user.language,
    })
}

/// Gives the user a name and a password, and a session: once. `ip` is the key of the visitor's network address.
///
/// Other accounts that have invited the address wait in vain from now on: their invitations are withdrawn.
pub async fn accept(
    state: &AppState,
    token: &str,
    request: &AcceptInvitation,
    ip: &str,
) -> Result<(SignedIn, Token), Error> {
    state.throttles.link(ip)?;
    let now = state.clock.now();
    let (user, account) = find(state.store.read(), token, now).await?;
    // The trial may have ended since the last pass, and the user with it.
    trial::settle(state, account.id).await?;
    let (name, new_password) = request.parse(&user.email).map_err(Error::InvalidFields)?;
    let hash = password::hash(state, new_password).await?;
    state
        .store
        .with_tx(async |tx| {
            let (user, account) = find(&tx, token, now).await?;
            let mut joined = user.into_active_model();
            joined.name = Set(name.as_str().to_owned());
            joined.password_hash = Set(Some(hash.clone()));
            // By another invitation at the same moment: the index of those who joined was faster.
            let user = joined.update(&tx).await.map_err(|error| {
                if is_duplicate(&error) {
                    Error::LinkUsed
                } else {
                    error.into()
                }
            })?;
            withdraw(&tx, &user.email, now).await?;
            links::spend(&tx, Purpose::Invitation, user.id, now).await?;
            audit::note(
                &tx,
                account.id,
                Some(user.id),
                actions::USER_JOINED,
                json!({}),
                now,
            )
            .await?;
            let session = session::start(&tx, state, user.id).await?;
            Ok((SignedIn { user, account }, session))
        })
        .await
}

/// The invitation once more, with a link of its own, for a user who was added and has not joined.
pub async fn letter_again(
    tx: &impl ConnectionTrait,
    state: &AppState,
    language: Language,
    user: &users::Model,
    account: &accounts::Model,
    now: Timestamp,
) -> Result<Letter, Error> {
    let token = links::issue(tx, Purpose::Invitation, user.id, now).await?;
    Ok(letters::invitation(
        state,
        language,
        &user.email,
        &account.company,
        None,
        &token,
    ))
}

/// Takes back the invitations of an address that nobody has joined with: it is another account's by now, or one of its own.
/// The accounts that had sent them keep a note.
pub async fn withdraw(tx: &impl ConnectionTrait, email: &str, now: Timestamp) -> Result<(), Error> {
    let waiting = users::Entity::find()
        .filter(users::Column::Email.eq(email))
        .filter(users::Column::PasswordHash.is_null())
        .all(tx)
        .await?;
    for user in waiting {
        links::forget(tx, user.id).await?;
        let detail = json!({ "user": user.id });
        audit::note(
            tx,
            user.account_id,
            None,
            actions::USER_INVITATION_WITHDRAWN,
            detail,
            now,
        )
        .await?;
        user.delete(tx).await?;
    }
    Ok(())
}

/// The invited user. One who was deactivated meanwhile has to be reactivated first, and is then invited again.
async fn find(
    conn: &impl ConnectionTrait,
    token: &str,
    now: Timestamp,
) -> Result<(users::Model, accounts::Model), Error> {
    let link = links::find(conn, Purpose::Invitation, token, now).await?;
    let found = users::Entity::find_by_id(link.subject_id)
        .find_also_related(accounts::Entity)
        .one(conn)
        .await?;
    match found {
        Some((user, Some(account))) if user.active && user.password_hash.is_none() => Ok((user, account)),
        Some((user, Some(_))) if user.password_hash.is_some() => Err(Error::LinkUsed),
        Some(_) => Err(Error::LinkExpired),
        None => Err(Error::LinkUnknown),
    }
}
