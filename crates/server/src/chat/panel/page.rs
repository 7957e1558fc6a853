//! The page as it is drawn.

use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use maud::{DOCTYPE, Markup, html};
use onedesk_contract::chat::{ChatMessage, MAX_MESSAGE, Presence, Speaker};
use onedesk_contract::{FieldError, FieldErrors};
use onedesk_texts::{Language, chat, field_error};

use super::{SCRIPT_ADDRESS, STYLE_ADDRESS};
use crate::address;
use crate::chat::visitor::Visitor;
use crate::chat::{conversation, presence};
use crate::error::Error;
use crate::state::AppState;
use crate::store::new_id;

/// The page's own script and styles; pages of this server alone may frame it.
const POLICY: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; font-src 'self'; \
     img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'self'";
/// Stands for the time in a sentence until the sentence is cut there.
const TIME: &str = "\u{1}";
/// Stands for a number in a sentence until the script of the page around puts it in.
const COUNT: &str = "{count}";

/// What is shown.
#[derive(Debug)]
pub struct Shown {
    language: Language,
    product: String,
    presence: Presence,
    email: Option<String>,
    messages: Vec<ChatMessage>,
    /// Whether it stands in a frame of another page.
    framed: bool,
}

impl Shown {
    /// What a visitor sees now. `headers` are those of the request, by which a browser tells what the page is for.
    pub async fn of(
        state: &AppState,
        language: Language,
        visitor: Visitor,
        headers: &HeaderMap,
    ) -> Result<Self, Error> {
        let email = visitor.email().map(str::to_owned);
        let messages = match &visitor.conversation {
            Some(known) => {
                let said = conversation::after(state.store.read(), known.id, 0).await?;
                said.iter()
                    .map(|message| conversation::view(message, known))
                    .collect()
            }
            None => Vec::new(),
        };
        Ok(Self {
            language,
            product: state.catalog.vendor().name.clone(),
            presence: presence::presence(state).await?,
            email,
            messages,
            framed: headers.get("sec-fetch-dest").is_some_and(|dest| dest == "iframe"),
        })
    }
}

/// Why a posted form was not taken, with what was typed.
#[derive(Debug, Default)]
pub struct Refusal {
    pub status: StatusCode,
    pub fields: FieldErrors,
    /// A refusal of the whole form.
    pub sentence: Option<&'static str>,
    pub text: String,
    pub email: String,
}

/// The page.
pub fn respond(shown: &Shown, refusal: &Refusal) -> Response {
    let texts = chat::panel(shown.language);
    let title = texts.title(&shown.product);
    let page = html! {
        (DOCTYPE)
        html lang=(shown.language.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                title { (title) }
                link rel="icon" href="data:,";
                link rel="stylesheet" href=(STYLE_ADDRESS);
                script src=(SCRIPT_ADDRESS) type="module" {}
            }
            body {
                // Within a frame the page around has the landmarks.
                @if shown.framed { div.chat { (parts(shown, refusal)) } } @else { main.chat { (parts(shown, refusal)) } }
            }
        }
    };
    let headers = [(CONTENT_SECURITY_POLICY, POLICY), (CACHE_CONTROL, "no-store")];
    (refusal.status, headers, page).into_response()
}

fn parts(shown: &Shown, refusal: &Refusal) -> Markup {
    let texts = chat::panel(shown.language);
    html! {
        div.chat__head {
            h1 { (texts.heading()) }
            button.chat__close type="button" hidden data-close aria-label=(texts.close()) { (cross()) }
        }
        (log(shown))
        (form(shown, refusal))
    }
}

fn log(shown: &Shown) -> Markup {
    let texts = chat::panel(shown.language);
    let last = shown.messages.last().map_or(0, |message| message.number);
    html! {
        div.chat__log tabindex="0" role="log" aria-label=(texts.log()) data-log data-last=(last) data-you=(texts.you())
            data-mailed=(texts.mailed()) data-unread=(texts.unread(COUNT))
        {
            (who_is_there(shown))
            ol data-said { @for message in &shown.messages { (said(shown, message)) } }
        }
    }
}

