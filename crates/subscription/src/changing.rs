//! Changes that people ask for, at once and at the renewal, and their withdrawal.
//!
//! Rules: *Changes* and *Licences and users*.
//!
//! # A request with two times
//!
//! When each part takes effect is what `onedesk_pricing` says of it alone. A request whose parts differ is split: a
//! higher plan and fewer licences are the plan now, for all the licences that are paid for, and the fewer licences from
//! the renewal on. That is what making the two changes one after the other leads to, and the preview says both. The one
//! exception is a switch to annual billing together with something that waits: it would charge a whole year of what is
//! not wanted, so it is [`Refusal::MixedTiming`].
//!
//! # What is scheduled
//!
//! - It stays when something else is changed or scheduled: a lower plan and then more licences, both hold.
//! - Scheduling a part again replaces it; wanting it as it is today withdraws it.
//! - Licences added now do not raise the number that was scheduled: 10, scheduled 5, 5 added are 15 until the renewal
//!   and 5 from then on. Neither does a higher plan lift a scheduled lower one: it is paid for until the renewal.
//! - Switching to annual billing moves the renewal by which it waits, and so what is scheduled; the preview's next
//!   renewal has the day.
//! - A part that has become what the subscription is anyway says nothing any more and goes, told as withdrawn. Only a
//!   catalog whose plans changed places leads there.
//! - All of it together has to be sold: another currency is refused if the plan that is scheduled is not sold in it, a
//!   withdrawal if what stays scheduled would not be sold without it.
//! - A cancelled subscription has no renewal, so nothing can be scheduled for it, nor can a year be begun; it can be
//!   resumed first. Licences and a higher plan for the days that are left can be had. What was scheduled before is kept
//!   for the case that it is resumed.

use onedesk_pricing::{
    ChangeError, ChangePreview, ChangeTiming, Choice, Money, Period, PriceList, ScheduledChange, Seats, Term,
    classify, preview_change,
};

use crate::cancelling::not_ended;
use crate::decision::Outcome;
use crate::renewing::priced;
use crate::subscription::enough;
use crate::{
    Charge, ChargeKind, Decision, Event, Facts, Refusal, ScheduledPart, Standing, Subscription, Wanted,
};

/// Another plan, number of licences, period or currency.
pub(crate) fn change(
    subscription: &Subscription,
    wanted: &Wanted,
    facts: &Facts<'_>,
) -> Result<Decision, Refusal> {
    open_to_changes(subscription, facts)?;
    let term = &subscription.term;
    let split = Split::of(facts.prices, subscription, wanted)?;
    let at_once = split.now != term.choice();
    if !at_once && split.scheduled == subscription.scheduled {
        return Err(Refusal::NoChange);
    }
    if at_once && subscription.standing.is_overdue() {
        let since = term.renews_on();
        return Err(Refusal::PaymentOverdue { since });
    }
    if let Some(licences) = wanted.seats {
        enough(licences, facts.active_users)?;
    }
    let begins_year = split.now.period != term.period;
    if begins_year && split.waits {
        return Err(Refusal::MixedTiming);
    }
    if subscription.cancels_at_period_end && (begins_year || split.waits) {
        let ends_on = term.renews_on();
        return Err(Refusal::AlreadyCancelled { ends_on });
    }

    let mut outcome = Outcome::of(subscription);
    if at_once {
        make_at_once(&mut outcome, &split.now, facts)?;
    }
    let scheduled = without_what_holds(split.scheduled, &outcome.after.term);
    reschedule(&mut outcome, scheduled);
    outcome.renewable(facts)
}

/// A scheduled part is not to happen.
pub(crate) fn withdraw(
    subscription: &Subscription,
    part: ScheduledPart,
    facts: &Facts<'_>,
) -> Result<Decision, Refusal> {
    open_to_changes(subscription, facts)?;
    let mut scheduled = subscription.scheduled.clone();
    let was_scheduled = match part {
        ScheduledPart::Plan => scheduled.plan.take().is_some(),
        ScheduledPart::Seats => scheduled.seats.take().is_some(),
        ScheduledPart::Period => scheduled.period.take().is_some(),
        ScheduledPart::Currency => scheduled.currency.take().is_some(),
    };
    if !was_scheduled {
        return Err(Refusal::NothingScheduled(part));
    }
    let mut outcome = Outcome::of(subscription);
    reschedule(&mut outcome, scheduled);
    // What cannot be renewed as it is scheduled now is made no worse by withdrawing a part of it.
    if priced(subscription, facts).is_ok() {
        outcome.renewable(facts)
    } else {
        Ok(outcome.decided(facts))
    }
}

/// Refuses changes to what has ended, and to what is renewed any minute: they would meet the charge of that renewal.
fn open_to_changes(subscription: &Subscription, facts: &Facts<'_>) -> Result<(), Refusal> {
    not_ended(subscription, facts)?;
    let on = subscription.term.renews_on();
    if subscription.standing == Standing::Active && on <= facts.today() {
        return Err(Refusal::RenewalDue { on });
    }
    Ok(())
}

/// A request, sorted by when its parts take effect.
struct Split {
    /// What is subscribed to from now on.
    now: Choice,
    /// What is scheduled from now on.
    scheduled: ScheduledChange,
    /// Whether a part of the request waits for the renewal.
    waits: bool,
}

