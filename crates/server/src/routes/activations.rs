//! `/api/activations`

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use onedesk_contract::Problem;
use onedesk_contract::account::AccountView;
use onedesk_contract::sign_up::{ActivationRequest, ActivationView, AddressView};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::welcome;
use crate::accounts::activation;
use crate::error::Error;
use crate::extract::{ClientIp, JsonBody, PathParam, QueryParams};
use crate::state::AppState;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(show, activate))
        .routes(routes!(address))
}

/// What the activation form is filled with.
#[utoipa::path(
    get,
    path = "/api/activations/{token}",
    tag = "sign-up",
    params(("token" = String, Path, description = "From the e-mail")),
    responses(
        (status = OK, body = ActivationView),
        (status = NOT_FOUND, body = Problem, description = "link-unknown"),
        (status = GONE, body = Problem, description = "link-used, link-expired"),
    )
)]
async fn show(
    State(state): State<AppState>,
    PathParam(token): PathParam<String>,
) -> Result<Json<ActivationView>, Error> {
    Ok(Json(activation::view(&state, &token).await?))
}

/// The name that the account's address is made from.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Company {
    /// Name of the company.
    #[serde(default)]
    company: String,
}

/// The account's address as it will be, made unique.
#[utoipa::path(
    get,
    path = "/api/activations/{token}/address",
    tag = "sign-up",
    params(("token" = String, Path, description = "From the e-mail"), Company),
    responses(
        (status = OK, body = AddressView),
        (status = NOT_FOUND, body = Problem, description = "link-unknown"),
        (status = GONE, body = Problem, description = "link-used, link-expired"),
        (status = UNPROCESSABLE_ENTITY, body = Problem, description = "invalid-fields"),
    )
)]
async fn address(
    State(state): State<AppState>,
    PathParam(token): PathParam<String>,
    QueryParams(Company { company }): QueryParams<Company>,
) -> Result<Json<AddressView>, Error> {
    Ok(Json(activation::address_of(&state, &token, &company).await?))
}

/// Activate the account; signs its owner in.
#[utoipa::path(
    post,
    path = "/api/activations/{token}",
    tag = "sign-up",
    params(("token" = String, Path, description = "From the e-mail")),
    request_body = ActivationRequest,
    responses(
        (status = CREATED, body = AccountView, description = "Sets the session cookie"),
        (status = NOT_FOUND, body = Problem, description = "link-unknown"),
        (status = GONE, body = Problem, description = "link-used, link-expired"),
        (status = UNPROCESSABLE_ENTITY, body = Problem, description = "invalid-fields"),
        (status = TOO_MANY_REQUESTS, body = Problem, description = "too-many-attempts, with Retry-After"),
    )
)]
async fn activate(
    State(state): State<AppState>,
    ClientIp(ip): ClientIp,
    PathParam(token): PathParam<String>,
    headers: HeaderMap,
    JsonBody(request): JsonBody<ActivationRequest>,
) -> Result<Response, Error> {
    let (signed_in, session) = activation::activate(&state, &token, &request, &ip).await?;
    welcome(&state, &headers, &signed_in, &session).await
}
