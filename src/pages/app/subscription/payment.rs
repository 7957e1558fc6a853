//! What is paid with, and a renewal that is not paid.

use leptos::prelude::*;
use onedesk_contract::subscription::{PaymentMethodView, RenewalView, SubscriptionDetails};
use onedesk_subscription::Standing;
use onedesk_texts::{Language, changes, format};

use crate::change::desk::Subject;
use crate::components::button::{Button, ButtonKind};
use crate::pages::app::addresses;
use crate::part::{IntoPart, Part};
use crate::session::Account;

/// The renewal that is overdue: how much, what follows, and how to pay it; nothing if none is.
pub fn overdue(account: Account, details: &SubscriptionDetails) -> Part {
    let Some(renewal) = details.overdue.clone() else {
        return ().part();
    };
    let language = account.language;
    let texts = changes::overdue(language);
    let day = |date| format::date(language, date);
    let amount = format::money(language, renewal.totals.due);
    let was_due = day(details.subscription.term.renews_on());
    let follows = match details.subscription.standing {
        Standing::PastDue {
            next_retry: Some(on), ..
        } => Some(texts.retry(day(on))),
        Standing::Suspended { .. } => Some(texts.suspended().to_owned()),
        _ => None,
    };
    // Without a stored card, paying is paying with another one.
    let other = details.payment_method.is_some().then(|| {
        let press = pay(account, renewal.clone(), true);
        view! { <Button kind=ButtonKind::Secondary on_press=press>{texts.other()}</Button> }
    });
    let press = pay(account, renewal, false);
    view! {
        <section class="card card--attention" aria-labelledby="overdue-title">
            <h2 class="card__title" id="overdue-title">{texts.title()}</h2>
            <p>{texts.text(&amount, was_due)}" "{follows}</p>
            <div class="card__actions">
                <Button on_press=press>{changes::button(language).recover(&amount)}</Button>
                {other}
            </div>
            <p><a href=addresses::BILLING_DETAILS>{texts.replace()}</a></p>
        </section>
    }
    .late_part()
}

fn pay(account: Account, renewal: RenewalView, other_card: bool) -> Callback<leptos::ev::MouseEvent> {
    Callback::new(move |_| {
        account.session.changes.ask(Subject::Recovery {
            renewal: Box::new(renewal.clone()),
            other_card,
        });
    })
}

/// The stored card, and where everything about paying stands.
pub fn payment(account: Account, details: &SubscriptionDetails) -> Part {
    let language = account.language;
    let texts = changes::payment(language);
    let card = details.payment_method.as_ref();
    let card = card.map_or_else(|| texts.none().to_owned(), |card| card_words(language, card));
    let link = |words: &'static str, address: &'static str| view! { <li><a href=address>{words}</a></li> };
    view! {
        <section class="card" aria-labelledby="payment-title">
            <h2 class="card__title" id="payment-title">{texts.title()}</h2>
            <p>{card}</p>
            <ul class="payment-links">
                {link(texts.invoices(), addresses::INVOICES)}
                {link(texts.billing(), addresses::BILLING_DETAILS)}
                {link(texts.history(), addresses::HISTORY)}
            </ul>
        </section>
    }
    .late_part()
}

/// *Visa •••• 4242, valid until 12/2034*.
fn card_words(language: Language, card: &PaymentMethodView) -> String {
    let month = match card.expires.split_once('-') {
        Some((year, month)) => [month, "/", year].concat(),
        None => card.expires.clone(),
    };
    changes::payment(language).card(&card.label, month)
}
