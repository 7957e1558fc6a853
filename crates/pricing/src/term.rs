//! A running subscription, as far as amounts and dates go, and the moment at which it is changed.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::proration::{fraction_by_day, fraction_by_second};
use crate::quote::full_amount;
use crate::{
    BillingPeriod, Choice, Currency, Fraction, Money, MoneyError, Period, PeriodError, PlanId,
    ProrationError, ProrationUnit, Seats,
};

/// What is paid for, until when, and at which price.
///
/// The unit price is the one that the licences were **bought at**. Licences added to the running period cost the same,
/// and unused days are credited at it, whatever the price list says by then: nobody pays two prices for one plan in
/// one period, and nobody is credited more or less than was paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Term {
    /// The plan.
    pub plan: PlanId,
    /// The licences.
    pub seats: Seats,
    /// How often is billed.
    pub period: BillingPeriod,
    /// The price of one licence for one month that was paid; its currency is that of the subscription.
    pub unit_price: Money,
    /// The day that all periods are counted from.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub anchor: Date,
    /// The period that is paid for.
    pub current: Period,
}

impl Term {
    /// The term that a purchase begins, on the day of payment.
    ///
    /// # Errors
    /// [`PeriodError::OutOfRange`] beyond the year 9999.
    pub fn begin(choice: &Choice, unit_price: Money, on: Date) -> Result<Self, PeriodError> {
        Ok(Self {
            plan: choice.plan.clone(),
            seats: choice.seats,
            period: choice.period,
            unit_price,
            anchor: on,
            current: Period::nth(on, choice.period, 0)?,
        })
    }

    /// The currency of the subscription.
    pub const fn currency(&self) -> Currency {
        self.unit_price.currency
    }

    /// What is subscribed to, as a choice.
    pub fn choice(&self) -> Choice {
        Choice {
            plan: self.plan.clone(),
            seats: self.seats,
            period: self.period,
            currency: self.currency(),
        }
    }

    /// The day on which the next period is charged, or the subscription ends if it was cancelled.
    pub const fn renews_on(&self) -> Date {
        self.current.end
    }

    /// What these licences cost for a full period.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`].
    pub fn full_amount(&self) -> Result<Money, MoneyError> {
        full_amount(self.unit_price, self.seats, self.period)
    }
}

/// When a change is made: what the rest of the period is measured from.
///
/// A preview repeats it, and what is charged is what was previewed for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "unit", rename_all = "lowercase")]
pub enum Moment {
    /// A day, for proration by day.
    Day {
        /// The day of the change in the account's time zone.
        #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
        on: Date,
    },
    /// An instant, for proration by second. Which instants a period begins and ends at depends on the account's time
    /// zone, so the caller says.
    Second {
        /// The day of the change in the account's time zone.
        #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
        on: Date,
        /// The instant that the current period began, in Unix seconds.
        start: i64,
        /// The instant that it ends.
        end: i64,
        /// The instant of the change.
        at: i64,
    },
}

impl Moment {
    /// The day of the change in the account's time zone.
    pub const fn day(&self) -> Date {
        match self {
            Self::Day { on } | Self::Second { on, .. } => *on,
        }
    }

    /// What the rest of the period is measured in.
    pub const fn unit(&self) -> ProrationUnit {
        match self {
            Self::Day { .. } => ProrationUnit::Day,
            Self::Second { .. } => ProrationUnit::Second,
        }
    }

    /// What is left of a period at this moment.
    ///
    /// # Errors
    /// [`ProrationError::OutsidePeriod`] or [`ProrationError::EmptyPeriod`].
    pub fn fraction_of(&self, period: Period) -> Result<Fraction, ProrationError> {
        let by_day = fraction_by_day(period, self.day())?;
        match *self {
            Self::Day { .. } => Ok(by_day),
            Self::Second { start, end, at, .. } => fraction_by_second(start, end, at),
        }
    }
}
