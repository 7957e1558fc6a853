//! What the browser application and the server say to each other.
//!
//! - **One type for both ends.** A request is serialised by the same struct that the server reads, so the two
//!   cannot drift apart.
//! - **Parse, don't check.** What a person types becomes a value of [`fields`] in one place; the form shows the
//!   very [`FieldError`]s that the server would answer with status 422.
//! - **Amounts belong to `onedesk_pricing`, tax to `onedesk_tax`.** Nothing here adds or multiplies.
//!
//! The crate has no I/O and no clock. Instants cross the wire as RFC 3339 text in UTC, dates as `YYYY-MM-DD` in
//! the account's time zone.

pub mod account;
pub mod billing;
pub mod catalog;
pub mod chat;
pub mod entitlements;
pub mod fields;
pub mod history;
pub mod invoices;
pub mod orders;
pub mod pages;
pub mod problem;
pub mod sign_in;
pub mod sign_up;
pub mod subscription;
mod time;
pub mod users;
pub mod widget;

pub use fields::{FieldError, FieldErrors};
pub use onedesk_pricing as pricing;
pub use onedesk_tax as tax;
pub use problem::{Problem, ProblemType};

/// An instant in UTC, RFC 3339 on the wire.
pub type Instant = jiff::Timestamp;
/// A day of the civil calendar in the account's time zone.
pub type Date = jiff::civil::Date;
