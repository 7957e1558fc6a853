//! `/api/invoices`

use axum::Json;
use axum::extract::State;
use onedesk_contract::Problem;
use onedesk_contract::invoices::{INVOICES_AT_ONCE, InvoiceView, InvoicesView, MAX_INVOICES_AT_ONCE};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::error::Result;
use crate::extract::{Admin, PageQuery, PathParam, QueryParams};
use crate::invoices::{self, PdfFile};
use crate::state::AppState;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(show))
        .routes(routes!(download))
}

/// The account's invoices and credit notes, newest first
#[utoipa::path(
    get,
    path = "/api/invoices",
    tag = "billing",
    params(PageQuery),
    responses(
        (status = 200, description = "A page of them", body = InvoicesView),
        (status = 400, description = "`malformed-body`: a parameter that cannot be read", body = Problem),
        (status = 401, description = "`not-signed-in`", body = Problem),
        (status = 403, description = "`not-allowed`: only the owner and admins", body = Problem),
    )
)]
async fn list(
    State(state): State<AppState>,
    Admin(viewer): Admin,
    QueryParams(wanted): QueryParams<PageQuery>,
) -> Result<Json<InvoicesView>> {
    let (before, limit) = wanted.read(INVOICES_AT_ONCE, MAX_INVOICES_AT_ONCE)?;
    let page = invoices::page(state.store.read(), viewer.account.id, before, limit).await?;
    Ok(Json(page))
}

/// One invoice
#[utoipa::path(
    get,
    path = "/api/invoices/{number}",
    tag = "billing",
    params(("number" = String, Path, example = "INV-000042")),
    responses(
        (status = 200, description = "Everything that stands on it", body = InvoiceView),
        (status = 401, description = "`not-signed-in`", body = Problem),
        (status = 403, description = "`not-allowed`", body = Problem),
        (status = 404, description = "`not-found`, also for invoices of other accounts", body = Problem),
    )
)]
async fn show(
    State(state): State<AppState>,
    Admin(viewer): Admin,
    PathParam(number): PathParam<String>,
) -> Result<Json<InvoiceView>> {
    let invoice = invoices::of_account(state.store.read(), viewer.account.id, &number).await?;
    Ok(Json(invoices::view(invoice)))
}

/// One invoice as a file
///
/// PDF/A-3 with the electronic invoice (Factur-X, EN 16931) inside.
#[utoipa::path(
    get,
    path = "/api/invoices/{number}/pdf",
    tag = "billing",
    params(("number" = String, Path, example = "INV-000042")),
    responses(
        (status = 200, description = "The file, named by the number", content_type = "application/pdf", body = Vec<u8>),
        (status = 401, description = "`not-signed-in`", body = Problem),
        (status = 403, description = "`not-allowed`", body = Problem),
        (status = 404, description = "`not-found`, also for invoices of other accounts", body = Problem),
    )
)]
async fn download(
    State(state): State<AppState>,
    Admin(viewer): Admin,
    PathParam(number): PathParam<String>,
) -> Result<PdfFile> {
    let invoice = invoices::of_account(state.store.read(), viewer.account.id, &number).await?;
    invoices::file(&invoice).await
}
