//! `/sandbox`

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use maud::html;
use onedesk_texts::Language;

use super::page;
use crate::address;
use crate::state::AppState;

pub fn routes() -> Router<AppState> {
    Router::new().route("/sandbox", get(overview))
}

async fn overview(State(state): State<AppState>) -> Response {
    let content = html! {
        p { "Everything outside the server is played by these pages, so that the whole path from the pricing page to a \
             paid subscription can be walked on one machine." }
        dl {
            dt { a href="/sandbox/mail" { "E-mails" } }
            dd { "Every letter that the server sends, with its links." }
            dt { a href="/sandbox/clock" { "Clock" } }
            dd { "Move the time, to see a trial end. By the server's clock it is " (super::clock::told(&state)) "." }
            dt { a href="/sandbox/payments" { "Payments" } }
            dd { "The test payment provider: its checkouts and notifications. Orders lead to its payment page." }
        }
        dl {
            dt { "Pricing" } dd {
                @for language in Language::all() {
                    a href=(address::of(*language, "/pricing")) { (language.native_name()) } " "
                }
            }
            dt { "Widget" } dd { a href="/partner-demo" { "/partner-demo" } ", a made-up partner’s page" }
            dt { "Application" } dd { a href="/app" { "/app" } }
            dt { "Staff" }
            dd {
                a href="/staff" { "/staff" } ", where bank transfers are marked as paid. A sign-in is made on the command \
                 line, also while the server runs: " code { "subscribe staff add you@example.com --name You" }
            }
            dt { "API" } dd { a href="/api/docs" { "/api/docs" } }
        }
    };
    page("Overview", content)
}
