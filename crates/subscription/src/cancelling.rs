//! Cancelling, resuming, and the end.
//!
//! Rule: *Changes* ("cancel: at the end of the period; nothing now; can be resumed until then").
//!
//! The end of the period is the end of what was paid for. If that has come already — the renewal is due, or overdue —
//! cancelling ends the subscription the same day, and the renewal is charged no more: nobody has to pay for a period in
//! order to leave.

use onedesk_pricing::{Date, ScheduledChange};

use crate::decision::Outcome;
use crate::{Decision, Event, Facts, Refusal, Standing, Subscription};

/// No renewal.
pub(crate) fn cancel(subscription: &Subscription, facts: &Facts<'_>) -> Result<Decision, Refusal> {
    not_ended(subscription, facts)?;
    let (today, paid_until) = (facts.today(), subscription.term.renews_on());
    if subscription.cancels_at_period_end {
        return Err(Refusal::AlreadyCancelled { ends_on: paid_until });
    }
    let mut outcome = Outcome::of(subscription);
    outcome.after.cancels_at_period_end = true;
    outcome.tell(Event::Cancelled {
        ends_on: paid_until.max(today),
    });
    if paid_until <= today {
        ended(&mut outcome, today);
    }
    Ok(outcome.decided(facts))
}

/// A renewal after all. What was scheduled before it was cancelled is scheduled still.
pub(crate) fn resume(subscription: &Subscription, facts: &Facts<'_>) -> Result<Decision, Refusal> {
    not_ended(subscription, facts)?;
    if !subscription.cancels_at_period_end {
        return Err(Refusal::NotCancelled);
    }
    let mut outcome = Outcome::of(subscription);
    outcome.after.cancels_at_period_end = false;
    outcome.tell(Event::Resumed {
        renews_on: subscription.term.renews_on(),
    });
    Ok(outcome.decided(facts))
}

/// The end of a cancelled subscription, on the day after the last that was paid for, whenever that is noticed.
pub(crate) fn end(subscription: &Subscription, facts: &Facts<'_>) -> Result<Decision, Refusal> {
    if let Standing::Ended { on } = subscription.standing {
        return Err(Refusal::Ended { on });
    }
    if !subscription.cancels_at_period_end {
        return Err(Refusal::NotCancelled);
    }
    let paid_until = subscription.term.renews_on();
    if facts.today() < paid_until {
        return Err(Refusal::NotDue { on: paid_until });
    }
    let mut outcome = Outcome::of(subscription);
    ended(&mut outcome, paid_until);
    Ok(outcome.decided(facts))
}

/// Refuses requests to a subscription that has ended, or is cancelled and would have ended had it been noticed.
pub(crate) fn not_ended(subscription: &Subscription, facts: &Facts<'_>) -> Result<(), Refusal> {
    match subscription.standing {
        Standing::Ended { on } => Err(Refusal::Ended { on }),
        _ if subscription.cancels_at_period_end && subscription.term.renews_on() <= facts.today() => {
            let on = subscription.term.renews_on();
            Err(Refusal::Ended { on })
        }
        _ => Ok(()),
    }
}

/// Nothing is left that could wait for a renewal.
fn ended(outcome: &mut Outcome, on: Date) {
    outcome.after.standing = Standing::Ended { on };
    let change = std::mem::take(&mut outcome.after.scheduled);
    if change != ScheduledChange::default() {
        outcome.tell(Event::ChangeWithdrawn { change });
    }
    outcome.tell(Event::Ended { on });
}
