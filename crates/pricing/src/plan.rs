//! The name by which a plan is known to the price list, to addresses and to stored subscriptions.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

/// The identifier of a plan, such as `premium`: 1 to 32 lowercase ASCII letters, digits and hyphens.
///
/// It is no text for people (the catalog holds the plan's name in each language), and safe in an address as it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, example = "premium"))]
#[serde(transparent)]
pub struct PlanId(String);

impl PlanId {
    /// The most characters that an identifier has.
    pub const MAX_LENGTH: usize = 32;

    /// The identifier, if the text is one.
    ///
    /// # Errors
    /// [`PlanIdError`] for an empty or too long text, or one with other characters.
    pub fn new(text: &str) -> Result<Self, PlanIdError> {
        let valid = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if text.is_empty() || text.len() > Self::MAX_LENGTH || !text.bytes().all(valid) {
            return Err(PlanIdError);
        }
        Ok(Self(text.to_owned()))
    }

    /// The identifier as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What was given is not the identifier of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a plan is named by 1 to 32 lowercase letters, digits and hyphens")]
pub struct PlanIdError;

impl fmt::Display for PlanId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl AsRef<str> for PlanId {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl FromStr for PlanId {
    type Err = PlanIdError;

    fn from_str(text: &str) -> Result<Self, PlanIdError> {
        Self::new(text)
    }
}

impl<'de> Deserialize<'de> for PlanId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_from_str(deserializer, "1 to 32 lowercase letters, digits and hyphens")
    }
}

/// Reads a value from its text without a copy of it; `expected` is what the error says.
pub(crate) fn deserialize_from_str<'de, D, T>(deserializer: D, expected: &'static str) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: FromStr,
{
    struct Text<T>(&'static str, PhantomData<T>);

    impl<T: FromStr> Visitor<'_> for Text<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
            text.parse()
                .map_err(|_| E::invalid_value(serde::de::Unexpected::Str(text), &self))
        }
    }

    deserializer.deserialize_str(Text(expected, PhantomData))
}
