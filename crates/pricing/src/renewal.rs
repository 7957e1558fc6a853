//! Renewals, and the changes that wait for them.
//!
//! Rules: *Changes* ("fewer licences, lower plan, annual → monthly, another currency: at the next renewal … which can
//! be withdrawn and which other changes do not drop") and *Licences and users* ("if at renewal there are more active
//! users than the scheduled number of licences, the number of active users is billed").

use serde::{Deserialize, Serialize};

use crate::changes::{classify, settle};
use crate::{
    BillingPeriod, ChangeError, ChangeTiming, Choice, Currency, Line, Money, Period, PlanId, PriceList,
    QuoteError, Seats, Term, quote,
};

/// What will be different from the next renewal on; what is `None` stays as it is by then.
///
/// Only the differences are kept. Were the whole choice kept, raising the plan today would be undone at the renewal by
/// the fewer licences that were scheduled yesterday.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScheduledChange {
    /// A lower plan.
    pub plan: Option<PlanId>,
    /// Fewer licences.
    pub seats: Option<Seats>,
    /// Monthly instead of annual.
    pub period: Option<BillingPeriod>,
    /// Another currency.
    pub currency: Option<Currency>,
}

impl ScheduledChange {
    /// What will be subscribed to from the renewal on.
    pub fn applied_to(&self, term: &Term) -> Choice {
        Choice {
            plan: self.plan.clone().unwrap_or_else(|| term.plan.clone()),
            seats: self.seats.unwrap_or(term.seats),
            period: self.period.unwrap_or(term.period),
            currency: self.currency.unwrap_or(term.currency()),
        }
    }
}

/// What a renewal charges, and the subscription afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RenewalPreview {
    /// What is charged.
    pub lines: Vec<Line>,
    /// The sum of the lines.
    pub total: Money,
    /// What the card is charged: never below zero.
    pub due: Money,
    /// Account credit that pays for a part of the total.
    pub credit_used: Money,
    /// The account credit afterwards, in the currency of the renewal.
    pub credit_left: Money,
    /// The subscription afterwards.
    pub term: Term,
    /// Whether more licences are billed than were to be, as there are more active users: the admin is told.
    pub raised_to_active_users: bool,
}

/// The change to what is wanted, to be kept until the renewal. Nothing is charged now.
///
/// # Errors
/// [`ChangeError::AtOnce`] if it does not wait, what [`classify`] refuses, and what is not sold.
pub fn schedule(list: &PriceList, term: &Term, wanted: &Choice) -> Result<ScheduledChange, ChangeError> {
    if classify(list, term, wanted)? == ChangeTiming::AtOnce {
        return Err(ChangeError::AtOnce);
    }
    quote(list, wanted)?;
    Ok(ScheduledChange {
        plan: (wanted.plan != term.plan).then(|| wanted.plan.clone()),
        seats: (wanted.seats != term.seats).then_some(wanted.seats),
        period: (wanted.period != term.period).then_some(wanted.period),
        currency: (wanted.currency != term.currency()).then_some(wanted.currency),
    })
}

/// What the renewal on [`Term::renews_on`] charges.
///
/// A renewal is quoted like a purchase, from the list that is given: today's, or one that the caller keeps for
/// subscriptions that were bought earlier. The anchor stays: an annual period ends where a monthly one of the same
/// anchor begins. `credit` is what the account has in the currency of the renewal.
///
/// # Errors
/// [`ChangeError::AtOnce`] if annual billing was scheduled: that does not wait for a renewal. Other [`ChangeError`]s if
/// the plan or currency is no longer sold, there are more active users than can be billed, or an
/// amount or date does not fit.
pub fn preview_renewal(
    list: &PriceList,
    term: &Term,
    scheduled: Option<&ScheduledChange>,
    active_users: u32,
    credit: Money,
) -> Result<RenewalPreview, ChangeError> {
    let (choice, raised) = renewed_choice(term, scheduled, active_users)?;
    list.check_seats(choice.seats)?;
    let unit_price = list.unit_price(&choice.plan, choice.currency, choice.period)?;
    renewed_at(unit_price, term, choice, raised, credit)
}

/// What the renewal charges for what is held already: as [`preview_renewal`], but the catalog takes nothing away.
///
/// A plan that is sold no more, or not in this currency, renews at the price that was paid; licences beyond the limit
/// of today's list renew too. That holds for what stays as it is: what was scheduled to change has to be sold.
///
/// # Errors
/// As [`preview_renewal`].
pub fn preview_held_renewal(
    list: &PriceList,
    term: &Term,
    scheduled: Option<&ScheduledChange>,
    active_users: u32,
    credit: Money,
) -> Result<RenewalPreview, ChangeError> {
    let (choice, raised) = renewed_choice(term, scheduled, active_users)?;
    if choice.seats > term.seats {
        list.check_seats(choice.seats)?;
    }
    let held = choice.plan == term.plan && choice.period == term.period && choice.currency == term.currency();
    let unit_price = match list.unit_price(&choice.plan, choice.currency, choice.period) {
        Err(QuoteError::UnknownPlan | QuoteError::CurrencyNotSold) if held => term.unit_price,
        sold => sold?,
    };
    renewed_at(unit_price, term, choice, raised, credit)
}

/// What is subscribed to from the renewal on, and whether it is more licences than were to be.
fn renewed_choice(
    term: &Term,
    scheduled: Option<&ScheduledChange>,
    active_users: u32,
) -> Result<(Choice, bool), ChangeError> {
    let mut choice = scheduled.map_or_else(|| term.choice(), |change| change.applied_to(term));
    if choice.period > term.period {
        return Err(ChangeError::AtOnce);
    }
    let raised = active_users > choice.seats.get();
    if raised {
        choice.seats = Seats::new(active_users)?;
    }
    Ok((choice, raised))
}

/// The renewal at a price; the anchor stays.
fn renewed_at(
    unit_price: Money,
    term: &Term,
    choice: Choice,
    raised_to_active_users: bool,
    credit: Money,
) -> Result<RenewalPreview, ChangeError> {
    let lines = vec![Line::full(
        choice.plan.clone(),
        choice.seats,
        unit_price,
        choice.period,
    )?];
    let amounts = settle(&lines, unit_price, credit)?;
    let current = Period::containing(term.anchor, choice.period, term.renews_on())?;
    Ok(RenewalPreview {
        lines,
        total: amounts.total,
        due: amounts.due,
        credit_used: amounts.credit_used,
        credit_left: amounts.credit_left,
        term: Term {
            plan: choice.plan,
            seats: choice.seats,
            period: choice.period,
            unit_price,
            anchor: term.anchor,
            current,
        },
        raised_to_active_users,
    })
}
