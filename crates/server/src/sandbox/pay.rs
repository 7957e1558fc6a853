//! The payment provider of the sandbox: a hosted page of our own with the well-known test cards.
//!
//! It is a program apart that happens to run in the same process: it keeps its own tables (`sandbox_checkouts`,
//! `sandbox_cards`, `sandbox_charges`, `sandbox_events`), knows orders only by the name that the seller gave, and reaches the rest of the server through
//! the same doors as a real provider: the [`Gateway`](crate::payments::Gateway) one way, signed notifications and the
//! buyer's browser the other way.
//!
//! - [`cards`]: the test cards and what each does.
//! - [`checkouts`]: what happens to a checkout.
//! - [`charges`]: stored cards, and what happens when they are charged.
//! - [`gateway`]: the seller's side.
//! - [`events`]: notifications, sent until they are received.
//! - [`page`], [`handlers`]: the buyer's side.
//! - [`overview`]: a look behind the scenes.

mod cards;
mod charges;
mod checkouts;
mod events;
mod expiry;
mod gateway;
mod handlers;
mod overview;
mod page;

pub use events::deliver_due;
pub use gateway::SandboxGateway;
pub use handlers::routes;
