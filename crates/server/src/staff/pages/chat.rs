//! `/staff/chat`: the conversations of the live chat, and answering in them.
//!
//! The pages work without scripts; `chat.js` keeps them up to date, and the member there, while they are open.

use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{KeepAlive, Sse};
use axum::response::{IntoResponse, Redirect};
use axum::routing::{get, post};
use axum::{Form, Router};
use maud::{Markup, html};
use onedesk_contract::FieldError;
use onedesk_contract::chat::{MAX_MESSAGE, MessageText, Speaker};
use serde::Deserialize;
use uuid::Uuid;

use super::{Answer, Trouble, alert, instant, live_page};
use crate::chat::conversation::{self, view};
use crate::chat::staff_events::{staff_events, waiting};
use crate::chat::{ending, presence, still_there};
use crate::error::Error;
use crate::extract::PathParam;
use crate::staff::conversations::{self, Listed};
use crate::staff::session::Member;
use crate::state::AppState;
use crate::store::new_id;

/// How many conversations are shown.
const SHOWN: u64 = 100;
/// As much of the last words as a row holds.
const EXCERPT: usize = 120;
const SCRIPT: &str = include_str!("chat.js");
const SCRIPT_ADDRESS: &str = "/server/staff-chat.js";

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/staff/chat", get(list))
        .route("/staff/chat/list", get(rows))
        .route("/staff/chat/events", get(events))
        .route("/staff/chat/{id}", get(show))
        .route("/staff/chat/{id}/messages", get(messages).post(say))
        .route("/staff/chat/{id}/closure", post(close))
        .route(SCRIPT_ADDRESS, get(script))
}

