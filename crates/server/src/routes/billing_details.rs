//! `/api/billing-details`

use axum::Json;
use axum::extract::State;
use onedesk_contract::Problem;
use onedesk_contract::billing::{BillingDetailsRequest, BillingDetailsView};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::billing::details;
use crate::error::{Error, Result};
use crate::extract::{Admin, JsonBody};
use crate::state::AppState;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(show, save))
}

/// Who is invoiced, and how a purchase is taxed
#[utoipa::path(
    get,
    path = "/api/billing-details",
    tag = "billing",
    responses(
        (status = 200, description = "The details; before they are saved, what the account itself says", body = BillingDetailsView),
        (status = 401, description = "`not-signed-in`", body = Problem),
        (status = 403, description = "`not-allowed`: only the owner and admins", body = Problem),
    )
)]
async fn show(State(state): State<AppState>, Admin(admin): Admin) -> Result<Json<BillingDetailsView>> {
    Ok(Json(details::view(&state, &admin.account).await?))
}

/// Change who is invoiced
///
/// Holds from the next order and invoice on; those that were made stay as they are. A VAT number is checked by its form
/// and check digits at once, and looked up in a register; that the register does not answer is no reason to refuse it.
#[utoipa::path(
    put,
    path = "/api/billing-details",
    tag = "billing",
    request_body = BillingDetailsRequest,
    responses(
        (status = 200, description = "Saved; `vat.standing` is `wrong` if the register does not know the number", body = BillingDetailsView),
        (status = 400, description = "`malformed-body`", body = Problem),
        (status = 401, description = "`not-signed-in`", body = Problem),
        (status = 403, description = "`not-allowed`: only the owner and admins", body = Problem),
        (status = 422, description = "`invalid-fields`: nothing was saved", body = Problem),
    )
)]
async fn save(
    State(state): State<AppState>,
    Admin(admin): Admin,
    JsonBody(request): JsonBody<BillingDetailsRequest>,
) -> Result<Json<BillingDetailsView>> {
    let details = request.parse().map_err(Error::InvalidFields)?;
    Ok(Json(details::save(&state, &admin, &details).await?))
}
