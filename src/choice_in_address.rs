//! Keeps a calculator and the address bar in step.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use onedesk_pricing::Choice;

use crate::browser;
use crate::calculator::Calculator;
use crate::choice::{self, Fault};
use crate::embedded_catalog::Catalog;

/// Applies the choice in the address to the calculator, once the page has been taken over, and from then on writes
/// every settled choice back, so that the address can be shared and survives a reload.
///
/// The signal holds what in the address could not be used. Until something is changed the address stays as it came.
pub fn keep(calculator: Calculator, catalog: Catalog, default: Choice) -> RwSignal<Vec<Fault>> {
    // The router's: when a link is followed, it knows the new address before the address bar does.
    let search = use_location().search;
    let faults = RwSignal::new(Vec::new());
    Effect::new(move |known: Option<Option<Choice>>| {
        let chosen = calculator.choice.get();
        match known {
            None => {
                let read = catalog.with(|view| choice::read(&search.read_untracked(), &view.price_list, &default));
                calculator.set(read.choice.clone());
                faults.set(read.faults);
                Some(read.choice)
            }
            Some(last) if chosen.is_none() || chosen == last => last,
            Some(_) => {
                if let Some(choice) = &chosen {
                    browser::replace_query(&choice::merged(&browser::query(), choice));
                }
                faults.set(Vec::new());
                chosen
            }
        }
    });
    faults
}
