//! The pages of the staff.

mod account;
mod accounts;
mod chat;
mod credit;
mod orders;
mod payment;
mod sign_in;
mod two_steps;

use axum::Router;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use onedesk_pricing::{Currency, Money, MoneyError};
use onedesk_texts::{Language, format};

use super::session::Member;
use crate::error::Error;
use crate::look;
use crate::server_page;
use crate::state::AppState;

/// Everything below `/staff`.
pub fn routes() -> Router<AppState> {
    Router::new()
        .merge(sign_in::routes())
        .merge(orders::routes())
        .merge(payment::routes())
        .merge(accounts::routes())
        .merge(account::routes())
        .merge(credit::routes())
        .merge(chat::routes())
        .route("/staff/{*rest}", any(async |_: Member| Trouble(Error::NotFound)))
}

/// What a handler answers.
type Answer = Result<Response, Trouble>;

/// A failure as a page.
#[derive(Debug)]
pub struct Trouble(pub Error);

impl<E: Into<Error>> From<E> for Trouble {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        // The cause is logged where every other is.
        let (title, text): (&str, String) = match &self.0 {
            Error::NotFound => ("Not found", "Nothing stands at this address.".to_owned()),
            Error::MalformedBody(_) | Error::BodyTooLarge => (
                "Not understood",
                "The form did not arrive as it was sent. Nothing was changed: go back and send it again."
                    .to_owned(),
            ),
            Error::TooManyAttempts(wait) => (
                "Too many attempts",
                format!(
                    "There were too many attempts to sign in. Try again in {} minutes.",
                    wait.as_secs().div_ceil(60)
                ),
            ),
            _ => (
                "The server stumbled",
                "Nothing was changed. Try again; if it stays so, look into the server’s log.".to_owned(),
            ),
        };
        let plain = self.0.into_response();
        let content = html! {
            h1 { (title) }
            p { (text) }
            p { a href="/staff" { "To the list of transfers" } }
        };
        let mut page = server_page::respond(plain.status(), "en", &format!("{title} – Staff"), None, content);
        if let Some(wait) = plain.headers().get(RETRY_AFTER) {
            page.headers_mut().insert(RETRY_AFTER, HeaderValue::clone(wait));
        }
        page
    }
}

/// A page for a member who is signed in.
fn page(state: &AppState, member: &Member, status: StatusCode, title: &str, content: &Markup) -> Response {
    let (title, banner, content) = framed(state, member, title, content);
    server_page::respond(status, "en", &title, Some(banner), content)
}

/// The same with a script of the server's, which keeps the page up to date.
fn live_page(
    state: &AppState,
    member: &Member,
    status: StatusCode,
    title: &str,
    content: &Markup,
    script: &str,
) -> Response {
    let (title, banner, content) = framed(state, member, title, content);
    server_page::respond_with_script(status, "en", &title, Some(banner), content, script)
}

/// The product's mark and name, and whose pages these are.
fn brand(product: &str) -> Markup {
    html! { p.brand { (look::brand(product, &html! { span.soft { " Staff" } })) } }
}

/// The title of the browser's tab, what stands above all pages, and the page below its heading.
fn framed(state: &AppState, member: &Member, title: &str, content: &Markup) -> (String, Markup, Markup) {
    let product = &state.catalog.vendor().name;
    let banner = html! {
        header.masthead {
            (brand(product))
            nav aria-label="Staff" {
                a href="/staff" { "Transfers" }
                a href="/staff/accounts" { "Accounts" }
                a href="/staff/chat" { "Chat" }
            }
            form method="post" action="/staff/sign-out" {
                span { (member.0.name) }
                button { "Sign out" }
            }
        }
    };
    let content = html! { h1 { (title) } (content) };
    (format!("{title} – {product} Staff"), banner, content)
}

/// Something that has to be read before all else: a refusal.
fn alert(text: &str) -> Markup {
    html! { p.alert role="alert" { (text) } }
}

fn money(amount: Money) -> String {
    format::money(Language::En, amount)
}

/// Reads an amount as people type it: a comma is a point, and spaces do not matter.
fn read_amount(text: &str, currency: Currency) -> Result<Money, MoneyError> {
    let text: String = text.split_whitespace().collect();
    Money::parse(&text.replace(',', "."), currency)
}

fn date(day: Date) -> String {
    format::date_short(Language::En, day)
}

/// A stored date; as it stands if it is none.
fn stored_date(text: &str) -> String {
    text.parse().map_or_else(|_| text.to_owned(), date)
}

fn instant(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_type_them() {
        let due = Money::new(52_752, Currency::EUR);
        for text in ["527.52", "527,52", " 527,52 ", "5 27.52"] {
            assert_eq!(read_amount(text, Currency::EUR), Ok(due), "{text}");
        }
        for text in ["", "EUR 527.52", "1,234.50", "527.520", "1,234", "-", "five"] {
            assert!(read_amount(text, Currency::EUR).is_err(), "{text}");
        }
        let round = Money::new(120_000, Currency::EUR);
        assert_eq!(read_amount("1200", Currency::EUR), Ok(round));
    }
}
