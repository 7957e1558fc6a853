//! Money, price list, quotes, billing periods, proration and subscription changes.
//!
//! # Principles
//!
//! **One calculation.** The calculator in the browser, previews, orders, invoices and renewals call the same
//! functions of this crate. There is no second place where an amount is worked out.
//!
//! **Pure.** Nothing here reads a clock, a file or a network, and nothing waits. Dates and instants come in as
//! arguments, so a year of renewals can be walked through in a test.
//!
//! **Whole minor units, no floats.** An amount is a whole number of its currency's minor units, kept with its
//! currency. What has to be divided is divided once, exactly, and rounded once ([`Money::prorate`]).
//!
//! **An error, never a wrong number.** Overflow, two currencies in one sum or a date outside its period are
//! refused. Nothing is clamped to a plausible amount, and nothing panics, whatever the seats, price or date.
//!
//! **Parsed once.** [`Seats`], [`PlanId`] and [`Currency`] can only be held when valid; what a person typed is
//! judged where it is parsed.
//!
//! The rules are those of the project's *Billing rules*; the documentation of each module names the headings that it
//! implements ("Money", "Price", "Billing period", "Proration", "Changes"). What those rules say about users,
//! payments and orders is not here: this crate knows amounts and dates only.
//!
//! # A quote
//!
//! ```
//! use onedesk_pricing::{BillingPeriod, Choice, Currency, Money, PlanId, PriceList, Seats, quote};
//!
//! # let json = r#"{"version":"1","currencies":["EUR"],"max_seats":500,"trial":{"days":14,"plan":"premium"},
//! #   "proration":"day","plans":[{"id":"premium","prices":[{"currency":"EUR",
//! #   "monthly":{"minor":1499,"currency":"EUR"},"annual":{"minor":1199,"currency":"EUR"}}]}]}"#;
//! # let list: PriceList = serde_json::from_str(json)?;
//! let choice = Choice {
//!     plan: "premium".parse::<PlanId>()?,
//!     seats: Seats::parse("3")?,
//!     period: BillingPeriod::Annual,
//!     currency: Currency::EUR,
//! };
//! let quote = quote(&list, &choice)?;
//! assert_eq!(quote.total, Money::parse("431.64", Currency::EUR)?); // 11.99 × 12 months × 3 licences
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

// An amount that panics in the middle of an order is as bad as a wrong one: these stand on top of the workspace lints.
#![deny(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unreachable,
    clippy::unwrap_used
)]

pub mod changes;
pub mod choice;
pub mod credit;
pub mod currency;
pub mod money;
pub mod period;
pub mod plan;
pub mod price_list;
pub mod proration;
pub mod quote;
pub mod renewal;
pub mod seats;
pub mod term;

pub use changes::{
    ChangeError, ChangePreview, ChangeTiming, add_seats, classify, preview_change, raise_plan,
    switch_to_annual,
};
pub use choice::Choice;
pub use credit::InvoiceAmounts;
pub use currency::{Currency, UnknownCurrency};
pub use jiff::civil::Date;
pub use money::{Money, MoneyError};
pub use period::{BillingPeriod, Period, PeriodError, UnknownBillingPeriod};
pub use plan::{PlanId, PlanIdError};
pub use price_list::{PlanPrices, PriceList, ProrationUnit, Trial, UnitPrice};
pub use proration::{ProrationError, prorate_by_day, prorate_by_second};
pub use quote::{Fraction, Line, LineKind, Quote, QuoteError, Saving, quote, saving};
pub use renewal::{RenewalPreview, ScheduledChange, preview_held_renewal, preview_renewal, schedule};
pub use seats::{Seats, SeatsError};
pub use term::{Moment, Term};
