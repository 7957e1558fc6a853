//! The server over real HTTP, with a real database file: one module a resource.
#![expect(
    clippy::unwrap_used,
    reason = "a test that unwraps nothing ends with the place where it failed"
)]

mod attacks;
mod attacks_wire;
mod billing_details;
mod forms;
mod guards;
mod invoices;
mod mail;
mod orders;
mod orders_keys;
mod orders_requests;
mod orders_shop;
mod pages;
mod payments;
mod payments_notifications;
mod payments_page;
mod payments_users;
mod sandbox;
mod server;
mod sign_in;
mod sign_up;
mod staff;
mod staff_marking;
mod starting;
mod subscriptions;
mod taxes;
mod transfers;
mod trial_letters;
mod trial_letters_once;
mod users;
