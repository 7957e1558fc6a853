//! `/chat`: the page on which visitors ask, in every language. Pages of ours show it in a frame (`opener.js`), and it works
//! by itself, also without scripts: then the form is posted, and what is new shows when the page is loaded again.

mod page;
mod post;

use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use onedesk_texts::Language;

use super::visitor;
use crate::address;
use crate::error::Error;
use crate::look;
use crate::state::AppState;
use page::{Refusal, Shown};

const STYLE: &str = include_str!("panel.css");
const SCRIPT: &str = include_str!("panel.js");
const OPENER: &str = include_str!("opener.js");
const STYLE_ADDRESS: &str = "/server/chat.css";
const SCRIPT_ADDRESS: &str = "/server/chat.js";
/// The script that every page of ours loads to open the panel on links to the chat.
const OPENER_ADDRESS: &str = "/server/chat-opener.js";

/// The page in every language, and what it needs.
pub fn routes() -> Router<AppState> {
    let mut router = Router::new()
        .route(STYLE_ADDRESS, get(style))
        .route(SCRIPT_ADDRESS, get(async || script(SCRIPT)))
        .route(OPENER_ADDRESS, get(async || script(OPENER)));
    for language in Language::all().iter().copied() {
        let show = async move |state, headers| show(state, headers, language).await;
        let ask = async move |state, ip, headers, form| post::ask(state, ip, headers, form, language).await;
        router = router.route(&address::of(language, "/chat"), get(show).post(ask));
    }
    router
}

async fn show(
    State(state): State<AppState>,
    headers: HeaderMap,
    language: Language,
) -> Result<Response, Error> {
    let visitor = visitor::find(&state, &headers).await?;
    let shown = Shown::of(&state, language, visitor, &headers).await?;
    Ok(page::respond(&shown, &Refusal::default()))
}

fn script(text: &'static str) -> impl IntoResponse {
    let headers = [
        (CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (CACHE_CONTROL, "no-cache"),
    ];
    (headers, text)
}

async fn style(State(state): State<AppState>) -> Response {
    look::sheet(&state, STYLE)
}
