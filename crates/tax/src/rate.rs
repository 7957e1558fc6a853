//! A rate of tax, in whole hundredths of a percent.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A rate of tax in basis points, hundredths of a percent: 20 % is 2000, 8.1 % is 810.
///
/// Written and read as that number; in the file of rates, where people write it, as a percentage in quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = u16, example = 2000))]
#[serde(transparent)]
pub struct Rate(u16);

/// What was given is not a percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a percentage: digits, and a point before one or two decimals, such as 25.5")]
pub struct NotAPercentage;

impl Rate {
    /// No tax.
    pub const ZERO: Self = Self(0);
    /// The whole amount: no rate of tax is higher.
    pub const WHOLE: Self = Self(10_000);

    /// A rate of so many hundredths of a percent. More than [`Rate::WHOLE`] is a mistake that
    /// [`TaxRates::mistakes`](crate::TaxRates::mistakes) tells.
    pub const fn from_basis_points(basis_points: u16) -> Self {
        Self(basis_points)
    }

    /// The rate in hundredths of a percent.
    pub const fn basis_points(self) -> u16 {
        self.0
    }

    /// Whether nothing is charged.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Reads a percentage: `20`, `8.1`, `25.50`. A point, two decimals at most, no sign and no `%`.
    ///
    /// # Errors
    /// [`NotAPercentage`] for any other text, and for one over 655.35.
    pub fn parse_percent(text: &str) -> Result<Self, NotAPercentage> {
        let (whole, decimals) = match text.split_once('.') {
            Some((_, "")) => return Err(NotAPercentage),
            Some(parts) => parts,
            None => (text, ""),
        };
        let missing = 2_usize.checked_sub(decimals.len()).ok_or(NotAPercentage)?;
        let mut bytes = whole.bytes().chain(decimals.bytes());
        if whole.is_empty() || !bytes.all(|byte| byte.is_ascii_digit()) {
            return Err(NotAPercentage);
        }
        whole
            .bytes()
            .chain(decimals.bytes())
            .chain(std::iter::repeat_n(b'0', missing))
            .map(|byte| u16::from(byte.saturating_sub(b'0')))
            .try_fold(0_u16, |sum, digit| sum.checked_mul(10)?.checked_add(digit))
            .map(Self)
            .ok_or(NotAPercentage)
    }

    /// The percentage with as few decimals as it needs, and a point: `20`, `8.1`, `0.25`. For files and invoice data;
    /// what people read is formatted for their language elsewhere. The inverse of [`Rate::parse_percent`].
    pub fn to_percent_string(self) -> String {
        let (whole, tenths, hundredths) = (self.0 / 100, self.0 / 10 % 10, self.0 % 10);
        let mut text = whole.to_string();
        if tenths > 0 || hundredths > 0 {
            text.push('.');
            text.extend(char::from_digit(tenths.into(), 10));
        }
        if hundredths > 0 {
            text.extend(char::from_digit(hundredths.into(), 10));
        }
        text
    }
}

/// As in logs: `8.1 %`.
impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_percent_string())?;
        f.write_str(" %")
    }
}

/// The form in the file of rates: a percentage in quotes.
pub(crate) mod percent {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use super::Rate;

    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde hands the field by reference"
    )]
    pub(crate) fn serialize<S: Serializer>(rate: &Rate, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&rate.to_percent_string())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Rate, D::Error> {
        Rate::parse_percent(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}
