//! International bank account numbers: checking and printing.
//!
//! Source: ISO 13616 (form) and ISO 7064 (check digits, modulo 97).

/// Whether the check digits fit. Spaces are not looked at; how long an IBAN is in its country is not checked.
pub(crate) fn is_valid_iban(iban: &str) -> bool {
    let iban = compact_iban(iban);
    let (Some((country_and_check, account)), true) = (iban.split_at_checked(4), iban.is_ascii()) else {
        return false;
    };
    let (country, check) = country_and_check.split_at(2);
    if !(11..=30).contains(&account.len())
        || !country.bytes().all(|byte| byte.is_ascii_uppercase())
        || !check.bytes().all(|byte| byte.is_ascii_digit())
    {
        return false;
    }
    // The number that the moved-round IBAN spells, letters counting from A = 10, leaves 1 when divided by 97.
    account
        .chars()
        .chain(country_and_check.chars())
        .try_fold(0_u32, |remainder, character| {
            let value = character
                .to_digit(36)
                .filter(|_| !character.is_ascii_lowercase())?;
            let shift = if value > 9 { 100 } else { 10 };
            Some((remainder * shift + value) % 97)
        })
        == Some(1)
}

/// Without spaces, as in files.
pub(crate) fn compact_iban(iban: &str) -> String {
    iban.split_whitespace().collect()
}

/// In groups of four, as on paper.
pub(crate) fn grouped_iban(iban: &str) -> String {
    let mut out = String::new();
    for (place, character) in compact_iban(iban).chars().enumerate() {
        if place > 0 && place % 4 == 0 {
            // No-break: a number that is split over two lines is mistyped.
            out.push('\u{a0}');
        }
        out.push(character);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_are_checked() {
        for iban in [
            "FR76 3000 6000 0112 3456 7890 189",
            "GB29NWBK60161331926819",
            "NO9386011117947",
        ] {
            assert!(is_valid_iban(iban), "{iban}");
        }
        for iban in [
            "",
            "FR",
            "FR7",
            "FR77 3000 6000 0112 3456 7890 189",
            "gb29nwbk60161331926819",
            "GB29",
            "é29NWBK60161331926819",
        ] {
            assert!(!is_valid_iban(iban), "{iban}");
        }
    }

    #[test]
    fn an_iban_is_printed_in_groups() {
        assert_eq!(
            grouped_iban("NO93 86011117947"),
            "NO93\u{a0}8601\u{a0}1117\u{a0}947"
        );
    }
}
