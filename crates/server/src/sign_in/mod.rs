//! Passwords, sessions, forgotten passwords.

use onedesk_contract::fields::Email;
use onedesk_contract::sign_in::SignInRequest;
use onedesk_contract::{FieldError, FieldErrors};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;

use crate::accounts::trial;
use crate::audit::{self, actions};
use crate::error::Error;
use crate::extract::SignedIn;
use crate::state::AppState;
use crate::store::entities::{accounts, users};
use crate::token::Token;

pub mod password;
pub mod reset;
pub mod session;

/// Lets a user in who knows the password. `ip` is the key of the visitor's network address.
///
/// An unknown address, a user without a password yet, a deactivated one and a wrong password are told alike and take
/// alike long.
pub async fn sign_in(
    state: &AppState,
    request: &SignInRequest,
    ip: &str,
) -> Result<(SignedIn, Token), Error> {
    let email = parse(request)?;
    state.throttles.sign_in(email.as_str(), ip)?;
    let user = by_email(state, &email).await?;
    let stored = user
        .as_ref()
        .filter(|user| user.active)
        .and_then(|user| user.password_hash.clone());
    let right = password::verify(state, request.password.clone(), stored.clone()).await?;
    let Some(user) = user.filter(|_| right) else {
        return Err(Error::WrongCredentials);
    };

    // The trial may have ended since the last pass.
    trial::settle(state, user.account_id).await?;
    let now = state.clock.now();
    state
        .store
        .with_tx(async |tx| {
            let found = users::Entity::find_by_id(user.id)
                .find_also_related(accounts::Entity)
                .one(&tx)
                .await?;
            let Some((user, Some(account))) = found else {
                return Err(Error::WrongCredentials);
            };
            // The password may have been changed while the old one was looked at: the change ended every session, and
            // none may begin with the old password after it.
            if !user.active || user.password_hash != stored {
                return Err(Error::WrongCredentials);
            }
            let token = session::start(&tx, state, user.id).await?;
            audit::note(
                &tx,
                account.id,
                Some(user.id),
                actions::SESSION_STARTED,
                json!({}),
                now,
            )
            .await?;
            Ok((SignedIn { user, account }, token))
        })
        .await
}

/// The user of an address, in whatever account. Whoever is invited and has not joined cannot sign in.
pub async fn by_email(state: &AppState, email: &Email) -> Result<Option<users::Model>, Error> {
    Ok(users::Entity::find()
        .filter(users::Column::Email.eq(email.as_str()))
        .filter(users::Column::PasswordHash.is_not_null())
        .one(state.store.read())
        .await?)
}

fn parse(request: &SignInRequest) -> Result<Email, Error> {
    let mut errors = FieldErrors::default();
    let email = errors.take("email", Email::parse(&request.email));
    if request.password.is_empty() {
        errors.add("password", FieldError::Required);
    }
    email
        .filter(|_| errors.is_empty())
        .ok_or(Error::InvalidFields(errors))
}
