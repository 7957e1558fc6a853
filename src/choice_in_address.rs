//! Keeps a calculator and the address bar in step.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use onedesk_pricing::Choice;

use crate::browser;
use crate::calculator::Calculator;
use crate::choice::{self, Fault};
use crate::effect::effect;
use crate::embedded_catalog::Catalog;

/// Applies the choice in the address to the calculator, once the page has been taken over, and from then on writes
/// every settled choice back, so that the address can be shared and survives a reload.
///
/// The signal holds what in the address could not be used. Until something is changed the address stays as it came.
pub fn keep(calculator: Calculator, catalog: Catalog, default: Choice) -> RwSignal<Vec<Fault>> {
    // The router's: when a link is followed, it knows the new address before the address bar does.
    let search = use_location().search;
    keep_from(move || search.get_untracked(), calculator, catalog, default)
}

/// The same where there is no router; `query` is read once, when the calculator stands on the page.
pub fn keep_from(
    query: impl Fn() -> String + 'static,
    calculator: Calculator,
    catalog: Catalog,
    default: Choice,
) -> RwSignal<Vec<Fault>> {
    let faults = RwSignal::new(Vec::new());
    let mut known = None::<Choice>;
    effect(move || {
        let chosen = calculator.choice.get();
        if known.is_none() {
            let query = query();
            let read = catalog.with(|view| choice::read(&query, &view.price_list, &default));
            calculator.set(read.choice.clone());
            faults.set(read.faults);
            known = Some(read.choice);
        } else if let Some(choice) = chosen.filter(|chosen| known.as_ref() != Some(chosen)) {
            browser::replace_query(&choice::merged(&browser::query(), &choice));
            faults.set(Vec::new());
            known = Some(choice);
        }
    });
    faults
}
