//! `/api/history`

use axum::Json;
use axum::extract::State;
use onedesk_contract::Problem;
use onedesk_contract::history::{ENTRIES_AT_ONCE, HistoryView, MAX_ENTRIES_AT_ONCE};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::error::Result;
use crate::extract::{Admin, PageQuery, QueryParams};
use crate::history;
use crate::state::AppState;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list))
}

/// The account's history, newest first: who did what and when
///
/// In the language of whoever asks. Entries are only ever added.
#[utoipa::path(
    get,
    path = "/api/history",
    tag = "account",
    params(PageQuery),
    responses(
        (status = 200, description = "A page of it", body = HistoryView),
        (status = 400, description = "`malformed-body`: a parameter that cannot be read", body = Problem),
        (status = 401, description = "`not-signed-in`", body = Problem),
        (status = 403, description = "`not-allowed`: only the owner and admins", body = Problem),
    )
)]
async fn list(
    State(state): State<AppState>,
    Admin(viewer): Admin,
    QueryParams(wanted): QueryParams<PageQuery>,
) -> Result<Json<HistoryView>> {
    let (before, limit) = wanted.read(ENTRIES_AT_ONCE, MAX_ENTRIES_AT_ONCE)?;
    let language = viewer.user.language.parse().unwrap_or_default();
    let page = history::page(
        state.store.read(),
        &state.catalog,
        &viewer.account,
        language,
        before,
        limit,
    );
    Ok(Json(page.await?))
}
