use std::fmt;

use serde::{Deserialize, Serialize};

/// Why a field was refused. Screens translate it; `Display` is the English sentence of the API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub enum FieldError {
    /// Nothing was given.
    Required,
    /// Fewer characters than `min`.
    TooShort {
        /// The fewest characters.
        min: u32,
    },
    /// More characters than `max`.
    TooLong {
        /// The most characters.
        max: u32,
    },
    /// More entries, seats, … than `max`.
    TooMany {
        /// The most.
        max: u32,
    },
    /// A link, characters that cannot be seen, or none that a name is made of.
    InvalidText,
    /// Not an e-mail address.
    InvalidEmail,
    /// One word of a list is not an e-mail address.
    InvalidEmailInList {
        /// The word.
        word: String,
    },
    /// Not an ISO 3166-1 alpha-2 code.
    UnknownCountry,
    /// Not an IANA time zone.
    UnknownTimeZone,
    /// Not one of the languages spoken here.
    UnknownLanguage,
    /// The password is one that everybody tries first.
    PasswordTooCommon,
    /// The password repeats the e-mail address or the company's name.
    PasswordRepeatsOther,
    /// The terms were not accepted.
    NotAccepted,
    /// Not a whole number of at least 1.
    NotWhole,
    /// Not a plan of the catalog.
    UnknownPlan,
    /// Not a currency of the catalog.
    CurrencyNotSold,
    /// A VAT number that does not begin with the letters of a country where such numbers are known.
    VatNumberPrefix,
    /// Not how a VAT number of the country that it names is written.
    VatNumberForm {
        /// A number as it should look.
        example: String,
    },
    /// A VAT number whose check digits do not fit: one character is mistyped, or two are swapped.
    VatNumberCheckDigits,
    /// A VAT number of another country than the one of the address.
    VatNumberOfOtherCountry {
        /// The country of the number.
        country: String,
    },
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Required => f.write_str("is missing"),
            Self::TooShort { min } => write!(f, "needs at least {min} characters"),
            Self::TooLong { max } => write!(f, "takes at most {max} characters"),
            Self::TooMany { max } => write!(f, "takes at most {max}"),
            Self::InvalidText => f.write_str("holds characters that cannot be used here"),
            Self::InvalidEmail => f.write_str("is not an e-mail address"),
            Self::InvalidEmailInList { word } => write!(f, "holds “{word}”, which is not an e-mail address"),
            Self::UnknownCountry => f.write_str("is not a country code"),
            Self::UnknownTimeZone => f.write_str("is not a time zone"),
            Self::UnknownLanguage => f.write_str("is not a language spoken here"),
            Self::PasswordTooCommon => f.write_str("is a password that is tried first"),
            Self::PasswordRepeatsOther => f.write_str("repeats the e-mail address or the company"),
            Self::NotAccepted => f.write_str("have to be accepted"),
            Self::NotWhole => f.write_str("is not a whole number of at least 1"),
            Self::UnknownPlan => f.write_str("is not a plan that is sold"),
            Self::CurrencyNotSold => f.write_str("is not a currency that is sold in"),
            Self::VatNumberPrefix => f.write_str("does not begin with the two letters of a country"),
            Self::VatNumberForm { example } => {
                write!(f, "is not how a VAT number is written there, such as {example}")
            }
            Self::VatNumberCheckDigits => f.write_str("does not exist: its check digits do not fit"),
            Self::VatNumberOfOtherCountry { country } => {
                write!(f, "is of {country}, which is not the country of the address")
            }
        }
    }
}

// Written out, because serde's own tagged enums first read everything into a value of any shape: code that weighs more
// in the browser than all of our fields together.
/// What is wrong with a field: a code, and the members that its sentence needs.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
struct Wire {
    /// What is wrong.
    code: Code,
    /// The least, with `too_short`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    min: Option<u32>,
    /// The most, with `too_long` and `too_many`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    max: Option<u32>,
    /// The word of a list, with `invalid_email_in_list`; an example, with `vat_number_form`; the code of a country, with
    /// `vat_number_of_other_country`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    word: Option<String>,
}

/// What is wrong with a field, in a word.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = FieldErrorCode))]
#[serde(rename_all = "snake_case")]
enum Code {
    Required,
    TooShort,
    TooLong,
    TooMany,
    InvalidText,
    InvalidEmail,
    InvalidEmailInList,
    UnknownCountry,
    UnknownTimeZone,
    UnknownLanguage,
    PasswordTooCommon,
    PasswordRepeatsOther,
    NotAccepted,
    NotWhole,
    UnknownPlan,
    CurrencyNotSold,
    VatNumberPrefix,
    VatNumberForm,
    VatNumberCheckDigits,
    VatNumberOfOtherCountry,
}

