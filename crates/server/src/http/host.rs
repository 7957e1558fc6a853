use axum::Json;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, HOST};
use axum::http::uri::Authority;
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use onedesk_contract::problem::PROBLEM_JSON;
use serde_json::json;

use crate::state::AppState;

/// Names of this machine that nobody else can hold.
const LOCAL: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// In sandbox mode, answers to its own names only.
///
/// The sandbox shows its mail to whoever asks, which is harmless on a developer's machine as long as no page of another
/// site can read it. Such a page could, if its own name led here: a browser takes what has one name for one site, and a
/// name can be changed to lead to 127.0.0.1 (DNS rebinding).
pub async fn known(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if !state.config.sandbox || is_known(&request, state.public_url.host()) {
        return next.run(request).await;
    }
    tracing::debug!("request for another host refused");
    let problem = json!({
        "type": "about:blank",
        "title": "Misdirected request",
        "status": StatusCode::MISDIRECTED_REQUEST.as_u16(),
        "detail": "In sandbox mode the server answers to localhost and to the host of its public address only. Nothing \
            was done; give it the address by which you reach it with --public-url.",
    });
    let kind = [(CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON))];
    (StatusCode::MISDIRECTED_REQUEST, kind, Json(problem)).into_response()
}

/// Whether the host that the request names is one of ours, on whatever port. The first line counts before the header
/// (RFC 9112 §3.2.2).
fn is_known(request: &Request, public: &str) -> bool {
    let header = || {
        let text = request.headers().get(HOST)?.to_str().ok()?;
        text.parse::<Authority>().ok()
    };
    let named = request.uri().authority().cloned().or_else(header);
    named.is_some_and(|named| {
        LOCAL
            .into_iter()
            .chain([public])
            .any(|ours| named.host().eq_ignore_ascii_case(ours))
    })
}
