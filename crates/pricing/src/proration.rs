//! The part of an amount that falls on the rest of a period.
//!
//! Rule: *Proration*. Full amount × what is left of the period ÷ the period, in days or in seconds; the day of the
//! change counts as remaining. Rounded once, half away from zero.
//!
//! # What rounding can amount to
//!
//! A rounded line is at most half a minor unit away from the exact amount. So when one proration is done in `k` steps
//! instead (licences added in `k` portions on one day, or the rest of a rest taken `k` times), the two results differ
//! by at most `(k + 1) / 2` minor units, rounded down: half a unit for each step, and half a unit for the single one.
//! That is why several licences are added in one line, and why a rest is always taken of the full amount.

use jiff::civil::Date;

use crate::{Fraction, Money, MoneyError, Period, ProrationUnit};

/// Why there is no such part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProrationError {
    /// The day or instant is not one of the period's. Its end is not: that is the start of the next one.
    #[error("the day of the change lies outside the billing period")]
    OutsidePeriod,
    /// The period does not end after it starts.
    #[error("the billing period has no days")]
    EmptyPeriod,
    /// The amount could not be calculated.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// The part of `full` for the days from `from` (included) to the end of the period.
///
/// # Errors
/// [`ProrationError`]; a day outside the period is refused, not moved into it.
pub fn prorate_by_day(full: Money, period: Period, from: Date) -> Result<Money, ProrationError> {
    fraction_by_day(period, from)?.of(full)
}

/// The part of `full` for the seconds from `at` (included) to `end`; all three are Unix times in seconds.
///
/// # Errors
/// [`ProrationError`]; an instant outside `[start, end)` is refused, not moved into it.
pub fn prorate_by_second(full: Money, start: i64, end: i64, at: i64) -> Result<Money, ProrationError> {
    fraction_by_second(start, end, at)?.of(full)
}

impl Fraction {
    /// This part of an amount, rounded once.
    ///
    /// # Errors
    /// [`ProrationError::Money`] if the denominator is zero or the amount does not fit.
    pub fn of(self, full: Money) -> Result<Money, ProrationError> {
        Ok(full.prorate(self.numerator, self.denominator)?)
    }
}

/// What is left of the period on a day, in days.
pub(crate) fn fraction_by_day(period: Period, from: Date) -> Result<Fraction, ProrationError> {
    if period.days() == 0 {
        return Err(ProrationError::EmptyPeriod);
    }
    if !period.contains(from) {
        return Err(ProrationError::OutsidePeriod);
    }
    Ok(Fraction {
        numerator: period.days_left(from),
        denominator: period.days(),
        unit: ProrationUnit::Day,
    })
}

/// What is left of the time from `start` to `end`, in seconds.
pub(crate) fn fraction_by_second(start: i64, end: i64, at: i64) -> Result<Fraction, ProrationError> {
    if start >= end {
        return Err(ProrationError::EmptyPeriod);
    }
    if at < start || at >= end {
        return Err(ProrationError::OutsidePeriod);
    }
    let until_end = |from: i64| end.checked_sub(from).ok_or(MoneyError::Overflow);
    Ok(Fraction {
        numerator: until_end(at)?,
        denominator: until_end(start)?,
        unit: ProrationUnit::Second,
    })
}