impl Wire {
    fn of(code: Code) -> Self {
        Self {
            code,
            min: None,
            max: None,
            word: None,
        }
    }
}

impl TryFrom<Wire> for FieldError {
    type Error = &'static str;

    fn try_from(wire: Wire) -> Result<Self, Self::Error> {
        Ok(match wire.code {
            Code::Required => Self::Required,
            Code::TooShort => Self::TooShort {
                min: wire.min.ok_or("“min” is missing")?,
            },
            Code::TooLong => Self::TooLong {
                max: wire.max.ok_or("“max” is missing")?,
            },
            Code::TooMany => Self::TooMany {
                max: wire.max.ok_or("“max” is missing")?,
            },
            Code::InvalidText => Self::InvalidText,
            Code::InvalidEmail => Self::InvalidEmail,
            Code::InvalidEmailInList => Self::InvalidEmailInList {
                word: wire.word.ok_or("“word” is missing")?,
            },
            Code::UnknownCountry => Self::UnknownCountry,
            Code::UnknownTimeZone => Self::UnknownTimeZone,
            Code::UnknownLanguage => Self::UnknownLanguage,
            Code::PasswordTooCommon => Self::PasswordTooCommon,
            Code::PasswordRepeatsOther => Self::PasswordRepeatsOther,
            Code::NotAccepted => Self::NotAccepted,
            Code::NotWhole => Self::NotWhole,
            Code::UnknownPlan => Self::UnknownPlan,
            Code::CurrencyNotSold => Self::CurrencyNotSold,
            Code::VatNumberPrefix => Self::VatNumberPrefix,
            Code::VatNumberForm => Self::VatNumberForm {
                example: wire.word.ok_or("“word” is missing")?,
            },
            Code::VatNumberCheckDigits => Self::VatNumberCheckDigits,
            Code::VatNumberOfOtherCountry => Self::VatNumberOfOtherCountry {
                country: wire.word.ok_or("“word” is missing")?,
            },
        })
    }
}

impl From<FieldError> for Wire {
    fn from(error: FieldError) -> Self {
        match error {
            FieldError::Required => Self::of(Code::Required),
            FieldError::TooShort { min } => Self {
                min: Some(min),
                ..Self::of(Code::TooShort)
            },
            FieldError::TooLong { max } => Self {
                max: Some(max),
                ..Self::of(Code::TooLong)
            },
            FieldError::TooMany { max } => Self {
                max: Some(max),
                ..Self::of(Code::TooMany)
            },
            FieldError::InvalidText => Self::of(Code::InvalidText),
            FieldError::InvalidEmail => Self::of(Code::InvalidEmail),
            FieldError::InvalidEmailInList { word } => Self {
                word: Some(word),
                ..Self::of(Code::InvalidEmailInList)
            },
            FieldError::UnknownCountry => Self::of(Code::UnknownCountry),
            FieldError::UnknownTimeZone => Self::of(Code::UnknownTimeZone),
            FieldError::UnknownLanguage => Self::of(Code::UnknownLanguage),
            FieldError::PasswordTooCommon => Self::of(Code::PasswordTooCommon),
            FieldError::PasswordRepeatsOther => Self::of(Code::PasswordRepeatsOther),
            FieldError::NotAccepted => Self::of(Code::NotAccepted),
            FieldError::NotWhole => Self::of(Code::NotWhole),
            FieldError::UnknownPlan => Self::of(Code::UnknownPlan),
            FieldError::CurrencyNotSold => Self::of(Code::CurrencyNotSold),
            FieldError::VatNumberPrefix => Self::of(Code::VatNumberPrefix),
            FieldError::VatNumberForm { example } => Self {
                word: Some(example),
                ..Self::of(Code::VatNumberForm)
            },
            FieldError::VatNumberCheckDigits => Self::of(Code::VatNumberCheckDigits),
            FieldError::VatNumberOfOtherCountry { country } => Self {
                word: Some(country),
                ..Self::of(Code::VatNumberOfOtherCountry)
            },
        }
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for FieldError {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        Wire::schema()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for FieldError {
    fn schemas(schemas: &mut Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::schema::Schema>)>) {
        Wire::schemas(schemas);
    }
}
