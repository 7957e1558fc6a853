//! `/api/history`

use axum::Json;
use axum::extract::State;
use onedesk_contract::Problem;
use onedesk_contract::history::{ENTRIES_AT_ONCE, HistoryView, MAX_ENTRIES_AT_ONCE};
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::extract::{Admin, QueryParams};
use crate::history;
use crate::state::AppState;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list))
}

/// Which page of the history.
#[derive(Deserialize)]
struct Wanted {
    before: Option<String>,
    limit: Option<u32>,
}

impl Wanted {
    fn read(&self) -> Result<(Option<Uuid>, u32)> {
        let before = self.before.as_deref().map(str::parse).transpose();
        let before = before.map_err(|_| {
            Error::MalformedBody("`before` is not what a page gave as `older_than`".to_owned())
        })?;
        let limit = self.limit.unwrap_or(ENTRIES_AT_ONCE);
        if (1..=MAX_ENTRIES_AT_ONCE).contains(&limit) {
            Ok((before, limit))
        } else {
            Err(Error::MalformedBody(format!(
                "`limit` is not between 1 and {MAX_ENTRIES_AT_ONCE}"
            )))
        }
    }
}

/// The account's history, newest first: who did what and when
///
/// In the language of whoever asks. Entries are only ever added.
#[utoipa::path(
    get,
    path = "/api/history",
    tag = "account",
    params(
        ("before" = Option<String>, Query, description = "Only what is older than this entry: `older_than` of the page before"),
        ("limit" = Option<u32>, Query, description = "How many at most", minimum = 1, maximum = 100),
    ),
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
    QueryParams(wanted): QueryParams<Wanted>,
) -> Result<Json<HistoryView>> {
    let (before, limit) = wanted.read()?;
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
