use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// One log line a request, under an id that the answer carries too, so that a person who met an error can be helped.
///
/// Of the address only the pattern is logged where it has one (`/api/activations/{token}`), and never the query: both
/// can hold tokens. Bodies and cookies are not logged at all.
pub async fn logged(request: Request, next: Next) -> Response {
    let id = uuid::Uuid::now_v7().to_string();
    let method = request.method().clone();
    let path = told_path(&request);
    let span = tracing::info_span!("request", id, %method, path);
    let start = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let milliseconds = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
    span.in_scope(|| tell(&method, response.status().as_u16(), milliseconds));
    if let Ok(id) = HeaderValue::try_from(id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

fn tell(method: &Method, status: u16, milliseconds: u64) {
    // Reading pages and files is what browsers do all day; changes and failures are what one looks for.
    let quiet = method.is_safe() && status < 400;
    if quiet {
        tracing::debug!(status, milliseconds, "answered");
    } else {
        tracing::info!(status, milliseconds, "answered");
    }
}

fn told_path(request: &Request) -> String {
    if let Some(pattern) = request.extensions().get::<MatchedPath>() {
        return pattern.as_str().to_owned();
    }
    // Pages and files, and addresses that do not exist: a mangled link may have its token anywhere but in front.
    let path = request.uri().path();
    let mut segments = path.split('/').skip(1).take(3);
    let told: Vec<&str> = segments
        .by_ref()
        .map(|segment| if segment.len() > 32 { "…" } else { segment })
        .collect();
    format!("/{}", told.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    #[test]
    fn neither_query_nor_long_segments_are_told() {
        let path = |uri: &str| {
            told_path(
                &Request::builder()
                    .uri(uri)
                    .body(Body::empty())
                    .expect("a request"),
            )
        };
        assert_eq!(path("/activate?token=secret"), "/activate");
        assert_eq!(path("/app/administration/users"), "/app/administration/users");
        assert_eq!(path(&format!("/activate/{}", "s".repeat(43))), "/activate/…");
        assert_eq!(path("/"), "/");
    }
}
