use std::fmt;

use super::{FieldError, tidy};

/// The longest name.
const MAX_LENGTH: u32 = 64;

/// Who sent a visitor: the name that a partner gives itself in its widget and its links, at most 64 characters.
///
/// Staff read it on their pages and administrators on their orders, so nothing in it may look like a link, or other than
/// it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partner(String);

impl Partner {
    /// Trims and folds white space. No name at all is no partner, and no mistake.
    ///
    /// # Errors
    /// [`FieldError::TooLong`]; [`FieldError::InvalidText`] for links and for characters that cannot be seen.
    pub fn parse(text: &str) -> Result<Option<Self>, FieldError> {
        match tidy(text, MAX_LENGTH) {
            Ok(name) => Ok(Some(Self(name))),
            Err(FieldError::Required) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The partner of an address or an element, where a name that cannot be used is left out: it is no mistake of the
    /// visitor, who cannot mend it either.
    pub fn lenient(text: Option<&str>) -> Option<Self> {
        Self::parse(text?).ok().flatten()
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Partner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_as_partners_write_them() {
        for (text, name) in [
            ("acme", "acme"),
            ("  Partner &  Co ", "Partner & Co"),
            ("日本支社", "日本支社"),
        ] {
            let partner = Partner::parse(text).expect("a name");
            assert_eq!(partner.as_ref().map(Partner::as_str), Some(name));
        }
        assert_eq!(Partner::parse(" \t "), Ok(None));
    }

    #[test]
    fn links_and_what_cannot_be_seen_are_refused() {
        for text in ["https://evil.example", "a\u{202e}b", "a\u{0}b", "\u{200b}"] {
            assert_eq!(Partner::parse(text), Err(FieldError::InvalidText), "{text:?}");
            assert_eq!(Partner::lenient(Some(text)), None);
        }
        assert_eq!(
            Partner::parse(&"p".repeat(65)),
            Err(FieldError::TooLong { max: MAX_LENGTH })
        );
        assert_eq!(Partner::lenient(None), None);
    }
}
