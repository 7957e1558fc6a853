//! Why a credit is not given.

use onedesk_contract::fields::FieldError;
use onedesk_pricing::{Currency, Money, MoneyError};
use onedesk_texts::{Language, format};

use super::MOST;
use crate::invoices::InvoiceNumber;

/// Why not. Nothing was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The amount cannot be read in its currency.
    Amount(MoneyError),
    /// Nothing, or less.
    NotAboveZero,
    /// There is no such currency.
    UnknownCurrency(String),
    /// The account is not charged in this currency.
    OtherCurrency {
        /// The one that was asked for.
        wanted: Currency,
        /// Those that it is charged in.
        usable: Vec<Currency>,
    },
    /// More than an account may have.
    TooMuch {
        /// What it has.
        has: Money,
    },
    /// There is no reason, or one that cannot be shown.
    Reason(FieldError),
    /// The key came before with another credit.
    KeyReused {
        /// The document of that one.
        number: InvoiceNumber,
    },
}

impl Refusal {
    /// For the staff: what is wrong, and what to do. In English, as their pages are.
    pub fn told(&self) -> String {
        let money = |amount| format::money(Language::En, amount);
        let why = match self {
            Self::Amount(MoneyError::TooManyDigits { currency, max: 0 }) => {
                format!("{} has no decimals: write a whole amount", currency.code())
            }
            Self::Amount(MoneyError::TooManyDigits { currency, max }) => format!(
                "{} has {max} decimals at most: write the amount with no more, and without separators of thousands",
                currency.code()
            ),
            Self::Amount(MoneyError::Overflow) => "The amount is larger than can be kept".to_owned(),
            Self::Amount(_) => "The amount is no number: write it such as 20.00".to_owned(),
            Self::NotAboveZero => {
                "The amount has to be above zero: credit cannot be taken away here".to_owned()
            }
            Self::UnknownCurrency(code) => {
                format!("{code:?} is no currency: write its code of three letters, such as EUR")
            }
            Self::OtherCurrency { wanted, usable } => {
                let usable: Vec<&str> = usable.iter().map(Currency::code).collect();
                format!(
                    "The account is charged in {}, and credit in {} would pay for nothing: give it in {}",
                    usable.join(" or "),
                    wanted.code(),
                    usable.join(" or ")
                )
            }
            Self::TooMuch { has } => format!(
                "The account has {} of credit, and may have {} at most",
                money(*has),
                money(Money::new(MOST, has.currency))
            ),
            Self::Reason(FieldError::Required) => {
                "A reason is missing: the customer reads it on the document and in the letter".to_owned()
            }
            Self::Reason(error) => format!("The reason {error}: write a sentence or two, without links"),
            Self::KeyReused { number } => format!(
                "This was sent before with another amount or reason, and {number} was made of it: look at the account, and begin \
                 anew if more is to be given"
            ),
        };
        format!("{why}. No credit was given.")
    }
}
