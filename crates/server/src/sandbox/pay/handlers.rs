//! The buyer's side of the sandbox provider: a form, no script, and after each deed a redirect, so that reloading a page
//! does nothing a second time.

use axum::Form;
use axum::Router;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::Markup;
use onedesk_texts::{Language, from_accept_language};
use serde::Deserialize;
use uuid::Uuid;

use super::cards::{CardForm, Mistakes, Refusal};
use super::checkouts::{self, Deed};
use super::{events, overview, page};
use crate::clock;
use crate::error::Error;
use crate::look;
use crate::payments::CheckoutState;
use crate::state::AppState;
use crate::store::entities::sandbox_checkouts::Model;

/// Everything from the server itself, and nothing that runs.
const POLICY: &str = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The hosted page, its style sheet, and the view behind the scenes.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/sandbox/pay/{checkout}", get(show).post(pay))
        .route(
            "/sandbox/pay/{checkout}/authentication",
            get(ask).post(authenticate),
        )
        .route("/sandbox/pay.css", get(style))
        .route("/sandbox/payments", get(behind_the_scenes))
        .route("/sandbox/payments/notifications", post(hold))
        .route("/sandbox/payments/notifications/{id}", post(send_again))
}

async fn style(State(state): State<AppState>) -> Response {
    look::sheet(&state, include_str!("pay.css"))
}

/// The form, or what became of the checkout.
async fn show(
    State(state): State<AppState>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let Some(checkout) = checkouts::find(state.store.read(), &id).await? else {
        return Ok(unknown(&headers));
    };
    let refusal = checkout.refusal.as_deref().and_then(Refusal::from_stored);
    respond(&state, &checkout, |view| {
        page::form(view, &CardForm::default(), Mistakes::default(), refusal)
    })
}

async fn pay(
    State(state): State<AppState>,
    Path(id): Path<String>,
    headers: HeaderMap,
    form: Result<Form<CardForm>, FormRejection>,
) -> Result<Response, Error> {
    // What is no form at all is a form that was left empty: the page says what is missing.
    let form = form.map_or_else(|_| CardForm::default(), |Form(form)| form);
    let (card, expiry) = match form.check(clock::day(state.clock.now(), "UTC")) {
        Ok(presented) => presented,
        Err(mistakes) => {
            let Some(checkout) = checkouts::find(state.store.read(), &id).await? else {
                return Ok(unknown(&headers));
            };
            return respond(&state, &checkout, |view| page::form(view, &form, mistakes, None));
        }
    };
    let Some(checkout) = checkouts::act(&state, &id, Deed::Pay(card, expiry)).await? else {
        return Ok(unknown(&headers));
    };
    go_on(&state, &checkout)
}

/// The bank's page, if the holder is being asked.
async fn ask(
    State(state): State<AppState>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let Some(checkout) = checkouts::find(state.store.read(), &id).await? else {
        return Ok(unknown(&headers));
    };
    match checkouts::challenged(&checkout) {
        Some(card) => respond(&state, &checkout, |view| page::challenge(view, &card.method())),
        None => Ok(Redirect::to(&page::path(&id)).into_response()),
    }
}

#[derive(Debug, Deserialize)]
struct HolderAnswer {
    outcome: String,
}

async fn authenticate(
    State(state): State<AppState>,
    Path(id): Path<String>,
    headers: HeaderMap,
    form: Result<Form<HolderAnswer>, FormRejection>,
) -> Result<Response, Error> {
    let confirmed = form.is_ok_and(|Form(answer)| answer.outcome == "complete");
    let checkout = checkouts::act(&state, &id, Deed::Authenticate { confirmed }).await?;
    checkout.map_or_else(|| Ok(unknown(&headers)), |checkout| go_on(&state, &checkout))
}

/// Where the buyer goes after a deed: on to the seller, to the bank, or back to the form, which says what happened.
fn go_on(state: &AppState, checkout: &Model) -> Result<Response, Error> {
    let to = match checkouts::standing(checkout, state.clock.now())? {
        CheckoutState::Paid(_) => {
            events::deliver_soon(state);
            checkout.return_url.clone()
        }
        CheckoutState::Open if checkout.challenge.is_some() => page::authentication_path(&checkout.id),
        CheckoutState::Open | CheckoutState::Closed => page::path(&checkout.id),
    };
    Ok(Redirect::to(&to).into_response())
}

/// The page for an open checkout, or the one that says why it cannot be paid (any more).
fn respond(
    state: &AppState,
    checkout: &Model,
    open: impl FnOnce(&page::View<'_>) -> Markup,
) -> Result<Response, Error> {
    let view = page::View::of(checkout)?;
    Ok(match checkouts::standing(checkout, state.clock.now())? {
        CheckoutState::Open => html(StatusCode::OK, open(&view)),
        CheckoutState::Paid(_) => html(StatusCode::OK, page::paid(&view)),
        CheckoutState::Closed => html(StatusCode::OK, page::closed(&view)),
    })
}

fn unknown(headers: &HeaderMap) -> Response {
    let preferred = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    let language: Language = preferred.and_then(from_accept_language).unwrap_or_default();
    html(StatusCode::NOT_FOUND, page::unknown(language))
}

async fn behind_the_scenes(State(state): State<AppState>) -> Result<Response, Error> {
    overview::page(&state).await
}

#[derive(Debug, Deserialize)]
struct Hold {
    held: String,
}

async fn hold(
    State(state): State<AppState>,
    form: Result<Form<Hold>, FormRejection>,
) -> Result<Redirect, Error> {
    if let Ok(Form(form)) = form {
        events::hold(&state, form.held == "yes").await?;
        events::deliver_soon(&state);
    }
    Ok(Redirect::to(overview::PATH))
}

async fn send_again(State(state): State<AppState>, Path(id): Path<Uuid>) -> Result<Redirect, Error> {
    if let Some(event) = events::find(&state, id).await? {
        events::deliver(&state, &event).await?;
    }
    Ok(Redirect::to(overview::PATH))
}

fn html(status: StatusCode, markup: Markup) -> Response {
    const HEADERS: [(HeaderName, &str); 3] = [
        (CONTENT_SECURITY_POLICY, POLICY),
        (CACHE_CONTROL, "no-store"),
        (REFERRER_POLICY, "same-origin"),
    ];
    let mut response = (status, markup).into_response();
    for (name, value) in HEADERS {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}
