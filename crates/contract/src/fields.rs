//! What people type, parsed once: the form and the server use the same functions, so they refuse the same things
//! in the same words.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

mod address;
mod country;
mod email;
mod error;
mod letters;
mod partner;
mod password;
mod vat;

pub use address::AccountAddress;
pub use country::CountryCode;
pub use email::Email;
pub use error::FieldError;
pub use partner::Partner;
pub use password::{MIN_PASSWORD_LENGTH, Password, PasswordStrength};
pub use vat::vat_number;

/// Refused fields by name: the `fields` member of a 422 answer, and what a form shows beside its inputs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct FieldErrors(pub BTreeMap<String, Vec<FieldError>>);

impl FieldErrors {
    /// A map with one entry.
    pub fn one(field: &str, error: FieldError) -> Self {
        let mut errors = Self::default();
        errors.add(field, error);
        errors
    }

    /// Notes one more mistake.
    pub fn add(&mut self, field: &str, error: FieldError) {
        self.0.entry(field.to_owned()).or_default().push(error);
    }

    /// The value of a parsed field, or nothing after noting why not.
    pub fn take<T>(&mut self, field: &str, parsed: Result<T, FieldError>) -> Option<T> {
        parsed.map_err(|error| self.add(field, error)).ok()
    }

    /// Whether every field was accepted.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first mistake of one field.
    pub fn first(&self, field: &str) -> Option<&FieldError> {
        self.0.get(field).and_then(|errors| errors.first())
    }
}

/// Trims, folds inner white space, and checks the length in characters. Names stand in letters and on pages that others
/// read: nothing in them may look like a link, or look other than it is.
fn tidy(text: &str, max: u32) -> Result<String, FieldError> {
    let tidied = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if tidied.is_empty() {
        return Err(FieldError::Required);
    }
    if tidied.chars().count() > max as usize {
        return Err(FieldError::TooLong { max });
    }
    // Windows, because a search for a text weighs more in the browser than this whole module.
    let is_link = tidied.as_bytes().windows(3).any(|bytes| bytes == b"://");
    if is_link || tidied.chars().any(|c| c.is_control() || is_hidden(c)) {
        return Err(FieldError::InvalidText);
    }
    Ok(tidied)
}

/// Characters that cannot be seen, or that turn the direction of what follows: those of Unicode's category Cf that have no
/// sign of their own. The two joiners (U+200C, U+200D) are left out: Persian, Hindi or Sinhala names are written with them.
fn is_hidden(c: char) -> bool {
    matches!(
        u32::from(c),
        0xAD | 0x61C
            | 0x180E
            | 0x200B
            | 0x200E..=0x200F
            | 0x202A..=0x202E
            | 0x2060..=0x206F
            | 0xFEFF
            | 0xFFF9..=0xFFFB
            | 0xE0000..=0xE007F
    )
}

macro_rules! text_field {
    ($(#[$doc:meta])* $name:ident, $max:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name(String);

        impl $name {
            /// Trims and folds white space; refuses nothing, too much, links, and characters that cannot be seen.
            pub fn parse(text: &str) -> Result<Self, FieldError> {
                let text = tidy(text, $max)?;
                if text.chars().any(char::is_alphanumeric) { Ok(Self(text)) } else { Err(FieldError::InvalidText) }
            }

            /// The text as it is stored.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
    };
}

text_field!(
    /// A person's name as that person writes it, at most 100 characters.
    PersonName,
    100
);
text_field!(
    /// A company's name, at most 100 characters.
    CompanyName,
    100
);
text_field!(
    /// A line of an address, at most 100 characters.
    AddressLine,
    100
);
text_field!(
    /// The name of a city, at most 100 characters.
    City,
    100
);
text_field!(
    /// Why credit is given, in a sentence or two that the customer reads; at most 300 characters.
    CreditReason,
    300
);
text_field!(
    /// A postcode as it is written, at most 16 characters. Which form it has in which country is not checked.
    Postcode,
    16
);

/// An IANA time zone name such as `Europe/Paris`. Its form is checked here; whether the zone exists, by the server,
/// which has the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeZoneName(String);

impl TimeZoneName {
    /// Accepts what an IANA name can look like.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        let text = text.trim();
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '-' | '+');
        match text.len() {
            0 => Err(FieldError::Required),
            1..=64 if text.chars().all(allowed) => Ok(Self(text.to_owned())),
            _ => Err(FieldError::UnknownTimeZone),
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
