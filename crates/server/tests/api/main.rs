//! The server over real HTTP, with a real database file: one module a resource.
#![expect(clippy::unwrap_used, reason = "a test that unwraps nothing ends with the place where it failed")]

mod orders;
mod orders_keys;
mod orders_shop;
mod payments;
mod payments_page;
mod payments_users;
mod server;
mod sign_up;
