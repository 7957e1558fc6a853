//! `/api/sign-ups`

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use onedesk_contract::Problem;
use onedesk_contract::sign_up::{SignUpAccepted, SignUpRequest};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::error::Error;
use crate::extract::{ClientIp, JsonBody};
use crate::sign_up::sign_up;
use crate::state::AppState;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(start))
}

/// Start a trial: sends the activation link. Answered alike whether or not the address is known.
#[utoipa::path(
    post,
    path = "/api/sign-ups",
    tag = "sign-up",
    request_body = SignUpRequest,
    responses(
        (status = ACCEPTED, body = SignUpAccepted),
        (status = UNPROCESSABLE_ENTITY, body = Problem, description = "invalid-fields"),
        (status = TOO_MANY_REQUESTS, body = Problem, description = "too-many-attempts, with Retry-After"),
    )
)]
async fn start(
    State(state): State<AppState>,
    ClientIp(ip): ClientIp,
    JsonBody(request): JsonBody<SignUpRequest>,
) -> Result<(StatusCode, Json<SignUpAccepted>), Error> {
    Ok((StatusCode::ACCEPTED, Json(sign_up(&state, &request, &ip).await?)))
}
