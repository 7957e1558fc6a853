//! What the screen shows of a change before it is made, and what the confirmation repeats of it.
//!
//! Rule: *Changes* ("a preview carries the instant that it was computed for, and what is charged is what was previewed.
//! If it cannot be (price changed, a day passed, someone else changed the subscription), the order is refused with a
//! fresh preview, and nothing is charged").

use onedesk_pricing::{Moment, Money};
use serde::{Deserialize, Serialize};

use crate::decision::decide_request;
use crate::{Command, Decision, Facts, Refusal, Request, Subscription, decide};

/// A decision that is shown and not carried out: every line and amount, the subscription as it would be, its next
/// renewal. What it says about both parts of a split request is in [`Decision::tell`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Preview {
    /// What the confirmation repeats.
    pub seen: Seen,
    /// What would be decided.
    pub decision: Decision,
}

/// What a confirmation repeats of the preview that was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Seen {
    /// The moment that it was computed for.
    pub moment: Moment,
    /// The version of the subscription that it would change.
    pub version: u64,
    /// The price list that the amounts are from.
    pub price_list_version: String,
    /// What would be charged, without tax; zero if nothing.
    pub net: Money,
}

/// Why a confirmation is not carried out. Nothing was changed and nothing is charged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unconfirmed {
    /// It is not what was seen: here is what it is by now.
    #[error(
        "Nothing was changed: the subscription, the prices or the day are not those of the preview any more. Look at \
         the new preview, and confirm that."
    )]
    Stale(Box<Preview>),
    /// It cannot be made any more.
    #[error(transparent)]
    Refused(#[from] Refusal),
}

/// What a command would lead to. Nothing is changed.
///
/// # Errors
/// As [`decide`].
pub fn preview(
    subscription: &Subscription,
    command: &Command,
    facts: &Facts<'_>,
) -> Result<Preview, Refusal> {
    let decision = decide(subscription, command, facts)?;
    Ok(of(subscription, facts, decision))
}

/// What a person's request would lead to: as [`preview`] of it, without the code for the commands of time and payments,
/// which a browser need not hold.
///
/// # Errors
/// As [`decide`].
pub fn preview_request(
    subscription: &Subscription,
    request: &Request,
    facts: &Facts<'_>,
) -> Result<Preview, Refusal> {
    let decision = decide_request(subscription, request, facts)?;
    Ok(of(subscription, facts, decision))
}

fn of(subscription: &Subscription, facts: &Facts<'_>, decision: Decision) -> Preview {
    Preview {
        seen: seen(subscription, facts, &decision),
        decision,
    }
}

/// Decides on a command as it was previewed: for the moment that was seen, as long as that is today.
///
/// By second, a moment passes between looking and confirming; what was seen is then charged, a little more than is left
/// of the period. A moment that is still to come, or of another period, is not what anybody has seen.
///
/// # Errors
/// [`Unconfirmed::Stale`] with a fresh preview if it is not what was seen, [`Unconfirmed::Refused`] if it cannot be
/// made any more.
pub fn confirm(
    subscription: &Subscription,
    command: &Command,
    facts: &Facts<'_>,
    confirmed: &Seen,
) -> Result<Decision, Unconfirmed> {
    let moment = if still_holds(confirmed.moment, facts.moment) {
        confirmed.moment
    } else {
        facts.moment
    };
    let as_seen = Facts { moment, ..*facts };
    let decision = decide(subscription, command, &as_seen)?;
    if seen(subscription, &as_seen, &decision) == *confirmed {
        Ok(decision)
    } else {
        Err(Unconfirmed::Stale(Box::new(preview(
            subscription,
            command,
            facts,
        )?)))
    }
}

fn seen(subscription: &Subscription, facts: &Facts<'_>, decision: &Decision) -> Seen {
    let nothing = Money::zero(subscription.term.currency());
    Seen {
        moment: facts.moment,
        version: subscription.version,
        price_list_version: facts.prices.version.clone(),
        net: decision.charge.as_ref().map_or(nothing, |charge| charge.net),
    }
}

/// Whether a moment that was seen can still be charged for.
fn still_holds(seen: Moment, now: Moment) -> bool {
    match (seen, now) {
        (Moment::Day { on: seen }, Moment::Day { on: now }) => seen == now,
        (
            Moment::Second { on, start, end, at },
            Moment::Second {
                on: today,
                start: start_now,
                end: end_now,
                at: now,
            },
        ) => on == today && start == start_now && end == end_now && at <= now,
        _ => false,
    }
}
