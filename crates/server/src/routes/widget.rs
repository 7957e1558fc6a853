//! `/api/widget`

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use onedesk_contract::widget::WidgetView;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::error::Error;
use crate::extract::WantedLanguage;
use crate::state::AppState;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(show))
}

/// How long a page may show prices without asking for them again.
const CACHING: &str = "public, max-age=300";

/// What the partner widget is drawn from
///
/// May be read from any site's page.
#[utoipa::path(
    get,
    path = "/api/widget",
    tag = "catalog",
    params((
        "lang" = Option<String>,
        Query,
        description = "Language tag such as `fr` or `fr-CA`. Without one, and for a language that is not sold, the answer is in English:\na page of any language gets something to show.",
    )),
    responses(
        (status = OK, body = WidgetView, description = "With an ETag; may be kept for 5 minutes"),
        (status = NOT_MODIFIED, description = "The ETag of `If-None-Match` is still right"),
    )
)]
async fn show(
    State(state): State<AppState>,
    wanted: WantedLanguage,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let language = wanted.nearest().unwrap_or_default();
    let answer = state
        .catalog
        .widget(language)
        .ok_or_else(|| Error::internal(format!("the catalog has no texts in “{language}”")))?;
    Ok(answer.respond(&headers, CACHING, Some(language)))
}
