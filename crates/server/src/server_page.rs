//! The look of the few pages that the server makes itself.

use axum::Router;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::{DOCTYPE, Markup, html};

use crate::state::AppState;

const STYLE: &str = include_str!("server_page.css");
const STYLE_ADDRESS: &str = "/server/style.css";
/// No script runs on these pages; the letters of the sandbox are framed from here.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The style sheet.
pub fn routes() -> Router<AppState> {
    Router::new().route(STYLE_ADDRESS, get(style))
}

async fn style() -> impl IntoResponse {
    (
        [
            (CONTENT_TYPE, "text/css; charset=utf-8"),
            (CACHE_CONTROL, "no-cache"),
        ],
        STYLE,
    )
}

/// A page of the server. `language` is the code of its texts; `banner` stands above all else.
pub fn respond(
    status: StatusCode,
    language: &str,
    title: &str,
    banner: Option<Markup>,
    content: Markup,
) -> Response {
    let page = html! {
        (DOCTYPE)
        html lang=(language) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                meta name="color-scheme" content="light dark";
                title { (title) }
                link rel="icon" href="data:,";
                link rel="stylesheet" href=(STYLE_ADDRESS);
            }
            body {
                @if let Some(banner) = banner { (banner) }
                main { (content) }
            }
        }
    };
    let headers = [(CONTENT_SECURITY_POLICY, POLICY), (CACHE_CONTROL, "no-store")];
    (status, headers, page).into_response()
}