async fn script() -> impl IntoResponse {
    let headers = [
        (CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (CACHE_CONTROL, "no-cache"),
    ];
    (headers, SCRIPT)
}

/// Tells an open page when something was said anywhere.
async fn events(State(state): State<AppState>, member: Member, headers: HeaderMap) -> Answer {
    let events = staff_events(state, member.0.id, headers).await?;
    let unbuffered = [("x-accel-buffering", "no"), ("cache-control", "no-store")];
    Ok((unbuffered, Sse::new(events).keep_alive(KeepAlive::default())).into_response())
}

async fn list(State(state): State<AppState>, member: Member) -> Answer {
    let content = html! {
        (hours(&state).await?)
        div data-live="/staff/chat/list" { (listed(&state).await?) }
    };
    Ok(live_page(
        &state,
        &member,
        StatusCode::OK,
        "Chat",
        &content,
        SCRIPT_ADDRESS,
    ))
}

/// The list alone, for the script.
async fn rows(State(state): State<AppState>, _: Member) -> Answer {
    Ok(([(CACHE_CONTROL, "no-store")], listed(&state).await?).into_response())
}

async fn hours(state: &AppState) -> Result<Markup, Error> {
    let opens_at = presence::presence(state).await?.opens_at;
    Ok(html! {
        @if let Some(at) = opens_at {
            p.soft { "The chat is closed until " (instant(at)) ": questions go to " (state.catalog.vendor().support_email) ". You can answer here all the same." }
        } @else {
            p.soft { "While a page of the chat is open, visitors see that somebody is there." }
        }
        noscript { p { "Without scripts nobody sees that you are there, and new words show when you load the page again." } }
    })
}

async fn listed(state: &AppState) -> Result<Markup, Error> {
    let list = conversations::list(state.store.read(), SHOWN).await?;
    let waiting = waiting(state).await?;
    Ok(html! {
        p role="status" {
            @match waiting {
                0 => { "Nobody waits for an answer." }
                1 => { "1 visitor waits for an answer." }
                more => { (more) " visitors wait for an answer." }
            }
        }
        @if list.is_empty() {
            p.soft { "Nothing was asked yet." }
        } @else {
            div.scroll tabindex="0" role="region" aria-label="Conversations" {
                table.listed {
                    thead { tr {
                        th scope="col" { "Who" }
                        th scope="col" { "Last words" }
                        th scope="col" { "When" }
                    } }
                    tbody { @for one in &list { (row(one)) } }
                }
            }
        }
    })
}

fn row(one: &Listed) -> Markup {
    let conversation = &one.conversation;
    html! {
        tr {
            td data-label="Who" {
                a href={ "/staff/chat/" (conversation.id) } { (who(one)) }
                @if one.is_unanswered() { " " strong { "(unanswered)" } }
            }
            td data-label="Last words" dir="auto" { (excerpt(&one.last_words)) }
            td.day data-label="When" { (instant(conversation.last_at.timestamp())) }
        }
    }
}

/// A visitor as the staff call one.
fn who(one: &Listed) -> String {
    match (&one.company, &one.conversation.email) {
        (Some(company), Some(email)) => format!("{company}, {email}"),
        (Some(name), None) | (None, Some(name)) => name.clone(),
        (None, None) => "A visitor".to_owned(),
    }
}

fn excerpt(text: &str) -> String {
    match text.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

async fn show(State(state): State<AppState>, member: Member, PathParam(id): PathParam<Uuid>) -> Answer {
    of_conversation(&state, &member, id, StatusCode::OK, None, "").await
}

async fn of_conversation(
    state: &AppState,
    member: &Member,
    id: Uuid,
    status: StatusCode,
    refusal: Option<&str>,
    typed: &str,
) -> Answer {
    let one = conversations::one(state.store.read(), id).await?;
    let conversation = &one.conversation;
    let content = html! {
        @if let Some(refusal) = refusal { (alert(refusal)) }
        p { a href="/staff/chat" { "All conversations" } }
        dl {
            dt { "E-mail" } dd { @if let Some(email) = &conversation.email { (email) } @else { span.soft { "Not given" } } }
            @if let (Some(account), Some(company)) = (conversation.account_id, &one.company) {
                dt { "Account" } dd { a href={ "/staff/accounts/" (account) } { (company) } }
            }
            @if let Some(page) = &conversation.page { dt { "Page" } dd { (page) } }
            dt { "Language" } dd { (conversation.language) }
        }
        div data-live={ "/staff/chat/" (id) "/messages" } data-append { (log(state, &one).await?) }
        form.column.answer method="post" action={ "/staff/chat/" (id) "/messages" } data-chat-answer {
            input type="hidden" name="id" value=(new_id());
            label { "Your answer" textarea name="text" required maxlength=(MAX_MESSAGE) rows="4" dir="auto" { (typed) } }
            p.alert role="alert" hidden data-chat-trouble {}
            button.primary { "Send" }
        }
        @if conversation.closed_at.is_none() {
            form method="post" action={ "/staff/chat/" (id) "/closure" } {
                button { "Nothing left to answer" }
            }
        }
    };
    let title = who(&one);
    Ok(live_page(state, member, status, &title, &content, SCRIPT_ADDRESS))
}

/// What was said, alone, for the script.
async fn messages(State(state): State<AppState>, _: Member, PathParam(id): PathParam<Uuid>) -> Answer {
    let one = conversations::one(state.store.read(), id).await?;
    Ok(([(CACHE_CONTROL, "no-store")], log(&state, &one).await?).into_response())
}

async fn log(state: &AppState, one: &Listed) -> Result<Markup, Error> {
    let conversation = &one.conversation;
    let said = conversation::after(state.store.read(), conversation.id, 0).await?;
    let there = still_there(conversation.visitor_seen_at);
    Ok(html! {
        div role="log" aria-label="What was said" {
            ol.log {
                @for message in said.iter().map(|message| view(message, conversation)) {
                    li.log__said.log__said--staff[message.from == Speaker::Staff] data-number=(message.number) {
                        p.log__who {
                            @match &message.name { Some(name) => (name), None => "Visitor" }
                            span.soft { " " (instant(message.at)) @if message.mailed { ", also by e-mail" } }
                        }
                        p.log__text dir="auto" { (message.text) }
                    }
                }
            }
        }
        p.soft.log__state {
            @if there { "The visitor has the chat open." }
            @else if conversation.email.is_some() { "The visitor has left: your answer also goes out as an e-mail." }
            @else { "The visitor has left without an e-mail address, and reads your answer on coming back." }
        }
    })
}

/// What was typed.
#[derive(Debug, Deserialize)]
struct Typed {
    id: Uuid,
    #[serde(default)]
    text: String,
}

async fn say(
    State(state): State<AppState>,
    member: Member,
    PathParam(id): PathParam<Uuid>,
    form: Result<Form<Typed>, FormRejection>,
) -> Answer {
    let Form(typed) = form.map_err(|error| Trouble(Error::MalformedBody(error.body_text())))?;
    let text = match MessageText::parse(&typed.text) {
        Ok(text) => text,
        Err(error) => {
            let refusal = match error {
                FieldError::TooLong { max } => {
                    format!("Nothing was sent: an answer has at most {max} characters.")
                }
                _ => "Nothing was sent: the answer is empty.".to_owned(),
            };
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return of_conversation(&state, &member, id, status, Some(&refusal), &typed.text).await;
        }
    };
    conversation::answer(&state, id, &member.0, typed.id, &text).await?;
    Ok(Redirect::to(&format!("/staff/chat/{id}")).into_response())
}

async fn close(State(state): State<AppState>, _: Member, PathParam(id): PathParam<Uuid>) -> Answer {
    ending::close(&state, id).await?;
    Ok(Redirect::to("/staff/chat").into_response())
}
