//! What is done to every request and answer, whatever the address.

mod headers;
mod host;
pub mod open;
mod request_log;
pub mod session_cookie;

use std::any::Any;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::{CsrfLayer, ProtectionError};

use crate::error::Error;
use crate::state::AppState;

/// The most bytes of a body that are read.
const BODY_LIMIT: usize = 64 * 1024;
/// How long an answer may take to begin.
const TIME_LIMIT: Duration = Duration::from_secs(30);

/// Puts the guards around all routes.
pub fn guarded(router: Router, state: &AppState) -> Router {
    // A proxy may pass on another Host than the browser's; then the public address is what an Origin has to be.
    let csrf = CsrfLayer::new()
        .add_trusted_origin(state.public_url.origin())
        .unwrap_or_default();
    let csrf = csrf.with_rejection_response(|_: ProtectionError| Error::CrossSiteRequest.into_response());
    // The last one added is the first to see a request.
    router
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(csrf)
        .layer(from_fn(time_limit))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(open::to_all_sites))
        .layer(from_fn_with_state(state.clone(), host::known))
        .layer(from_fn_with_state(state.clone(), headers::secure))
        .layer(from_fn(request_log::logged))
}

async fn time_limit(request: Request, next: Next) -> Response {
    match tokio::time::timeout(TIME_LIMIT, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Error::internal(format!("no answer within {} s", TIME_LIMIT.as_secs())).into_response(),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the signature that the layer calls")]
fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    let message = panic.downcast_ref::<String>().map(String::as_str);
    let message = message
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("without a message");
    Error::internal(format!("panicked: {message}")).into_response()
}
