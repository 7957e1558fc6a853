//! The bar that stays in view while the plans are compared.

use crate::changing::text;
use crate::part::IntoPart;
use leptos::prelude::*;
use onedesk_texts::{Language, site};

use crate::calculator::Calculator;
use crate::components::currency::CurrencySelect;
use crate::components::period::PeriodChoice;
use crate::components::seats::SeatsInput;
use crate::embedded_catalog::Catalog;

/// Users, billing period, currency.
#[component]
pub fn Controls(calculator: Calculator, catalog: Catalog, language: Language) -> impl IntoView {
    let texts = site::calculator(language);
    let plan = move || texts.at_plan(catalog.plan_name(&calculator.plan.read()));
    view! {
        <section class="controls" aria-label=texts.label()>
            <div class="controls__inner">
                <SeatsInput calculator=calculator language=language/>
                <div class="controls__period">
                    <PeriodChoice calculator=calculator language=language/>
                    <span class="controls__plan" aria-hidden="true">{text(plan)}</span>
                </div>
                <CurrencySelect calculator=calculator language=language/>
            </div>
        </section>
    }
    .part()
}
