//! `/sandbox/mail`: the letters that the server sent.

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use jiff::Timestamp;
use maud::{Markup, html};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::page;
use crate::error::Error;
use crate::extract::{PathParam, QueryParams};
use crate::invoices::PdfFile;
use crate::mail::delivery;
use crate::state::AppState;
use crate::store::At;
use crate::store::entities::outbox::{Column, Entity, Model};

/// The most letters listed.
const LISTED: u64 = 200;
/// A letter may look as it likes and lead anywhere, but loads and runs nothing.
const LETTER_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; \
     form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox \
     allow-top-navigation-by-user-activation";

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/sandbox/mail", get(list))
        .route("/sandbox/mail.json", get(list_json))
        .route("/sandbox/mail/{id}", get(show))
        .route("/sandbox/mail/{id}/html", get(show_html))
        .route("/sandbox/mail/{id}/attachment", get(attachment))
}

#[derive(Deserialize)]
struct Wanted {
    /// Letters to this address only.
    to: Option<String>,
}

/// A letter as tests read it.
#[derive(Serialize)]
struct LetterView {
    id: Uuid,
    to: String,
    /// Where an answer goes, if not to the sender.
    reply_to: Option<String>,
    kind: String,
    language: String,
    subject: String,
    text: String,
    html: String,
    /// Web addresses in the text, in order.
    links: Vec<String>,
    /// Where the file is that goes along.
    attachment: Option<String>,
    written_at: Timestamp,
    delivered_at: Option<Timestamp>,
}

impl From<Model> for LetterView {
    fn from(letter: Model) -> Self {
        let attachment = has_attachment(&letter).then(|| attachment_path(letter.id));
        Self {
            id: letter.id,
            attachment,
            to: letter.recipient,
            reply_to: letter.reply_to,
            kind: letter.kind,
            language: letter.language,
            subject: letter.subject,
            links: words(&letter.text)
                .filter(|word| is_link(word))
                .map(str::to_owned)
                .collect(),
            text: letter.text,
            html: letter.html,
            written_at: letter.created_at.timestamp(),
            delivered_at: letter.delivered_at.map(At::timestamp),
        }
    }
}

/// The newest letters, newest first.
async fn newest(state: &AppState, wanted: Wanted) -> Result<Vec<Model>, Error> {
    let mut query = Entity::find().order_by_desc(Column::Id).limit(LISTED);
    if let Some(to) = wanted.to {
        query = query.filter(Column::Recipient.eq(to.trim().to_lowercase()));
    }
    Ok(query.all(state.store.read()).await?)
}

async fn list_json(
    State(state): State<AppState>,
    QueryParams(wanted): QueryParams<Wanted>,
) -> Result<Response, Error> {
    let letters: Vec<LetterView> = newest(&state, wanted)
        .await?
        .into_iter()
        .map(Into::into)
        .collect();
    Ok(([(CACHE_CONTROL, "no-store")], Json(letters)).into_response())
}

async fn list(
    State(state): State<AppState>,
    QueryParams(wanted): QueryParams<Wanted>,
) -> Result<Response, Error> {
    let letters = newest(&state, wanted).await?;
    let content = html! {
        @if letters.is_empty() {
            p { "No letter was sent yet. Sign up at " a href="/signup" { "/signup" } ", and the first one is here." }
        } @else {
            div.scroll tabindex="0" role="region" aria-label="E-mails" {
                table.listed {
                    thead { tr { th scope="col" { "Subject" } th scope="col" { "To" } th scope="col" { "Sent" } } }
                    tbody {
                        @for letter in &letters {
                            tr {
                                td data-label="Subject" { a href=(format!("/sandbox/mail/{}", letter.id)) { (letter.subject) } }
                                td data-label="To" { (letter.recipient) }
                                td.day data-label="Sent" { (told(letter.created_at)) }
                            }
                        }
                    }
                }
            }
        }
    };
    Ok(page("E-mails", content))
}

async fn show(State(state): State<AppState>, PathParam(id): PathParam<Uuid>) -> Result<Response, Error> {
    let letter = find(&state, id).await?;
    let content = html! {
        dl {
            dt { "To" } dd { (letter.recipient) }
            @if let Some(address) = &letter.reply_to { dt { "Answers to" } dd { (address) } }
            dt { "Sent" } dd { (told(letter.created_at)) }
            dt { "Kind" } dd { (letter.kind) }
            @if has_attachment(&letter) {
                dt { "Attached" } dd { a href=(attachment_path(id)) { @if letter.invoice_id.is_some() { "The invoice as a PDF file" } @else { "The pro-forma invoice as a PDF file" } } }
            }
        }
        h2 { "As text" }
        pre.letter lang=(letter.language) { (linked(&letter.text)) }
        h2 { "As HTML" }
        iframe src=(format!("/sandbox/mail/{id}/html")) title="The letter as HTML"
            sandbox="allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation" {}
    };
    Ok(page(&letter.subject, content))
}

/// The HTML of a letter, for the frame on its page. Its links open in the whole window.
async fn show_html(State(state): State<AppState>, PathParam(id): PathParam<Uuid>) -> Result<Response, Error> {
    let html = find(&state, id)
        .await?
        .html
        .replacen("<head>", "<head><base target=\"_top\">", 1);
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CONTENT_SECURITY_POLICY, LETTER_POLICY),
        (CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, html).into_response())
}

/// The file that goes along with a letter, made as for a mail server.
async fn attachment(State(state): State<AppState>, PathParam(id): PathParam<Uuid>) -> Result<PdfFile, Error> {
    let letter = find(&state, id).await?;
    delivery::attachment(&state, &letter)
        .await?
        .ok_or(Error::NotFound)
}

fn has_attachment(letter: &Model) -> bool {
    letter.invoice_id.is_some() || letter.pro_forma.is_some()
}

fn attachment_path(id: Uuid) -> String {
    format!("/sandbox/mail/{id}/attachment")
}

async fn find(state: &AppState, id: Uuid) -> Result<Model, Error> {
    Entity::find_by_id(id)
        .one(state.store.read())
        .await?
        .ok_or(Error::NotFound)
}

fn told(at: At) -> String {
    at.timestamp().strftime("%Y-%m-%d %H:%M UTC").to_string()
}

/// The text with its links to click on, white space kept.
fn linked(text: &str) -> Markup {
    html! {
        @for piece in text.split_inclusive(char::is_whitespace) {
            @let word = piece.trim_end();
            @if is_link(word) { a href=(word) { (word) } (piece[word.len()..]) } @else { (piece) }
        }
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
}

fn is_link(word: &str) -> bool {
    word.starts_with("http://") || word.starts_with("https://")
}
