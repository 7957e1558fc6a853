//! `/api/chat`

use axum::Json;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, SET_COOKIE};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::sse::{KeepAlive, Sse};
use axum::response::{AppendHeaders, IntoResponse, Response};
use onedesk_contract::chat::{ChatEmail, ChatMessage, ChatRequest, ChatView};
use onedesk_contract::fields::Email;
use onedesk_contract::{FieldError, FieldErrors, Problem};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::chat::visitor;
use crate::chat::visitor_events::visitor_events;
use crate::chat::{by_email, conversation, ending, presence};
use crate::error::Error;
use crate::extract::{ClientIp, JsonBody, QueryParams};
use crate::state::AppState;
use crate::store::entities::conversations;

/// Nobody keeps events: not a cache, and not a proxy until there are many.
const AS_THEY_COME: [(HeaderName, &str); 2] = [
    (HeaderName::from_static("x-accel-buffering"), "no"),
    (CACHE_CONTROL, "no-store"),
];

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(show, forget))
        .routes(routes!(say))
        .routes(routes!(leave_address))
        .routes(routes!(follow))
}

/// Whether somebody answers, and what was said in this browser's conversation.
#[utoipa::path(
    get,
    path = "/api/chat",
    tag = "chat",
    responses((status = OK, body = ChatView))
)]
async fn show(State(state): State<AppState>, headers: HeaderMap) -> Result<Json<ChatView>, Error> {
    let visitor = visitor::find(&state, &headers).await?;
    let email = visitor.email().map(str::to_owned);
    let mut messages = Vec::new();
    if let Some(known) = &visitor.conversation {
        let said = conversation::after(state.store.read(), known.id, 0).await?;
        messages = said
            .iter()
            .map(|message| conversation::view(message, known))
            .collect();
    }
    Ok(Json(ChatView {
        presence: presence::presence(&state).await?,
        email,
        messages,
    }))
}

/// End the conversation in this browser: the next question begins another one. Staff still see what was said.
#[utoipa::path(
    delete,
    path = "/api/chat",
    tag = "chat",
    responses((status = NO_CONTENT))
)]
async fn forget(State(state): State<AppState>, headers: HeaderMap) -> Result<Response, Error> {
    let visitor = visitor::find(&state, &headers).await?;
    if let Some(known) = visitor.conversation {
        ending::end(&state, &known).await?;
    }
    let cookie = visitor::cleared_cookie(&state.public_url);
    Ok((StatusCode::NO_CONTENT, AppendHeaders([(SET_COOKIE, cookie)])).into_response())
}

/// Ask, or go on. The same message sent again is said once. With nobody there it becomes an e-mail to the support address,
/// with a copy to the visitor; then an address has to be known.
#[utoipa::path(
    post,
    path = "/api/chat/messages",
    tag = "chat",
    request_body = ChatRequest,
    responses(
        (status = CREATED, body = ChatMessage, description = "Sets the cookie of the conversation if this began it"),
        (status = NOT_FOUND, body = Problem, description = "not-found: the id is another message's"),
        (status = UNPROCESSABLE_ENTITY, body = Problem, description = "invalid-fields"),
        (status = TOO_MANY_REQUESTS, body = Problem, description = "too-many-attempts, with Retry-After"),
    )
)]
async fn say(
    State(state): State<AppState>,
    ClientIp(ip): ClientIp,
    headers: HeaderMap,
    JsonBody(request): JsonBody<ChatRequest>,
) -> Result<Response, Error> {
    let mut errors = FieldErrors::default();
    let said = request.parse().map_err(|refused| errors.0.extend(refused.0)).ok();
    let language = request.language.parse().map_err(|_| FieldError::UnknownLanguage);
    let language = errors.take("language", language);
    let (Some(said), Some(language)) = (said, language) else {
        return Err(Error::InvalidFields(errors));
    };
    let visitor = visitor::find(&state, &headers).await?;
    let spoken = conversation::say(&state, &visitor, &said, language, &ip).await?;
    let cookie = spoken
        .token
        .map(|token| AppendHeaders([(SET_COOKIE, visitor::cookie(&state.public_url, &token))]));
    Ok((StatusCode::CREATED, cookie, Json(spoken.message)).into_response())
}

/// Tell where answers go. What waits for an answer with nobody there goes out as an e-mail.
#[utoipa::path(
    put,
    path = "/api/chat/email",
    tag = "chat",
    request_body = ChatEmail,
    responses(
        (status = NO_CONTENT),
        (status = NOT_FOUND, body = Problem, description = "not-found: nothing was said yet"),
        (status = UNPROCESSABLE_ENTITY, body = Problem, description = "invalid-fields"),
        (status = TOO_MANY_REQUESTS, body = Problem, description = "too-many-attempts, with Retry-After"),
    )
)]
async fn leave_address(
    State(state): State<AppState>,
    ClientIp(ip): ClientIp,
    headers: HeaderMap,
    JsonBody(request): JsonBody<ChatEmail>,
) -> Result<StatusCode, Error> {
    let email = Email::parse(&request.email).map_err(|error| Error::field("email", error))?;
    let known = own(&state, &headers).await?;
    by_email::leave_address(&state, &known, &email, &ip).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// The number of the last message that is known; a header `Last-Event-ID` goes before it.
    #[serde(default)]
    after: u32,
}

/// What is said from now on, as server-sent events: `message` (a `ChatMessage`), `presence` (a `Presence`), `mailed` (the
/// number up to which questions went out as e-mails).
#[utoipa::path(
    get,
    path = "/api/chat/events",
    tag = "chat",
    params(Wanted),
    responses(
        (status = OK, content_type = "text/event-stream", body = String),
        (status = NOT_FOUND, body = Problem, description = "not-found: nothing was said yet"),
        (status = TOO_MANY_REQUESTS, body = Problem, description = "too-many-attempts: the conversation is open too often"),
    )
)]
async fn follow(
    State(state): State<AppState>,
    QueryParams(wanted): QueryParams<Wanted>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let known = own(&state, &headers).await?;
    let last = headers
        .get("last-event-id")
        .and_then(|id| id.to_str().ok()?.parse().ok());
    let after = last.unwrap_or_else(|| i32::try_from(wanted.after).unwrap_or(i32::MAX));
    let seat = state.chat.enter(known.id)?;
    let events = visitor_events(state, seat, after);
    Ok((AS_THEY_COME, Sse::new(events).keep_alive(KeepAlive::default())).into_response())
}

/// The visitor's conversation; not found before anything was said.
async fn own(state: &AppState, headers: &HeaderMap) -> Result<conversations::Model, Error> {
    let visitor = visitor::find(state, headers).await?;
    visitor.conversation.ok_or(Error::NotFound)
}
