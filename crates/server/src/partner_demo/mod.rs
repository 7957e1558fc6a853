//! `/partner-demo`: a page as a partner might have it, in a design that is not ours, with the widget in it. Sandbox only.
//!
//! It names the widget by the server's public address, so that it is a page of another site where it is opened by another
//! name of this machine (`localhost` instead of `127.0.0.1`).

use axum::Router;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use maud::{DOCTYPE, Markup, html};

use crate::error::Error;
use crate::state::AppState;

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
        .route(
            "/partner-demo/page.js",
            file("text/javascript; charset=utf-8", include_str!("page.js")),
        )
}

async fn page(State(state): State<AppState>) -> Response {
    let server = state.public_url.origin();
    let product = &state.catalog.vendor().name;
    let frame = format!(
        "{server}/embed/pricing?plan=standard&seats=5&period=monthly&currency=GBP&lang=en&partner=harbour-it"
    );
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
                script type="module" src={ (server) "/widget.js" } {}
                script type="module" src={ (server) "/embed.js" } {}
                script type="module" src="/partner-demo/page.js" {}
            }
            body {
                header {
                    p { "Harbour IT" }
                    nav aria-label="Harbour IT" { a href="#france" { "Pour la France" } a href="#uk" { "Large teams" } a href="#frame" { "Small teams" } }
                }
                main {
                    h1 { "We run your help desk" }
                    p { "This is a made-up partner’s page, which shows how the pricing widget of " (product) " stands on other \
                         people’s pages. What is below comes from " code { (server) } "." }
                    section #france lang="fr" {
                        h2 { "Nos tarifs en France" }
                        onedesk-pricing plan="premium" seats="12" period="annual" currency="EUR" lang="fr" partner="harbour-it" {
                            (instead(server, "/fr/pricing", "Voir les tarifs"))
                        }
                        (told("france", "Ce que la page apprend"))
                    }
                    section #uk {
                        h2 { "For large teams, in our own colours" }
                        onedesk-pricing.ours plan="enterprise" seats="250" period="monthly" currency="USD" lang="en" partner="harbour-it-large" {
                            (instead(server, "/pricing", "See the prices"))
                        }
                        (told("uk", "What this page is told"))
                    }
                    section #frame {
                        h2 { "In a frame, for pages that let no foreign program run" }
                        iframe src=(frame) title={ "Prices of " (product) } loading="lazy" {}
                        (told("frame", "What this page is told"))
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

/// What stands in the element before the widget does, and without scripts.
fn instead(server: &str, path: &str, words: &str) -> Markup {
    html! { p { a href={ (server) (path) } { (words) } } }
}

/// The last event of the section's widget, which the page's own script writes there.
fn told(section: &str, words: &str) -> Markup {
    html! {
        p.told { (words) ": " output data-of=(section) { "…" } }
    }
}
