//! VAT numbers, rates of value added tax, which of them a sale gets, and the amounts at the foot of an invoice.
//!
//! # Principles
//!
//! **Pure and small.** Nothing here reads a clock, a file or a network, so the browser previews the tax that the server
//! charges. Looking a number up in a register is somebody else's work; its answer comes in as a [`VatStanding`].
//!
//! **Prices are without tax.** Tax is worked out on the sum of an invoice's lines and rounded once
//! ([`Treatment::tax_on`]); account credit is settled after it ([`totals`]).
//!
//! **An error, never a wrong number.** A rate that is not known is [`UnknownRate`], not 0. Nothing panics, whatever
//! the text, date or amount.
//!
//! **Parsed once.** A [`VatNumber`] can only be held with its country's form and, where they are published, its check
//! digits: a slip of the pen is found while it is typed, without asking anybody.
//!
//! **Rates are data** ([`TaxRates`]), each with the day from which it holds.
//!
//! # A sale
//!
//! A French seller invoices a business in Germany, whose number was looked up, and a consumer there:
//!
//! ```
//! use onedesk_pricing::{Currency, Date, Money};
//! use onedesk_tax::{
//!     Buyer, Country, KnownVat, Seller, TaxRates, TreatmentKind, VatNumber, VatStanding, totals, treatment,
//! };
//!
//! let rates: TaxRates = serde_json::from_str(
//!     r#"{"countries":[{"country":"DE","rates":[{"from":"2021-01-01","percent":"19"}]}]}"#,
//! )?;
//! let (seller, germany) = (Seller { country: Country::parse("FR")? }, Country::parse("DE")?);
//! let today = Date::constant(2026, 11, 22);
//! let number = VatNumber::parse("de 123.456.788")?;
//! assert_eq!(number.to_string(), "DE123456788");
//!
//! let business = Buyer { country: germany, vat: Some(KnownVat { number, standing: VatStanding::Confirmed }) };
//! let tax = treatment(&seller, &business, &rates, today)?;
//! assert_eq!((tax.kind, tax.category_code()), (TreatmentKind::ReverseCharge, "AE"));
//!
//! let tax = treatment(&seller, &Buyer { country: germany, vat: None }, &rates, today)?;
//! let line = Money::parse("431.64", Currency::EUR)?;
//! let credit = Money::parse("13.65", Currency::EUR)?;
//! let foot = totals([line], &tax, credit)?;
//! assert_eq!(foot.tax, Money::parse("82.01", Currency::EUR)?); // 431.64 × 19 % = 82.0116
//! assert_eq!(foot.due, Money::parse("500.00", Currency::EUR)?); // 513.65 − 13.65
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

// A panic in the middle of an invoice is as bad as a wrong amount: these stand on top of the workspace lints.
#![deny(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unreachable,
    clippy::unwrap_used
)]

pub mod country;
mod invoice_category;
pub mod rate;
pub mod tax_rates;
pub mod totals;
pub mod treatment;
pub mod vat_number;

pub use country::{Country, NotACountry};
pub use rate::{NotAPercentage, Rate};
pub use tax_rates::{CountryRates, RateFrom, RatesMistake, TaxRates};
pub use totals::{Totals, totals};
pub use treatment::{Buyer, KnownVat, Seller, Treatment, TreatmentKind, UnknownRate, VatStanding, treatment};
pub use vat_number::{OtherCountry, VatNumber, VatNumberError};
