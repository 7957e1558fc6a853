//! What a change does, in words: the same on the summary, in the question, on the button and in the news of it.

use leptos::prelude::With;
use onedesk_pricing::Date;
use onedesk_subscription::{Request, ScheduledPart, Subscription};
use onedesk_texts::{changes, format};

use super::doing::{Doing, doings};
use super::outlook::{NO_CHANGE, NOT_SOLD, Outlook, TOO_FEW_LICENCES};
use crate::session::Account;

/// Each thing that a change does, as a line.
pub fn said(account: Account, before: &Subscription, outlook: &Outlook) -> Vec<String> {
    let language = account.language;
    let texts = changes::doing(language);
    let after = &outlook.after;
    let renewal = format::date(language, renewal_day(outlook));
    let line = |doing| match doing {
        Doing::AddLicences { added, total } => {
            texts.add_licences(added.into(), format::number(language, total.into()))
        }
        Doing::RaisePlan(plan) => texts.raise_plan(
            account.catalog.plan_name(&plan),
            account.catalog.plan_name(&before.term.plan),
        ),
        Doing::GoAnnual => texts.go_annual().to_owned(),
        Doing::Schedule(part) => texts.scheduled(&renewal, scheduled(account, part, after)),
        Doing::Withdraw(part) => texts.withdrawn(scheduled(account, part, before)),
        Doing::Cancel { ends_on } => texts.cancelled(format::date(language, ends_on)),
        Doing::Resume => texts.resumed(&renewal),
    };
    doings(before, after).into_iter().map(line).collect()
}

/// What is scheduled for a part: *5 licences instead of 10*. Empty if nothing is.
pub fn scheduled(account: Account, part: ScheduledPart, subscription: &Subscription) -> String {
    let texts = changes::part(account.language);
    let (term, scheduled) = (&subscription.term, &subscription.scheduled);
    let words = match part {
        ScheduledPart::Plan => scheduled.plan.as_ref().map(|plan| {
            let name = |plan| account.catalog.plan_name(plan);
            texts.plan(name(plan), name(&term.plan))
        }),
        ScheduledPart::Seats => scheduled.seats.map(|seats| {
            let old = format::number(account.language, term.seats.get().into());
            texts.licences(seats.get().into(), old)
        }),
        ScheduledPart::Period => scheduled.period.map(|_| texts.period().to_owned()),
        ScheduledPart::Currency => scheduled
            .currency
            .map(|currency| texts.currency(currency.code(), term.currency().code())),
    };
    words.unwrap_or_default()
}

/// The day on which what is scheduled takes effect.
fn renewal_day(outlook: &Outlook) -> Date {
    let next = outlook.next_renewal.as_ref();
    next.map_or(outlook.after.term.renews_on(), |next| next.on)
}

/// What the button does that makes the change: *Add 3 licences – pay €47.20 today*.
pub fn button(account: Account, before: &Subscription, outlook: &Outlook) -> String {
    let language = account.language;
    let texts = changes::button(language);
    match outlook.request {
        Request::Change(_) => {}
        Request::Withdraw(_) => return texts.withdraw().to_owned(),
        Request::Cancel => return texts.cancel().to_owned(),
        Request::Resume => return texts.resume().to_owned(),
    }
    if outlook.today.is_none() {
        return texts.schedule(format::date(language, renewal_day(outlook)));
    }
    let mut doings = doings(before, &outlook.after);
    let what = match (doings.pop(), doings.is_empty()) {
        (Some(Doing::AddLicences { added, .. }), true) => texts.add_licences(added.into()),
        (Some(Doing::RaisePlan(plan)), true) => texts.raise_plan(account.catalog.plan_name(&plan)),
        (Some(Doing::GoAnnual), true) => texts.go_annual().to_owned(),
        _ => texts.several().to_owned(),
    };
    let due = outlook.due();
    if due.is_zero() {
        texts.free(what)
    } else {
        texts.pay(what, format::money(language, due))
    }
}

/// When the next renewal comes and what it costs; or that none comes.
pub fn renewal(account: Account, outlook: &Outlook) -> String {
    let language = account.language;
    let texts = changes::summary(language);
    let Some(next) = &outlook.next_renewal else {
        return texts.no_renewal().to_owned();
    };
    let mut words = texts.renewal(
        format::money(language, next.totals.due),
        format::date(language, next.on),
    );
    if outlook.anchor_moves {
        words.push(' ');
        words.push_str(texts.anchor());
    }
    words
}

/// Why a change is refused, and what to do, by the server's word for it.
pub fn refusal(account: Account, reason: &str) -> String {
    let texts = changes::refusal(account.language);
    let details = account.session.changes.details();
    let date = || {
        let renews_on = details.with(|details| {
            details
                .as_ref()
                .map(|details| details.subscription.term.renews_on())
        });
        renews_on.map_or_else(String::new, |on| format::date(account.language, on))
    };
    match reason {
        NO_CHANGE => texts.no_change(),
        "mixed-timing" => texts.mixed_timing(),
        "payment-overdue" => return texts.payment_overdue(date()),
        "renewal-due" => return texts.renewal_due(date()),
        "already-cancelled" => return texts.already_cancelled(date()),
        "ended" => texts.ended(),
        "too-large" => texts.too_large(),
        NOT_SOLD => texts.not_sold(),
        TOO_FEW_LICENCES => {
            let users = account.view.with(|view| view.active_users);
            return texts.users(users.into());
        }
        _ => texts.not_possible(),
    }
    .to_owned()
}
