//! The addresses of the server: one file a resource, thin. What a request means is decided in the domain's modules.

mod account;
mod activations;
mod billing_details;
mod catalog;
mod chat;
mod health;
mod history;
mod invitations;
mod invoices;
mod orders;
mod password_resets;
mod payments;
mod quotes;
mod sessions;
mod sign_ups;
mod subscription;
mod users;
mod widget;

use axum::Router;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Response};
use axum::routing::any;
use axum::{Json, http::header::SET_COOKIE};
use tower_http::set_header::SetResponseHeaderLayer;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::accounts;
use crate::error::Error;
use crate::extract::SignedIn;
use crate::sign_in::session;
use crate::state::AppState;
use crate::token::Token;

/// The description that the handlers' own descriptions are added to.
#[derive(OpenApi)]
#[openapi(info(
    title = "OneDesk Subscribe",
    description = "What the pages of this server are made with: catalog, quotes, sign-up, users, orders, billing details, invoices, subscription, history, live chat.\n\n\
        Every answer that is not a success is `application/problem+json` (RFC 9457) with a stable `type`. \
        Requests that change something are refused when another site's page sends them. \
        Signing in sets a cookie that the browser keeps from scripts."
))]
struct Description;

/// Everything below `/api`, with its description.
pub fn api() -> (Router<AppState>, utoipa::openapi::OpenApi) {
    let (router, description) = OpenApiRouter::with_openapi(Description::openapi())
        .merge(account::routes())
        .merge(activations::routes())
        .merge(billing_details::routes())
        .merge(catalog::routes())
        .merge(chat::routes())
        .merge(history::routes())
        .merge(invitations::routes())
        .merge(invoices::routes())
        .merge(orders::routes())
        .merge(password_resets::routes())
        .merge(payments::routes())
        .merge(quotes::routes())
        .merge(sessions::routes())
        .merge(sign_ups::routes())
        .merge(subscription::routes())
        .merge(users::routes())
        .merge(widget::routes())
        .split_for_parts();
    let router = router
        .route("/api", any(async || Error::NotFound))
        .route("/api/{*rest}", any(async || Error::NotFound))
        .layer(SetResponseHeaderLayer::if_not_present(
            CACHE_CONTROL,
            HeaderValue::from_static("no-store"),
        ))
        .merge(health::routes());
    (router, description)
}

/// The answer that lets a browser in: the account, and the cookie. Whoever was signed in there before is so no longer.
async fn welcome(
    state: &AppState,
    headers: &HeaderMap,
    signed_in: &SignedIn,
    token: &Token,
) -> Result<Response, Error> {
    session::end(state, headers).await?;
    let view = accounts::view(state, signed_in).await?;
    let cookie = session::cookie(&state.public_url, token);
    Ok((
        StatusCode::CREATED,
        AppendHeaders([(SET_COOKIE, cookie)]),
        Json(view),
    )
        .into_response())
}
