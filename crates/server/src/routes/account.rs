//! `/api/account`

use axum::Json;
use axum::extract::State;
use axum::http::header::VARY;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use onedesk_contract::account::{AccountView, LanguageChange};
use onedesk_contract::entitlements::EntitlementsView;
use onedesk_contract::{FieldError, Problem};
use onedesk_texts::Language;
use sea_orm::{ActiveModelTrait, IntoActiveModel, Set};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::accounts;
use crate::catalog::Answer;
use crate::error::Error;
use crate::extract::{JsonBody, SignedIn, WantedLanguage};
use crate::state::AppState;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(show))
        .routes(routes!(change_language))
        .routes(routes!(entitlements))
}

/// The account of whoever is signed in.
#[utoipa::path(
    get,
    path = "/api/account",
    tag = "account",
    responses(
        (status = OK, body = AccountView),
        (status = UNAUTHORIZED, body = Problem, description = "not-signed-in"),
    )
)]
async fn show(State(state): State<AppState>, signed_in: SignedIn) -> Result<Json<AccountView>, Error> {
    Ok(Json(accounts::view(&state, &signed_in).await?))
}

/// Change the language of the signed-in user's screens and e-mails.
#[utoipa::path(
    patch,
    path = "/api/account/language",
    tag = "account",
    request_body = LanguageChange,
    responses(
        (status = OK, body = AccountView),
        (status = UNAUTHORIZED, body = Problem, description = "not-signed-in"),
        (status = UNPROCESSABLE_ENTITY, body = Problem, description = "invalid-fields"),
    )
)]
async fn change_language(
    State(state): State<AppState>,
    SignedIn { user, account }: SignedIn,
    JsonBody(change): JsonBody<LanguageChange>,
) -> Result<Json<AccountView>, Error> {
    let language: Language = change
        .language
        .parse()
        .map_err(|_| Error::field("language", FieldError::UnknownLanguage))?;
    let user = state
        .store
        .with_tx(async |tx| {
            let mut changed = user.clone().into_active_model();
            changed.language = Set(language.code().to_owned());
            Ok(changed.update(&tx).await?)
        })
        .await?;
    Ok(Json(accounts::view(&state, &SignedIn { user, account }).await?))
}

/// Kept by the browser alone, and asked for again each time, which costs next to nothing while it is the same.
const CACHING: &str = "private, no-cache";

/// What the account may use: every feature, whether it is included now, and the lowest plan that unlocks it
///
/// For the application whose features are sold here. A scheduled lower plan, and a cancellation, count from their day on.
#[utoipa::path(
    get,
    path = "/api/account/entitlements",
    tag = "account",
    params(("lang" = Option<String>, Query, description = "Language code of names and notes; the user's own language without one.")),
    responses(
        (status = OK, body = EntitlementsView, description = "With an ETag"),
        (status = NOT_MODIFIED, description = "The ETag of `If-None-Match` is still right"),
        (status = UNAUTHORIZED, body = Problem, description = "not-signed-in"),
        (status = UNPROCESSABLE_ENTITY, body = Problem, description = "invalid-fields: no such language"),
    )
)]
async fn entitlements(
    State(state): State<AppState>,
    signed_in: SignedIn,
    wanted: WantedLanguage,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let language = wanted.or(|| signed_in.user.language.parse().unwrap_or_default())?;
    let view = accounts::entitlements(&state, &signed_in.account, language).await?;
    let mut answer = Answer::of(&view).respond(&headers, CACHING, Some(language));
    // One browser may sign in to several accounts, one after the other.
    answer
        .headers_mut()
        .append(VARY, HeaderValue::from_static("Cookie"));
    Ok(answer)
}
