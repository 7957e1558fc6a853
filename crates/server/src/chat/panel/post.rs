//! The form as a browser without scripts posts it.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use onedesk_contract::chat::ChatRequest;
use onedesk_texts::{Language, chat};
use serde::Deserialize;
use uuid::Uuid;

use super::page::{self, Refusal, Shown};
use crate::address;
use crate::chat::{conversation, ending, visitor};
use crate::error::Error;
use crate::extract::ClientIp;
use crate::state::AppState;

/// What was typed.
#[derive(Debug, Default, Deserialize)]
pub struct Typed {
    id: Option<Uuid>,
    #[serde(default)]
    text: String,
    #[serde(default)]
    email: String,
    /// There if the conversation is to end.
    end: Option<String>,
}

/// Says what was typed, or ends the conversation; then the page again. A refusal shows it with what was typed.
pub async fn ask(
    State(state): State<AppState>,
    ClientIp(ip): ClientIp,
    headers: HeaderMap,
    form: Result<Form<Typed>, FormRejection>,
    language: Language,
) -> Result<Response, Error> {
    let Form(typed) = form.map_err(|error| Error::MalformedBody(error.body_text()))?;
    let visitor = visitor::find(&state, &headers).await?;
    let page = address::of(language, "/chat");
    if typed.end.is_some() {
        if let Some(known) = visitor.conversation {
            ending::end(&state, &known).await?;
        }
        let cookie = AppendHeaders([(SET_COOKIE, visitor::cleared_cookie(&state.public_url))]);
        return Ok((cookie, Redirect::to(&page)).into_response());
    }
    let request = ChatRequest {
        id: typed
            .id
            .ok_or_else(|| Error::MalformedBody("`id` is missing".to_owned()))?,
        text: typed.text.clone(),
        language: language.code().to_owned(),
        email: Some(typed.email.clone()),
        page: None,
    };
    let said = match request.parse() {
        Ok(said) => conversation::say(&state, &visitor, &said, language, &ip).await,
        Err(fields) => Err(Error::InvalidFields(fields)),
    };
    let mut refusal = Refusal {
        text: typed.text,
        email: typed.email,
        ..Refusal::default()
    };
    match said {
        Ok(spoken) => {
            let cookie = spoken
                .token
                .map(|token| visitor::cookie(&state.public_url, &token));
            let cookie = cookie.map(|cookie| AppendHeaders([(SET_COOKIE, cookie)]));
            return Ok((cookie, Redirect::to(&page)).into_response());
        }
        Err(Error::InvalidFields(fields)) => {
            (refusal.status, refusal.fields) = (StatusCode::UNPROCESSABLE_ENTITY, fields);
        }
        Err(Error::TooManyAttempts(_)) => {
            refusal.status = StatusCode::TOO_MANY_REQUESTS;
            refusal.sentence = Some(chat::panel(language).too_many());
        }
        Err(error) => return Err(error),
    }
    let shown = Shown::of(&state, language, visitor, &headers).await?;
    Ok(page::respond(&shown, &refusal))
}
