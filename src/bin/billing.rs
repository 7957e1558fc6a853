//! Draws the screens of subscription, orders, invoices, billing details and history.

// As in the library, whose types this program puts together.
#![recursion_limit = "256"]

fn main() {
    leptos::mount::mount_to_body(onedesk_subscribe::application::billing::Billing);
}
