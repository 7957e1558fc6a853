//! `/api/invitations`

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use onedesk_contract::Problem;
use onedesk_contract::account::AccountView;
use onedesk_contract::sign_up::{AcceptInvitation, InvitationView};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::welcome;
use crate::error::Error;
use crate::extract::{ClientIp, JsonBody, PathParam};
use crate::state::AppState;
use crate::users::invitation;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(show, accept))
}

/// Who is invited where.
#[utoipa::path(
    get,
    path = "/api/invitations/{token}",
    tag = "users",
    params(("token" = String, Path, description = "From the e-mail")),
    responses(
        (status = OK, body = InvitationView),
        (status = NOT_FOUND, body = Problem, description = "link-unknown"),
        (status = GONE, body = Problem, description = "link-used, link-expired"),
    )
)]
async fn show(
    State(state): State<AppState>,
    PathParam(token): PathParam<String>,
) -> Result<Json<InvitationView>, Error> {
    Ok(Json(invitation::view(&state, &token).await?))
}

/// Join the account; signs the user in.
#[utoipa::path(
    post,
    path = "/api/invitations/{token}",
    tag = "users",
    params(("token" = String, Path, description = "From the e-mail")),
    request_body = AcceptInvitation,
    responses(
        (status = CREATED, body = AccountView, description = "Sets the session cookie"),
        (status = NOT_FOUND, body = Problem, description = "link-unknown"),
        (status = GONE, body = Problem, description = "link-used, link-expired"),
        (status = UNPROCESSABLE_ENTITY, body = Problem, description = "invalid-fields"),
        (status = TOO_MANY_REQUESTS, body = Problem, description = "too-many-attempts, with Retry-After"),
    )
)]
async fn accept(
    State(state): State<AppState>,
    ClientIp(ip): ClientIp,
    PathParam(token): PathParam<String>,
    headers: HeaderMap,
    JsonBody(request): JsonBody<AcceptInvitation>,
) -> Result<Response, Error> {
    let (signed_in, session) = invitation::accept(&state, &token, &request, &ip).await?;
    welcome(&state, &headers, &signed_in, &session).await
}
