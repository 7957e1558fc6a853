//! Sessions: an opaque random token in a cookie, its hash in the database.

use axum::http::{HeaderMap, HeaderValue};
use jiff::SignedDuration;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use uuid::Uuid;

use crate::clock;
use crate::error::Error;
use crate::extract::SignedIn;
use crate::http::session_cookie::SessionCookie;
use crate::public_url::PublicUrl;
use crate::state::AppState;
use crate::store::At;
use crate::store::entities::{accounts, sessions, users};
use crate::token::{self, Token};

/// How long a session lasts that nobody uses.
const LIFETIME: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How long browsers keep the cookie: the longest that they allow. When a session ends is decided here, not there; a
/// cookie that left earlier would sign out people whose session is prolonged by use.
const COOKIE_LIFETIME: SignedDuration = SignedDuration::from_hours(400 * 24);
/// Links to the application, such as those in letters, bring it along.
const COOKIE: SessionCookie = SessionCookie {
    plain_name: "session",
    host_name: "__Host-session",
    same_site: "Lax",
};
/// A session in use is prolonged at most this often: one write a day, not one a request.
const PROLONGED_AFTER: SignedDuration = SignedDuration::from_hours(24);

/// Starts a session in the transaction that let the user in. Gives the token for the [`cookie`].
pub async fn start(tx: &impl ConnectionTrait, state: &AppState, user_id: Uuid) -> Result<Token, Error> {
    let now = state.clock.now();
    let token = Token::new();
    let row = sessions::ActiveModel {
        token_hash: Set(token.hash()),
        user_id: Set(user_id),
        created_at: Set(At::from(now)),
        expires_at: Set(At::from(clock::later(now, LIFETIME))),
    };
    row.insert(tx).await?;
    Ok(token)
}

/// The user whose session the request carries, if it lasts and the user is active.
pub async fn find(state: &AppState, headers: &HeaderMap) -> Result<Option<SignedIn>, Error> {
    let Some(token) = COOKIE.token(&state.public_url, headers) else {
        return Ok(None);
    };
    let now = state.clock.now();
    let found = sessions::Entity::find_by_id(token::hash(token))
        .find_also_related(users::Entity)
        .one(state.store.read())
        .await?;
    let Some((session, Some(user))) = found else {
        return Ok(None);
    };
    if session.expires_at <= At::from(now) || !user.active {
        return Ok(None);
    }
    let Some(account) = accounts::Entity::find_by_id(user.account_id)
        .one(state.store.read())
        .await?
    else {
        return Ok(None);
    };
    let left = session.expires_at.timestamp().duration_since(now);
    if LIFETIME - left > PROLONGED_AFTER {
        let expires_at = At::from(clock::later(now, LIFETIME));
        let (hash, store) = (&session.token_hash, &state.store);
        store
            .with_tx(async |tx| {
                sessions::Entity::update_many()
                    .col_expr(sessions::Column::ExpiresAt, Expr::value(expires_at))
                    .filter(sessions::Column::TokenHash.eq(hash))
                    .exec(&tx)
                    .await?;
                Ok(())
            })
            .await?;
    }
    Ok(Some(SignedIn { user, account }))
}

/// Ends the session that the request carries, if there is one.
pub async fn end(state: &AppState, headers: &HeaderMap) -> Result<(), Error> {
    let Some(token) = COOKIE.token(&state.public_url, headers) else {
        return Ok(());
    };
    let hash = token::hash(token);
    state
        .store
        .with_tx(async |tx| {
            sessions::Entity::delete_by_id(&*hash).exec(&tx).await?;
            Ok(())
        })
        .await
}

/// Ends every session of these users.
pub async fn end_all(tx: &impl ConnectionTrait, users: impl IntoIterator<Item = Uuid>) -> Result<(), Error> {
    sessions::Entity::delete_many()
        .filter(sessions::Column::UserId.is_in(users))
        .exec(tx)
        .await?;
    Ok(())
}

/// The `Set-Cookie` that keeps a session in the browser.
pub fn cookie(public_url: &PublicUrl, token: &Token) -> HeaderValue {
    COOKIE.keep(public_url, token, COOKIE_LIFETIME)
}

/// The `Set-Cookie` that forgets the session.
pub fn cleared_cookie(public_url: &PublicUrl) -> HeaderValue {
    COOKIE.clear(public_url)
}
