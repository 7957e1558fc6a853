//! Pages that stand in for the outside world in sandbox mode: payment, mail, time. Absent otherwise.
//!
//! In English only: they are no part of the product. They need no scripts.

mod clock;
mod index;
mod letters;
pub mod pay;
pub mod register;

use axum::Router;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::any;
use maud::{Markup, html};

use crate::error::Error;
use crate::server_page;
use crate::state::AppState;

/// Everything below `/sandbox`: the pages in sandbox mode, and otherwise nothing, whatever the method.
pub fn routes(state: &AppState) -> Router<AppState> {
    if !state.config.sandbox {
        let nothing = any(async || Error::NotFound);
        return Router::new()
            .route("/sandbox", nothing.clone())
            .route("/sandbox/{*rest}", nothing);
    }
    Router::new()
        .merge(index::routes())
        .merge(letters::routes())
        .merge(clock::routes())
        .merge(pay::routes())
}

/// A page of the sandbox, plainly marked as a test.
fn page(title: &str, content: Markup) -> Response {
    let banner = html! {
        header.banner {
            p { strong { "Sandbox." } " This is a test: no money moves, no e-mail leaves, the time can be changed." }
            nav aria-label="Sandbox" {
                a href="/sandbox" { "Overview" }
                a href="/sandbox/mail" { "E-mails" }
                a href="/sandbox/payments" { "Payments" }
                a href="/sandbox/clock" { "Clock" }
            }
        }
    };
    let content = html! { h1 { (title) } (content) };
    server_page::respond(
        StatusCode::OK,
        "en",
        &format!("{title} – Sandbox"),
        Some(banner),
        content,
    )
}
