//! `/api/account`

use axum::Json;
use axum::extract::State;
use onedesk_contract::account::{AccountView, LanguageChange};
use onedesk_contract::{FieldError, Problem};
use onedesk_texts::Language;
use sea_orm::{ActiveModelTrait, IntoActiveModel, Set};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::accounts;
use crate::error::Error;
use crate::extract::{JsonBody, SignedIn};
use crate::state::AppState;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(show))
        .routes(routes!(change_language))
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
