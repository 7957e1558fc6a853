//! What holds for every VAT number and every text.

mod sample;

use onedesk_tax::VatNumber;
use proptest::prelude::*;
use sample::numbers::PUBLISHED;

/// Numbers whose check finds every single wrong digit: a pattern with `?` for any digit, and `#` for what is tried until
/// the number is right.
const GUARANTEED: &[&str] = &[
    "ATU???????#",
    "BE0???????##",
    "BE1???????##",
    "CY????????@",
    "DE1???????#",
    "DK1?????##",
    "EE????????#",
    "ESB???????#",
    "ES????????@",
    "ESX???????@",
    "FI??????##",
    "FR##????????#",
    "HR??????????#",
    "HU???????#",
    "IE???????@",
    "IE???????@A",
    "IE?A?????@",
    "IT??????????#",
    "LU??????##",
    "MT1?????##",
    "PL????????##",
    "SI1?????##",
    "SK1?2?????##",
    "CHE???????##MWST",
    "NO???????##MVA",
];

/// Countries whose check lets some wrong digits through, or that have several.
const OTHERS: &[&str] = &[
    "BG????????#",
    "BG?????????#",
    "CZ1??????#",
    "CZ6???????#",
    "CZ7512?????#",
    "EL????????#",
    "LT???????1#",
    "LT??????????1#",
    "LV4????????##",
    "LV???????????",
    "NL???????##B01",
    "NL?????????B##",
    "PT1??????##",
    "RO1?#",
    "RO1????????#",
    "SE?????????#01",
    "FRA#????????#",
    "FR#Z????????#",
    "GB???????##",
    "XI???????##???",
];

/// The pattern with its digits filled in, and the rest tried until it is a number; some fillings have none.
fn completed(pattern: &str, digits: &[u8]) -> Option<String> {
    let mut digits = digits.iter();
    let filled: String = pattern
        .chars()
        .map(|char| match char {
            '?' => digits.next().map_or('0', |digit| char::from(b'0' + digit % 10)),
            other => other,
        })
        .collect();
    solve(&filled)
}

fn solve(text: &str) -> Option<String> {
    let Some(at) = text.find(['#', '@']) else {
        return VatNumber::parse(text).is_ok().then(|| text.to_owned());
    };
    let choices = if text.get(at..=at) == Some("#") {
        b'0'..=b'9'
    } else {
        b'A'..=b'Z'
    };
    choices
        .map(|byte| {
            let mut tried = text.to_owned();
            tried.replace_range(at..=at, &char::from(byte).to_string());
            tried
        })
        .find_map(|tried| solve(&tried))
}

fn a_number(patterns: &'static [&'static str]) -> impl Strategy<Value = String> {
    (
        prop::sample::select(patterns),
        prop::collection::vec(0_u8..10, 12),
    )
        .prop_filter_map("no check digit fits", |(pattern, digits)| {
            completed(pattern, &digits)
        })
}

fn any_number() -> impl Strategy<Value = String> {
    prop_oneof![a_number(GUARANTEED), a_number(OTHERS)]
}

fn published() -> Vec<&'static str> {
    PUBLISHED
        .iter()
        .flat_map(|(_, numbers, _)| numbers.iter().copied())
        .collect()
}

proptest! {
    #[test]
    fn exactly_one_wrong_digit_is_found(number in a_number(GUARANTEED), place: prop::sample::Index, by in 1_u8..10) {
        let places: Vec<usize> = number.char_indices().filter(|(_, char)| char.is_ascii_digit()).map(|(at, _)| at).collect();
        let at = places[place.index(places.len())];
        let mut wrong = number.clone().into_bytes();
        wrong[at] = b'0' + (wrong[at] - b'0' + by) % 10;
        let wrong = String::from_utf8(wrong).unwrap_or_default();
        prop_assert!(VatNumber::parse(&wrong).is_err(), "{} for {}", wrong, number);
    }

    #[test]
    fn the_canonical_form_reads_back(number in any_number()) {
        let read = VatNumber::parse(&number);
        prop_assert_eq!(read.as_ref().map(VatNumber::as_str), Ok(number.as_str()));
        prop_assert_eq!(VatNumber::parse(&number.to_ascii_lowercase()), read.clone());
        if let Ok(read) = read {
            prop_assert_eq!([read.prefix(), read.national()].concat(), number);
            prop_assert!(read.belongs_to(read.country()).is_ok());
        }
    }

    /// Wherever separators stand.
    #[test]
    fn separators_change_nothing(number in any_number(), separators in prop::collection::vec("[ .\u{a0}-]{0,2}", 17)) {
        let mut spread = String::new();
        for (char, separator) in number.chars().zip(&separators) {
            spread.push_str(separator);
            spread.push(char);
        }
        spread.push(' ');
        prop_assert_eq!(VatNumber::parse(&spread), VatNumber::parse(&number));
    }

    #[test]
    fn no_text_panics(text in any::<String>()) {
        let _ = VatNumber::parse(&text);
    }

    /// Texts that come closer: a known prefix, and what a number can hold.
    #[test]
    fn nothing_like_a_number_panics_and_what_is_read_reads_back(
        prefix in prop::sample::select(published()),
        rest in "[0-9A-Z+*]{0,15}",
        digits in "[0-9]{1,12}",
    ) {
        for rest in [rest, digits] {
            if let Ok(read) = VatNumber::parse(&[&prefix[..2], &rest].concat()) {
                prop_assert_eq!(VatNumber::parse(read.as_str()), Ok(read));
            }
        }
    }

    /// Published numbers with any one character changed to any other.
    #[test]
    fn no_single_change_panics(number in prop::sample::select(published()), place: prop::sample::Index, by: char) {
        let at = place.index(number.len());
        let changed: String = number.chars().enumerate().map(|(i, char)| if i == at { by } else { char }).collect();
        let _ = VatNumber::parse(&changed);
    }
}
