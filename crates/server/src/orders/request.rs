//! The body of an order, read so that what a person can mistype is told as a field and not as a broken body.

use onedesk_contract::orders::{OrderRequest, PaymentWay};
use onedesk_contract::{FieldError, FieldErrors};
use onedesk_pricing::{BillingPeriod, Choice, Currency, Money, PlanId, PriceList, QuoteError, Seats};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::payments::signature::hex;

/// [`OrderRequest`] as it arrives: the right types, any values.
#[derive(Debug, Deserialize)]
pub struct OrderBody {
    choice: ChoiceBody,
    expected_total: MoneyBody,
    #[serde(default)]
    payment: PaymentWay,
}

#[derive(Debug, Deserialize)]
struct ChoiceBody {
    plan: String,
    seats: serde_json::Number,
    period: BillingPeriod,
    currency: String,
}

#[derive(Debug, Deserialize)]
struct MoneyBody {
    minor: i64,
    currency: String,
}

impl OrderBody {
    /// The order, if it can be bought at all; else every field that was refused. What it costs is not looked at.
    pub fn parse(&self, list: &PriceList) -> Result<OrderRequest, FieldErrors> {
        let mut errors = FieldErrors::default();
        let plan = PlanId::new(&self.choice.plan)
            .ok()
            .filter(|plan| list.plan(plan).is_some());
        let plan = errors.take("plan", plan.ok_or(FieldError::UnknownPlan));
        let seats = errors.take("seats", seats(&self.choice.seats, list));
        let sold = |code: &str| Currency::from_code(code).ok().ok_or(FieldError::CurrencyNotSold);
        let currency = sold(&self.choice.currency).and_then(|currency| match &plan {
            Some(plan) => match list.unit_price(plan, currency, self.choice.period) {
                Err(QuoteError::CurrencyNotSold) => Err(FieldError::CurrencyNotSold),
                _ => Ok(currency),
            },
            None if list.sells(currency) => Ok(currency),
            None => Err(FieldError::CurrencyNotSold),
        });
        let currency = errors.take("currency", currency);
        let expected = errors.take("expected_total", sold(&self.expected_total.currency));
        match (plan, seats, currency, expected) {
            (Some(plan), Some(seats), Some(currency), Some(expected)) => Ok(OrderRequest {
                choice: Choice {
                    plan,
                    seats,
                    period: self.choice.period,
                    currency,
                },
                expected_total: Money::new(self.expected_total.minor, expected),
                payment: self.payment,
            }),
            _ => Err(errors),
        }
    }
}

fn seats(number: &serde_json::Number, list: &PriceList) -> Result<Seats, FieldError> {
    let too_many = FieldError::TooMany {
        max: list.max_seats.get(),
    };
    // `1e9` and `1.0` are numbers of JSON, but no counts; more than 64 bits hold is written as a float, too.
    let count = number.as_u64().ok_or(FieldError::NotWhole)?;
    let count = u32::try_from(count).map_err(|_| too_many.clone())?;
    let seats = Seats::new(count).map_err(|_| {
        if count == 0 {
            FieldError::NotWhole
        } else {
            too_many.clone()
        }
    })?;
    list.check_seats(seats).map_err(|_| too_many)?;
    Ok(seats)
}

/// What tells two requests with one key apart: what is asked for, and the values, not how the body was spaced.
pub fn fingerprint(what: &str, request: &impl Serialize) -> String {
    let canonical = serde_json::to_vec(&(what, request)).expect("requests have string keys only");
    hex(&Sha256::digest(canonical))
}
