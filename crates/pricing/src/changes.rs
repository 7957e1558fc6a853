//! Changes to a running subscription: what they cost, and when they take effect.
//!
//! Rule: *Changes*. More licences, a higher plan and monthly → annual take effect at once and are previewed here, line
//! by line, to the amount that the card is charged. Everything that lowers what is paid, and another currency, waits
//! for the renewal: see [`renewal`](crate::renewal). Cancelling costs nothing and has no amounts; the subscription
//! then ends on [`Term::renews_on`].
//!
//! The functions decide nothing about users, payments or permissions, and change nothing: a preview holds the term as
//! it will be, and who carries it out stores that.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::quote::{full_amount, total};
use crate::seats::SeatsError;
use crate::{
    BillingPeriod, Choice, InvoiceAmounts, Line, LineKind, Moment, Money, MoneyError, Period, PeriodError,
    PlanId, PriceList, ProrationError, QuoteError, Seats, Term,
};

/// When a change takes effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChangeTiming {
    /// Now, and charged now.
    AtOnce,
    /// At the next renewal; nothing is charged now.
    AtRenewal,
}

/// What a change that takes effect at once does: every line, what is charged, and the subscription afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangePreview {
    /// What the preview was computed for.
    pub moment: Moment,
    /// What is charged and credited.
    pub lines: Vec<Line>,
    /// The sum of the lines; below zero if more is credited than charged.
    pub total: Money,
    /// What the card is charged: never below zero.
    pub due: Money,
    /// Account credit that pays for a part of the total.
    pub credit_used: Money,
    /// What the total falls below zero, and becomes account credit.
    pub credit_added: Money,
    /// The account credit afterwards.
    pub credit_left: Money,
    /// The subscription afterwards.
    pub term: Term,
    /// The period that is paid for afterwards.
    pub current_period: Period,
    /// The day of the next charge afterwards.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub renews_on: Date,
    /// The day that periods are counted from afterwards.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub anchor: Date,
    /// Whether that day is another one than before: to be said before anybody confirms.
    pub anchor_moves: bool,
}

