//! Renewals: before, and after one that billed more than was scheduled.

use jiff::civil::Date;
use onedesk_pricing::{Choice, Money, ScheduledChange, Seats};
use onedesk_texts::{format, mail, shared};

use super::{language_of, product, to_subscription};
use crate::history::scheduled;
use crate::mail::{Draft, Letter};
use crate::state::AppState;
use crate::store::entities::{accounts, users};

/// A renewal that comes soon.
#[derive(Clone, Copy, Debug)]
pub struct ComingRenewal<'a> {
    /// Its day, in the account's time zone.
    pub on: Date,
    /// What will be subscribed to from then on.
    pub choice: &'a Choice,
    /// What of it was scheduled.
    pub scheduled: &'a ScheduledChange,
    /// What it costs with tax.
    pub gross: Money,
    /// Account credit that pays for a part of it.
    pub credit_used: Money,
    /// What will be charged.
    pub due: Money,
    /// To which card; none if none is stored.
    pub card: Option<&'a str>,
}

/// A renewal that billed more licences than were to be, as there are more active users.
#[derive(Clone, Copy, Debug)]
pub struct RaisedRenewal<'a> {
    /// Its day, in the account's time zone.
    pub on: Date,
    /// The licences that were scheduled.
    pub scheduled: Seats,
    /// The licences that were billed: one for each active user.
    pub billed: Seats,
    /// What they cost, with tax.
    pub gross: Money,
    /// The number of the invoice.
    pub invoice: &'a str,
}

/// Seven days before an annual renewal.
pub fn renewal_notice(
    state: &AppState,
    account: &accounts::Model,
    to: &users::Model,
    renewal: &ComingRenewal<'_>,
) -> Letter {
    let language = language_of(to);
    let texts = mail::renewal_notice(language);
    let day = format::date(language, renewal.on);
    let money = |amount| format::money(language, amount);
    let choice = renewal.choice;
    let renewed = texts.renewed_as(
        state.catalog.plan_name(language, &choice.plan),
        shared::unit(language).licences(choice.seats.get().into()),
        scheduled::billed(language, choice.period),
    );
    let mut facts = vec![
        (texts.renewed().to_owned(), renewed),
        (texts.gross().to_owned(), money(renewal.gross)),
    ];
    if !renewal.credit_used.is_zero() {
        facts.push((texts.credit().to_owned(), money(renewal.credit_used)));
    }
    facts.push((texts.due().to_owned(), money(renewal.due)));
    let needs_card = renewal.card.is_none() && !renewal.due.is_zero();
    facts.extend(
        renewal
            .card
            .filter(|_| !renewal.due.is_zero())
            .map(|card| (texts.card().to_owned(), card.to_owned())),
    );
    let mut paragraphs = vec![texts.lead(product(state), &account.company, &day)];
    if *renewal.scheduled != ScheduledChange::default() {
        paragraphs.push(texts.scheduled(scheduled::change(language, &state.catalog, renewal.scheduled)));
    }
    paragraphs.push(if needs_card {
        texts.needs_card(&day)
    } else {
        texts.nothing_to_do(&day)
    });
    Draft {
        subject: texts.subject(product(state), &day),
        name: to.name.clone(),
        paragraphs,
        facts,
        action: Some(to_subscription(state, texts.action())),
        notes: vec![texts.may_differ().to_owned()],
        ..Draft::default()
    }
    .letter(state, "renewal_notice", language, &to.email)
}

/// After a renewal that billed more licences than were scheduled (billing rules, “Licences and users”).
pub fn renewal_raised(
    state: &AppState,
    account: &accounts::Model,
    to: &users::Model,
    renewal: &RaisedRenewal<'_>,
) -> Letter {
    let language = language_of(to);
    let texts = mail::renewal_raised(language);
    let licences = |seats: Seats| shared::unit(language).licences(seats.get().into());
    Draft {
        subject: texts.subject(renewal.billed.get().into(), product(state)),
        name: to.name.clone(),
        paragraphs: vec![
            texts.lead(
                product(state),
                &account.company,
                format::date(language, renewal.on),
            ),
            texts.why().to_owned(),
        ],
        facts: vec![
            (texts.scheduled().to_owned(), licences(renewal.scheduled)),
            (texts.billed().to_owned(), licences(renewal.billed)),
            (texts.gross().to_owned(), format::money(language, renewal.gross)),
            (texts.invoice().to_owned(), renewal.invoice.to_owned()),
        ],
        action: Some(to_subscription(state, texts.action())),
        notes: vec![texts.to_do().to_owned()],
        ..Draft::default()
    }
    .letter(state, "renewal_raised", language, &to.email)
}
