//! VAT numbers, as people type and registers know them.
//!
//! A number is judged by its country's form and check digits ([`VatNumber::parse`]): that finds nearly every slip of
//! the pen, at once and without asking anybody. Whether the number is given out, only a register knows (VIES for the
//! European Union), and what it answers is a [`VatStanding`](crate::VatStanding).
//!
//! Sources: *VIES – VAT number construction rules* (European Commission, DG TAXUD, functional description 15.0) for the
//! member states and the British numbers that Northern Ireland still uses with `XI`, and the Commission's questions and
//! answers on VIES for the forms; what is added from elsewhere is told at the country's check.

mod arithmetic;
mod check_digits;
mod scheme;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Country;
use scheme::Scheme;

/// The most characters that a number has without separators (`CHE123456789MWST` has 16).
const LONGEST: usize = 16;

/// A VAT number in its canonical form: the prefix of its country and the number, in capital letters and without
/// separators, such as `FR40303265045`.
///
/// Canonical are also: `EL` before Greek numbers, ten digits in Belgian ones, `MWST` behind Swiss and `MVA` behind
/// Norwegian ones (they tell a number of the VAT register from one of the register of companies). So two numbers are the
/// same if their texts are.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, example = "FR40303265045"))]
#[serde(try_from = "String", into = "String")]
pub struct VatNumber(String);

/// Why a text is no VAT number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VatNumberError {
    /// Nothing was given, or only separators.
    #[error("enter a VAT number")]
    Empty,
    /// It begins with no prefix that is known here.
    #[error("a VAT number begins with the two letters of its country, such as FR; this one does not")]
    UnknownCountry,
    /// It is too short, too long, or has a letter where a digit belongs.
    #[error("this is not how a VAT number of {country} is written{}", such_as(*.country))]
    WrongShape {
        /// The country that the prefix names.
        country: Country,
    },
    /// It has the right form, but its check digits do not fit the others: one was mistyped, or two were swapped.
    #[error(
        "this VAT number of {country} does not exist: its check digits do not fit; compare it character by character"
    )]
    WrongCheckDigits {
        /// The country that the prefix names.
        country: Country,
    },
}

/// A VAT number is not one of the country in the billing address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is a VAT number of {number}, but the address is in {address}; correct one of the two")]
pub struct OtherCountry {
    /// The country of the number.
    pub number: Country,
    /// The country that it was held against.
    pub address: Country,
}

impl VatNumber {
    /// Reads what a person typed: `FR40303265045`, `fr 40 303 265 045`, `CHE-123.456.788 TVA`.
    ///
    /// Spaces (also the ones that do not break), dots, hyphens and slashes may stand anywhere, small letters are
    /// capitalised, and Greek numbers may begin with `GR`. The prefix is needed: a number alone could be one of several
    /// countries.
    ///
    /// Known are the prefixes of the 27 member states, `XI` and `GB`, `CH` (`CHE`) and `NO`.
    ///
    /// # Errors
    /// [`VatNumberError`]: the first that applies in the order of its variants.
    pub fn parse(text: &str) -> Result<Self, VatNumberError> {
        let mut typed = String::new();
        let mut foreign = false;
        for char in text.chars() {
            if is_separator(char) {
                continue;
            }
            // A plus and an asterisk stand in some old Irish numbers.
            if (char.is_ascii_alphanumeric() || matches!(char, '+' | '*')) && typed.len() < LONGEST {
                typed.push(char.to_ascii_uppercase());
            } else {
                foreign = true;
            }
        }
        if typed.is_empty() && !foreign {
            return Err(VatNumberError::Empty);
        }
        let (scheme, national) = typed
            .split_at_checked(2)
            .and_then(|(prefix, national)| Some((Scheme::of_prefix(prefix)?, national)))
            .ok_or(VatNumberError::UnknownCountry)?;
        let country = scheme.country();
        let national = scheme.complete(national);
        if foreign || !scheme.has_form(national.as_bytes()) {
            return Err(VatNumberError::WrongShape { country });
        }
        if !(scheme.check)(national.as_bytes()) {
            return Err(VatNumberError::WrongCheckDigits { country });
        }
        let mut canonical = String::from(scheme.prefix);
        canonical.push_str(&national);
        Ok(Self(canonical))
    }

    /// The canonical form.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The two letters before the number, as registers are asked with them: `EL` for Greece, `XI` for Northern Ireland.
    pub fn prefix(&self) -> &str {
        self.0.split_at_checked(2).map_or("", |(prefix, _)| prefix)
    }

    /// The number without its prefix: `40303265045`.
    pub fn national(&self) -> &str {
        self.0.split_at_checked(2).map_or("", |(_, national)| national)
    }

    /// The country by its code of ISO 3166-1: `GR` for `EL`, `GB` for `XI` too (Northern Ireland is in the European
    /// Union's VAT for goods only, and nothing here is a good).
    pub fn country(&self) -> Country {
        // Every number that can be held has a prefix of the table.
        Scheme::of_prefix(self.prefix()).map_or(Country::of([b'?'; 2]), Scheme::country)
    }

    /// Refuses a number of another country than the one of an address. Monaco's businesses have French numbers, those
    /// of the Isle of Man British ones.
    ///
    /// # Errors
    /// [`OtherCountry`].
    pub fn belongs_to(&self, address: Country) -> Result<(), OtherCountry> {
        let number = self.country();
        if number == address.taxed_as() {
            Ok(())
        } else {
            Err(OtherCountry { number, address })
        }
    }

    /// What a number of a country looks like, for a hint beside the field; it is given out to nobody that we know of.
    /// `None` where numbers are not known here.
    pub fn example(country: Country) -> Option<&'static str> {
        Scheme::of_country(country.taxed_as()).map(|scheme| scheme.example)
    }
}

/// What may stand between the characters: spaces (wide, thin and narrow ones that do not break), line ends that came
/// along with a paste, dots, hyphens and slashes.
const fn is_separator(char: char) -> bool {
    matches!(
        char,
        ' ' | '\t'
            | '\n'
            | '\r'
            | '\u{a0}'
            | '\u{2009}'
            | '\u{202f}'
            | '.'
            | '-'
            | '\u{2010}'
            | '\u{2011}'
            | '\u{2013}'
            | '/'
    )
}

/// Shows the example of a country at the end of a sentence.
fn such_as(country: Country) -> impl fmt::Display {
    fmt::from_fn(move |f| match VatNumber::example(country) {
        Some(example) => {
            f.write_str("; one looks like ")?;
            f.write_str(example)
        }
        None => Ok(()),
    })
}

impl fmt::Display for VatNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl AsRef<str> for VatNumber {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl FromStr for VatNumber {
    type Err = VatNumberError;

    fn from_str(text: &str) -> Result<Self, VatNumberError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for VatNumber {
    type Error = VatNumberError;

    fn try_from(text: String) -> Result<Self, VatNumberError> {
        Self::parse(&text)
    }
}

impl From<VatNumber> for String {
    fn from(number: VatNumber) -> Self {
        number.0
    }
}
