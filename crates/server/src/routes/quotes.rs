//! `/api/quotes`

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use onedesk_contract::orders::QuoteView;
use onedesk_contract::{FieldError, FieldErrors, Problem};
use onedesk_pricing::{BillingPeriod, Choice, Currency, PlanId, Quote, QuoteError, Seats, SeatsError, quote};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::billing::taxation;
use crate::catalog::Answer;
use crate::error::Error;
use crate::extract::{JsonBody, QueryParams};
use crate::sign_in::session;
use crate::state::AppState;

pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(make, look_up))
}

/// How long a page may show a quote without asking for it again.
const CACHING: &str = "public, max-age=300";

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

/// The four of a choice, as they stand in an address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// A plan of the catalog.
    #[param(required, example = "premium")]
    plan: Option<String>,
    /// How many users.
    #[param(required, value_type = Option<u32>, example = 12)]
    seats: Option<String>,
    /// `monthly` or `annual`.
    #[param(required, example = "annual")]
    period: Option<BillingPeriod>,
    /// A currency of the catalog.
    #[param(required, example = "EUR")]
    currency: Option<String>,
}

impl Asked {
    /// The choice, or every field that was refused.
    fn parse(&self) -> Result<Choice, FieldErrors> {
        fn field<T>(
            errors: &mut FieldErrors,
            name: &str,
            given: Option<&str>,
            parse: impl FnOnce(&str) -> Result<T, FieldError>,
        ) -> Option<T> {
            let given = given.filter(|text| !text.is_empty());
            errors.take(name, given.ok_or(FieldError::Required).and_then(parse))
        }
        let mut errors = FieldErrors::default();
        let plan = field(&mut errors, "plan", self.plan.as_deref(), |text| {
            PlanId::new(text).map_err(|_| FieldError::UnknownPlan)
        });
        let seats = field(&mut errors, "seats", self.seats.as_deref(), |text| {
            Seats::parse(text).map_err(|error| match error {
                SeatsError::TooMany { max } => FieldError::TooMany { max },
                _ => FieldError::NotWhole,
            })
        });
        let period = errors.take("period", self.period.ok_or(FieldError::Required));
        let currency = field(&mut errors, "currency", self.currency.as_deref(), |text| {
            Currency::from_code(text).map_err(|_| FieldError::CurrencyNotSold)
        });
        match (plan, seats, period, currency) {
            (Some(plan), Some(seats), Some(period), Some(currency)) => Ok(Choice {
                plan,
                seats,
                period,
                currency,
            }),
            _ => Err(errors),
        }
    }
}

/// What a choice costs, without tax
///
/// The same for everybody, and may be read from any site's page.
#[utoipa::path(
    get,
    path = "/api/quotes",
    tag = "catalog",
    params(Asked),
    responses(
        (status = OK, body = Quote, description = "With an ETag; may be kept for 5 minutes"),
        (status = NOT_MODIFIED, description = "The ETag of `If-None-Match` is still right"),
        (status = BAD_REQUEST, body = Problem, description = "malformed-body: no such period"),
        (status = UNPROCESSABLE_ENTITY, body = Problem, description = "invalid-fields: missing, or not sold so"),
    )
)]
async fn look_up(
    State(state): State<AppState>,
    QueryParams(asked): QueryParams<Asked>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let choice = asked.parse().map_err(Error::InvalidFields)?;
    let quote = quote(state.catalog.price_list(), &choice)?;
    Ok(Answer::of(&quote).respond(&headers, CACHING, None))
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
