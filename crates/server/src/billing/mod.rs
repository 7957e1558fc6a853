//! Who is invoiced, and which tax follows from it.
//!
//! - [`details`] keeps an account's billing details. An account that never gave any is billed under its company's name,
//!   in its country.
//! - [`register`] is the edge to whoever knows which VAT numbers are given out; [`look_up`] asks there, again and again
//!   while nobody answers. Nothing waits for it: a number that is not yet known counts as valid.
//! - [`taxation`] finds the tax of a sale, [`words`] says it.

pub mod details;
pub mod look_up;
pub mod register;
pub mod taxation;
pub mod words;

pub use details::BillTo;
