use onedesk_tax::{Country, VatNumber, VatNumberError};

use super::{CountryCode, FieldError};

/// Reads a VAT number. `country` is the one of the address, if that could be read: the number has to be of it.
pub fn vat_number(text: &str, country: Option<CountryCode>) -> Result<VatNumber, FieldError> {
    let number = VatNumber::parse(text).map_err(|error| match error {
        VatNumberError::Empty => FieldError::Required,
        VatNumberError::UnknownCountry => FieldError::VatNumberPrefix,
        VatNumberError::WrongShape { country } => FieldError::VatNumberForm {
            example: VatNumber::example(country).unwrap_or_default().to_owned(),
        },
        VatNumberError::WrongCheckDigits { .. } => FieldError::VatNumberCheckDigits,
    })?;
    let address = country.and_then(|code| Country::parse(code.as_str()).ok());
    match address.map(|address| number.belongs_to(address)) {
        Some(Err(other)) => Err(FieldError::VatNumberOfOtherCountry {
            country: other.number.as_str().to_owned(),
        }),
        _ => Ok(number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str, country: &str) -> Option<FieldError> {
        vat_number(text, CountryCode::parse(country).ok()).err()
    }

    #[test]
    fn each_mistake_has_its_own_word() {
        assert_eq!(refused("fr 11 123 456 782", "FR"), None);
        assert_eq!(refused("EL 094259216", "GR"), None);
        assert_eq!(refused("FR11123456782", "MC"), None);
        assert_eq!(refused("123456782", "FR"), Some(FieldError::VatNumberPrefix));
        let form = FieldError::VatNumberForm {
            example: "FR11123456782".into(),
        };
        assert_eq!(refused("FR123", "FR"), Some(form));
        assert_eq!(
            refused("FR12123456782", "FR"),
            Some(FieldError::VatNumberCheckDigits)
        );
        let other = FieldError::VatNumberOfOtherCountry { country: "FR".into() };
        assert_eq!(refused("FR11123456782", "DE"), Some(other));
    }

    #[test]
    fn a_country_that_is_wrong_itself_is_not_held_against_the_number() {
        assert_eq!(refused("FR11123456782", "nowhere"), None);
    }
}
