//! What a choice costs.
//!
//! Rule: *Price*. A line is unit price × months × seats, a total is the sum of its lines, and the saving is that of
//! twelve months billed at once over twelve months billed one by one.

use serde::{Deserialize, Serialize};

use crate::{BillingPeriod, Choice, Money, MoneyError, PlanId, PriceList, ProrationUnit, Seats};

/// What a choice costs for its first period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Quote {
    /// What was asked for.
    pub choice: Choice,
    /// The list that the prices are from.
    pub price_list_version: String,
    /// The price of one licence for one month.
    pub unit_price: Money,
    /// What the total is made of.
    pub lines: Vec<Line>,
    /// The sum of the lines: due on the day of payment, and again at each renewal.
    pub total: Money,
    /// What annual billing saves, or would save. Absent if it saves nothing.
    pub saving: Option<Saving>,
}

/// What annual billing saves over monthly billing in 12 months, for all the licences of the choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Saving {
    /// (monthly − annual) × 12 × seats.
    pub amount: Money,
    /// The same as a whole percentage of the monthly price, rounded down; 100 at most.
    pub percent: u8,
}

/// One line of a quote, a preview or an invoice.
///
/// It holds everything that it takes to say in words and numbers what was charged:
/// `3 licences × $11.99 × 12 months × 320/365 days`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Line {
    /// What the line is for.
    pub kind: LineKind,
    /// The plan.
    pub plan: PlanId,
    /// How many licences.
    pub seats: Seats,
    /// The price of one licence for one month. Above zero on a credit too: the amount has the sign.
    pub unit_price: Money,
    /// How many months the full period has.
    pub months: u32,
    /// The part of the period that is charged or credited; absent for all of it.
    pub fraction: Option<Fraction>,
    /// Unit price × months × seats × fraction, rounded once; below zero for a credit.
    pub amount: Money,
}

/// What a line is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// Licences for a full period.
    Subscription,
    /// Licences added to a running period, for the rest of it.
    AddedSeats,
    /// What was paid for the rest of the period and will not be used: below zero.
    UnusedCredit,
    /// The rest of the running period on another plan.
    RemainingCharge,
}

/// A part of a period: `numerator` of `denominator` days or seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Fraction {
    /// What is left of the period.
    pub numerator: i64,
    /// All of the period.
    pub denominator: i64,
    /// What both are counted in.
    pub unit: ProrationUnit,
}

/// Why there is no price for a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum QuoteError {
    /// No such plan is sold.
    #[error("this plan is not sold")]
    UnknownPlan,
    /// The plan has no price in this currency.
    #[error("this plan is not sold in this currency")]
    CurrencyNotSold,
    /// More licences than one subscription can hold.
    #[error("at most {max} licences can be bought")]
    TooManySeats {
        /// The most that can be bought.
        max: Seats,
    },
    /// The amount could not be calculated.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// What a choice costs for its first period.
///
/// # Errors
/// [`QuoteError`] if it is not sold so, or the amount does not fit.
pub fn quote(list: &PriceList, choice: &Choice) -> Result<Quote, QuoteError> {
    list.check_seats(choice.seats)?;
    let unit_price = list.unit_price(&choice.plan, choice.currency, choice.period)?;
    let lines = vec![Line::full(
        choice.plan.clone(),
        choice.seats,
        unit_price,
        choice.period,
    )?];
    Ok(Quote {
        choice: choice.clone(),
        price_list_version: list.version.clone(),
        unit_price,
        total: total(&lines, unit_price)?,
        lines,
        saving: saving(list, choice)?,
    })
}

/// What annual billing saves (or, while monthly is chosen, would save) in 12 months. `None` if it saves nothing.
///
/// # Errors
/// [`QuoteError`] if the choice is not sold, or the amount does not fit.
pub fn saving(list: &PriceList, choice: &Choice) -> Result<Option<Saving>, QuoteError> {
    list.check_seats(choice.seats)?;
    let price = |period| list.unit_price(&choice.plan, choice.currency, period);
    let monthly = price(BillingPeriod::Monthly)?;
    let difference = monthly.checked_sub(price(BillingPeriod::Annual)?)?;
    if difference.minor <= 0 || monthly.minor <= 0 {
        return Ok(None);
    }
    let amount = full_amount(difference, choice.seats, BillingPeriod::Annual)?;
    let percent = i128::from(difference.minor)
        .saturating_mul(100)
        .checked_div(i128::from(monthly.minor));
    let percent = percent
        .and_then(|percent| u8::try_from(percent.min(100)).ok())
        .unwrap_or(100);
    Ok(Some(Saving { amount, percent }))
}

impl Line {
    /// Licences for a full period.
    pub(crate) fn full(
        plan: PlanId,
        seats: Seats,
        unit_price: Money,
        period: BillingPeriod,
    ) -> Result<Self, MoneyError> {
        let amount = full_amount(unit_price, seats, period)?;
        let (kind, months) = (LineKind::Subscription, period.months());
        Ok(Self {
            kind,
            plan,
            seats,
            unit_price,
            months,
            fraction: None,
            amount,
        })
    }
}

/// Unit price × months × seats.
pub(crate) fn full_amount(unit: Money, seats: Seats, period: BillingPeriod) -> Result<Money, MoneyError> {
    // At most 12 × 1 000 000, so the product of the counts always fits.
    unit.times(u64::from(period.months()).saturating_mul(u64::from(seats.get())))
}

/// The sum of the lines, in the currency that they are priced in.
pub(crate) fn total(lines: &[Line], unit_price: Money) -> Result<Money, MoneyError> {
    Money::sum(lines.iter().map(|line| line.amount), unit_price.currency)
}
