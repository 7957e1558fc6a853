//! `/api/subscription`

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use onedesk_contract::Problem;
use onedesk_contract::subscription::{
    ChangeConfirmation, ChangeView, PreviewRequest, PreviewView, RecoveryRequest, SubscriptionDetails,
};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::error::{Error, Result};
use crate::extract::{Admin, JsonBody};
use crate::orders::IdempotencyKey;
use crate::state::AppState;
use crate::subscriptions;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(show))
        .routes(routes!(preview))
        .routes(routes!(change))
        .routes(routes!(recover))
}

/// The subscription, what is scheduled for it, and its next renewal
///
/// There is none before the first one is bought, and none once it has ended: `GET /api/account` says which of the two, and since
/// when; what was bought and charged stands in `GET /api/invoices` and `GET /api/history`, and `POST /api/orders` begins a new one.
#[utoipa::path(
    get,
    path = "/api/subscription",
    tag = "subscription",
    responses(
        (status = 200, body = SubscriptionDetails),
        (status = 401, description = "`not-signed-in`", body = Problem),
        (status = 403, description = "`not-allowed`: only the owner and admins", body = Problem),
        (status = 404, description = "`not-found`: nothing was bought yet, or what was has ended", body = Problem),
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

/// Make a change as it was previewed
///
/// The body repeats what the preview said. What costs nothing is done at once (200). What costs something is charged to the
/// stored card; without one, or if its holder has to confirm, the answer says where to pay (201). The same key with the same
/// body is answered the same, however often it is sent; not kept are the answers that another try may change, as for orders.
#[utoipa::path(
    post,
    path = "/api/subscription/changes",
    tag = "subscription",
    params(IdempotencyKey),
    request_body = ChangeConfirmation,
    responses(
        (status = 200, description = "Made; nothing was due. With an order if account credit paid for it or was given", body = ChangeView),
        (status = 201, description = "The order of it: paid, or pending with its `pay_url`", body = ChangeView),
        (status = 400, description = "`idempotency-key-missing`, `malformed-body`", body = Problem),
        (status = 401, description = "`not-signed-in`", body = Problem),
        (status = 402, description = "`card-declined`: nothing was changed or charged", body = Problem),
        (status = 403, description = "`not-allowed`: only the owner and admins", body = Problem),
        (status = 404, description = "`not-found`: nothing was bought yet", body = Problem),
        (status = 409, description = "`preview-stale` with a fresh preview, `change-refused` with its `reason`, \
            `order-pending` with its order, `idempotency-key-in-use` with Retry-After", body = Problem),
        (status = 422, description = "`invalid-fields`: not sold so, `not-enough-licences` with the numbers, \
            `idempotency-key-reused`", body = Problem),
        (status = 503, description = "`payment-unavailable`: send it again later", body = Problem),
    )
)]
async fn change(
    State(state): State<AppState>,
    Admin(admin): Admin,
    headers: HeaderMap,
    JsonBody(confirmation): JsonBody<ChangeConfirmation>,
) -> Result<Response> {
    let key = IdempotencyKey::of(&headers)?;
    // In a task of its own: a browser that goes away in the middle does not leave a half-made change behind.
    let changing =
        tokio::spawn(async move { subscriptions::change(&state, &admin, &key, &confirmation).await });
    Ok(changing.await.map_err(Error::internal)??.into_response())
}

/// Pay the renewal that is overdue
///
/// Charged to the stored card; with `other_card`, without a stored one, or if its holder has to confirm, the answer says where
/// to pay; with `payment: transfer` where to transfer the amount. Paid, the subscription is active again, and the users that a
/// suspension had deactivated can work again, as far as the licences allow. A declined card counts as no try of the schedule's.
/// The same key with the same body is answered the same, as for changes.
#[utoipa::path(
    post,
    path = "/api/subscription/recovery",
    tag = "subscription",
    params(IdempotencyKey),
    request_body = RecoveryRequest,
    responses(
        (status = 201, description = "The order of it: paid, pending with its `pay_url`, or awaiting its transfer", body = ChangeView),
        (status = 400, description = "`idempotency-key-missing`, `malformed-body`", body = Problem),
        (status = 401, description = "`not-signed-in`", body = Problem),
        (status = 402, description = "`card-declined`: nothing was charged", body = Problem),
        (status = 403, description = "`not-allowed`: only the owner and admins", body = Problem),
        (status = 404, description = "`not-found`: nothing was bought yet", body = Problem),
        (status = 409, description = "`preview-stale`: another amount is due by now, `change-refused` with its `reason` \
            (`nothing-overdue`, `ended`), `order-pending` with the order that is being paid, `idempotency-key-in-use` with \
            Retry-After", body = Problem),
        (status = 422, description = "`idempotency-key-reused`, `transfer-unavailable`: the seller takes no bank transfers", body = Problem),
        (status = 503, description = "`payment-unavailable`: send it again later", body = Problem),
    )
)]
async fn recover(
    State(state): State<AppState>,
    Admin(admin): Admin,
    headers: HeaderMap,
    JsonBody(request): JsonBody<RecoveryRequest>,
) -> Result<Response> {
    let key = IdempotencyKey::of(&headers)?;
    // In a task of its own: a browser that goes away in the middle does not leave a half-paid renewal behind.
    let paying = tokio::spawn(async move { subscriptions::recover(&state, &admin, &key, &request).await });
    let answer = paying.await.map_err(Error::internal)??;
    Ok(answer.into_response())
}
