//! `/api/sessions`

use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use onedesk_contract::Problem;
use onedesk_contract::account::AccountView;
use onedesk_contract::sign_in::SignInRequest;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::welcome;
use crate::error::Error;
use crate::extract::{ClientIp, JsonBody};
use crate::sign_in::{self, session};
use crate::state::AppState;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(start)).routes(routes!(end))
}

/// Sign in.
#[utoipa::path(
    post,
    path = "/api/sessions",
    tag = "sign-in",
    request_body = SignInRequest,
    responses(
        (status = CREATED, body = AccountView, description = "Sets the session cookie"),
        (status = UNAUTHORIZED, body = Problem, description = "wrong-credentials"),
        (status = UNPROCESSABLE_ENTITY, body = Problem, description = "invalid-fields"),
        (status = TOO_MANY_REQUESTS, body = Problem, description = "too-many-attempts, with Retry-After"),
    )
)]
async fn start(
    State(state): State<AppState>,
    ClientIp(ip): ClientIp,
    headers: HeaderMap,
    JsonBody(request): JsonBody<SignInRequest>,
) -> Result<Response, Error> {
    let (signed_in, token) = sign_in::sign_in(&state, &request, &ip).await?;
    welcome(&state, &headers, &signed_in, &token).await
}

/// Sign out. Without a session there is nothing to do, which is no error.
#[utoipa::path(
    delete,
    path = "/api/sessions/current",
    tag = "sign-in",
    responses((status = NO_CONTENT, description = "Signed out; the cookie is cleared"))
)]
async fn end(State(state): State<AppState>, headers: HeaderMap) -> Result<Response, Error> {
    session::end(&state, &headers).await?;
    let cookie = session::cleared_cookie(&state.public_url);
    Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, cookie)]).into_response())
}