/// Both states stand there, and the script shows the right one.
fn who_is_there(shown: &Shown) -> Markup {
    let texts = chat::panel(shown.language);
    let staffed = shown.presence.staffed;
    let back = texts.back(TIME);
    let (before, after) = back.split_once(TIME).unwrap_or((&back, ""));
    html! {
        p.chat__presence.chat__presence--here data-here hidden[!staffed] { (texts.here()) }
        div.chat__presence data-away hidden[staffed] {
            p { (texts.away()) }
            p data-back hidden[shown.presence.opens_at.is_none()] {
                (before) time data-when datetime=[shown.presence.opens_at] { @if let Some(at) = shown.presence.opens_at { (plain(at)) } } (after)
            }
        }
    }
}

fn said(shown: &Shown, message: &ChatMessage) -> Markup {
    let texts = chat::panel(shown.language);
    let own = message.from == Speaker::Visitor;
    html! {
        li.said.said--own[own] data-id=(message.id) data-number=(message.number) {
            p.said__who {
                @match &message.name { Some(name) => (name), None => (texts.you()) }
                " " time data-time datetime=(message.at) { (plain(message.at)) }
            }
            p.said__text dir="auto" { (message.text) }
            @if message.mailed { p.said__state { (texts.mailed()) } }
        }
    }
}

fn form(shown: &Shown, refusal: &Refusal) -> Markup {
    let texts = chat::panel(shown.language);
    let known = shown.email.is_some();
    let staffed = shown.presence.staffed;
    let wrong = |field: &str| {
        refusal
            .fields
            .first(field)
            .map(|error| field_error(shown.language, error))
    };
    let (text_wrong, email_wrong) = (wrong("text"), wrong("email"));
    html! {
        form.chat__form method="post" action=(address::of(shown.language, "/chat")) novalidate data-form
            data-required=(field_error(shown.language, &FieldError::Required))
            data-too-long=(field_error(shown.language, &FieldError::TooLong { max: MAX_MESSAGE }))
            data-invalid-email=(field_error(shown.language, &FieldError::InvalidEmail))
            data-sending=(texts.sending()) data-offline=(texts.offline()) data-reconnecting=(texts.reconnecting())
            data-too-many=(texts.too_many()) data-failed=(texts.failed())
        {
            p.chat__trouble role="alert" data-trouble { @if let Some(sentence) = refusal.sentence { (sentence) } }
            input type="hidden" name="id" value=(new_id());
            label for="text" { (texts.question()) }
            textarea id="text" name="text" rows="3" dir="auto" required aria-describedby="text-wrong"
                aria-invalid=[text_wrong.as_ref().map(|_| "true")] { (refusal.text) }
            p.chat__wrong id="text-wrong" { @if let Some(wrong) = &text_wrong { (wrong) } }
            div data-email hidden[known] {
                label for="email" { (texts.email()) }
                p.chat__hint id="email-hint" {
                    span data-email-needed hidden[staffed] { (texts.email_needed()) }
                    span data-email-optional hidden[!staffed] { (texts.email_optional()) }
                }
                input id="email" name="email" type="email" autocomplete="email" value=(refusal.email)
                    aria-describedby="email-hint email-wrong" aria-invalid=[email_wrong.as_ref().map(|_| "true")];
                p.chat__wrong id="email-wrong" { @if let Some(wrong) = &email_wrong { (wrong) } }
            }
            div.chat__actions {
                button.chat__send { (texts.send()) }
                p.chat__state role="status" data-state {}
            }
        }
        @if !shown.messages.is_empty() {
            form.chat__end method="post" action=(address::of(shown.language, "/chat")) {
                button name="end" value="yes" { (texts.end()) }
                p { (texts.end_note()) }
            }
        }
    }
}

/// A time without a script that knows the visitor's zone.
fn plain(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

fn cross() -> Markup {
    html! {
        svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.5"
            stroke-linecap="round" { path d="M6 6l12 12M18 6 6 18" {} }
    }
}
