//! Countries, as far as value added tax knows them.
//!
//! Sources: ISO 3166-1 for the codes; Council Directive 2006/112/EC ("the VAT Directive"), articles 5 to 7, for the
//! territory in which the union's VAT is charged.

use std::fmt;
use std::str::FromStr;

use onedesk_pricing::Date;
use serde::{Deserialize, Serialize};

/// The member states since the last change of their number, by code.
const EU_MEMBERS: [[u8; 2]; 27] = [
    *b"AT", *b"BE", *b"BG", *b"CY", *b"CZ", *b"DE", *b"DK", *b"EE", *b"ES", *b"FI", *b"FR", *b"GR", *b"HR",
    *b"HU", *b"IE", *b"IT", *b"LT", *b"LU", *b"LV", *b"MT", *b"NL", *b"PL", *b"PT", *b"RO", *b"SE", *b"SI",
    *b"SK",
];

/// The first day on which the United Kingdom was no longer treated as a member state: it left on 2020-02-01, and the
/// transition period ended with 2020-12-31 (articles 126 and 127 of the withdrawal agreement).
const UNITED_KINGDOM_OUTSIDE_FROM: Date = Date::constant(2021, 1, 1);

/// A country, by its two-letter code of ISO 3166-1: `FR`.
///
/// Only the shape is judged here; which codes are assigned is known where people choose their country. Refused are
/// `EL`, `XI` and `UK`: they stand before VAT numbers or in common speech, and would find no rate (Greece is `GR`,
/// Northern Ireland and the United Kingdom are `GB`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, example = "FR"))]
#[serde(try_from = "String", into = "String")]
pub struct Country([u8; 2]);

/// What was given is not the code of a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a country code of ISO 3166-1, two letters such as FR (Greece is GR, the United Kingdom is GB)")]
pub struct NotACountry;

impl Country {
    /// Reads a code, in capital or small letters.
    ///
    /// # Errors
    /// [`NotACountry`] for anything but two ASCII letters, and for `EL`, `XI` and `UK`.
    pub fn parse(code: &str) -> Result<Self, NotACountry> {
        let letters = <[u8; 2]>::try_from(code.as_bytes()).map_err(|_| NotACountry)?;
        let letters = letters.map(|letter| letter.to_ascii_uppercase());
        if !letters.iter().all(u8::is_ascii_uppercase) || matches!(&letters, b"EL" | b"XI" | b"UK") {
            return Err(NotACountry);
        }
        Ok(Self(letters))
    }

    /// A code that is known to be one.
    pub(crate) const fn of(letters: [u8; 2]) -> Self {
        Self(letters)
    }

    /// The two capital letters.
    pub fn as_str(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Whether the union's VAT applies in the country on a day, as that of a member state.
    ///
    /// The 27 member states; the United Kingdom too until the end of its transition period on 2020-12-31. Days before
    /// the last accession (Croatia, 2013-07-01) are not told apart: nothing was sold then.
    pub fn is_eu_member(self, on: Date) -> bool {
        EU_MEMBERS.contains(&self.0) || (self.0 == *b"GB" && on < UNITED_KINGDOM_OUTSIDE_FROM)
    }

    /// The member states, by code.
    pub fn eu_members() -> impl Iterator<Item = Self> {
        EU_MEMBERS.into_iter().map(Self)
    }

    /// The country whose VAT applies here: the country itself, but France in Monaco and the United Kingdom on the Isle
    /// of Man (article 7 of the VAT Directive; since 2021 the latter holds by British law).
    ///
    /// Territories with a code of their own that belong to a member state but not to its VAT (Åland, Réunion,
    /// Guadeloupe, …: article 6) are countries of their own, outside the union's VAT, as they should be.
    #[must_use]
    pub const fn taxed_as(self) -> Self {
        match &self.0 {
            b"MC" => Self(*b"FR"),
            b"IM" => Self(*b"GB"),
            _ => self,
        }
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// As the code alone: `FR` reads better in a failed assertion than two bytes.
impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Country {
    type Err = NotACountry;

    fn from_str(code: &str) -> Result<Self, NotACountry> {
        Self::parse(code)
    }
}

impl TryFrom<String> for Country {
    type Error = NotACountry;

    fn try_from(code: String) -> Result<Self, NotACountry> {
        Self::parse(&code)
    }
}

impl From<Country> for String {
    fn from(country: Country) -> Self {
        country.as_str().to_owned()
    }
}
