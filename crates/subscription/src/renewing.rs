//! Renewals: on their day, after days without a server, and after a payment that failed.
//!
//! Rules: *Orders and payment* ("Renewal: charged at `end`"), *Billing period* ("the anchor day never drifts"),
//! *Licences and users* ("if at renewal there are more active users than the scheduled number of licences, the number
//! of active users is billed and the admin is told").
//!
//! A renewal charges one period. Who has missed several makes one after the other, each from the subscription that the
//! one before has left.
//!
//! An overdue renewal pays for the period that was due and keeps the anchor. Only a suspended subscription whose due
//! period is over begins a new term on the day of payment: nobody pays for months without service. What was scheduled,
//! before the failure or after it, takes effect with it.

use onedesk_pricing::{Date, Money, RenewalPreview, Term, preview_held_renewal};

use crate::decision::Outcome;
use crate::{
    Charge, ChargeKind, Decision, Event, Facts, NextRenewal, Refusal, Standing, Subscription, dunning,
};

/// The next period is charged.
pub(crate) fn renew(subscription: &Subscription, facts: &Facts<'_>) -> Result<Decision, Refusal> {
    match subscription.standing {
        Standing::Active => renewal_is_due(subscription, facts.today())?,
        Standing::PastDue { .. } | Standing::Suspended { .. } => {
            let since = subscription.term.renews_on();
            return Err(Refusal::PaymentOverdue { since });
        }
        Standing::Ended { on } => return Err(Refusal::Ended { on }),
    }
    let renewal = priced(subscription, facts)?;
    let mut outcome = Outcome::of(subscription);
    renewed(&mut outcome, renewal, ChargeKind::Renewal);
    Ok(outcome.decided(facts))
}

/// The overdue renewal is paid.
pub(crate) fn recover(subscription: &Subscription, on: Date, facts: &Facts<'_>) -> Result<Decision, Refusal> {
    let suspended = match subscription.standing {
        Standing::Active => return Err(Refusal::NothingOverdue),
        Standing::Ended { on } => return Err(Refusal::Ended { on }),
        Standing::PastDue { .. } => false,
        Standing::Suspended { .. } => true,
    };
    let due = subscription.term.renews_on();
    if on < due {
        return Err(Refusal::NotDue { on: due });
    }
    dunning::not_in_the_future(on, facts)?;

    let mut renewal = priced(subscription, facts)?;
    if suspended && on >= renewal.term.renews_on() {
        let RenewalPreview { term, .. } = renewal;
        renewal.term = Term::begin(&term.choice(), term.unit_price, on)
            .map_err(|error| Refusal::NotPriced(error.into()))?;
    }
    let mut outcome = Outcome::of(subscription);
    outcome.after.standing = Standing::Active;
    outcome.tell(Event::Recovered {
        on,
        anchor_moved: renewal.term.anchor != subscription.term.anchor,
    });
    renewed(&mut outcome, renewal, ChargeKind::Recovery);
    Ok(outcome.decided(facts))
}

/// Refuses to renew what is cancelled, or paid for still.
pub(crate) fn renewal_is_due(subscription: &Subscription, on: Date) -> Result<(), Refusal> {
    let due = subscription.term.renews_on();
    if subscription.cancels_at_period_end {
        return Err(Refusal::AlreadyCancelled { ends_on: due });
    }
    if on < due {
        return Err(Refusal::NotDue { on: due });
    }
    Ok(())
}

/// The renewal as one that is to come; `None` if none is.
pub(crate) fn to_come(subscription: &Subscription, renewal: RenewalPreview) -> Option<NextRenewal> {
    let due = subscription.term.renews_on();
    let on = match subscription.standing {
        _ if subscription.cancels_at_period_end => return None,
        Standing::Active => due,
        Standing::PastDue { next_retry, .. } => next_retry.unwrap_or(due),
        Standing::Suspended { .. } | Standing::Ended { .. } => return None,
    };
    Some(NextRenewal {
        on,
        period: renewal.term.current,
        choice: renewal.term.choice(),
        lines: renewal.lines,
        net: renewal.total,
        raised_to_active_users: renewal.raised_to_active_users,
    })
}

/// What the next period costs, before tax and account credit.
pub(crate) fn priced(subscription: &Subscription, facts: &Facts<'_>) -> Result<RenewalPreview, Refusal> {
    let (term, scheduled) = (&subscription.term, &subscription.scheduled);
    let no_credit = Money::zero(scheduled.applied_to(term).currency);
    Ok(preview_held_renewal(
        facts.prices,
        term,
        Some(scheduled),
        facts.active_users,
        no_credit,
    )?)
}

/// The charge of a renewal, and the subscription that it leaves: what was scheduled has come true.
fn renewed(outcome: &mut Outcome, renewal: RenewalPreview, kind: ChargeKind) {
    let RenewalPreview {
        lines, total, term, ..
    } = renewal;
    outcome.charge = Some(Charge {
        kind,
        lines,
        net: total,
        period: term.current,
        anchor_moves: term.anchor != outcome.after.term.anchor,
    });
    let applied = std::mem::take(&mut outcome.after.scheduled);
    outcome.tell(Event::Renewed {
        period: term.current,
        licences: term.seats,
        applied,
        raised_to_active_users: renewal.raised_to_active_users,
    });
    outcome.after.term = term;
}
