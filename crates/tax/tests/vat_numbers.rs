//! VAT numbers as they are typed: every country's forms and check digits, and what is refused.

#![expect(clippy::unwrap_used, reason = "a number that should be read fails the test")]

mod sample;

use onedesk_tax::VatNumberError::{Empty, UnknownCountry, WrongCheckDigits, WrongShape};
use onedesk_tax::{Country, OtherCountry, VatNumber};
use sample::country;
use sample::numbers::PUBLISHED;

/// The number with one digit changed, for every digit and every other one in its place.
fn with_one_wrong_digit(number: &str) -> impl Iterator<Item = String> + '_ {
    let places = number.char_indices().filter(|(_, char)| char.is_ascii_digit());
    places.flat_map(move |(at, right)| {
        ('0'..='9')
            .filter(move |wrong| *wrong != right)
            .map(move |wrong| {
                let mut changed = number.to_owned();
                changed.replace_range(at..=at, &wrong.to_string());
                changed
            })
    })
}

fn refused(text: &str) -> bool {
    matches!(
        VatNumber::parse(text),
        Err(WrongCheckDigits { .. } | WrongShape { .. })
    )
}

#[test]
fn published_numbers_are_read_as_they_are() {
    for (code, numbers, _) in PUBLISHED {
        for number in *numbers {
            let read = VatNumber::parse(number).unwrap_or_else(|error| panic!("{number}: {error}"));
            assert_eq!(read.as_str(), *number);
            assert_eq!(read.country(), country(code), "{number}");
        }
    }
}

#[test]
fn every_member_state_is_among_them() {
    for member in Country::eu_members() {
        assert!(
            PUBLISHED.iter().any(|(code, ..)| *code == member.as_str()),
            "{member}"
        );
    }
}

#[test]
fn one_wrong_digit_in_a_published_number_is_found() {
    for (_, numbers, guaranteed) in PUBLISHED {
        for number in *numbers {
            let mut overlooked = with_one_wrong_digit(number).filter(|wrong| !refused(wrong));
            if *guaranteed {
                assert_eq!(overlooked.next(), None, "{number}");
            }
        }
    }
}

/// Where a check cannot find all, it finds nearly all: the last digits of these companies' numbers are check digits.
#[test]
fn a_wrong_last_digit_is_found_everywhere() {
    for (right, wrong) in [
        ("BG175074752", "BG175074751"),
        ("BG7523169263", "BG7523169264"),
        ("CZ25123891", "CZ25123892"),
        ("CZ640903926", "CZ640903927"),
        ("CZ7103192745", "CZ7103192746"),
        ("EL094259216", "EL094259217"),
        ("LT119511515", "LT119511514"),
        ("LT100001919017", "LT100001919018"),
        ("LV40003521600", "LV40003521601"),
        ("NL004495445B01", "NL004495446B01"),
        ("NL123456789B13", "NL123456789B14"),
        ("PT501964843", "PT501964842"),
        ("RO18547290", "RO18547291"),
        ("SE556188840401", "SE556188840501"),
        ("GB980780684", "GB980780685"),
        ("XI980780684", "XI980780685"),
    ] {
        let country = VatNumber::parse(right).unwrap().country();
        assert_eq!(
            VatNumber::parse(wrong),
            Err(WrongCheckDigits { country }),
            "{wrong}"
        );
    }
}

#[test]
fn separators_and_small_letters_are_taken() {
    for (typed, canonical) in [
        ("fr40303265045", "FR40303265045"),
        (" FR 40 303 265 045 ", "FR40303265045"),
        ("FR\u{a0}40\u{202f}303\u{2009}265\u{a0}045\r\n", "FR40303265045"),
        ("BE 0403.170.701", "BE0403170701"),
        ("be-403.170.701", "BE0403170701"),
        ("GR 094259216", "EL094259216"),
        ("CHE-116.281.710", "CHE116281710MWST"),
        ("CHE-116.281.710 MWST", "CHE116281710MWST"),
        ("che-116.281.710 tva", "CHE116281710MWST"),
        ("CHE-107.787.577 IVA", "CHE107787577MWST"),
        ("CHE-107.787.577 VAT", "CHE107787577MWST"),
        ("NO 995 525 828", "NO995525828MVA"),
        ("NO 995 525 828 MVA", "NO995525828MVA"),
        ("CZ 710319/2745", "CZ7103192745"),
        ("GB 980 7806 84", "GB980780684"),
        ("GB 980 7806 84 001", "GB980780684001"),
        ("SE556188–840401", "SE556188840401"),
        ("ie8d79739i", "IE8D79739I"),
        ("nl 0044.95.445.b.01", "NL004495445B01"),
    ] {
        assert_eq!(
            VatNumber::parse(typed).map(String::from),
            Ok(canonical.to_owned()),
            "{typed:?}"
        );
    }
}

#[test]
fn nothing_is_empty() {
    for text in ["", " ", "\t\r\n", "-", " . - / ", "\u{a0}\u{202f}"] {
        assert_eq!(VatNumber::parse(text), Err(Empty), "{text:?}");
    }
}

#[test]
fn a_number_without_a_known_prefix_is_refused() {
    for text in [
        "40303265045",
        "F",
        "F40303265045",
        "US123456789",
        "XX123456789",
        "UK980780684",
        "FЯ40303265045",
        "ФР40303265045",
        "№",
        "+*",
        "EU372000041",
        "¡",
    ] {
        assert_eq!(VatNumber::parse(text), Err(UnknownCountry), "{text:?}");
    }
}

