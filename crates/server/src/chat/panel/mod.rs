//! `/chat`: the page on which visitors ask, in every language. Pages of ours show it in a frame (`opener.js`), and it works
//! by itself, also without scripts: then the form is posted, and what is new shows when the page is loaded again.

mod page;
mod post;

use std::sync::OnceLock;

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
use crate::state::AppState;
use page::{Refusal, Shown};

const STYLE: &str = concat!(
    include_str!("../../../../../style/tokens.css"),
    include_str!("panel.css")
);
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

/// The tokens of the site with the rules of the panel, in the font of the built pages if there are any.
async fn style(State(state): State<AppState>) -> impl IntoResponse {
    static WITH_FONT: OnceLock<String> = OnceLock::new();
    let text = WITH_FONT.get_or_init(|| {
        let font = state
            .pages
            .as_ref()
            .and_then(|pages| pages.asset("instrument-sans-", ".woff2"));
        font.map_or_else(|| STYLE.to_owned(), |font| font_face(&font) + STYLE)
    });
    let headers = [
        (CONTENT_TYPE, "text/css; charset=utf-8"),
        (CACHE_CONTROL, "no-cache"),
    ];
    (headers, text.clone())
}

fn font_face(address: &str) -> String {
    format!(
        "@font-face {{ font-family: \"Instrument Sans\"; src: url(\"{address}\") format(\"woff2\"); \
         font-weight: 400 700; font-display: swap; }}\n"
    )
}
