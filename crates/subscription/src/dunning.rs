//! When an unpaid renewal is tried again, and when that ends.
//!
//! Rule: *Orders and payment* ("retried after 1, 3, 5 and 7 days with an e-mail each time (`past_due`, the users keep
//! working), then `suspended`"). Days are those of the account's time zone, and are counted from the day of the first
//! failure; a retry that comes late moves none of the later ones.

use onedesk_pricing::Date;

use crate::decision::Outcome;
use crate::{Decision, Event, Facts, Refusal, Standing, Subscription};

/// On which days after the first failure the payment is tried again.
pub const fn retry_days() -> [u8; 4] {
    [1, 3, 5, 7]
}

/// The day of the next try after a failure `on` a day, if the first one was on `first_failure`. `None` if none is
/// left, or the calendar ends before it (the year 9999).
///
/// Tries that were missed, because the server was down say, are not made up for: the failure of the first one that
/// could be made again stands for them.
pub fn next_retry(first_failure: Date, on: Date) -> Option<Date> {
    retry_days()
        .into_iter()
        .filter_map(|days| days_later(first_failure, days))
        .find(|day| *day > on)
}

/// The day of the last try: if that fails too, the subscription is suspended. `None` beyond the calendar.
pub fn last_retry(first_failure: Date) -> Option<Date> {
    retry_days()
        .into_iter()
        .max()
        .and_then(|days| days_later(first_failure, days))
}

/// How many days have passed since a day; 0 if it is to come.
pub fn days_since(day: Date, today: Date) -> i64 {
    today
        .duration_since(day)
        .as_hours()
        .checked_div(24)
        .unwrap_or_default()
        .max(0)
}

/// A day so many days later.
fn days_later(day: Date, days: u8) -> Option<Date> {
    (0..days).try_fold(day, |day, _| day.tomorrow().ok())
}

/// A renewal, or a retry of it, was not paid.
pub(crate) fn renewal_failed(
    subscription: &Subscription,
    on: Date,
    facts: &Facts<'_>,
) -> Result<Decision, Refusal> {
    let (since, failures) = match subscription.standing {
        Standing::Active => {
            crate::renewing::renewal_is_due(subscription, on)?;
            (on, 1)
        }
        Standing::PastDue {
            since,
            failures,
            next_retry,
        } => {
            // A failure that is reported twice counts once: before the next retry there is nothing to fail.
            let due = next_retry.unwrap_or(since);
            if on < due {
                return Err(Refusal::NotDue { on: due });
            }
            (since, failures.saturating_add(1))
        }
        Standing::Suspended { since } => return Err(Refusal::AlreadySuspended { since }),
        Standing::Ended { on } => return Err(Refusal::Ended { on }),
    };
    not_in_the_future(on, facts)?;

    let next_retry = next_retry(since, on);
    let mut outcome = Outcome::of(subscription);
    outcome.tell(Event::PaymentFailed {
        attempt: failures,
        next_retry,
    });
    outcome.after.standing = Standing::PastDue {
        since,
        failures,
        next_retry,
    };
    if next_retry.is_none() {
        suspended(&mut outcome, on);
    }
    Ok(outcome.decided(facts))
}

/// No retry is left, or the last one was never answered.
pub(crate) fn suspend(subscription: &Subscription, facts: &Facts<'_>) -> Result<Decision, Refusal> {
    match subscription.standing {
        Standing::Active => return Err(Refusal::NothingOverdue),
        Standing::Suspended { since } => return Err(Refusal::AlreadySuspended { since }),
        Standing::Ended { on } => return Err(Refusal::Ended { on }),
        Standing::PastDue {
            since, next_retry, ..
        } => {
            let over = last_retry(since).and_then(|last| last.tomorrow().ok());
            if let (Some(_), Some(on)) = (next_retry, over)
                && facts.today() < on
            {
                return Err(Refusal::NotDue { on });
            }
        }
    }
    let mut outcome = Outcome::of(subscription);
    suspended(&mut outcome, facts.today());
    Ok(outcome.decided(facts))
}

fn suspended(outcome: &mut Outcome, on: Date) {
    outcome.after.standing = Standing::Suspended { since: on };
    outcome.tell(Event::Suspended { on });
}

/// Refuses a payment that is said to have been made, or to have failed, on a day to come.
pub(crate) fn not_in_the_future(on: Date, facts: &Facts<'_>) -> Result<(), Refusal> {
    if on > facts.today() {
        return Err(Refusal::NotDue { on });
    }
    Ok(())
}
