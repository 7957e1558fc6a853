//! What the pages, the application and the e-mails say to people, in every language.
//!
//! - **Texts** stand in `locales/<language>/<area>.toml` and become, when the crate is built, a module an area
//!   ([`site`], [`admin`], [`mail`], [`shared`]) with a function a section: `site::pricing(language).title()`. The build
//!   refuses a text that a language lacks, has too much or fills differently, so that a missing text never reaches a
//!   screen. Native programs hold all texts, chosen by `match`; programs in the browser load those of one language
//!   ([`table`]).
//! - **[`Language`]** is an enum of the folders of `locales/`. A language is added by adding its folder, its plural forms
//!   (`build/plural.rs`) and its [`format::Conventions`].
//! - **[`mod@format`]** writes money, numbers and dates as each language does, without the browser's `Intl`: prerendered
//!   pages and the running application have to agree to the letter.
//! - **[`invoice_line`]** puts a line of an invoice into words and numbers, **[`field_error`]** the mistake of a field.
//!
//! Left out: the texts of the catalog (plans, features, questions), which are data of the vendor; they come with the
//! catalog file.

mod field_error;
mod fill;
pub mod format;
mod invoice_line;
mod language;
mod negotiation;
pub mod table;
mod tax_rate;
pub mod typography;

pub use field_error::field_error;
pub use invoice_line::{calculation, invoice_line};
pub use language::UnknownLanguage;
pub use negotiation::{from_accept_language, negotiate};
pub use tax_rate::tax_rate;

include!(concat!(env!("OUT_DIR"), "/texts.rs"));
