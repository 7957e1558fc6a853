//! The browser application of `OneDesk` Subscribe.
//!
//! Four programs share this library: `site` (pricing, sign-up, activation: rendered ahead of time by `prerender`, then
//! hydrated), `admin`, `billing` and `records` (the application behind the sign-in, drawn in the browser), and `widget` (the
//! calculator and the plans on a partner's page).
//!
//! - **State is a struct.** [`calculator::Calculator`] holds the choice in signals and everything that follows from it
//!   in memos; it is built once a screen and handed down.
//! - **The first render depends on the address alone**: not on clock, cookies, storage or the browser's language.
//!   Hydration takes over what stands on the page and mends no difference. What only the browser knows is applied in
//!   effects, which run after it.
//! - **A component a file**, with its styles in `style/` under the same name.

// A screen is one type, made of the types of all that it shows: deeper than the compiler expects of types.
#![recursion_limit = "256"]
// Screens hand down handles to signals, which are copied by design, and are small but in a debug build.
#![cfg_attr(debug_assertions, allow(clippy::large_types_passed_by_value))]

pub mod addresses;
pub mod api;
pub mod application;
pub mod browser;
pub mod calculator;
pub mod change;
pub mod changing;
pub mod choice;
pub mod choice_in_address;
pub mod components;
pub mod countries;
pub mod country_names;
pub mod effect;
pub mod embedded_catalog;
pub mod forms;
pub mod handler;
pub mod head;
pub mod language;
#[cfg(feature = "hydrate")]
pub mod language_offer;
pub mod markup;
#[cfg(feature = "hydrate")]
pub mod navigation;
pub mod order;
pub mod pages;
pub mod part;
pub mod printed;
pub mod session;
pub mod site;
pub mod spoken;
pub mod widget;
