//! Reading and writing a [`Language`] by its code.

use core::fmt;
use core::str::FromStr;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Language;

/// The code is not one of a language that the texts exist in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownLanguage;

impl fmt::Display for UnknownLanguage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unknown language; known are:")?;
        for language in Language::all() {
            f.write_str(" ")?;
            f.write_str(language.code())?;
        }
        Ok(())
    }
}

impl core::error::Error for UnknownLanguage {}

/// From the code as [`Language::code`] gives it: exactly `en`, not `EN` or `en-GB`. What people's software says it
/// prefers goes through [`negotiate`](crate::negotiate).
impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(code: &str) -> Result<Self, UnknownLanguage> {
        Self::all()
            .iter()
            .copied()
            .find(|language| language.code() == code)
            .ok_or(UnknownLanguage)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Language {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Code;

        impl Visitor<'_> for Code {
            type Value = Language;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the code of a language")
            }

            fn visit_str<E: Error>(self, code: &str) -> Result<Language, E> {
                code.parse().map_err(E::custom)
            }
        }

        deserializer.deserialize_str(Code)
    }
}

#[cfg(test)]
mod tests {
    use crate::Language;

    #[test]
    fn every_language_is_read_back_from_its_code() {
        for language in Language::all() {
            assert_eq!(language.code().parse(), Ok(*language));
            let json = serde_json::to_string(language).expect("a string");
            assert_eq!(json, format!("\"{}\"", language.code()));
            assert_eq!(
                serde_json::from_str::<Language>(&json).expect("as it was written"),
                *language
            );
        }
    }

    #[test]
    fn another_code_is_refused_and_the_known_ones_are_named() {
        for code in ["", "EN", "en-GB", "xx"] {
            let error = code.parse::<Language>().expect_err("not a language").to_string();
            for language in Language::all() {
                assert!(error.contains(language.code()), "{error}");
            }
        }
        assert!(serde_json::from_str::<Language>("\"xx\"").is_err());
        assert!(serde_json::from_str::<Language>("1").is_err());
    }

    #[test]
    fn english_is_the_default_and_languages_name_themselves() {
        assert_eq!(Language::default(), Language::En);
        assert_eq!(Language::En.native_name(), "English");
        assert_eq!(Language::Fr.native_name(), "Français");
        assert_eq!(Language::Es.native_name(), "Español");
    }
}
