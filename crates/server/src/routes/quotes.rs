//! `/api/quotes`

use axum::Json;
use axum::extract::State;
use onedesk_contract::{FieldError, Problem};
use onedesk_pricing::{Choice, Quote, QuoteError, quote};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::error::Error;
use crate::extract::JsonBody;
use crate::state::AppState;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(make))
}

/// What a choice costs today.
#[utoipa::path(
    post,
    path = "/api/quotes",
    tag = "catalog",
    request_body = Choice,
    responses(
        (status = OK, body = Quote),
        (status = UNPROCESSABLE_ENTITY, body = Problem, description = "invalid-fields: not sold so"),
    )
)]
async fn make(
    State(state): State<AppState>,
    JsonBody(choice): JsonBody<Choice>,
) -> Result<Json<Quote>, Error> {
    Ok(Json(quote(state.catalog.price_list(), &choice)?))
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
