//! Country codes and who is in the European Union.

mod sample;

use onedesk_tax::{Country, NotACountry};
use sample::{country, date};

#[test]
fn codes_are_two_letters_in_either_case() {
    assert_eq!(Country::parse("fr").map(|code| code.to_string()), Ok("FR".into()));
    assert_eq!(country("FR"), country("Fr"));
    for text in ["", "F", "FRA", "F1", "é", "F ", " FR", "ＦＲ", "--"] {
        assert_eq!(Country::parse(text), Err(NotACountry), "{text:?}");
    }
}

#[test]
fn prefixes_of_vat_numbers_are_no_countries() {
    for text in ["EL", "el", "XI", "UK"] {
        assert_eq!(Country::parse(text), Err(NotACountry), "{text}");
    }
}

#[test]
fn twenty_seven_member_states() {
    let members: Vec<Country> = Country::eu_members().collect();
    assert_eq!(members.len(), 27);
    assert!(members.is_sorted());
    let today = date("2026-11-22");
    assert!(members.iter().all(|member| member.is_eu_member(today)));
    for outside in ["GB", "CH", "NO", "IS", "US", "TR", "RS", "MC", "RE", "AX", "GP"] {
        assert!(!country(outside).is_eu_member(today), "{outside}");
    }
}

#[test]
fn the_united_kingdom_was_treated_as_a_member_until_the_end_of_2020() {
    let kingdom = country("GB");
    assert!(kingdom.is_eu_member(date("2020-02-01")));
    assert!(kingdom.is_eu_member(date("2020-12-31")));
    assert!(!kingdom.is_eu_member(date("2021-01-01")));
}

#[test]
fn monaco_and_the_isle_of_man_are_taxed_as_their_neighbours() {
    assert_eq!(country("MC").taxed_as(), country("FR"));
    assert_eq!(country("IM").taxed_as(), country("GB"));
    assert_eq!(country("RE").taxed_as(), country("RE"));
    assert_eq!(country("DE").taxed_as(), country("DE"));
}
