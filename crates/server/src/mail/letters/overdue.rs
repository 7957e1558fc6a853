//! A renewal that is not paid, and what comes of it; the end of a cancelled subscription.

use jiff::civil::Date;
use onedesk_pricing::Money;
use onedesk_texts::{format, mail};

use super::{language_of, product, to_subscription};
use crate::mail::{Draft, Letter};
use crate::state::AppState;
use crate::store::entities::{accounts, users};

/// A renewal that could not be charged.
#[derive(Clone, Copy, Debug)]
pub struct FailedPayment<'a> {
    /// Which try it was: 1 on the day of the renewal.
    pub attempt: u8,
    /// What was to be charged, with tax and without what account credit pays.
    pub amount: Money,
    /// The card, such as `Visa •••• 4242`; none if none is stored.
    pub card: Option<&'a str>,
    /// Why it could not be charged.
    pub why: WhyNotCharged,
    /// The day of the next try; none after the last.
    pub next_retry: Option<Date>,
}

/// Why a stored card could not be charged: what there is to do about it differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyNotCharged {
    /// Its bank declined.
    Declined,
    /// Its month is over.
    Expired,
    /// Its bank wants the holder to confirm.
    NeedsHolder,
}

/// An account whose subscription is suspended or over: only its owner can still sign in.
#[derive(Clone, Copy, Debug)]
pub struct WithoutSubscription<'a> {
    /// The day of suspension, or the first day without the subscription; in the account's time zone.
    pub since: Date,
    /// Users who were deactivated by it.
    pub deactivated: usize,
    /// Who can still sign in.
    pub owner: &'a users::Model,
}

/// After each try that failed, the last one excepted where [`suspended`] follows at once.
pub fn payment_failed(
    state: &AppState,
    account: &accounts::Model,
    to: &users::Model,
    failed: &FailedPayment<'_>,
) -> Letter {
    let language = language_of(to);
    let texts = mail::payment_failed(language);
    let mut facts = vec![(texts.amount().to_owned(), format::money(language, failed.amount))];
    facts.extend(failed.card.map(|card| (texts.card().to_owned(), card.to_owned())));
    facts.push((texts.attempt().to_owned(), failed.attempt.to_string()));
    let next = failed.next_retry.map(|day| format::date(language, day));
    facts.extend(next.clone().map(|day| (texts.next_try().to_owned(), day)));
    let reason = match failed.card {
        Some(card) => texts.lead(product(state), &account.company, card),
        None => texts.lead_without_card(product(state), &account.company),
    };
    let cause = failed.card.and_then(|_| match failed.why {
        WhyNotCharged::Declined => None,
        WhyNotCharged::Expired => Some(texts.expired().to_owned()),
        WhyNotCharged::NeedsHolder => Some(texts.needs_holder().to_owned()),
    });
    let what_follows = match next {
        Some(day) => texts.goes_on(day),
        None => texts.no_next_try().to_owned(),
    };
    Draft {
        subject: texts.subject(product(state)),
        name: to.name.clone(),
        paragraphs: std::iter::once(reason)
            .chain(cause)
            .chain([what_follows])
            .collect(),
        facts,
        action: Some(to_subscription(state, texts.action())),
        notes: vec![texts.to_do().to_owned()],
        ..Draft::default()
    }
    .letter(state, "payment_failed", language, &to.email)
}

/// When the last try has failed.
pub fn suspended(
    state: &AppState,
    account: &accounts::Model,
    to: &users::Model,
    suspension: &WithoutSubscription<'_>,
) -> Letter {
    let language = language_of(to);
    let texts = mail::suspended(language);
    let day = format::date(language, suspension.since);
    let draft = Draft {
        subject: texts.subject(product(state)),
        paragraphs: vec![texts.lead(product(state), &account.company, day)],
        ..Draft::default()
    };
    let ways_on = WaysOn {
        to_do: texts.to_do(),
        action: texts.action(),
        ask_owner: texts.ask_owner(&suspension.owner.name, &suspension.owner.email),
    };
    without_subscription(state, to, suspension, draft, ways_on).letter(
        state,
        "suspended",
        language,
        &to.email,
    )
}

/// When a cancelled subscription has come to its end.
pub fn subscription_ended(
    state: &AppState,
    account: &accounts::Model,
    to: &users::Model,
    end: &WithoutSubscription<'_>,
) -> Letter {
    let language = language_of(to);
    let texts = mail::subscription_ended(language);
    let day = format::date(language, end.since);
    let draft = Draft {
        subject: texts.subject(product(state)),
        paragraphs: vec![texts.lead(product(state), &account.company, day)],
        ..Draft::default()
    };
    let ways_on = WaysOn {
        to_do: texts.to_do(),
        action: texts.action(),
        ask_owner: texts.ask_owner(&end.owner.name, &end.owner.email),
    };
    without_subscription(state, to, end, draft, ways_on).letter(
        state,
        "subscription_ended",
        language,
        &to.email,
    )
}

/// What brings the users back: for the owner, and for an admin, who is deactivated with the others.
struct WaysOn {
    to_do: &'static str,
    action: &'static str,
    ask_owner: String,
}

fn without_subscription(
    state: &AppState,
    to: &users::Model,
    account: &WithoutSubscription<'_>,
    mut draft: Draft,
    ways_on: WaysOn,
) -> Draft {
    // The same happens as at the end of a trial, and is told in the same words.
    let texts = mail::trial_ended(language_of(to));
    draft.name.clone_from(&to.name);
    draft.paragraphs.push(match account.deactivated {
        0 => texts.deactivated_nobody().to_owned(),
        users => texts.deactivated(u64::try_from(users).unwrap_or(u64::MAX)),
    });
    draft.paragraphs.push(texts.kept().to_owned());
    if to.id == account.owner.id {
        draft.paragraphs.push(ways_on.to_do.to_owned());
        draft.action = Some(to_subscription(state, ways_on.action));
    } else {
        // A button would lead to a door that is shut.
        draft.paragraphs.push(ways_on.ask_owner);
    }
    draft
}
