//! Refused fields in the words of a language.

use onedesk_contract::FieldError;
use onedesk_texts::{Language, forms, shared};

/// What a field is called.
pub fn label(language: Language, field: &str) -> String {
    let texts = shared::field(language);
    let label = match field {
        "email" => texts.email(),
        "password" => texts.password(),
        "name" => texts.name(),
        "company" => texts.company(),
        "country" => texts.country(),
        "time_zone" => texts.time_zone(),
        "terms" => forms::activation(language).terms(),
        other => other,
    };
    label.to_owned()
}

/// Why it was refused.
pub fn sentence(language: Language, error: &FieldError) -> String {
    let texts = shared::field_error(language);
    match error {
        FieldError::Required => texts.required().to_owned(),
        FieldError::TooShort { min } => texts.too_short((*min).into()),
        FieldError::TooLong { max } => texts.too_long((*max).into()),
        FieldError::TooMany { max } => texts.too_many(max),
        FieldError::InvalidText => texts.invalid_text().to_owned(),
        FieldError::InvalidEmail => texts.invalid_email().to_owned(),
        FieldError::InvalidEmailInList { word } => texts.invalid_email_in_list(word),
        FieldError::UnknownCountry => texts.unknown_country().to_owned(),
        FieldError::UnknownTimeZone => texts.unknown_time_zone().to_owned(),
        FieldError::UnknownLanguage => texts.unknown_language().to_owned(),
        FieldError::PasswordTooCommon => texts.password_too_common().to_owned(),
        FieldError::PasswordRepeatsOther => texts.password_repeats_other().to_owned(),
        FieldError::NotAccepted => texts.not_accepted().to_owned(),
        FieldError::NotWhole => texts.not_whole().to_owned(),
        FieldError::UnknownPlan => texts.unknown_plan().to_owned(),
        FieldError::CurrencyNotSold => texts.currency_not_sold().to_owned(),
        FieldError::VatNumberPrefix => texts.vat_number_prefix().to_owned(),
        FieldError::VatNumberForm { example } => texts.vat_number_form(example),
        FieldError::VatNumberCheckDigits => texts.vat_number_check_digits().to_owned(),
        FieldError::VatNumberOfOtherCountry { country } => texts.vat_number_of_other_country(country),
    }
}
