//! Draws the screens of subscription and orders.

// As in the library, whose types this program puts together.
#![recursion_limit = "256"]

use leptos::prelude::*;
use leptos::wasm_bindgen::throw_str;
use onedesk_subscribe::application::billing::Billing;
use onedesk_subscribe::spoken;

fn main() {
    match spoken::handed_over() {
        Some(language) => leptos::mount::mount_to_body(move || view! { <Billing language/> }),
        // The boot script says so, and offers to try again.
        None => throw_str("the texts are not those of this program"),
    }
}
