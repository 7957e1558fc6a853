//! The billing period: a radio group whose labels hold price and saving, so that both are read out with the choice.

use crate::changing::{flag, text};
use crate::handler::handler;
use crate::part::IntoPart;
use leptos::html::Input;
use leptos::prelude::*;
use onedesk_pricing::BillingPeriod;
use onedesk_texts::{Language, format, site};

use super::amount::Amount;
use crate::calculator::Calculator;
use crate::effect::effect;

/// Monthly or annual, at the price of the chosen plan.
#[component]
pub fn PeriodChoice(
    /// The calculator.
    calculator: Calculator,
    /// The language of its words.
    language: Language,
    /// The name of the radio group: another one for each group of a page.
    #[prop(default = "period")]
    name: &'static str,
) -> impl IntoView {
    let option = move |period| view! { <PeriodOption calculator=calculator language=language name=name period=period/> };
    view! {
        <fieldset class="period">
            <legend class="field__label">{site::calculator(language).period()}</legend>
            <div class="period__options">{option(BillingPeriod::Monthly)} {option(BillingPeriod::Annual)}</div>
        </fieldset>
    }
    .part()
}

#[component]
fn PeriodOption(
    calculator: Calculator,
    language: Language,
    name: &'static str,
    period: BillingPeriod,
) -> impl IntoView {
    let texts = site::calculator(language);
    let node = NodeRef::<Input>::new();
    let checked = move || calculator.period.get() == period;
    let price = Signal::derive(move || calculator.chosen().and_then(|plan| plan.unit_price(period)));
    let saving = move || {
        let percent = calculator.chosen()?.saving_percent?;
        Some(texts.save(format::percent(language, percent)))
    };
    effect(move || {
        let checked = checked();
        if let Some(radio) = node.get() {
            radio.set_checked(checked);
        }
    });
    view! {
        <label class="period__option">
            <input
                class="period__radio"
                node_ref=node
                type="radio"
                name=name
                value=period.as_str()
                checked=untrack(checked)
                on:change=handler(move |_| calculator.period.set(period))
            />
            <span class="period__text">
                <span class="period__name">
                    {match period {
                        BillingPeriod::Monthly => texts.monthly(),
                        BillingPeriod::Annual => texts.annual(),
                    }}
                </span>
                <span class="period__price">
                    <Amount money=price language=language/>" "
                    <span class="period__unit">{texts.per_user_month()}</span>
                </span>
            </span>
            {(period == BillingPeriod::Annual).then(|| view! {
                <span class="period__saving badge" hidden=flag(move || saving().is_none())>
                    {text(move || saving().unwrap_or_default())}
                </span>
            })}
        </label>
    }
    .part()
}
