//! `/api/quotes`

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use onedesk_contract::orders::QuoteView;
use onedesk_contract::{FieldError, Problem};
use onedesk_pricing::{Choice, QuoteError, quote};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::billing::taxation;
use crate::error::Error;
use crate::extract::JsonBody;
use crate::sign_in::session;
use crate::state::AppState;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(make))
}

/// What a choice costs today
///
/// For whoever is signed in, with the tax of the account.
#[utoipa::path(
    post,
    path = "/api/quotes",
    tag = "catalog",
    request_body = Choice,
    responses(
        (status = OK, body = QuoteView),
        (status = UNPROCESSABLE_ENTITY, body = Problem, description = "invalid-fields: not sold so"),
    )
)]
async fn make(
    State(state): State<AppState>,
    headers: HeaderMap,
    JsonBody(choice): JsonBody<Choice>,
) -> Result<Json<QuoteView>, Error> {
    let quote = quote(state.catalog.price_list(), &choice)?;
    let taxed = match session::find(&state, &headers).await? {
        Some(viewer) => {
            let (conn, currency) = (state.store.read(), choice.currency);
            let (_, taxed) =
                taxation::taxed_today(conn, &state, &viewer.account, &quote.lines, currency).await?;
            Some(taxed)
        }
        None => None,
    };
    Ok(Json(QuoteView { quote, taxed }))
}

impl From<QuoteError> for Error {
    fn from(error: QuoteError) -> Self {
        match error {
            QuoteError::UnknownPlan => Self::field("plan", FieldError::UnknownPlan),
            QuoteError::CurrencyNotSold => Self::field("currency", FieldError::CurrencyNotSold),
            QuoteError::TooManySeats { max } => Self::field("seats", FieldError::TooMany { max: max.get() }),
            // The catalog was checked: the largest total of every plan fits.
            QuoteError::Money(error) => Self::internal(error),
        }
    }
}
