//! How often is billed, and the periods that follow from it.
//!
//! Rule: *Billing period*. A period is half-open, `[start, end)`: the end is the first day of the next one. The n-th
//! period is counted from the anchor (the day of the first payment), never from the period before it, so the day
//! does not drift: 31 January, 28 February, 31 March. A day that a month lacks becomes its last one.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How often is billed. Serialised as `"monthly"` and `"annual"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum BillingPeriod {
    /// Each month, for one month.
    Monthly,
    /// Once a year, for 12 months.
    Annual,
}

impl BillingPeriod {
    /// Both of them, the shorter first.
    pub const ALL: [Self; 2] = [Self::Monthly, Self::Annual];

    /// How many months are billed at once: 1 or 12.
    pub const fn months(self) -> u32 {
        match self {
            Self::Monthly => 1,
            Self::Annual => 12,
        }
    }

    /// As in addresses and JSON: `monthly` or `annual`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Monthly => "monthly",
            Self::Annual => "annual",
        }
    }
}

impl fmt::Display for BillingPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// What was given is no billing period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the billing period is monthly or annual")]
pub struct UnknownBillingPeriod;

impl FromStr for BillingPeriod {
    type Err = UnknownBillingPeriod;

    fn from_str(text: &str) -> Result<Self, UnknownBillingPeriod> {
        Self::ALL
            .into_iter()
            .find(|period| period.as_str() == text)
            .ok_or(UnknownBillingPeriod)
    }
}

/// The days of a billing period: from `start` to the day before `end`.
///
/// [`Period::nth`] and [`Period::containing`] make only periods that end after they start. One that was put together
/// otherwise is empty: it has no days and contains none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Period {
    /// The first day.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date, example = "2026-01-31"))]
    pub start: Date,
    /// The day after the last day: the day of renewal.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date, example = "2026-02-28"))]
    pub end: Date,
}

/// Why there is no such period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// The period would reach beyond the calendar (the year 9999).
    #[error("the period lies beyond the calendar")]
    OutOfRange,
    /// The day lies before the first period.
    #[error("the day lies before the subscription began")]
    BeforeAnchor,
}

impl Period {
    /// The n-th period (from 0) of a subscription that is anchored on a day.
    ///
    /// # Errors
    /// [`PeriodError::OutOfRange`] beyond the year 9999.
    pub fn nth(anchor: Date, billing: BillingPeriod, n: u32) -> Result<Self, PeriodError> {
        let boundary = |n: i64| {
            let months = n.checked_mul(i64::from(billing.months()))?;
            months_later(anchor, months)
        };
        let n = i64::from(n);
        let (start, end) = (boundary(n), boundary(n.saturating_add(1)));
        start
            .zip(end)
            .map(|(start, end)| Self { start, end })
            .ok_or(PeriodError::OutOfRange)
    }

    /// The period that a day falls in.
    ///
    /// # Errors
    /// [`PeriodError::BeforeAnchor`] for a day before the anchor, [`PeriodError::OutOfRange`] beyond the year 9999.
    pub fn containing(anchor: Date, billing: BillingPeriod, on: Date) -> Result<Self, PeriodError> {
        if on < anchor {
            return Err(PeriodError::BeforeAnchor);
        }
        let months = u32::try_from(month_number(on).saturating_sub(month_number(anchor)))
            .map_err(|_| PeriodError::BeforeAnchor)?;
        // By the month alone the period can be one too late: its first day may come after `on` in the same month.
        let n = months.checked_div(billing.months()).unwrap_or_default();
        match Self::nth(anchor, billing, n) {
            Ok(period) if period.start <= on => Ok(period),
            _ => Self::nth(anchor, billing, n.saturating_sub(1)).and_then(|period| {
                if period.contains(on) {
                    Ok(period)
                } else {
                    Err(PeriodError::OutOfRange)
                }
            }),
        }
    }

    /// How many days the period has.
    pub fn days(&self) -> i64 {
        days_between(self.start, self.end)
    }

    /// Whether the day is one of the period's; its `end` is not.
    pub fn contains(&self, on: Date) -> bool {
        self.start <= on && on < self.end
    }

    /// How many days of the period are left on a day, that day included: all of them before the start, none from the
    /// end on.
    pub fn days_left(&self, on: Date) -> i64 {
        days_between(on.max(self.start), self.end)
    }
}

/// The days from one date to another, 0 if it is not later.
fn days_between(from: Date, to: Date) -> i64 {
    to.duration_since(from)
        .as_hours()
        .checked_div(24)
        .unwrap_or_default()
        .max(0)
}

/// Months counted from the year 0, so that months can be subtracted.
fn month_number(date: Date) -> i64 {
    i64::from(date.year())
        .saturating_mul(12)
        .saturating_add(i64::from(date.month()))
        .saturating_sub(1)
}

/// The same day so many months later, or the last day of a month that has no such day.
fn months_later(date: Date, months: i64) -> Option<Date> {
    let number = month_number(date).checked_add(months)?;
    let year = i16::try_from(number.checked_div_euclid(12)?).ok()?;
    let month = i8::try_from(number.checked_rem_euclid(12)?.checked_add(1)?).ok()?;
    let first = Date::new(year, month, 1).ok()?;
    Date::new(year, month, date.day().min(first.days_in_month())).ok()
}
