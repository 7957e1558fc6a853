//! `/api/payments`: where buyers come back from the provider, and where providers report.

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Redirect;
use onedesk_contract::Problem;
use onedesk_contract::orders::OrderView;
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::extract::Admin;
use crate::orders;
use crate::payments::notifications::{self, SANDBOX_SIGNATURE, SandboxNotification};
use crate::payments::replacements;
use crate::state::AppState;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(come_back))
        .routes(routes!(notify_sandbox))
        .routes(routes!(replace_method))
}

#[derive(Debug, Deserialize)]
struct Return {
    order: String,
}

/// Come back from the payment page
///
/// The address proves nothing: the provider is asked how the payment stands, and the order is settled by its answer.
/// Whether the order is one's own, the page says that this leads to.
#[utoipa::path(
    get,
    path = "/api/payments/return",
    tag = "payments",
    params(("order" = String, Query, format = "uuid")),
    responses((status = 303, description = "To the order's page, paid or not; to the subscription without an order"))
)]
async fn come_back(State(state): State<AppState>, query: Result<Query<Return>, QueryRejection>) -> Redirect {
    let order = query
        .ok()
        .and_then(|Query(query)| query.order.parse::<Uuid>().ok());
    let Some(order) = order else {
        return Redirect::to("/app/administration/subscription");
    };
    match orders::refresh(&state, order).await {
        Ok(_) | Err(Error::NotFound) => {}
        // The page asks again, and so does the lifecycle pass: a buyer is not shown an error for a provider's pause.
        Err(error) => tracing::warn!(%order, %error, "the payment could not be looked at on return"),
    }
    Redirect::to(&format!("/app/administration/subscription/orders/{order}"))
}

/// Report a payment (sandbox provider)
///
/// Signed in the header `Sandbox-Signature`: `t=<Unix seconds>,v1=<HMAC-SHA256 of "<t>.<body>" in hexadecimal digits>`.
/// May come twice, late and in any order. Absent outside sandbox mode.
#[utoipa::path(
    post,
    path = "/api/payments/notifications/sandbox",
    tag = "payments",
    params(("Sandbox-Signature" = String, Header, description = "Time and signature")),
    request_body = SandboxNotification,
    responses(
        (status = 204, description = "Received; it need not be sent again"),
        (status = 400, description = "`malformed-body`, rightly signed", body = Problem),
        (status = 401, description = "`bad-signature`: not signed, or not by the provider, or too long ago", body = Problem),
        (status = 404, description = "`not-found`: this server does not run in sandbox mode", body = Problem),
        (status = 503, description = "`payment-unavailable`: send it again later", body = Problem),
    )
)]
async fn notify_sandbox(
    State(state): State<AppState>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode> {
    if !state.config.sandbox {
        return Err(Error::NotFound);
    }
    let signature = headers
        .get(SANDBOX_SIGNATURE)
        .and_then(|value| value.to_str().ok());
    notifications::receive_sandbox(&state, signature, &body).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Replace the stored card
///
/// Opens a page of the payment provider that only saves a card: nothing is charged. Once it is saved, later charges are taken
/// from it. While the page is open, asking again gives the same.
#[utoipa::path(
    post,
    path = "/api/payment-method/replacements",
    tag = "payments",
    responses(
        (status = 201, description = "An order of kind `payment_method` with its `pay_url`", body = OrderView),
        (status = 401, description = "`not-signed-in`", body = Problem),
        (status = 403, description = "`not-allowed`: only the owner and admins", body = Problem),
        (status = 404, description = "`not-found`: nothing was bought yet", body = Problem),
        (status = 503, description = "`payment-unavailable`: the card stays as it is", body = Problem),
    )
)]
async fn replace_method(
    State(state): State<AppState>,
    Admin(admin): Admin,
) -> Result<(StatusCode, Json<OrderView>)> {
    let replacing = tokio::spawn(async move { replacements::replace(&state, &admin).await });
    let order = replacing.await.map_err(Error::internal)??;
    Ok((StatusCode::CREATED, Json(order)))
}