impl Split {
    fn of(prices: &PriceList, subscription: &Subscription, wanted: &Wanted) -> Result<Self, Refusal> {
        let term = &subscription.term;
        let as_it_is = || term.choice();
        let mut split = Self {
            now: as_it_is(),
            scheduled: subscription.scheduled.clone(),
            waits: false,
        };
        let (now, scheduled) = (&mut split.now, &mut split.scheduled);
        let mut sort = |part: Choice| {
            let timing = match classify(prices, term, &part) {
                Err(ChangeError::NoChange) => None,
                timing => Some(timing?),
            };
            split.waits |= timing == Some(ChangeTiming::AtRenewal);
            Ok::<_, ChangeError>(timing)
        };
        if let Some(plan) = wanted.plan.clone() {
            let alone = Choice {
                plan: plan.clone(),
                ..as_it_is()
            };
            put(sort(alone)?, plan, &mut now.plan, &mut scheduled.plan);
        }
        if let Some(seats) = wanted.seats {
            let alone = Choice { seats, ..as_it_is() };
            put(sort(alone)?, seats, &mut now.seats, &mut scheduled.seats);
        }
        if let Some(period) = wanted.period {
            let alone = Choice { period, ..as_it_is() };
            put(sort(alone)?, period, &mut now.period, &mut scheduled.period);
        }
        if let Some(currency) = wanted.currency {
            let alone = Choice {
                currency,
                ..as_it_is()
            };
            put(sort(alone)?, currency, &mut now.currency, &mut scheduled.currency);
        }
        Ok(split)
    }
}

/// A part that is wanted goes where it takes effect; one that is wanted as it is withdraws what was scheduled for it.
fn put<T>(timing: Option<ChangeTiming>, wanted: T, now: &mut T, scheduled: &mut Option<T>) {
    match timing {
        Some(ChangeTiming::AtOnce) => *now = wanted,
        Some(ChangeTiming::AtRenewal) => *scheduled = Some(wanted),
        None => *scheduled = None,
    }
}

/// What takes effect now, and its charge.
fn make_at_once(outcome: &mut Outcome, now: &Choice, facts: &Facts<'_>) -> Result<(), Refusal> {
    let before = &outcome.after.term;
    let no_credit = Money::zero(before.currency());
    let ChangePreview {
        lines,
        total,
        term,
        anchor_moves,
        ..
    } = preview_change(facts.prices, before, now, facts.moment, no_credit)?;
    let events = [
        licences_added(before, &term),
        (term.plan != before.plan).then(|| Event::PlanRaised {
            from: before.plan.clone(),
            to: term.plan.clone(),
        }),
        (term.period != before.period).then_some(Event::PeriodChanged {
            from: before.period,
            to: term.period,
            anchor: term.anchor,
        }),
    ];
    outcome.charge = Some(Charge {
        kind: ChargeKind::ChangeNow,
        lines,
        net: total,
        period: Period {
            start: facts.today(),
            end: term.renews_on(),
        },
        anchor_moves,
    });
    outcome.after.term = term;
    events.into_iter().flatten().for_each(|event| outcome.tell(event));
    Ok(())
}

fn licences_added(before: &Term, after: &Term) -> Option<Event> {
    let added = after.seats.get().saturating_sub(before.seats.get());
    let added = Seats::new(added).ok()?; // none, no event
    Some(Event::LicencesAdded {
        added,
        licences: after.seats,
    })
}

/// Without the parts that the subscription is already.
fn without_what_holds(scheduled: ScheduledChange, term: &Term) -> ScheduledChange {
    ScheduledChange {
        plan: scheduled.plan.filter(|plan| *plan != term.plan),
        seats: scheduled.seats.filter(|seats| *seats != term.seats),
        period: scheduled.period.filter(|period| *period != term.period),
        currency: scheduled.currency.filter(|currency| *currency != term.currency()),
    }
}

/// Puts what is scheduled in the place of what was, and tells the difference.
fn reschedule(outcome: &mut Outcome, scheduled: ScheduledChange) {
    let after = scheduled.clone();
    let before = std::mem::replace(&mut outcome.after.scheduled, scheduled);
    let scheduled_now = ScheduledChange {
        plan: after.plan.clone().filter(|_| after.plan != before.plan),
        seats: after.seats.filter(|_| after.seats != before.seats),
        period: after.period.filter(|_| after.period != before.period),
        currency: after.currency.filter(|_| after.currency != before.currency),
    };
    let withdrawn = ScheduledChange {
        plan: before.plan.filter(|_| after.plan.is_none()),
        seats: before.seats.filter(|_| after.seats.is_none()),
        period: before.period.filter(|_| after.period.is_none()),
        currency: before.currency.filter(|_| after.currency.is_none()),
    };
    let nothing = ScheduledChange::default();
    if withdrawn != nothing {
        outcome.tell(Event::ChangeWithdrawn { change: withdrawn });
    }
    if scheduled_now != nothing {
        outcome.tell(Event::ChangeScheduled {
            change: scheduled_now,
            on: outcome.after.term.renews_on(),
        });
    }
}
