//! The currency of prices and payment.

use crate::handler::chosen;
use crate::part::IntoPart;
use leptos::html::Select;
use leptos::prelude::*;
use onedesk_pricing::Currency;
use onedesk_texts::{Language, site};

use super::bound_input::bind_select;
use super::icon::Icon;
use crate::calculator::Calculator;
use crate::effect::effect;

/// The currencies of the price list, by their code.
#[component]
pub fn CurrencySelect(
    /// The calculator.
    calculator: Calculator,
    /// The language of its words.
    language: Language,
    /// The id of the list.
    #[prop(default = "currency")]
    id: &'static str,
) -> impl IntoView {
    let node = NodeRef::<Select>::new();
    let value = RwSignal::new(calculator.currency.get_untracked().code().to_owned());
    bind_select(node, value);
    effect(move || value.set(calculator.currency.get().code().to_owned()));
    let first = calculator.currency.get_untracked();
    let options = calculator.currencies().into_iter().map(|currency| {
        let code = currency.code();
        view! { <option value=code selected=currency == first>{code}</option> }
    });
    view! {
        <div class="field currency">
            <label class="field__label" for=id>{site::calculator(language).currency()}</label>
            <span class="select">
                <select
                    class="input"
                    node_ref=node
                    id=id
                    name="currency"
                    on:change:target=chosen(move |code| {
                        if let Ok(currency) = Currency::from_code(&code) {
                            calculator.currency.set(currency);
                        }
                    })
                >
                    {options.collect_view()}
                </select>
                <Icon icon=Icon::ChevronDown/>
            </span>
        </div>
    }
    .part()
}
