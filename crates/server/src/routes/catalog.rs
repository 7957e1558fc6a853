//! `/api/catalog`

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use onedesk_contract::Problem;
use onedesk_contract::catalog::CatalogView;
use onedesk_texts::Language;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::error::Error;
use crate::extract::WantedLanguage;
use crate::state::AppState;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(show))
}

/// Kept, and asked for again each time, which costs next to nothing while it is the same.
const CACHING: &str = "no-cache";

/// What is sold, in the words of one language
///
/// May be read from any site's page.
#[utoipa::path(
    get,
    path = "/api/catalog",
    tag = "catalog",
    params(("lang" = Option<String>, Query, description = "Language code; English without one.")),
    responses(
        (status = OK, body = CatalogView, description = "With an ETag"),
        (status = NOT_MODIFIED, description = "The ETag of `If-None-Match` is still right"),
        (status = UNPROCESSABLE_ENTITY, body = Problem, description = "invalid-fields: no such language"),
    )
)]
async fn show(
    State(state): State<AppState>,
    wanted: WantedLanguage,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let language = wanted.or(Language::default)?;
    let answer = state
        .catalog
        .answer(language)
        .ok_or_else(WantedLanguage::unknown)?;
    Ok(answer.respond(&headers, CACHING, Some(language)))
}
