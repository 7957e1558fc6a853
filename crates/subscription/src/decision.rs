//! The decision on a command.
//!
//! Rule: *Orders and payment* ("a paid order is exactly one charge, one invoice, one subscription change, in one
//! transaction"): a decision has one charge at most, and one subscription afterwards.

use onedesk_pricing::{Choice, Date, Line, Money, Period, RenewalPreview};
use serde::{Deserialize, Serialize};

use crate::{Command, Event, Facts, Refusal, Request, Subscription, cancelling, changing, dunning, renewing};

/// What an accepted command leads to. Serialised so that an order can keep it until it is paid: what is then carried
/// out is what was previewed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Decision {
    /// The subscription afterwards; its version is one higher. If there is a charge: once that is paid.
    pub after: Subscription,
    /// What is charged now, without tax; `None` if nothing is.
    pub charge: Option<Charge>,
    /// The next renewal afterwards, with all that is scheduled. `None` if none is to come: cancelled, suspended or
    /// ended; or if none can be priced, as what is still scheduled is sold no more.
    pub next_renewal: Option<NextRenewal>,
    /// What is written into the account's history, and told by e-mail.
    pub tell: Vec<Event>,
}

/// What is charged: the net side of one invoice. Tax and account credit come on top, in that order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Charge {
    /// What it is charged for.
    pub kind: ChargeKind,
    /// The lines, each rounded once.
    pub lines: Vec<Line>,
    /// The sum of the lines, without tax; below zero if more is credited than charged.
    pub net: Money,
    /// The days that are paid for by it: a whole period, or the rest of the running one from today on.
    pub period: Period,
    /// Whether periods are counted from another day afterwards: to be said before anybody confirms.
    pub anchor_moves: bool,
}

/// What a charge is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChargeKind {
    /// A change that takes effect at once.
    ChangeNow,
    /// The next period.
    Renewal,
    /// A renewal that was overdue.
    Recovery,
}

/// The next renewal as it will be if nothing changes until then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NextRenewal {
    /// The day on which it is charged. While one is overdue: the day of the next try.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub on: Date,
    /// The period that it pays for.
    pub period: Period,
    /// What is subscribed to from then on.
    pub choice: Choice,
    /// What is charged.
    pub lines: Vec<Line>,
    /// The sum of the lines, without tax.
    pub net: Money,
    /// Whether more licences are billed than are to be, as there are more active users.
    pub raised_to_active_users: bool,
}

/// Decides on a command. The whole of what can happen to a subscription is here; nothing is changed by it.
///
/// # Errors
/// [`Refusal`], for every command that does not fit the subscription or the day.
pub fn decide(
    subscription: &Subscription,
    command: &Command,
    facts: &Facts<'_>,
) -> Result<Decision, Refusal> {
    match command {
        Command::Request(request) => decide_request(subscription, request, facts),
        Command::Renew => renewing::renew(subscription, facts),
        Command::RenewalFailed { on } => dunning::renewal_failed(subscription, *on, facts),
        Command::RenewalPaid { on } => renewing::recover(subscription, *on, facts),
        Command::EndNow => cancelling::end(subscription, facts),
        Command::Suspend => dunning::suspend(subscription, facts),
    }
}

/// Decides on what a person asks for: as [`decide`], of which the browser thus holds no more than this.
pub(crate) fn decide_request(
    subscription: &Subscription,
    request: &Request,
    facts: &Facts<'_>,
) -> Result<Decision, Refusal> {
    match request {
        Request::Change(wanted) => changing::change(subscription, wanted, facts),
        Request::Withdraw(part) => changing::withdraw(subscription, *part, facts),
        Request::Cancel => cancelling::cancel(subscription, facts),
        Request::Resume => cancelling::resume(subscription, facts),
    }
}

/// A decision in the making.
pub(crate) struct Outcome {
    pub(crate) after: Subscription,
    pub(crate) charge: Option<Charge>,
    tell: Vec<Event>,
}

impl Outcome {
    /// The subscription as it is, counted as changed.
    pub(crate) fn of(subscription: &Subscription) -> Self {
        let mut after = subscription.clone();
        // Nobody makes 2⁶⁴ changes.
        after.version = after.version.saturating_add(1);
        Self {
            after,
            charge: None,
            tell: Vec::new(),
        }
    }

    pub(crate) fn tell(&mut self, event: Event) {
        self.tell.push(event);
    }

    /// The decision, with the next renewal if it can be priced.
    pub(crate) fn decided(self, facts: &Facts<'_>) -> Decision {
        let renewal = renewing::priced(&self.after, facts).ok();
        self.with_renewal(renewal)
    }

    /// The decision, refused if the next renewal could not be priced: also one that comes only after a cancelled
    /// subscription was resumed, or a suspended one was paid.
    pub(crate) fn renewable(self, facts: &Facts<'_>) -> Result<Decision, Refusal> {
        let renewal = renewing::priced(&self.after, facts)?;
        Ok(self.with_renewal(Some(renewal)))
    }

    fn with_renewal(self, renewal: Option<RenewalPreview>) -> Decision {
        Decision {
            next_renewal: renewal.and_then(|renewal| renewing::to_come(&self.after, renewal)),
            after: self.after,
            charge: self.charge,
            tell: self.tell,
        }
    }
}
