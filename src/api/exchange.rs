//! One request and its answer: all that touches the network.

use gloo_net::http::RequestBuilder;
use onedesk_contract::orders::IDEMPOTENCY_KEY;
use serde::Serialize;
use serde::de::DeserializeOwned;
use web_sys::{AbortSignal, RequestCredentials};

use super::{Answer, ApiError, Problem, TIMEOUT_SECONDS};

/// The HTTP methods that the API knows.
pub(super) enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

/// The body of a successful answer, with its status for the report should it turn out not to be of this API.
pub(super) struct Body {
    pub(super) status: u16,
    pub(super) text: String,
}

/// Sends a request and waits for its answer. Not generic, so that the bundle holds it once.
pub(super) async fn exchange(
    method: Method,
    path: &str,
    body: Option<String>,
    key: Option<&str>,
) -> Answer<Body> {
    let builder = RequestBuilder::new(path)
        .method(match method {
            Method::Get => gloo_net::http::Method::GET,
            Method::Post => gloo_net::http::Method::POST,
            Method::Put => gloo_net::http::Method::PUT,
            Method::Patch => gloo_net::http::Method::PATCH,
            Method::Delete => gloo_net::http::Method::DELETE,
        })
        .credentials(RequestCredentials::SameOrigin)
        .header("Accept", "application/json, application/problem+json")
        .abort_signal(Some(&AbortSignal::timeout_with_u32(TIMEOUT_SECONDS * 1000)));
    let builder = match key {
        Some(key) => builder.header(IDEMPOTENCY_KEY, key),
        None => builder,
    };
    // Building fails only on what the browser would refuse to send (a method or header that is none): as good as unsent.
    let request = match body {
        Some(body) => builder.header("Content-Type", "application/json").body(body),
        None => builder.build(),
    }
    .map_err(|_| ApiError::Offline)?;

    let response = request.send().await.map_err(|_| ApiError::Offline)?;
    let status = response.status();
    let text = response.text().await.map_err(|_| ApiError::Offline)?;
    if (200..300).contains(&status) {
        return Ok(Body { status, text });
    }
    Err(
        Problem::read(text).map_or(ApiError::Unreadable { status }, |problem| {
            ApiError::Problem(Box::new(problem))
        }),
    )
}

/// Reads the body of a success.
pub(super) fn json<T: DeserializeOwned>(body: Body) -> Answer<T> {
    serde_json::from_str(&body.text).map_err(|_| ApiError::Unreadable { status: body.status })
}

/// Writes the body of a request.
pub(super) fn encode<T: Serialize>(body: &T) -> String {
    serde_json::to_string(body)
        .expect("requests hold no maps with keys other than text and no failing serializer")
}
