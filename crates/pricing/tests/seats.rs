//! Licences as people type and paste them.

use onedesk_pricing::{Seats, SeatsError};
use proptest::prelude::*;

fn parsed(text: &str) -> Result<u32, SeatsError> {
    Seats::parse(text).map(Seats::get)
}

#[test]
fn reads_digits_and_groups_of_three() {
    for (text, count) in [
        ("1", 1),
        (" 12\n", 12),
        ("\u{a0}12\u{a0}", 12),
        ("007", 7),
        ("1000000", 1_000_000),
        ("1 000", 1000),
        ("12 345", 12_345),
        ("1\u{a0}000", 1000),
        ("1\u{202f}000", 1000),
        ("1\u{2009}000", 1000),
        ("1'000", 1000),
        ("1’000", 1000),
        ("1 000 000", 1_000_000),
    ] {
        assert_eq!(parsed(text), Ok(count), "{text:?}");
    }
}

#[test]
fn nothing_is_told_from_no_number() {
    for text in ["", " ", "\t\n", "\u{a0}"] {
        assert_eq!(parsed(text), Err(SeatsError::Empty), "{text:?}");
    }
    for text in [
        "abc",
        "12a",
        "a12",
        "1e9",
        "1E3",
        "0x10",
        "+5",
        "-",
        "--1",
        ".",
        ",",
        "'",
        "5 licences",
        "NaN",
        "∞",
        "①",
        "１２",
        "١٢",
        "1\n000",
        "<b>3</b>",
        "💥",
        "1_000",
    ] {
        assert_eq!(parsed(text), Err(SeatsError::NotANumber), "{text:?}");
    }
}

#[test]
fn groups_of_another_length_are_no_number() {
    for text in ["1 5", "1 00", "1 0000", "1000 000", "1  000", "1 000 00"] {
        assert_eq!(parsed(text), Err(SeatsError::NotANumber), "{text:?}");
    }
}

/// `1,000` is a thousand in London and one in Paris: asking is better than billing a thousandfold.
#[test]
fn a_point_or_comma_is_not_whole() {
    for text in [
        "1.5",
        "1,5",
        "1.0",
        "1,000",
        "1.000",
        "1.",
        ",5",
        "1,000,000",
        "1 000,5",
        "-1.5",
        "0.5",
    ] {
        assert_eq!(parsed(text), Err(SeatsError::NotWhole), "{text:?}");
    }
}

#[test]
fn at_least_one() {
    for text in ["0", "000", "-1", "−1", "- 1", "-0", "-99999999999999999999"] {
        assert_eq!(parsed(text), Err(SeatsError::TooFew), "{text:?}");
    }
    assert_eq!(Seats::new(0), Err(SeatsError::TooFew));
}

#[test]
fn at_most_a_million() {
    let too_many = SeatsError::TooMany { max: 1_000_000 };
    for text in [
        "1000001",
        "1 000 001",
        "4294967296",
        "18446744073709551616",
        &"9".repeat(10_000),
    ] {
        assert_eq!(parsed(text), Err(too_many), "{text:.30}");
    }
    assert_eq!(Seats::new(u32::MAX), Err(too_many));
    assert_eq!(Seats::new(Seats::MAX).map(Seats::get), Ok(1_000_000));
    assert_eq!(
        Seats::new(Seats::MAX).and_then(|seats| seats.plus(Seats::ONE)),
        Err(too_many)
    );
}

#[test]
fn json_is_checked_as_well() {
    for json in ["0", "-1", "1.5", "1000001", "1e9", "\"3\"", "null", "true", "[]"] {
        assert!(serde_json::from_str::<Seats>(json).is_err(), "{json}");
    }
    assert_eq!(serde_json::from_str::<Seats>("3").ok(), Seats::new(3).ok());
}

proptest! {
    #[test]
    fn no_text_panics(text in any::<String>()) {
        let _ = Seats::parse(&text);
    }

    #[test]
    fn nearly_numbers_do_not_panic(text in "[-−0-9., '\u{a0}\u{202f}]{0,12}") {
        let _ = Seats::parse(&text);
    }

    #[test]
    fn every_number_reads_back(count in 1..=Seats::MAX) {
        prop_assert_eq!(parsed(&count.to_string()), Ok(count));
    }
}
