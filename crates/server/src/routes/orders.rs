//! `/api/orders`

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use onedesk_contract::Problem;
use onedesk_contract::orders::{OrderRequest, OrderView, PaymentWay};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::extract::{Admin, JsonBody, PathParam};
use crate::invoices::PdfFile;
use crate::orders::{self, Answer, IdempotencyKey, OrderBody};
use crate::payments;
use crate::state::AppState;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(place))
        .routes(routes!(show))
        .routes(routes!(cancel))
        .routes(routes!(pro_forma))
}

/// Place an order
///
/// Nothing is charged yet: the answer says where to pay, or where to transfer the amount to. What account credit pays for whole is
/// `paid` at once, with its receipt and without a `pay_url`, whatever way to pay was asked for. The same key with the same body is answered the same, however
/// often it is sent, so that an order can be repeated until it is answered. Not kept are answers that another try may
/// change: 401, 403, a 409 `idempotency-key-in-use`, 500, 503, and bodies that cannot be an order (400, 422
/// `invalid-fields`).
#[utoipa::path(
    post,
    path = "/api/orders",
    tag = "orders",
    params(IdempotencyKey),
    request_body = OrderRequest,
    responses(
        (status = 201, description = "Placed; waits for its payment, or `paid` by account credit", body = OrderView),
        (status = 400, description = "`idempotency-key-missing`, `malformed-body`", body = Problem),
        (status = 401, description = "`not-signed-in`", body = Problem),
        (status = 403, description = "`not-allowed`: only the owner and admins subscribe", body = Problem),
        (status = 409, description = "`price-changed` with a fresh quote, `already-subscribed`, `order-pending` with \
            its order, `idempotency-key-in-use` with Retry-After", body = Problem),
        (status = 422, description = "`invalid-fields`, `not-enough-licences` with the numbers, \
            `idempotency-key-reused`, `transfer-unavailable`: the seller takes no bank transfers", body = Problem),
        (status = 503, description = "`payment-unavailable`: nothing was charged", body = Problem),
    )
)]
async fn place(
    State(state): State<AppState>,
    Admin(buyer): Admin,
    headers: HeaderMap,
    JsonBody(body): JsonBody<OrderBody>,
) -> Result<Response> {
    let key = IdempotencyKey::of(&headers)?;
    let request = body
        .parse(state.catalog.price_list())
        .map_err(Error::InvalidFields)?;
    if request.payment == PaymentWay::Card && payments::gateway(&state).is_none() {
        return Ok(not_for_sale(&state).into_response());
    }
    // In a task of its own: a browser that goes away in the middle does not leave a half-placed order behind.
    let placing = tokio::spawn(async move { orders::place(&state, &buyer, &key, &request).await });
    let answer: Answer = placing.await.map_err(Error::internal)??;
    Ok(answer.into_response())
}

/// Without a payment provider, people take the order.
fn not_for_sale(state: &AppState) -> Result<Answer> {
    let mut problem = Error::PaymentUnavailable("no payment provider is configured".to_owned()).problem();
    let sales = &state.catalog.vendor().sales_email;
    problem.detail = format!(
        "Payment by card is not set up here. Nothing was ordered or charged; write to {sales} to pay another way."
    );
    Answer::refused(&problem)
}

/// An order of one's own account
///
/// While it waits, its payment is looked at first.
#[utoipa::path(
    get,
    path = "/api/orders/{id}",
    tag = "orders",
    params(("id" = String, Path, format = "uuid")),
    responses(
        (status = 200, description = "The order, with its receipt once it is paid", body = OrderView),
        (status = 401, description = "`not-signed-in`", body = Problem),
        (status = 403, description = "`not-allowed`", body = Problem),
        (status = 404, description = "`not-found`, also for orders of other accounts", body = Problem),
    )
)]
async fn show(
    State(state): State<AppState>,
    Admin(viewer): Admin,
    PathParam(id): PathParam<Uuid>,
) -> Result<Json<OrderView>> {
    Ok(Json(orders::seen_by(&state, viewer.account.id, id).await?))
}

/// Give an order up
///
/// Afterwards it cannot be paid any more, and another one can be placed.
#[utoipa::path(
    post,
    path = "/api/orders/{id}/cancellation",
    tag = "orders",
    params(("id" = String, Path, format = "uuid")),
    responses(
        (status = 200, description = "Cancelled; nothing was charged", body = OrderView),
        (status = 401, description = "`not-signed-in`", body = Problem),
        (status = 403, description = "`not-allowed`", body = Problem),
        (status = 404, description = "`not-found`, also for orders of other accounts", body = Problem),
        (status = 409, description = "`order-not-pending`: it was paid, failed or cancelled before", body = Problem),
        (status = 503, description = "`payment-unavailable`: it still waits", body = Problem),
    )
)]
async fn cancel(
    State(state): State<AppState>,
    Admin(canceller): Admin,
    PathParam(id): PathParam<Uuid>,
) -> Result<Json<OrderView>> {
    Ok(Json(
        orders::cancel(&state, canceller.account.id, canceller.user.id, id).await?,
    ))
}

/// The pro-forma invoice of an order that waits for a bank transfer
///
/// Says what is to be transferred where. No invoice: that one is made once the amount has arrived, with a number of its own.
#[utoipa::path(
    get,
    path = "/api/orders/{id}/pro-forma.pdf",
    tag = "orders",
    params(("id" = String, Path, format = "uuid")),
    responses(
        (status = 200, description = "The file, named by the payment reference", content_type = "application/pdf", body = Vec<u8>),
        (status = 401, description = "`not-signed-in`", body = Problem),
        (status = 403, description = "`not-allowed`", body = Problem),
        (status = 404, description = "`not-found`, also for orders of other accounts, and for those that are paid by card", body = Problem),
        (status = 409, description = "`order-not-pending`: it was paid or cancelled, and nothing is to be transferred", body = Problem),
    )
)]
async fn pro_forma(
    State(state): State<AppState>,
    Admin(viewer): Admin,
    PathParam(id): PathParam<Uuid>,
) -> Result<PdfFile> {
    orders::transfer::pro_forma_for(&state, viewer.account.id, id).await
}
