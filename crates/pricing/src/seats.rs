//! The number of user licences.
//!
//! What a person types or pastes is judged here, once, for the form, the address and the server alike.

use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A number of user licences: 1 to [`Seats::MAX`].
///
/// The catalog sets a lower limit of its own: [`PriceList::check_seats`](crate::PriceList::check_seats).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = u32, example = 12))]
#[serde(try_from = "u32", into = "u32")]
pub struct Seats(NonZeroU32);

/// Why something is no number of licences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SeatsError {
    /// Nothing was given.
    #[error("enter the number of licences")]
    Empty,
    /// Not a number in digits: letters, `1e9`, groups of the wrong length.
    #[error("enter the number of licences in digits")]
    NotANumber,
    /// A point or a comma: a part of a licence, or a grouping that could be read as one (`1,000`).
    #[error("enter a whole number of licences, without a point or a comma")]
    NotWhole,
    /// Zero or less.
    #[error("at least 1 licence is needed")]
    TooFew,
    /// More than can be bought.
    #[error("at most {max} licences can be bought")]
    TooMany {
        /// The most that can be bought.
        max: u32,
    },
}

impl Seats {
    /// The least: one licence.
    pub const ONE: Self = Self(NonZeroU32::MIN);
    /// The most that any catalog can allow.
    pub const MAX: u32 = 1_000_000;

    /// So many licences.
    ///
    /// # Errors
    /// [`SeatsError::TooFew`] for 0, [`SeatsError::TooMany`] beyond [`Seats::MAX`].
    pub fn new(count: u32) -> Result<Self, SeatsError> {
        if count > Self::MAX {
            return Err(SeatsError::TooMany { max: Self::MAX });
        }
        NonZeroU32::new(count).map(Self).ok_or(SeatsError::TooFew)
    }

    /// The number of licences.
    pub const fn get(self) -> u32 {
        self.0.get()
    }

    /// So many licences more.
    ///
    /// # Errors
    /// [`SeatsError::TooMany`] beyond [`Seats::MAX`].
    pub fn plus(self, added: Self) -> Result<Self, SeatsError> {
        Self::new(self.get().saturating_add(added.get()))
    }

    /// Reads what a person typed: `12`, ` 12 `, `1 000`, `1'000`.
    ///
    /// Spaces (also the ones that do not break) and apostrophes may group digits by three. A point or a comma is
    /// refused even so: `1,000` is a thousand to some people and one to others, and the two are billed differently.
    ///
    /// # Errors
    /// One of [`SeatsError`], the first that applies in the order of its variants.
    pub fn parse(text: &str) -> Result<Self, SeatsError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(SeatsError::Empty);
        }
        let (negative, number) = match text.strip_prefix(['-', '\u{2212}']) {
            Some(rest) => (true, rest.trim_start()),
            None => (false, text),
        };
        // The shape is judged with marks counted as separators, so that `1,5` is told apart from `a,b`.
        let has_mark = number.contains(['.', ',']);
        let first = number.chars().next();
        let last = number.chars().next_back();
        if !first.is_some_and(|char| char.is_ascii_digit() || is_mark(char))
            || !last.is_some_and(|char| char.is_ascii_digit() || is_mark(char))
            || !number.chars().any(|char| char.is_ascii_digit())
            || !number
                .chars()
                .all(|char| char.is_ascii_digit() || is_mark(char) || is_group_separator(char))
        {
            return Err(SeatsError::NotANumber);
        }
        if has_mark {
            return Err(SeatsError::NotWhole);
        }
        if !grouped_by_three(number) {
            return Err(SeatsError::NotANumber);
        }
        if negative {
            return Err(SeatsError::TooFew);
        }
        let count = number
            .chars()
            .filter_map(|char| char.to_digit(10))
            .try_fold(0_u32, |sum, digit| sum.checked_mul(10)?.checked_add(digit));
        Self::new(count.unwrap_or(u32::MAX))
    }
}

/// A decimal mark in one country or another.
const fn is_mark(char: char) -> bool {
    matches!(char, '.' | ',')
}

/// What separates groups of digits and is never a decimal mark: space, the spaces that do not break (wide, thin,
/// narrow), and the apostrophes.
const fn is_group_separator(char: char) -> bool {
    matches!(char, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\'' | '\u{2019}')
}

/// No separators at all, or one to three digits and then groups of exactly three.
fn grouped_by_three(number: &str) -> bool {
    let mut groups = number.split(is_group_separator);
    let first = groups.next().unwrap_or_default().len();
    let mut rest = groups.peekable();
    rest.peek().is_none() || ((1..=3).contains(&first) && rest.all(|group| group.len() == 3))
}

impl fmt::Display for Seats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Seats {
    type Err = SeatsError;

    fn from_str(text: &str) -> Result<Self, SeatsError> {
        Self::parse(text)
    }
}

impl TryFrom<u32> for Seats {
    type Error = SeatsError;

    fn try_from(count: u32) -> Result<Self, SeatsError> {
        Self::new(count)
    }
}

impl From<Seats> for u32 {
    fn from(seats: Seats) -> Self {
        seats.get()
    }
}