/// Why a change cannot be made so. Nothing was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChangeError {
    /// It is what is subscribed to already.
    #[error("this is the subscription as it is: there is nothing to change")]
    NoChange,
    /// A part would take effect at once and another at the renewal.
    #[error(
        "one part of this change takes effect at once and another at the renewal: make them one after the other"
    )]
    MixedTiming,
    /// It takes effect at the renewal, so there is nothing to charge now.
    #[error("this change takes effect at the next renewal")]
    AtRenewal,
    /// It takes effect at once, so it cannot be scheduled.
    #[error("this change takes effect at once")]
    AtOnce,
    /// The moment is a day where the catalog wants an instant, or the other way round.
    #[error("the moment of the change is not given in the unit that the catalog prorates by")]
    WrongUnit,
    /// The account credit is below zero.
    #[error("the account credit is below zero")]
    NegativeCredit,
    /// The number of licences is out of range.
    #[error(transparent)]
    Seats(#[from] SeatsError),
    /// It is not sold so.
    #[error(transparent)]
    Quote(#[from] QuoteError),
    /// The moment is outside the current period.
    #[error(transparent)]
    Proration(#[from] ProrationError),
    /// The new period lies beyond the calendar.
    #[error(transparent)]
    Period(#[from] PeriodError),
}

impl From<MoneyError> for ChangeError {
    fn from(error: MoneyError) -> Self {
        Self::Quote(QuoteError::Money(error))
    }
}

/// When the change from a running subscription to what is wanted takes effect.
///
/// # Errors
/// [`ChangeError::NoChange`]; [`ChangeError::MixedTiming`] for, say, a higher plan with fewer licences;
/// [`QuoteError::UnknownPlan`] if one of two different plans is not in the list, so that neither is the higher one.
pub fn classify(list: &PriceList, term: &Term, wanted: &Choice) -> Result<ChangeTiming, ChangeError> {
    let (mut at_once, mut at_renewal) = (false, wanted.currency != term.currency());
    if wanted.plan != term.plan {
        let level = |plan| list.level(plan).ok_or(QuoteError::UnknownPlan);
        let raised = level(&wanted.plan)? > level(&term.plan)?;
        at_once |= raised;
        at_renewal |= !raised;
    }
    at_once |= wanted.seats > term.seats || wanted.period > term.period;
    at_renewal |= wanted.seats < term.seats || wanted.period < term.period;
    match (at_once, at_renewal) {
        (true, false) => Ok(ChangeTiming::AtOnce),
        (false, true) => Ok(ChangeTiming::AtRenewal),
        (true, true) => Err(ChangeError::MixedTiming),
        (false, false) => Err(ChangeError::NoChange),
    }
}

/// What adding licences costs: one line for all of them, prorated to the end of the period, at the price that the
/// others were bought at. The day of renewal does not move.
///
/// # Errors
/// [`ChangeError`].
pub fn add_seats(
    list: &PriceList,
    term: &Term,
    added: Seats,
    moment: Moment,
    credit: Money,
) -> Result<ChangePreview, ChangeError> {
    let wanted = Choice {
        seats: term.seats.plus(added)?,
        ..term.choice()
    };
    preview_change(list, term, &wanted, moment, credit)
}

/// What a higher plan costs: the unused part of the old one is credited, the same days of the new one are charged at
/// the price list's price. The day of renewal does not move.
///
/// # Errors
/// [`ChangeError`].
pub fn raise_plan(
    list: &PriceList,
    term: &Term,
    to: &PlanId,
    moment: Moment,
    credit: Money,
) -> Result<ChangePreview, ChangeError> {
    let wanted = Choice {
        plan: to.clone(),
        ..term.choice()
    };
    preview_change(list, term, &wanted, moment, credit)
}

/// What the change from monthly to annual costs: the unused part of the month is credited, and a full annual period
/// that starts on the day of the change is charged at the price list's price. The anchor moves to that day.
///
/// # Errors
/// [`ChangeError`]; [`ChangeError::NoChange`] if it is annual already.
pub fn switch_to_annual(
    list: &PriceList,
    term: &Term,
    moment: Moment,
    credit: Money,
) -> Result<ChangePreview, ChangeError> {
    let wanted = Choice {
        period: BillingPeriod::Annual,
        ..term.choice()
    };
    preview_change(list, term, &wanted, moment, credit)
}

/// What a change that takes effect at once costs; several of them at a time (a higher plan and more licences, say) make
/// one preview and so one invoice. `credit` is what the account has, zero if nothing.
///
/// # Errors
/// [`ChangeError::AtRenewal`] if it does not take effect at once, or what [`classify`] refuses;
/// [`ChangeError::WrongUnit`] and [`ProrationError`] if the moment does not fit; [`QuoteError`] if it is not sold.
pub fn preview_change(
    list: &PriceList,
    term: &Term,
    wanted: &Choice,
    moment: Moment,
    credit: Money,
) -> Result<ChangePreview, ChangeError> {
    if classify(list, term, wanted)? == ChangeTiming::AtRenewal {
        return Err(ChangeError::AtRenewal);
    }
    if moment.unit() != list.proration {
        return Err(ChangeError::WrongUnit);
    }
    list.check_seats(wanted.seats)?;

    let (lines, after) = if wanted.period != term.period {
        new_period(list, term, wanted, moment)?
    } else if wanted.plan != term.plan {
        higher_plan(list, term, wanted, moment)?
    } else {
        more_seats(term, wanted.seats, moment)?
    };
    let amounts = settle(&lines, term.unit_price, credit)?;
    Ok(ChangePreview {
        moment,
        lines,
        total: amounts.total,
        due: amounts.due,
        credit_used: amounts.credit_used,
        credit_added: amounts.credit_added,
        credit_left: amounts.credit_left,
        current_period: after.current,
        renews_on: after.renews_on(),
        anchor: after.anchor,
        anchor_moves: after.anchor != term.anchor,
        term: after,
    })
}

/// Only the licences that are added, for the rest of the period, at the subscription's own price.
fn more_seats(term: &Term, seats: Seats, moment: Moment) -> Result<(Vec<Line>, Term), ChangeError> {
    let added = Seats::new(seats.get().saturating_sub(term.seats.get()))?;
    let line = rest_of_period(
        LineKind::AddedSeats,
        term,
        &term.plan,
        added,
        term.unit_price,
        moment,
    )?;
    Ok((
        vec![line],
        Term {
            seats,
            ..term.clone()
        },
    ))
}

/// Credit for the rest of the old plan, charge for the same days of the new one.
fn higher_plan(
    list: &PriceList,
    term: &Term,
    wanted: &Choice,
    moment: Moment,
) -> Result<(Vec<Line>, Term), ChangeError> {
    let unit_price = list.unit_price(&wanted.plan, wanted.currency, wanted.period)?;
    let charge = LineKind::RemainingCharge;
    let lines = vec![
        unused_part(term, moment)?,
        rest_of_period(charge, term, &wanted.plan, wanted.seats, unit_price, moment)?,
    ];
    let after = Term {
        plan: wanted.plan.clone(),
        seats: wanted.seats,
        unit_price,
        ..term.clone()
    };
    Ok((lines, after))
}

/// Credit for the rest of the old period, and a full new one from the day of the change on.
fn new_period(
    list: &PriceList,
    term: &Term,
    wanted: &Choice,
    moment: Moment,
) -> Result<(Vec<Line>, Term), ChangeError> {
    let unit_price = list.unit_price(&wanted.plan, wanted.currency, wanted.period)?;
    let lines = vec![
        unused_part(term, moment)?,
        Line::full(wanted.plan.clone(), wanted.seats, unit_price, wanted.period)?,
    ];
    Ok((lines, Term::begin(wanted, unit_price, moment.day())?))
}

/// What was paid for the rest of the period: a line below zero.
fn unused_part(term: &Term, moment: Moment) -> Result<Line, ChangeError> {
    let mut line = rest_of_period(
        LineKind::UnusedCredit,
        term,
        &term.plan,
        term.seats,
        term.unit_price,
        moment,
    )?;
    line.amount = line.amount.checked_neg()?;
    Ok(line)
}

/// Licences for what is left of the current period.
fn rest_of_period(
    kind: LineKind,
    term: &Term,
    plan: &PlanId,
    seats: Seats,
    unit_price: Money,
    moment: Moment,
) -> Result<Line, ChangeError> {
    let fraction = moment.fraction_of(term.current)?;
    let amount = fraction.of(full_amount(unit_price, seats, term.period)?)?;
    let (plan, months) = (plan.clone(), term.period.months());
    Ok(Line {
        kind,
        plan,
        seats,
        unit_price,
        months,
        fraction: Some(fraction),
        amount,
    })
}

/// The sum of the lines, paid from account credit first.
pub(crate) fn settle(
    lines: &[Line],
    unit_price: Money,
    credit: Money,
) -> Result<InvoiceAmounts, ChangeError> {
    if credit.is_negative() {
        return Err(ChangeError::NegativeCredit);
    }
    Ok(InvoiceAmounts::settle(total(lines, unit_price)?, credit)?)
}
