//! The life of a subscription, from the first payment to its end.
//!
//! # Principles
//!
//! **One function decides.** A change to a subscription is [`decide`]d from what it is, what is asked and the facts of
//! the day: either a [`Decision`] (the subscription afterwards, what is charged, what is to be told) or a [`Refusal`].
//! The preview on the screen, the order, the scheduler and the tests call the same function.
//!
//! **Pure.** Nothing here reads a clock, a store or a network, and nothing waits. Who carries a decision out stores it
//! in one transaction, together with the invoice.
//!
//! **A decision is what holds once it is paid.** Where a decision has a [`Charge`], its `after` is the subscription
//! after the payment. If the payment fails, nothing of it holds; for a renewal [`Command::RenewalFailed`] follows.
//!
//! **Nothing is dropped in silence.** What is scheduled stays scheduled until it is withdrawn, has come true, or says
//! nothing any more; each of these is told as an [`Event`].
//!
//! **A refusal changes nothing**, and says what can be done instead.
//!
//! Amounts are those of `onedesk_pricing`, without tax: [`Charge::net`]. Tax and account credit are settled afterwards,
//! by who knows the buyer. The rules are those of the project's *Billing rules*; each module names the headings that
//! it implements. A payment that is under way is not known here either: who has sent one off answers it before the
//! next command.
//!
//! # Licences added
//!
//! ```
//! use onedesk_pricing::{BillingPeriod, Choice, Currency, Date, Moment, Money, PlanId, PriceList, Seats, Term};
//! use onedesk_subscription::{Facts, Request, Subscription, Wanted, decide};
//!
//! # let json = r#"{"version":"1","currencies":["EUR"],"max_seats":500,"trial":{"days":14,"plan":"premium"},
//! #   "proration":"day","plans":[{"id":"premium","prices":[{"currency":"EUR",
//! #   "monthly":{"minor":1500,"currency":"EUR"},"annual":{"minor":1200,"currency":"EUR"}}]}]}"#;
//! # let prices: PriceList = serde_json::from_str(json)?;
//! # let choice = Choice { plan: "premium".parse::<PlanId>()?, seats: Seats::parse("3")?,
//! #   period: BillingPeriod::Monthly, currency: Currency::EUR };
//! let bought = Term::begin(&choice, Money::parse("15.00", Currency::EUR)?, Date::constant(2026, 4, 1))?;
//! let subscription = Subscription::begin(bought);
//! let facts = Facts {
//!     prices: &prices,
//!     moment: Moment::Day { on: Date::constant(2026, 4, 16) },
//!     active_users: 3,
//! };
//! let two_more = Request::Change(Wanted { seats: Some(Seats::parse("5")?), ..Wanted::default() });
//! let decision = decide(&subscription, &two_more.into(), &facts)?;
//! // 2 licences × 15.00 × 15/30 days
//! assert_eq!(decision.charge.map(|charge| charge.net), Some(Money::parse("15.00", Currency::EUR)?));
//! assert_eq!(decision.after.term.seats, Seats::parse("5")?);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

// A decision that panics between a payment and its invoice is as bad as a wrong one: these stand on top of the
// workspace lints.
#![deny(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unreachable,
    clippy::unwrap_used
)]

mod cancelling;
mod changing;
pub mod command;
pub mod decision;
pub mod dunning;
pub mod event;
pub mod preview;
pub mod refusal;
mod renewing;
pub mod standing;
pub mod subscription;

pub use command::{Command, Facts, Request, ScheduledPart, Wanted};
pub use decision::{Charge, ChargeKind, Decision, NextRenewal, decide};
pub use event::Event;
pub use preview::{Preview, Seen, Unconfirmed, confirm, preview, preview_request};
pub use refusal::Refusal;
pub use standing::Standing;
pub use subscription::{Step, Subscription};
