//! What is wrong with a field, in words.

use onedesk_contract::FieldError;

use crate::{Language, shared};

/// What is wrong with a field, and what to do about it: the same words beside a field, in the summary of a form, and on
/// the page that a form without scripts is answered with.
pub fn field_error(language: Language, error: &FieldError) -> String {
    let texts = shared::field_error(language);
    match error {
        FieldError::Required => texts.required().into(),
        FieldError::TooShort { min } => texts.too_short((*min).into()),
        FieldError::TooLong { max } => texts.too_long((*max).into()),
        FieldError::TooMany { max } => texts.too_many(max),
        FieldError::InvalidText => texts.invalid_text().into(),
        FieldError::InvalidEmail => texts.invalid_email().into(),
        FieldError::InvalidEmailInList { word } => texts.invalid_email_in_list(word),
        FieldError::UnknownCountry => texts.unknown_country().into(),
        FieldError::UnknownTimeZone => texts.unknown_time_zone().into(),
        FieldError::UnknownLanguage => texts.unknown_language().into(),
        FieldError::PasswordTooCommon => texts.password_too_common().into(),
        FieldError::PasswordRepeatsOther => texts.password_repeats_other().into(),
        FieldError::NotAccepted => texts.not_accepted().into(),
        FieldError::NotWhole => texts.not_whole().into(),
        FieldError::UnknownPlan => texts.unknown_plan().into(),
        FieldError::CurrencyNotSold => texts.currency_not_sold().into(),
        FieldError::VatNumberPrefix => texts.vat_number_prefix().into(),
        FieldError::VatNumberForm { example } => texts.vat_number_form(example),
        FieldError::VatNumberCheckDigits => texts.vat_number_check_digits().into(),
        FieldError::VatNumberOfOtherCountry { country } => texts.vat_number_of_other_country(country),
    }
}
