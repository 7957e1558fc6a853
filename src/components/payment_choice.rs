//! By card or by bank transfer.

use leptos::prelude::*;
use onedesk_contract::orders::PaymentWay;
use onedesk_texts::{Language, admin};

use crate::handler::handler;
use crate::part::IntoPart;

/// A group of two radio buttons.
#[component]
pub fn PaymentChoice(
    /// What is chosen.
    value: RwSignal<PaymentWay>,
    /// The language of its words.
    language: Language,
) -> impl IntoView {
    let texts = admin::transfer(language);
    let option = move |way: PaymentWay, name: &'static str, what: &'static str| {
        view! {
            <label class="choice">
                <input
                    class="choice__radio"
                    type="radio"
                    name="payment"
                    prop:checked=move || value.get() == way
                    on:change=handler(move |_| value.set(way))
                />
                <span class="choice__text"><span class="choice__name">{name}</span>" "<span class="choice__what">{what}</span></span>
            </label>
        }
    };
    view! {
        <fieldset class="field choices">
            <legend class="field__label">{texts.way()}</legend>
            {option(PaymentWay::Card, texts.way_card(), texts.way_card_what())}
            {option(PaymentWay::Transfer, texts.way_transfer(), texts.way_transfer_what())}
        </fieldset>
    }
    .part()
}