#[test]
fn what_is_written_otherwise_is_told_apart_from_a_slip() {
    for (text, code) in [
        ("FR", "FR"),
        ("FR4030326504", "FR"),
        ("FR403032650450", "FR"),
        ("FR4030326504O", "FR"),
        ("FR40303265045,", "FR"),
        ("FR４0303265045", "FR"),
        ("FR40303265045 FR40303265045", "FR"),
        ("AT13585627", "AT"),
        ("ATV13585627", "AT"),
        ("BE2403170701", "BE"),
        ("BG12345678", "BG"),
        ("CHE116281710MVA", "CH"),
        ("CH116281710", "CH"),
        ("CY102590337", "CY"),
        ("DE012345678", "DE"),
        ("ES54362315", "ES"),
        ("ES543623157", "ES"),
        ("GR094259216X", "GR"),
        ("EL94259216", "GR"),
        ("GBXX001", "GB"),
        ("IE6433435", "IE"),
        ("IE64334359", "IE"),
        ("LT119511525", "LT"),
        ("NL004495445C01", "NL"),
        ("NL004495445B0", "NL"),
        ("NO995525828MWST", "NO"),
        ("RO1", "RO"),
        ("RO01590082", "RO"),
        ("RO12345678901", "RO"),
        // Typed to get past the field; their check digits would fit.
        ("FI00000000", "FI"),
        ("IT00000000000", "IT"),
        ("LU00000000", "LU"),
    ] {
        let country = country(code);
        assert_eq!(VatNumber::parse(text), Err(WrongShape { country }), "{text:?}");
    }
}

#[test]
fn parts_that_are_never_given_out_are_refused() {
    for text in [
        "BE0403170798", // 98, where 1 would be right: one past the range of the check
        "CZ90000001",   // companies do not begin with 9
        "CZ540101123",  // a birth number of nine digits, which were given out until 1953
        "CZ7113192742", // a thirteenth month
        "ESI12345674",  // no such kind of body
        "FRIO303265045",
        "GBGD500",
        "GBHA499",
        "IE1234567FJ",
        "NL004495445B00",
        "SE556188840400",
        "SE556188840495",
        "SK2002749610",
    ] {
        assert!(
            matches!(VatNumber::parse(text), Err(WrongCheckDigits { .. })),
            "{text}: {:?}",
            VatNumber::parse(text)
        );
    }
}

#[test]
fn registers_are_asked_with_the_prefix_and_the_rest() {
    let parts = |text: &str| {
        let number = VatNumber::parse(text).unwrap();
        (
            number.prefix().to_owned(),
            number.national().to_owned(),
            number.country(),
        )
    };
    assert_eq!(
        parts("GR 094259216"),
        ("EL".into(), "094259216".into(), country("GR"))
    );
    assert_eq!(
        parts("XI 980 7806 84"),
        ("XI".into(), "980780684".into(), country("GB"))
    );
    assert_eq!(
        parts("CHE-116.281.710 TVA"),
        ("CH".into(), "E116281710MWST".into(), country("CH"))
    );
}

#[test]
fn a_number_belongs_to_the_country_of_its_prefix() {
    for (number, address) in [
        ("FR40303265045", "FR"),
        ("FR40303265045", "MC"),
        ("EL094259216", "GR"),
        ("XI980780684", "GB"),
        ("GB980780684", "IM"),
        ("CHE116281710MWST", "CH"),
    ] {
        let number = VatNumber::parse(number).unwrap();
        assert_eq!(number.belongs_to(country(address)), Ok(()), "{number} {address}");
    }
    for (number, address) in [
        ("FR40303265045", "DE"),
        ("FR40303265045", "RE"),
        ("XI980780684", "IE"),
        ("DE136695976", "AT"),
    ] {
        let number = VatNumber::parse(number).unwrap();
        let (address, of) = (country(address), number.country());
        assert_eq!(
            number.belongs_to(address),
            Err(OtherCountry { number: of, address }),
            "{number} {address}"
        );
    }
}

#[test]
fn examples_are_numbers_of_their_country() {
    for (code, ..) in PUBLISHED {
        let country = country(code);
        let example = VatNumber::example(country).unwrap();
        let read = VatNumber::parse(example).unwrap_or_else(|error| panic!("{example}: {error}"));
        assert_eq!((read.as_str(), read.country()), (example, country));
    }
    assert_eq!(
        VatNumber::example(country("MC")),
        VatNumber::example(country("FR"))
    );
    assert_eq!(VatNumber::example(country("US")), None);
}

#[test]
fn errors_say_what_to_do() {
    let told = |text: &str| VatNumber::parse(text).unwrap_err().to_string();
    assert_eq!(told(""), "enter a VAT number");
    assert_eq!(
        told("40303265045"),
        "a VAT number begins with the two letters of its country, such as FR; this one does not"
    );
    assert_eq!(
        told("EL1"),
        "this is not how a VAT number of GR is written; one looks like EL123456783"
    );
    assert_eq!(
        told("FR40303265046"),
        "this VAT number of FR does not exist: its check digits do not fit; compare it character by character"
    );
    let french = VatNumber::parse("FR40303265045").unwrap();
    assert_eq!(
        french.belongs_to(country("DE")).unwrap_err().to_string(),
        "this is a VAT number of FR, but the address is in DE; correct one of the two"
    );
}
