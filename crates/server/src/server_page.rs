//! The look of the few pages that the server makes itself.

use axum::Router;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::{DOCTYPE, Markup, html};

use crate::look;
use crate::state::AppState;

const STYLE: &str = include_str!("server_page.css");
const STYLE_ADDRESS: &str = "/server/style.css";
/// No script runs on these pages; the letters of the sandbox are framed from here.
const POLICY: &str = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; \
     frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// One script of our own runs, which asks this server.
const POLICY_WITH_SCRIPT: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; \
     font-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The style sheet.
pub fn routes() -> Router<AppState> {
    Router::new().route(STYLE_ADDRESS, get(style))
}

async fn style(State(state): State<AppState>) -> Response {
    look::sheet(&state, STYLE)
}

/// A page of the server. `language` is the code of its texts; `banner` stands above all else.
pub fn respond(
    status: StatusCode,
    language: &str,
    title: &str,
    banner: Option<Markup>,
    content: Markup,
) -> Response {
    let page = page(language, title, banner, content, None);
    (status, headers(POLICY), page).into_response()
}

/// The same with a script of the server's, by its address; the page has to work without it.
pub fn respond_with_script(
    status: StatusCode,
    language: &str,
    title: &str,
    banner: Option<Markup>,
    content: Markup,
    script: &str,
) -> Response {
    let page = page(language, title, banner, content, Some(script));
    (status, headers(POLICY_WITH_SCRIPT), page).into_response()
}

fn headers(policy: &'static str) -> [(HeaderName, &'static str); 2] {
    [(CONTENT_SECURITY_POLICY, policy), (CACHE_CONTROL, "no-store")]
}

fn page(
    language: &str,
    title: &str,
    banner: Option<Markup>,
    content: Markup,
    script: Option<&str>,
) -> Markup {
    html! {
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
                @if let Some(address) = script { script src=(address) type="module" {} }
            }
            body {
                @if let Some(banner) = banner { (banner) }
                main { (content) }
            }
        }
    }
}
