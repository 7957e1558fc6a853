//! ISO 4217: codes and digits.

#![expect(
    clippy::unwrap_used,
    reason = "a currency that should be known fails the test"
)]

use std::collections::BTreeSet;

use onedesk_pricing::{Currency, UnknownCurrency};

fn currency(code: &str) -> Currency {
    code.parse().unwrap()
}

#[test]
fn every_code_is_three_capital_letters_once_and_in_order() {
    let codes: Vec<&str> = Currency::all().map(|currency| currency.code()).collect();
    assert_eq!(codes.len(), 165);
    assert!(codes.is_sorted());
    assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), codes.len());
    for code in codes {
        assert!(
            code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase()),
            "{code}"
        );
        assert_eq!(currency(code).to_string(), code);
    }
}

#[test]
fn digits_are_those_of_iso_4217() {
    let with = |digits| {
        Currency::all()
            .filter(|currency| currency.digits() == digits)
            .count()
    };
    assert_eq!((with(0), with(2), with(3), with(4)), (17, 139, 7, 2));
    for (code, digits) in [
        ("USD", 2),
        ("EUR", 2),
        ("GBP", 2),
        ("CAD", 2),
        ("AUD", 2),
        ("CHF", 2),
        ("JPY", 0),
        ("KRW", 0),
        ("ISK", 0),
        ("KWD", 3),
        ("BHD", 3),
        // Three by the standard, though rarely seen in shops.
        ("IQD", 3),
        // Two by the standard, though coins of the minor unit are gone.
        ("HUF", 2),
        // Minor units that are not decimal (a fifth) count as two digits.
        ("MGA", 2),
        ("MRU", 2),
        ("CLF", 4),
        ("UYW", 4),
    ] {
        assert_eq!(currency(code).digits(), digits, "{code}");
    }
}

#[test]
fn constants_are_in_the_table() {
    for constant in [
        Currency::USD,
        Currency::EUR,
        Currency::GBP,
        Currency::JPY,
        Currency::KWD,
    ] {
        assert_eq!(Currency::from_code(constant.code()), Ok(constant));
    }
}

#[test]
fn what_is_no_code_is_refused() {
    for text in [
        "", "eur", "EU", "EURO", " EUR", "EUR ", "€", "ÉUR", "XXX", "XAU", "XDR", "BGN", "HRK", "ANG", "ZWL",
        // Letters that stand side by side in the table, but are no code of it.
        "DAF", "EDA",
    ] {
        assert_eq!(Currency::from_code(text), Err(UnknownCurrency), "{text:?}");
    }
}
