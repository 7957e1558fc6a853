//! `/partner-demo`: a page as a partner might have it, in a design that is not ours, with the widget in it. Sandbox only.
//!
//! It names the widget by the server's public address, so that it is a page of another site where it is opened by another
//! name of this machine (`localhost` instead of `127.0.0.1`).
//!
//! What concerns the widget in it are the examples of docs/embedding.md, to the letter ([`EXAMPLES`]).

use axum::Router;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::error::Error;
use crate::state::AppState;

/// What stands in the examples for the address of the server.
const SERVER_IN_EXAMPLES: &str = "https://subscribe.example.com";
const ELEMENT: &str = include_str!("examples/element.html");
const LOOKS: &str = include_str!("examples/looks.css");
const FRAME: &str = include_str!("examples/frame.html");
const EVENTS: &str = include_str!("examples/events.js");

/// The examples of docs/embedding.md, by the part of the page (`/partner-demo#…`) that is made of each.
#[cfg(test)]
const EXAMPLES: [(&str, &str); 4] = [
    ("france", ELEMENT),
    ("uk", LOOKS),
    ("frame", FRAME),
    ("events", EVENTS),
];

/// The page in sandbox mode, and otherwise nothing.
pub fn routes(state: &AppState) -> Router<AppState> {
    if !state.config.sandbox {
        let nothing = any(async || Error::NotFound);
        return Router::new()
            .route("/partner-demo", nothing.clone())
            .route("/partner-demo/{*rest}", nothing);
    }
    let file = |kind: &'static str, content: &'static str| {
        get(async move || ([(CONTENT_TYPE, kind), (CACHE_CONTROL, "no-cache")], content))
    };
    Router::new()
        .route("/partner-demo", get(page))
        .route(
            "/partner-demo/page.css",
            file("text/css; charset=utf-8", include_str!("page.css")),
        )
        .route("/partner-demo/looks.css", file("text/css; charset=utf-8", LOOKS))
        .route(
            "/partner-demo/events.js",
            file("text/javascript; charset=utf-8", EVENTS),
        )
}

async fn page(State(state): State<AppState>) -> Response {
    let server = state.public_url.origin();
    let product = &state.catalog.vendor().name;
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                title { "Harbour IT – help desk software" }
                link rel="icon" href="data:,";
                link rel="stylesheet" href="/partner-demo/page.css";
                link rel="stylesheet" href="/partner-demo/looks.css";
                script type="module" src="/partner-demo/events.js" {}
            }
            body {
                header {
                    p { "Harbour IT" }
                    nav aria-label="Harbour IT" { a href="#france" { "Pour la France" } a href="#uk" { "Large teams" } a href="#frame" { "Small teams" } a href="#events" { "What we are told" } }
                }
                main {
                    h1 { "We run your help desk" }
                    p { "This is a made-up partner’s page, which shows how the pricing widget of " (product) " stands on other \
                         people’s pages. What is below comes from " code { (server) } "." }
                    section #france lang="fr" {
                        h2 { "Nos tarifs en France" }
                        (live(ELEMENT, server))
                        (told("Ce que la page apprend"))
                        (source(ELEMENT))
                    }
                    section #uk {
                        h2 { "For large teams, in our own colours" }
                        onedesk-pricing.ours plan="enterprise" seats="250" period="monthly" currency="USD" lang="en" partner="harbour-it-large" {
                            p { a href={ (server) "/pricing" } { "See the prices" } }
                        }
                        (told("What this page is told"))
                        (source(LOOKS))
                    }
                    section #frame {
                        h2 { "In a frame, for pages that let no foreign program run" }
                        (live(FRAME, server))
                        (told("What this page is told"))
                        (source(FRAME))
                    }
                    section #events {
                        h2 { "What we are told" }
                        p { "The last line of each of these is written by a script of this page’s own." }
                        (source(EVENTS))
                    }
                }
                footer { p { "Harbour IT is made up. The prices are samples." } }
            }
        }
    };
    let policy = format!(
        "default-src 'none'; script-src 'self' {server} 'wasm-unsafe-eval'; connect-src {server}; frame-src {server}; \
         style-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    );
    let headers = [
        (CONTENT_SECURITY_POLICY, policy),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, page).into_response()
}

/// An example at work: it asks this server.
fn live(example: &str, server: &str) -> PreEscaped<String> {
    PreEscaped(example.replace(SERVER_IN_EXAMPLES, server))
}

/// An example as it is to be copied.
fn source(example: &str) -> Markup {
    html! { details lang="en" { summary { "Its source" } pre { code { (example.trim_end()) } } } }
}

/// Where the page's own script writes the last event of the section's widget.
fn told(words: &str) -> Markup {
    html! { p.told { (words) ": " output { "…" } } }
}

#[cfg(test)]
mod tests {
    use super::EXAMPLES;

    const DOCS: &str = include_str!("../../../../docs/embedding.md");
    const LIVE: &str = "See it at work: <http://localhost:8080/partner-demo#";

    /// Each piece of code of the docs that a page can hold, and the words right after it.
    fn snippets() -> Vec<(&'static str, &'static str)> {
        let mut blocks = DOCS.split("```");
        let mut found = Vec::new();
        // Text and code take turns, and text begins.
        let mut after = blocks.next();
        while let (Some(_), Some(code)) = (after, blocks.next()) {
            after = blocks.next();
            let (kind, code) = code.split_once('\n').unwrap_or_default();
            if matches!(kind, "html" | "css" | "js") {
                found.push((code, after.unwrap_or_default().trim_start()));
            }
        }
        found
    }

    #[test]
    fn each_example_of_the_docs_leads_to_the_part_of_the_demo_that_is_made_of_it() {
        let snippets = snippets();
        for (code, after) in &snippets {
            let linked = after.strip_prefix(LIVE).and_then(|rest| rest.split_once('>'));
            let (part, _) = linked.unwrap_or_else(|| panic!("this has no link to the demo:\n{code}"));
            let shown = EXAMPLES.iter().find(|(name, _)| *name == part);
            assert_eq!(shown.map(|(_, example)| *example), Some(*code), "#{part}");
        }
        assert_eq!(
            snippets.len(),
            EXAMPLES.len(),
            "examples that the docs do not show"
        );
    }
}
