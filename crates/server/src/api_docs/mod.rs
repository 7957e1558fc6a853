//! `/api/openapi.json`, and `/api/docs`: the same for people.
//!
//! The page is drawn from the document, so that it cannot tell anything else: what can be called (`page`), as a command line
//! to copy (`call`), with what is sent and answered (`shapes`, `example`), in the words of the code (`prose`).

mod call;
mod example;
mod page;
mod prose;
mod shapes;

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use maud::html;
use utoipa::openapi::OpenApi;

use crate::state::AppState;
use crate::{look, server_page};

/// Where the document is.
const DOCUMENT: &str = "/api/openapi.json";
/// Where it is read.
const PAGE: &str = "/api/docs";

/// The description of the API, as JSON and as a page.
///
/// # Panics
///
/// If it cannot be written as JSON: the tests ask for it.
pub fn routes(description: OpenApi) -> Router<AppState> {
    let document: Bytes = serde_json::to_vec(&description)
        .expect("a description that is JSON")
        .into();
    let description = Arc::new(description);
    let show = async move |State(state): State<AppState>| respond(&state, &description);
    Router::new()
        .route(
            DOCUMENT,
            get(async move || ([(CONTENT_TYPE, "application/json")], document).into_response()),
        )
        .route(PAGE, get(show))
        .route("/api/docs/", get(async || Redirect::permanent(PAGE)))
}

fn respond(state: &AppState, description: &OpenApi) -> Response {
    let product = &state.catalog.vendor().name;
    let masthead = html! {
        header.masthead { p.brand { (look::brand(product, &html! { span.soft { " API" } })) } }
    };
    let content = page::content(description, state.public_url.origin());
    server_page::respond(
        StatusCode::OK,
        "en",
        &format!("{product} API"),
        Some(masthead),
        content,
    )
}
