//! Which conversation is a visitor's.

use axum::http::{HeaderMap, HeaderValue};
use jiff::SignedDuration;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::error::Error;
use crate::extract::SignedIn;
use crate::http::session_cookie::SessionCookie;
use crate::public_url::PublicUrl;
use crate::sign_in::session;
use crate::state::AppState;
use crate::store::entities::conversations::{Column, Entity, Model};
use crate::token::{self, Token};

/// How long a browser remembers its conversation.
const LIFETIME: SignedDuration = SignedDuration::from_hours(180 * 24);
const COOKIE: SessionCookie = SessionCookie {
    plain_name: "chat",
    host_name: "__Host-chat",
    same_site: "Strict",
};

/// Whoever opens the panel.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// The conversation of this browser, if it has one that may be shown.
    pub conversation: Option<Model>,
    /// Who is signed in there.
    pub signed_in: Option<SignedIn>,
}

impl Visitor {
    /// Where answers go when nobody is there, as far as it is known.
    pub fn email(&self) -> Option<&str> {
        let given = self
            .conversation
            .as_ref()
            .and_then(|known| known.email.as_deref());
        given.or(self
            .signed_in
            .as_ref()
            .map(|signed_in| signed_in.user.email.as_str()))
    }
}

/// Who a request comes from. A conversation that began signed in is nobody's but that account's: the next one at a shared
/// computer does not read it.
pub async fn find(state: &AppState, headers: &HeaderMap) -> Result<Visitor, Error> {
    let signed_in = session::find(state, headers).await?;
    let account = signed_in.as_ref().map(|signed_in| signed_in.account.id);
    let conversation = match COOKIE.token(&state.public_url, headers) {
        Some(token) => {
            Entity::find()
                .filter(Column::TokenHash.eq(token::hash(token)))
                .one(state.store.read())
                .await?
        }
        None => None,
    };
    Ok(Visitor {
        conversation: conversation.filter(|found| found.account_id.is_none() || found.account_id == account),
        signed_in,
    })
}

/// The `Set-Cookie` that keeps a conversation in the browser.
pub fn cookie(public_url: &PublicUrl, token: &Token) -> HeaderValue {
    COOKIE.keep(public_url, token, LIFETIME)
}

/// The `Set-Cookie` that forgets it.
pub fn cleared_cookie(public_url: &PublicUrl) -> HeaderValue {
    COOKIE.clear(public_url)
}
