//! What in an address could not be used.

use crate::changing::changing;
use crate::part::IntoPart;
use leptos::prelude::*;
use onedesk_pricing::BillingPeriod;
use onedesk_texts::{Language, shared, site};

use super::notice::{Notice, NoticeKind};
use crate::calculator::Calculator;
use crate::choice::Fault;
use crate::embedded_catalog::Catalog;

/// Says what in the address could not be used, and what is shown in its place.
#[component]
pub fn ChoiceFaults(
    /// What could not be used.
    faults: RwSignal<Vec<Fault>>,
    /// The calculator, for what is shown in its place.
    calculator: Calculator,
    /// The names of the plans.
    catalog: Catalog,
    /// The language of its words.
    language: Language,
) -> impl IntoView {
    let texts = site::choice(language);
    let sentence = move |fault: Fault| match fault {
        Fault::Plan(value) => texts.plan(value, catalog.plan_name(&calculator.plan.get_untracked())),
        Fault::Seats(value) => texts.seats(value, calculator.seats_text.get_untracked()),
        Fault::Period(value) => {
            let periods = shared::period(language);
            texts.period(
                value,
                match calculator.period.get_untracked() {
                    BillingPeriod::Monthly => periods.billed_monthly(),
                    BillingPeriod::Annual => periods.billed_annually(),
                },
            )
        }
        Fault::Currency(value) => texts.currency(value, calculator.currency.get_untracked()),
    };
    // Always there, so that a screen reader notices what is put into it.
    view! {
        <div class="choice-faults" role="status">
            {changing(move || {
                let faults = faults.get();
                (!faults.is_empty()).then(|| {
                    let lines = faults.into_iter().map(|fault| view! { <p>{sentence(fault)}</p> }).collect_view();
                    view! { <Notice kind=NoticeKind::Warning title=texts.title()>{lines}</Notice> }
                })
            })}
        </div>
    }
    .part()
}
