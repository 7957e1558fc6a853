//! `/api/subscription`

use axum::Json;
use axum::extract::State;
use onedesk_contract::Problem;
use onedesk_contract::subscription::{PreviewRequest, PreviewView, SubscriptionDetails};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::error::Result;
use crate::extract::{Admin, JsonBody};
use crate::state::AppState;
use crate::subscriptions;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(show))
        .routes(routes!(preview))
}

/// The subscription, what is scheduled for it, and its next renewal
#[utoipa::path(
    get,
    path = "/api/subscription",
    tag = "subscription",
    responses(
        (status = 200, body = SubscriptionDetails),
        (status = 401, description = "`not-signed-in`", body = Problem),
        (status = 403, description = "`not-allowed`: only the owner and admins", body = Problem),
        (status = 404, description = "`not-found`: nothing was bought yet", body = Problem),
    )
)]
async fn show(State(state): State<AppState>, Admin(viewer): Admin) -> Result<Json<SubscriptionDetails>> {
    Ok(Json(subscriptions::details(&state, &viewer.account).await?))
}

/// What a change would lead to
///
/// Line by line: what is charged today with tax and account credit, what waits for the renewal, and what that will cost.
/// Nothing is changed.
#[utoipa::path(
    post,
    path = "/api/subscription/previews",
    tag = "subscription",
    request_body = PreviewRequest,
    responses(
        (status = 200, body = PreviewView),
        (status = 400, description = "`malformed-body`", body = Problem),
        (status = 401, description = "`not-signed-in`", body = Problem),
        (status = 403, description = "`not-allowed`: only the owner and admins", body = Problem),
        (status = 404, description = "`not-found`: nothing was bought yet", body = Problem),
        (status = 409, description = "`change-refused` with its `reason`, `not-enough-licences` with the numbers", body = Problem),
        (status = 422, description = "`invalid-fields`: not sold so", body = Problem),
    )
)]
async fn preview(
    State(state): State<AppState>,
    Admin(admin): Admin,
    JsonBody(PreviewRequest { request }): JsonBody<PreviewRequest>,
) -> Result<Json<PreviewView>> {
    Ok(Json(
        subscriptions::preview(&state, &admin.account, request).await?,
    ))
}
