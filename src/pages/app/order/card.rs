//! An order that buys nothing: another card for later charges.

use leptos::prelude::*;
use onedesk_contract::orders::{OrderStatus, OrderView};
use onedesk_texts::{Language, billing, shared};

use crate::components::button::{ButtonKind, LinkButton};
use crate::pages::app::addresses;
use crate::part::IntoPart;

/// Whether the card was replaced, in a few words.
pub fn title(language: Language, status: OrderStatus) -> &'static str {
    let texts = billing::card(language);
    match status {
        OrderStatus::Paid => texts.replaced(),
        _ => texts.kept(),
    }
}

/// What follows, and the way on.
#[component]
pub fn CardReplacement(language: Language, order: OrderView) -> impl IntoView {
    let texts = billing::card(language);
    let words = match order.status {
        OrderStatus::Paid => texts.replaced_text(),
        _ => texts.kept_text(),
    };
    // There while it can still be done.
    let go_on = order.pay_url.map(|address| {
        view! { <LinkButton href=address external=true>{shared::action(language).proceed()}</LinkButton> }
    });
    view! {
        <p class="screen__lead">{words}</p>
        <div class="card__actions">
            {go_on}
            <LinkButton href=addresses::BILLING_DETAILS kind=ButtonKind::Secondary>{texts.back()}</LinkButton>
        </div>
    }
    .part()
}
