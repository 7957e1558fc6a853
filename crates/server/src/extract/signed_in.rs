use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use onedesk_contract::account::Role;

use crate::error::Error;
use crate::sign_in::session;
use crate::state::AppState;
use crate::store::entities::{accounts, users};

/// Whoever is signed in, with the account that the user works in. Everything that belongs to an account is reached
/// through this one.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The user: active, with a session that lasts.
    pub user: users::Model,
    /// The account.
    pub account: accounts::Model,
}

impl FromRequestParts<AppState> for SignedIn {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Error> {
        session::find(state, &parts.headers)
            .await?
            .ok_or(Error::NotSignedIn)
    }
}

/// A signed-in owner or admin.
#[derive(Clone, Debug)]
pub struct Admin(pub SignedIn);

impl FromRequestParts<AppState> for Admin {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Error> {
        let signed_in = SignedIn::from_request_parts(parts, state).await?;
        if Role::from(signed_in.user.role).administers() {
            Ok(Self(signed_in))
        } else {
            Err(Error::NotAllowed)
        }
    }
}
