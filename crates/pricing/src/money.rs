//! Amounts of money.
//!
//! Rule: *Money*. An amount is a whole number of minor units, 64 bits, with its currency. Sums and whole multiples are
//! exact; the one operation that rounds is [`Money::prorate`], through `rust_decimal`, half away from zero, once. What
//! does not fit is [`MoneyError::Overflow`], never a zero and never a wrapped number.

use std::cmp::Ordering;
use std::fmt;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

use crate::Currency;

/// An amount in a currency, in whole minor units: 11.99 EUR is 1199.
///
/// Compared only within one currency: amounts of two currencies are neither less, equal nor greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Money {
    /// The number of minor units (cents for EUR, whole yen for JPY, fils for KWD).
    #[cfg_attr(feature = "openapi", schema(example = 1199))]
    pub minor: i64,
    /// The currency; it decides how many digits of `minor` stand behind the decimal mark.
    pub currency: Currency,
}

/// Why an amount could not be had. Nothing was calculated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// The amount, or a step on the way to it, does not fit.
    #[error("the amount is too large to be calculated")]
    Overflow,
    /// Two currencies met in one calculation.
    #[error("{left} and {right} cannot be added or compared: prices are never converted")]
    CurrencyMismatch {
        /// The currency of the first amount.
        left: Currency,
        /// The currency of the second amount.
        right: Currency,
    },
    /// More decimal digits were written than the currency has.
    #[error("{currency} has {max} decimal digits at most")]
    TooManyDigits {
        /// The currency that the amount was read in.
        currency: Currency,
        /// How many digits it has.
        max: u32,
    },
    /// The text is no amount: digits, with a point before the decimals.
    #[error("not an amount: digits, and a point before the decimals")]
    NotANumber,
    /// A fraction of nothing was asked for.
    #[error("an amount cannot be divided by zero")]
    DivisionByZero,
}

impl Money {
    /// An amount of so many minor units.
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing, in a currency.
    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// Reads an amount of major units: `11.99`, `-0.5`, `1200`. A point, no grouping, no sign but a leading `-`.
    ///
    /// The inverse of [`Money::to_decimal_string`].
    ///
    /// # Errors
    /// [`MoneyError::TooManyDigits`] if the currency has fewer decimals (they are not rounded away, zeros neither),
    /// [`MoneyError::NotANumber`] for any other text, [`MoneyError::Overflow`] for what does not fit.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let (negative, number) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, decimals) = match number.split_once('.') {
            Some((_, "")) => return Err(MoneyError::NotANumber),
            Some(parts) => parts,
            None => (number, ""),
        };
        if whole.is_empty()
            || !whole
                .bytes()
                .chain(decimals.bytes())
                .all(|byte| byte.is_ascii_digit())
        {
            return Err(MoneyError::NotANumber);
        }
        let max = currency.digits();
        let missing = usize::try_from(max)
            .ok()
            .and_then(|max| max.checked_sub(decimals.len()))
            .ok_or(MoneyError::TooManyDigits { currency, max })?;

        // Counted below zero: i64 reaches one further there, so that every amount can be read back.
        let digits = whole
            .bytes()
            .chain(decimals.bytes())
            .chain(std::iter::repeat_n(b'0', missing));
        let below_zero = digits
            .map(|byte| i64::from(byte.saturating_sub(b'0')))
            .try_fold(0_i64, |sum, digit| sum.checked_mul(10)?.checked_sub(digit));
        let minor = if negative {
            below_zero
        } else {
            below_zero.and_then(i64::checked_neg)
        };
        Ok(Self::new(minor.ok_or(MoneyError::Overflow)?, currency))
    }

    /// The sum of two amounts of one currency.
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        self.with(self.minor.checked_add(other.minor))
    }

    /// The difference of two amounts of one currency.
    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        self.with(self.minor.checked_sub(other.minor))
    }

    /// The same amount with the other sign.
    pub fn checked_neg(self) -> Result<Self, MoneyError> {
        self.with(self.minor.checked_neg())
    }

    /// The amount so many times: exact, nothing is rounded.
    pub fn times(self, count: u64) -> Result<Self, MoneyError> {
        let product = Decimal::from(self.minor).checked_mul(Decimal::from(count));
        self.with(product.and_then(|product| product.to_i64()))
    }

    /// The sum of amounts that are all of `currency`; nothing to add is zero.
    pub fn sum(amounts: impl IntoIterator<Item = Self>, currency: Currency) -> Result<Self, MoneyError> {
        amounts
            .into_iter()
            .try_fold(Self::zero(currency), Self::checked_add)
    }

    /// The amount × `numerator` ÷ `denominator`, rounded once, half away from zero, to the minor unit.
    ///
    /// The division is exact: quotient and remainder decide the rounding, so that no digit that a decimal fraction
    /// cannot hold ever turns an amount just under a half into a half.
    ///
    /// # Errors
    /// [`MoneyError::DivisionByZero`]; [`MoneyError::Overflow`] if the result does not fit, or if amount × numerator
    /// has more than 96 bits (28 digits: far beyond any amount and any fraction of a period).
    pub fn prorate(self, numerator: i64, denominator: i64) -> Result<Self, MoneyError> {
        if denominator == 0 {
            return Err(MoneyError::DivisionByZero);
        }
        let minor = (|| {
            let product = Decimal::from(self.minor).checked_mul(Decimal::from(numerator))?;
            let denominator = Decimal::from(denominator);
            let remainder = product.checked_rem(denominator)?;
            let quotient = product.checked_sub(remainder)?.checked_div(denominator)?;
            let rounded = if remainder.abs().checked_mul(Decimal::TWO)? < denominator.abs() {
                quotient
            } else if product.is_sign_negative() == denominator.is_sign_negative() {
                quotient.checked_add(Decimal::ONE)?
            } else {
                quotient.checked_sub(Decimal::ONE)?
            };
            rounded.to_i64()
        })();
        self.with(minor)
    }

    /// Below zero: a credit.
    pub const fn is_negative(self) -> bool {
        self.minor < 0
    }

    /// Nothing at all.
    pub const fn is_zero(self) -> bool {
        self.minor == 0
    }

    /// The amount in major units, with all the digits of the currency and a point: `1199.00`, `-0.50`, `1200` (JPY).
    ///
    /// For files, logs and providers. What people read is formatted for their language elsewhere.
    pub fn to_decimal_string(self) -> String {
        let digits = usize::try_from(self.currency.digits()).unwrap_or_default();
        let mut text = self.minor.unsigned_abs().to_string();
        while text.len() <= digits {
            text.insert(0, '0');
        }
        if digits > 0 {
            text.insert(text.len().saturating_sub(digits), '.');
        }
        if self.is_negative() {
            text.insert(0, '-');
        }
        text
    }

    /// Refuses two currencies in one calculation.
    fn same_currency(self, other: Self) -> Result<(), MoneyError> {
        if self.currency == other.currency {
            Ok(())
        } else {
            Err(MoneyError::CurrencyMismatch {
                left: self.currency,
                right: other.currency,
            })
        }
    }

    /// An amount of the same currency, or the overflow that calculating it ended in.
    fn with(self, minor: Option<i64>) -> Result<Self, MoneyError> {
        minor
            .map(|minor| Self::new(minor, self.currency))
            .ok_or(MoneyError::Overflow)
    }
}

impl PartialOrd for Money {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        (self.currency == other.currency).then(|| self.minor.cmp(&other.minor))
    }
}

/// As in logs: `11.99 EUR`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_decimal_string())?;
        f.write_str(" ")?;
        f.write_str(self.currency.code())
    }
}
