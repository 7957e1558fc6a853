//! Which things a change does, one by one.

use onedesk_pricing::{Date, PlanId};
use onedesk_subscription::{ScheduledPart, Subscription};

/// One thing that a change does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doing {
    /// There are more licences from today on.
    AddLicences {
        /// How many more.
        added: u32,
        /// How many then.
        total: u32,
    },
    /// The plan is a higher one from today on.
    RaisePlan(PlanId),
    /// A full annual period starts today.
    GoAnnual,
    /// A part will be different from the renewal on.
    Schedule(ScheduledPart),
    /// What was scheduled for a part will not happen.
    Withdraw(ScheduledPart),
    /// It will not be renewed.
    Cancel {
        /// The first day without it.
        ends_on: Date,
    },
    /// It will be renewed after all.
    Resume,
}

/// What differs between a subscription and what it is afterwards, today's part first.
pub fn doings(before: &Subscription, after: &Subscription) -> Vec<Doing> {
    let mut doings = Vec::new();
    let (old, new) = (&before.term, &after.term);
    if new.seats > old.seats {
        let total = new.seats.get();
        doings.push(Doing::AddLicences {
            added: total.saturating_sub(old.seats.get()),
            total,
        });
    }
    if new.plan != old.plan {
        doings.push(Doing::RaisePlan(new.plan.clone()));
    }
    if new.period != old.period {
        doings.push(Doing::GoAnnual);
    }
    for part in ScheduledPart::ALL {
        if differs(part, before, after) {
            doings.push(if is_scheduled(part, after) {
                Doing::Schedule(part)
            } else {
                Doing::Withdraw(part)
            });
        }
    }
    match (before.cancels_at_period_end, after.cancels_at_period_end) {
        (false, true) => doings.push(Doing::Cancel {
            ends_on: after.ends_on().unwrap_or(new.renews_on()),
        }),
        (true, false) => doings.push(Doing::Resume),
        _ => {}
    }
    doings
}

/// Whether something is scheduled for a part.
pub const fn is_scheduled(part: ScheduledPart, subscription: &Subscription) -> bool {
    let scheduled = &subscription.scheduled;
    match part {
        ScheduledPart::Plan => scheduled.plan.is_some(),
        ScheduledPart::Seats => scheduled.seats.is_some(),
        ScheduledPart::Period => scheduled.period.is_some(),
        ScheduledPart::Currency => scheduled.currency.is_some(),
    }
}

fn differs(part: ScheduledPart, before: &Subscription, after: &Subscription) -> bool {
    let (before, after) = (&before.scheduled, &after.scheduled);
    match part {
        ScheduledPart::Plan => before.plan != after.plan,
        ScheduledPart::Seats => before.seats != after.seats,
        ScheduledPart::Period => before.period != after.period,
        ScheduledPart::Currency => before.currency != after.currency,
    }
}
