//! The subscription, read by hand: see [`members`](super::members).
//!
//! Anything that is not of the documented shape makes the whole answer unreadable: nothing is shown or confirmed that was
//! guessed.

use onedesk_contract::subscription::{ChangeView, PaymentMethodView, RenewalView, SubscriptionDetails};
use onedesk_contract::tax::Totals;
use onedesk_pricing::{Currency, Moment, Money, Period, ScheduledChange, Seats, Term};
use onedesk_subscription::{Seen, Standing, Subscription};

use super::account::order_view;
use super::exchange::{Body, Method};
use super::members::Members;
use super::{Answer, ApiError, SignedIn};
use crate::change::outlook::Fresh;

impl SignedIn {
    /// `GET /api/subscription`: what is subscribed to, what is scheduled, and what comes next.
    pub async fn subscription(self) -> Answer<SubscriptionDetails> {
        read(
            self.ask(Method::Get, "/api/subscription", None, None).await?,
            subscription_details,
        )
    }
}

/// Reads the answer to a change or a recovery.
pub(super) fn change_view(body: Body) -> Answer<ChangeView> {
    read(body, |of| {
        Some(ChangeView {
            subscription: subscription_details(&of.object("subscription"))?,
            order: optional(of, "order", order_view).ok()?,
        })
    })
}

/// Reads the preview of a `preview-stale`.
pub(super) fn fresh_preview(problem: &str) -> Option<Fresh> {
    let of = Members::parse(problem)?.object("preview");
    let (seen, decision) = (
        of.object("preview").object("seen"),
        of.object("preview").object("decision"),
    );
    let (mut lines, mut anchor_moves) = (Vec::new(), false);
    if let Some(charge) = decision.some("charge") {
        (lines, anchor_moves) = (charge.json("lines")?, charge.json("anchor_moves")?);
    }
    Some(Fresh {
        seen: Seen {
            moment: moment(&seen.object("moment"))?,
            version: seen.json("version")?,
            price_list_version: seen.text("price_list_version"),
            net: seen.money("net")?,
        },
        after: subscription(&decision.object("after"))?,
        lines,
        anchor_moves,
        today: optional(&of, "today", totals).ok()?,
        next_renewal: optional(&of, "next_renewal", renewal).ok()?,
        treatment: of.json("treatment")?,
    })
}

/// Reads the body of `GET /api/subscription`.
pub fn subscription_details(of: &Members) -> Option<SubscriptionDetails> {
    Some(SubscriptionDetails {
        subscription: subscription(&of.object("subscription"))?,
        moment: moment(&of.object("moment"))?,
        active_users: of.json("active_users")?,
        overdue: optional(of, "overdue", renewal).ok()?,
        next_renewal: optional(of, "next_renewal", renewal).ok()?,
        credits: of.json::<Vec<Money>>("credits")?,
        payment_method: of.some("payment_method").map(|method| PaymentMethodView {
            label: method.text("label"),
            expires: method.text("expires"),
        }),
        treatment: of.json("treatment")?,
    })
}

pub(super) fn read<T>(body: Body, members: fn(&Members) -> Option<T>) -> Answer<T> {
    let unreadable = ApiError::Unreadable { status: body.status };
    Members::parse(&body.text)
        .as_ref()
        .and_then(members)
        .ok_or(unreadable)
}

/// Something is there, and is not of the documented shape.
pub(super) struct Unread;

/// What may be absent.
pub(super) fn optional<T>(
    of: &Members,
    name: &str,
    members: fn(&Members) -> Option<T>,
) -> Result<Option<T>, Unread> {
    match of.some(name) {
        Some(found) => members(&found).map(Some).ok_or(Unread),
        None => Ok(None),
    }
}

fn subscription(of: &Members) -> Option<Subscription> {
    let (term, scheduled) = (of.object("term"), of.object("scheduled"));
    let current = term.object("current");
    Some(Subscription {
        term: Term {
            plan: term.text("plan").parse().ok()?,
            seats: term.json("seats")?,
            period: term.text("period").parse().ok()?,
            unit_price: term.money("unit_price")?,
            anchor: term.date("anchor")?,
            current: Period {
                start: current.date("start")?,
                end: current.date("end")?,
            },
        },
        scheduled: ScheduledChange {
            plan: scheduled.text("plan").parse().ok(),
            seats: scheduled.json::<Option<Seats>>("seats").flatten(),
            period: scheduled.text("period").parse().ok(),
            currency: Currency::from_code(&scheduled.text("currency")).ok(),
        },
        cancels_at_period_end: of.json("cancels_at_period_end")?,
        standing: standing(of)?,
        version: of.json("version")?,
    })
}

fn standing(of: &Members) -> Option<Standing> {
    if of.text("standing") == "active" {
        return Some(Standing::Active);
    }
    let standing = of.some("standing")?;
    if let Some(due) = standing.some("past_due") {
        return Some(Standing::PastDue {
            since: due.date("since")?,
            failures: due.json::<u32>("failures")?.try_into().ok()?,
            next_retry: due.date("next_retry"),
        });
    }
    if let Some(suspended) = standing.some("suspended") {
        let since = suspended.date("since")?;
        return Some(Standing::Suspended { since });
    }
    let on = standing.some("ended")?.date("on")?;
    Some(Standing::Ended { on })
}

fn moment(of: &Members) -> Option<Moment> {
    let on = of.date("on")?;
    match of.text("unit").as_str() {
        "day" => Some(Moment::Day { on }),
        "second" => Some(Moment::Second {
            on,
            start: of.json("start")?,
            end: of.json("end")?,
            at: of.json("at")?,
        }),
        _ => None,
    }
}

fn renewal(of: &Members) -> Option<RenewalView> {
    Some(RenewalView {
        on: of.date("on")?,
        choice: of.json("choice")?,
        lines: of.json("lines")?,
        totals: totals(&of.object("totals"))?,
    })
}

fn totals(of: &Members) -> Option<Totals> {
    Some(Totals {
        net: of.money("net")?,
        tax: of.money("tax")?,
        gross: of.money("gross")?,
        credit_used: of.money("credit_used")?,
        credit_added: of.money("credit_added")?,
        due: of.money("due")?,
        credit_left: of.money("credit_left")?,
    })
}
