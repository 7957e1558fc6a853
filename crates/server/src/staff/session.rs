//! Sessions of the staff: a token of their own in a cookie of their own.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::SignedDuration;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use uuid::Uuid;

use super::pages::Trouble;
use crate::clock;
use crate::error::Error;
use crate::http::session_cookie::SessionCookie;
use crate::public_url::PublicUrl;
use crate::state::AppState;
use crate::store::At;
use crate::store::entities::{staff, staff_sessions};
use crate::token::{self, Token};

/// How long a session lasts, used or not: a working day.
const LIFETIME: SignedDuration = SignedDuration::from_hours(12);
/// No other site's link brings it along.
const COOKIE: SessionCookie = SessionCookie {
    plain_name: "staff",
    host_name: "__Host-staff",
    same_site: "Strict",
};

/// Starts a session for a member who gave the right password. `None` if the member was disabled, or given another
/// password, while it was looked at.
pub async fn start(state: &AppState, member: &staff::Model) -> Result<Option<Token>, Error> {
    let now = state.clock.now();
    state
        .store
        .with_tx(async |tx| {
            let found = staff::Entity::find_by_id(member.id).one(&tx).await?;
            if found.as_ref() != Some(member) {
                return Ok(None);
            }
            let token = Token::new();
            let row = staff_sessions::ActiveModel {
                token_hash: Set(token.hash()),
                staff_id: Set(member.id),
                created_at: Set(At::from(now)),
                expires_at: Set(At::from(clock::later(now, LIFETIME))),
            };
            row.insert(&tx).await?;
            Ok(Some(token))
        })
        .await
}

/// The member whose session a request carries, if it lasts and the member may still work.
pub async fn find(state: &AppState, headers: &HeaderMap) -> Result<Option<staff::Model>, Error> {
    let Some(token) = COOKIE.token(&state.public_url, headers) else {
        return Ok(None);
    };
    let found = staff_sessions::Entity::find_by_id(token::hash(token))
        .find_also_related(staff::Entity)
        .one(state.store.read())
        .await?;
    let Some((session, Some(member))) = found else {
        return Ok(None);
    };
    let lasts = session.expires_at > At::from(state.clock.now());
    Ok(Some(member).filter(|member| lasts && member.disabled_at.is_none()))
}

/// Ends the session that a request carries, if there is one.
pub async fn end(state: &AppState, headers: &HeaderMap) -> Result<(), Error> {
    let Some(token) = COOKIE.token(&state.public_url, headers) else {
        return Ok(());
    };
    let hash = token::hash(token);
    state
        .store
        .with_tx(async |tx| {
            staff_sessions::Entity::delete_by_id(&*hash).exec(&tx).await?;
            Ok(())
        })
        .await
}

/// Ends every session of a member.
pub async fn end_all(tx: &impl ConnectionTrait, staff_id: Uuid) -> Result<(), Error> {
    staff_sessions::Entity::delete_many()
        .filter(staff_sessions::Column::StaffId.eq(staff_id))
        .exec(tx)
        .await?;
    Ok(())
}

/// The `Set-Cookie` that keeps a session in the browser.
pub fn cookie(public_url: &PublicUrl, token: &Token) -> HeaderValue {
    COOKIE.keep(public_url, token, LIFETIME)
}

/// The `Set-Cookie` that forgets it.
pub fn cleared_cookie(public_url: &PublicUrl) -> HeaderValue {
    COOKIE.clear(public_url)
}

/// The signed-in member of staff. Everybody else is led to the sign-in, and from there back to the page.
#[derive(Clone, Debug)]
pub struct Member(pub staff::Model);

impl FromRequestParts<AppState> for Member {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        match find(state, &parts.headers).await {
            Ok(Some(member)) => Ok(Self(member)),
            Ok(None) => {
                let page = parts.uri.path();
                let to = if parts.method == Method::GET && page != "/staff" {
                    format!("/staff/sign-in?next={page}")
                } else {
                    "/staff/sign-in".to_owned()
                };
                Err(Redirect::to(&to).into_response())
            }
            Err(error) => Err(Trouble::from(error).into_response()),
        }
    }
}
