//! `/api/password-resets`

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use onedesk_contract::Problem;
use onedesk_contract::sign_in::{NewPassword, PasswordResetRequest, PasswordResetView};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::error::Error;
use crate::extract::{ClientIp, JsonBody, PathParam};
use crate::sign_in::reset;
use crate::state::AppState;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(request))
        .routes(routes!(show, change))
}

/// Send a link to choose a new password. Answered alike for every address.
#[utoipa::path(
    post,
    path = "/api/password-resets",
    tag = "sign-in",
    request_body = PasswordResetRequest,
    responses(
        (status = ACCEPTED, description = "If the address is a user's, a link is on its way"),
        (status = UNPROCESSABLE_ENTITY, body = Problem, description = "invalid-fields"),
        (status = TOO_MANY_REQUESTS, body = Problem, description = "too-many-attempts, with Retry-After"),
    )
)]
async fn request(
    State(state): State<AppState>,
    ClientIp(ip): ClientIp,
    JsonBody(request): JsonBody<PasswordResetRequest>,
) -> Result<StatusCode, Error> {
    reset::request(&state, &request, &ip).await?;
    Ok(StatusCode::ACCEPTED)
}

/// Whose password a link changes.
#[utoipa::path(
    get,
    path = "/api/password-resets/{token}",
    tag = "sign-in",
    params(("token" = String, Path, description = "From the e-mail")),
    responses(
        (status = OK, body = PasswordResetView),
        (status = NOT_FOUND, body = Problem, description = "link-unknown"),
        (status = GONE, body = Problem, description = "link-used, link-expired"),
    )
)]
async fn show(
    State(state): State<AppState>,
    PathParam(token): PathParam<String>,
) -> Result<Json<PasswordResetView>, Error> {
    Ok(Json(reset::view(&state, &token).await?))
}

/// Set the new password; ends every session of the user.
#[utoipa::path(
    post,
    path = "/api/password-resets/{token}",
    tag = "sign-in",
    params(("token" = String, Path, description = "From the e-mail")),
    request_body = NewPassword,
    responses(
        (status = NO_CONTENT, description = "The password is set"),
        (status = NOT_FOUND, body = Problem, description = "link-unknown"),
        (status = GONE, body = Problem, description = "link-used, link-expired"),
        (status = UNPROCESSABLE_ENTITY, body = Problem, description = "invalid-fields"),
        (status = TOO_MANY_REQUESTS, body = Problem, description = "too-many-attempts, with Retry-After"),
    )
)]
async fn change(
    State(state): State<AppState>,
    ClientIp(ip): ClientIp,
    PathParam(token): PathParam<String>,
    JsonBody(new): JsonBody<NewPassword>,
) -> Result<StatusCode, Error> {
    reset::change(&state, &token, &new, &ip).await?;
    Ok(StatusCode::NO_CONTENT)
}
