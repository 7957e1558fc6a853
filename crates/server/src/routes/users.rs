//! `/api/users`

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use onedesk_contract::Problem;
use onedesk_contract::users::{AddUsersRequest, AddUsersResponse, ReactivationsRequest, UsersView};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::error::Error;
use crate::extract::{Admin, JsonBody, PathParam};
use crate::state::AppState;
use crate::users;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, add))
        .routes(routes!(deactivate))
        .routes(routes!(reactivate))
        .routes(routes!(reactivate_several))
}

/// The users of the account. (Customers need no licence and are not kept here.)
#[utoipa::path(
    get,
    path = "/api/users",
    tag = "users",
    responses(
        (status = OK, body = UsersView),
        (status = UNAUTHORIZED, body = Problem, description = "not-signed-in"),
        (status = FORBIDDEN, body = Problem, description = "not-allowed"),
    )
)]
async fn list(State(state): State<AppState>, Admin(admin): Admin) -> Result<Json<UsersView>, Error> {
    Ok(Json(
        users::view(state.store.read(), &state, &admin.account).await?,
    ))
}

/// Add users and invite them: all whose address is nobody's yet, or none.
#[utoipa::path(
    post,
    path = "/api/users",
    tag = "users",
    request_body = AddUsersRequest,
    responses(
        (status = CREATED, body = AddUsersResponse),
        (status = UNAUTHORIZED, body = Problem, description = "not-signed-in"),
        (status = FORBIDDEN, body = Problem, description = "not-allowed"),
        (status = CONFLICT, body = Problem, description = "not-enough-licences, order-pending, trial-over"),
        (status = UNPROCESSABLE_ENTITY, body = Problem, description = "invalid-fields"),
        (status = TOO_MANY_REQUESTS, body = Problem, description = "too-many-attempts, with Retry-After"),
    )
)]
async fn add(
    State(state): State<AppState>,
    Admin(admin): Admin,
    JsonBody(request): JsonBody<AddUsersRequest>,
) -> Result<(StatusCode, Json<AddUsersResponse>), Error> {
    Ok((
        StatusCode::CREATED,
        Json(users::add(&state, &admin, &request).await?),
    ))
}

/// Deactivate a user: uses no licence, cannot sign in, keeps what the user made.
#[utoipa::path(
    post,
    path = "/api/users/{id}/deactivation",
    tag = "users",
    params(("id" = Uuid, Path)),
    responses(
        (status = OK, body = UsersView),
        (status = UNAUTHORIZED, body = Problem, description = "not-signed-in"),
        (status = FORBIDDEN, body = Problem, description = "not-allowed"),
        (status = NOT_FOUND, body = Problem, description = "not-found"),
        (status = CONFLICT, body = Problem, description = "owner-stays"),
    )
)]
async fn deactivate(
    State(state): State<AppState>,
    Admin(admin): Admin,
    PathParam(id): PathParam<Uuid>,
) -> Result<Json<UsersView>, Error> {
    Ok(Json(users::deactivate(&state, &admin, id).await?))
}

/// Reactivate a user, if a licence is free.
#[utoipa::path(
    post,
    path = "/api/users/{id}/reactivation",
    tag = "users",
    params(("id" = Uuid, Path)),
    responses(
        (status = OK, body = UsersView),
        (status = UNAUTHORIZED, body = Problem, description = "not-signed-in"),
        (status = FORBIDDEN, body = Problem, description = "not-allowed"),
        (status = NOT_FOUND, body = Problem, description = "not-found"),
        (status = CONFLICT, body = Problem, description = "not-enough-licences, order-pending, trial-over"),
        (status = TOO_MANY_REQUESTS, body = Problem, description = "too-many-attempts, with Retry-After"),
    )
)]
async fn reactivate(
    State(state): State<AppState>,
    Admin(admin): Admin,
    PathParam(id): PathParam<Uuid>,
) -> Result<Json<UsersView>, Error> {
    Ok(Json(users::reactivate(&state, &admin, &[id]).await?))
}

/// Reactivate several users at once: those named, all of them or none; or as many as the licences allow.
///
/// When none is named, those come first who were deactivated last, then by name. Users who are active stay so.
#[utoipa::path(
    post,
    path = "/api/users/reactivations",
    tag = "users",
    request_body = ReactivationsRequest,
    responses(
        (status = OK, body = UsersView),
        (status = UNAUTHORIZED, body = Problem, description = "not-signed-in"),
        (status = FORBIDDEN, body = Problem, description = "not-allowed"),
        (status = NOT_FOUND, body = Problem, description = "not-found: one of them is no user of this account"),
        (status = CONFLICT, body = Problem, description = "not-enough-licences with the numbers, order-pending, trial-over: nobody was reactivated"),
        (status = TOO_MANY_REQUESTS, body = Problem, description = "too-many-attempts, with Retry-After: those who never joined are invited again"),
    )
)]
async fn reactivate_several(
    State(state): State<AppState>,
    Admin(admin): Admin,
    JsonBody(request): JsonBody<ReactivationsRequest>,
) -> Result<Json<UsersView>, Error> {
    Ok(Json(users::reactivate(&state, &admin, &request.users).await?))
}
