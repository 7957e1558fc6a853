//! Currencies and the number of digits of their minor unit.
//!
//! Source: ISO 4217, list one ("current currency & funds codes"), every code that has a minor unit. Left out are the
//! codes without one (precious metals, the Special Drawing Right, test codes), in which nothing can be priced.
//! Rule: *Money* ("USD 2 digits, JPY 0, KWD 3: ISO 4217").

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Every code, in alphabetic order, three letters each and nothing between: a table of string slices would take
/// several times the room in the browser.
const CODES: &str = "\
    AEDAFNALLAMDAOAARSAUDAWGAZNBAMBBDBDTBHDBIFBMDBNDBOBBOVBRLBSDBTNBWPBYNBZDCADCDFCHECHFCHWCLFCLPCNYCOPCOUCRCCUPCVE\
    CZKDJFDKKDOPDZDEGPERNETBEURFJDFKPGBPGELGHSGIPGMDGNFGTQGYDHKDHNLHTGHUFIDRILSINRIQDIRRISKJMDJODJPYKESKGSKHRKMFKPW\
    KRWKWDKYDKZTLAKLBPLKRLRDLSLLYDMADMDLMGAMKDMMKMNTMOPMRUMURMVRMWKMXNMXVMYRMZNNADNGNNIONOKNPRNZDOMRPABPENPGKPHPPKR\
    PLNPYGQARRONRSDRUBRWFSARSBDSCRSDGSEKSGDSHPSLESOSSRDSSPSTNSVCSYPSZLTHBTJSTMTTNDTOPTRYTTDTWDTZSUAHUGXUSDUSNUYIUYU\
    UYWUZSVEDVESVNDVUVWSTXADXAFXCDXCGXOFXPFYERZARZMWZWG";

/// A currency of ISO 4217.
///
/// Written and read as its code: `"EUR"`. Ordered by code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String, example = "EUR"))]
pub struct Currency(&'static str);

impl Currency {
    /// US dollar.
    pub const USD: Self = Self("USD");
    /// Euro.
    pub const EUR: Self = Self("EUR");
    /// Pound sterling.
    pub const GBP: Self = Self("GBP");
    /// Yen: no minor unit in use, 0 digits.
    pub const JPY: Self = Self("JPY");
    /// Kuwaiti dinar: 3 digits.
    pub const KWD: Self = Self("KWD");

    /// The currency of a code in capital letters.
    ///
    /// # Errors
    /// [`UnknownCurrency`] for anything that is not such a code, `eur` included.
    pub fn from_code(code: &str) -> Result<Self, UnknownCurrency> {
        Self::all()
            .find(|currency| currency.0 == code)
            .ok_or(UnknownCurrency)
    }

    /// Every currency, by code.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..CODES.len())
            .step_by(3)
            .filter_map(|at| CODES.get(at..at.saturating_add(3)))
            .map(Self)
    }

    /// The code of ISO 4217: three capital letters.
    pub const fn code(&self) -> &'static str {
        self.0
    }

    /// How many decimal digits the minor unit stands for: 2 for EUR (cents), 0 for JPY, 3 for KWD, 4 for CLF.
    pub fn digits(&self) -> u32 {
        match self.0 {
            "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "UYI"
            | "VND" | "VUV" | "XAF" | "XOF" | "XPF" => 0,
            "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
            "CLF" | "UYW" => 4,
            _ => 2,
        }
    }
}

/// What was given is not the code of a currency of ISO 4217.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a currency code of ISO 4217, such as EUR")]
pub struct UnknownCurrency;

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}

/// As the code alone: `EUR` reads better in a failed assertion than the name of the type around it.
impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl FromStr for Currency {
    type Err = UnknownCurrency;

    fn from_str(code: &str) -> Result<Self, UnknownCurrency> {
        Self::from_code(code)
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::plan::deserialize_from_str(deserializer, "a currency code of ISO 4217, such as EUR")
    }
}
