//! What is sold and for how much.
//!
//! Rule: *Money* ("each plan has its own price per currency; prices are never converted"). The list is read from the
//! catalog file and checked there; here it is looked up in. Texts of plans and features are not part of it.

use serde::{Deserialize, Serialize};

use crate::{BillingPeriod, Currency, Money, MoneyError, PlanId, QuoteError, Seats};

/// The prices of every plan, and the limits of what can be bought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PriceList {
    /// Names this very list. A quote repeats it, so that an order made from another list is noticed.
    pub version: String,
    /// The currencies that can be paid in, in the order that they are offered.
    pub currencies: Vec<Currency>,
    /// The most licences that one subscription can hold.
    pub max_seats: Seats,
    /// The free trial.
    pub trial: Trial,
    /// What the rest of a period is measured in.
    pub proration: ProrationUnit,
    /// The plans, from the lowest level to the highest.
    pub plans: Vec<PlanPrices>,
}

/// The free trial: how long, and which plan's features it gives. Rule: *Trial*.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Trial {
    /// Days from activation.
    pub days: u16,
    /// The plan whose features can be tried.
    pub plan: PlanId,
}

/// What the rest of a period is measured in. Rule: *Proration*. Serialised as `"day"` and `"second"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum ProrationUnit {
    /// Whole days; the day of the change counts as remaining.
    #[default]
    Day,
    /// Seconds between instants.
    Second,
}

/// A plan and its price in each currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlanPrices {
    /// The plan.
    pub id: PlanId,
    /// One entry a currency.
    pub prices: Vec<UnitPrice>,
}

/// The price of one licence for one month. Rule: *Price*.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnitPrice {
    /// The currency of both prices.
    pub currency: Currency,
    /// Per user and month, billed each month.
    pub monthly: Money,
    /// Per user and month, billed once for 12 months.
    pub annual: Money,
}

impl UnitPrice {
    /// The price of one licence for one month when billed so.
    pub const fn of(&self, period: BillingPeriod) -> Money {
        match period {
            BillingPeriod::Monthly => self.monthly,
            BillingPeriod::Annual => self.annual,
        }
    }
}

impl PriceList {
    /// The prices of a plan, if it is sold.
    pub fn plan(&self, id: &PlanId) -> Option<&PlanPrices> {
        self.plans.iter().find(|plan| plan.id == *id)
    }

    /// How high a plan stands: 0 is the lowest. `None` if it is not sold.
    pub fn level(&self, id: &PlanId) -> Option<usize> {
        self.plans.iter().position(|plan| plan.id == *id)
    }

    /// Whether the currency can be paid in.
    pub fn sells(&self, currency: Currency) -> bool {
        self.currencies.contains(&currency)
    }

    /// The price of one licence of a plan for one month.
    ///
    /// # Errors
    /// [`QuoteError::UnknownPlan`], [`QuoteError::CurrencyNotSold`].
    pub fn unit_price(
        &self,
        plan: &PlanId,
        currency: Currency,
        period: BillingPeriod,
    ) -> Result<Money, QuoteError> {
        let plan = self.plan(plan).ok_or(QuoteError::UnknownPlan)?;
        let unit = plan
            .prices
            .iter()
            .find(|unit| unit.currency == currency && self.sells(currency))
            .ok_or(QuoteError::CurrencyNotSold)?;
        let price = unit.of(period);
        if price.currency == currency {
            Ok(price)
        } else {
            Err(MoneyError::CurrencyMismatch {
                left: currency,
                right: price.currency,
            }
            .into())
        }
    }

    /// Refuses more licences than one subscription can hold.
    ///
    /// # Errors
    /// [`QuoteError::TooManySeats`].
    pub fn check_seats(&self, seats: Seats) -> Result<(), QuoteError> {
        if seats > self.max_seats {
            return Err(QuoteError::TooManySeats { max: self.max_seats });
        }
        Ok(())
    }
}
