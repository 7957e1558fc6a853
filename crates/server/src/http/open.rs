//! What the pages of other sites may read: all that the partner widget and its frame are made of, and no more.
//!
//! None of it depends on who asks. Answers are marked as readable by all origins, which browsers take for answers to
//! requests without credentials only (Fetch, "CORS protocol and credentials"), so nothing of an account can be among them.

use axum::extract::Request;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, HeaderName,
};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Whole paths.
const PATHS: [&str; 6] = [
    "/widget.js",
    "/embed.js",
    "/embed/pricing",
    "/api/catalog",
    "/api/quotes",
    "/api/widget",
];
/// How the names of the widget's program and styles begin; the rest changes with their content.
const WIDGET_FILES: &str = "/assets/widget-";

/// Lets other sites' pages read what they may, and answers their browsers that ask beforehand.
pub async fn to_all_sites(request: Request, next: Next) -> Response {
    if !is_open(request.uri().path()) {
        return next.run(request).await;
    }
    let asks_beforehand =
        *request.method() == Method::OPTIONS && request.headers().contains_key(ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = if asks_beforehand {
        let allowed = [
            (ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD"),
            (ACCESS_CONTROL_ALLOW_HEADERS, "If-None-Match"),
            (ACCESS_CONTROL_MAX_AGE, "86400"),
        ];
        (StatusCode::NO_CONTENT, allowed).into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (ACCESS_CONTROL_EXPOSE_HEADERS, "ETag"),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "cross-origin",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

fn is_open(path: &str) -> bool {
    PATHS.contains(&path) || path.starts_with(WIDGET_FILES)
}

#[cfg(test)]
mod tests {
    use super::is_open;

    #[test]
    fn what_belongs_to_the_widget_is_open_and_nothing_else() {
        for path in [
            "/widget.js",
            "/assets/widget-0123456789abcdef_bg.wasm",
            "/api/quotes",
        ] {
            assert!(is_open(path), "{path}");
        }
        for path in [
            "/",
            "/pricing",
            "/api/account",
            "/api/catalog/x",
            "/api/orders",
            "/assets/site-0123456789abcdef.js",
            "/widget.js/x",
        ] {
            assert!(!is_open(path), "{path}");
        }
    }
}
