//! The letter that confirms a change for which nothing was charged. One that was charged is told by its receipt.

use onedesk_contract::subscription::RenewalView;
use onedesk_pricing::{BillingPeriod, ScheduledChange};
use onedesk_subscription::{Decision, Event};
use onedesk_texts::{Language, format, mail};

use crate::mail::{Action, Draft, Letter};
use crate::state::AppState;
use crate::store::entities::{accounts, users};

/// To the user who made the change.
pub fn letter(
    state: &AppState,
    user: &users::Model,
    account: &accounts::Model,
    decision: &Decision,
    renewal: Option<&RenewalView>,
) -> Letter {
    let language: Language = user.language.parse().unwrap_or_default();
    let texts = mail::change_confirmed(language);
    let product = &state.catalog.vendor().name;
    let mut told = Vec::new();
    let mut facts = scheduled(state, language, decision);
    for event in &decision.tell {
        match event {
            Event::Cancelled { ends_on } => told.push(texts.cancelled(format::date(language, *ends_on))),
            Event::Ended { on } => told.push(texts.ended(format::date(language, *on))),
            Event::Resumed { renews_on } => told.push(texts.resumed(format::date(language, *renews_on))),
            // A part of the facts; or charged, and told by the receipt; or brought about by time.
            _ => {}
        }
    }
    if let Some(renewal) = renewal {
        let amount = format::money(language, renewal.totals.due);
        let renewal = texts.renewal_amount(format::date(language, renewal.on), amount);
        facts.push((texts.renewal().to_owned(), renewal));
    }
    Draft {
        subject: texts.subject(product),
        name: user.name.clone(),
        paragraphs: std::iter::once(texts.lead(product, &account.company))
            .chain(told)
            .collect(),
        facts,
        action: Some(Action {
            label: texts.action().to_owned(),
            url: state.public_url.to("/app/administration/subscription"),
        }),
        ..Draft::default()
    }
    .letter(state, "change_confirmed", language, &user.email)
}

/// What a decision puts off to the renewal, or no longer does: a name and a part of it each.
pub fn scheduled(state: &AppState, language: Language, decision: &Decision) -> Vec<(String, String)> {
    let texts = mail::change_confirmed(language);
    let mut facts = Vec::new();
    for event in &decision.tell {
        let (name, change) = match event {
            Event::ChangeScheduled { change, on } => (texts.scheduled(format::date(language, *on)), change),
            Event::ChangeWithdrawn { change } => (texts.withdrawn().to_owned(), change),
            _ => continue,
        };
        facts.extend(parts(state, language, change).map(|part| (name.clone(), part)));
    }
    facts
}

/// The parts of a scheduled change in words.
fn parts(
    state: &AppState,
    language: Language,
    change: &ScheduledChange,
) -> impl Iterator<Item = String> + use<> {
    let texts = mail::change_confirmed(language);
    let plan = change
        .plan
        .as_ref()
        .map(|plan| texts.plan(state.catalog.plan_name(language, plan)));
    let seats = change.seats.map(|seats| texts.seats(seats.get().into()));
    let period = change.period.map(|period| match period {
        BillingPeriod::Monthly => texts.monthly().to_owned(),
        BillingPeriod::Annual => texts.annual().to_owned(),
    });
    let currency = change.currency.map(|currency| texts.currency(currency.code()));
    [plan, seats, period, currency].into_iter().flatten()
}
