//! Money, numbers and dates as each language writes them.
//!
//! The result is that of `Intl` in Chromium for the language's locale, to the letter, but is made by this code alone: a
//! page is rendered ahead of time on one machine and taken over in another's browser, and hydration leaves a difference
//! standing. Nothing here is a float, and nothing is rounded: an amount is written with all digits of its currency.
//!
//! Baked ICU data would do the same for about 150 KB of a browser bundle; the tables of [`conventions`] are about 2.

use core::fmt;

use jiff::civil::Date;
use onedesk_pricing::Money;

use crate::Language;
use crate::fill::fill;

pub mod conventions;

pub use conventions::Conventions;

/// Keeps what stands on both sides of it on one line.
const NO_BREAK_SPACE: &str = "\u{a0}";

/// An amount with its currency: `€11.99`, `11,99 €`, `-$1,234.50`.
pub fn money(language: Language, money: Money) -> String {
    language.conventions().money_parts(money).to_string()
}

/// The pieces of an amount, so that a price can be set with the number large and the currency small.
pub fn money_parts(language: Language, money: Money) -> MoneyParts {
    language.conventions().money_parts(money)
}

/// A whole number, its digits in groups: `12,345`, `12 345`.
pub fn number(language: Language, number: u64) -> String {
    language.conventions().number(number)
}

/// A whole percentage: `15%`, `15 %`.
pub fn percent(language: Language, percent: u8) -> String {
    language.conventions().percent(percent)
}

/// A day with its month in full: `November 22, 2026`, `22 novembre 2026`.
pub fn date(language: Language, date: Date) -> String {
    language.conventions().date(date)
}

/// A day with its month abbreviated, for tables: `Nov 22, 2026`, `22 nov. 2026`.
pub fn date_short(language: Language, date: Date) -> String {
    language.conventions().date_short(date)
}

/// An amount in the pieces that it is written of. `Display` puts them together as [`money`] does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoneyParts {
    /// `-` for an amount below zero, else empty. Stands before all else.
    pub sign: &'static str,
    /// The currency as the language shows it: `$`, `$US`, `CHF`.
    pub symbol: &'static str,
    /// A no-break space, or nothing, between symbol and amount.
    pub space: &'static str,
    /// The digits, grouped, with the decimals of the currency: `1,234.50`.
    pub amount: String,
    /// Whether the symbol stands before the amount.
    pub symbol_first: bool,
}

impl fmt::Display for MoneyParts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.sign)?;
        let (first, last) = if self.symbol_first {
            (self.symbol, self.amount.as_str())
        } else {
            (self.amount.as_str(), self.symbol)
        };
        f.write_str(first)?;
        f.write_str(self.space)?;
        f.write_str(last)
    }
}

impl Conventions {
    /// See [`money`].
    pub fn money(&self, money: Money) -> String {
        self.money_parts(money).to_string()
    }

    /// See [`money_parts`].
    pub fn money_parts(&self, money: Money) -> MoneyParts {
        let code = money.currency.code();
        let symbol = self
            .symbols
            .iter()
            .find(|(known, _)| *known == code)
            .map_or(code, |(_, symbol)| symbol);
        // CLDR, currencySpacing: letters do not touch digits, signs such as `$` do.
        let touching = self.symbol_first && !symbol.ends_with(char::is_alphabetic);
        MoneyParts {
            sign: if money.minor < 0 { "-" } else { "" },
            symbol,
            space: if touching { "" } else { NO_BREAK_SPACE },
            amount: self.digits(money.minor.unsigned_abs(), money.currency.digits()),
            symbol_first: self.symbol_first,
        }
    }

    /// See [`number`].
    pub fn number(&self, number: u64) -> String {
        self.digits(number, 0)
    }

    /// See [`percent`].
    pub fn percent(&self, percent: u8) -> String {
        let mut out = self.number(percent.into());
        out.push_str(self.percent_sign);
        out
    }

    /// See [`date`].
    pub fn date(&self, date: Date) -> String {
        self.dated(self.long_date, &self.months, date)
    }

    /// See [`date_short`].
    pub fn date_short(&self, date: Date) -> String {
        self.dated(self.short_date, &self.short_months, date)
    }

    fn dated(&self, pattern: &str, months: &[&str; 12], date: Date) -> String {
        let day: &dyn fmt::Display = match (date.day(), &self.first_of_month) {
            (1, Some(first)) => first,
            _ => &date.day(),
        };
        let month = usize::from(date.month().unsigned_abs()) - 1;
        fill(pattern, &[day, &months[month], &date.year()])
    }

    /// `value` in units of which `10^decimals` make one, with grouped digits.
    fn digits(&self, value: u64, decimals: u32) -> String {
        let length = value.checked_ilog10().map_or(1, |log| log + 1).max(decimals + 1);
        let whole = length - decimals;
        let grouped = whole >= 3 + self.fewest_leading_digits;
        let mut out = String::with_capacity(32);
        // From the first digit on: `place` is the power of ten that the digit counts.
        for place in (0..length).rev() {
            let digit = 10_u64.checked_pow(place).map_or(0, |power| value / power % 10);
            out.push(
                u32::try_from(digit)
                    .ok()
                    .and_then(|digit| char::from_digit(digit, 10))
                    .unwrap_or('0'),
            );
            if place == decimals && decimals > 0 {
                out.push(self.decimal_mark);
            } else if grouped && place > decimals && (place - decimals).is_multiple_of(3) {
                out.push(self.group_mark);
            }
        }
        out
    }
}
