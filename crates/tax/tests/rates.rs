//! Rates: how they are written, which one holds on a day, what is wrong with a list; and the file that comes with the
//! software.

#![expect(clippy::unwrap_used, reason = "a list that should be read fails the test")]

mod sample;

use onedesk_tax::{Country, NotAPercentage, Rate, RatesMistake, TaxRates};
use proptest::prelude::*;
use sample::{FILE, country, date, percent, rates};

fn list(text: &str) -> TaxRates {
    toml::from_str(text).unwrap()
}

#[test]
fn percentages_are_read_exactly() {
    for (text, basis_points) in [
        ("20", 2000),
        ("8.1", 810),
        ("25.5", 2550),
        ("25.50", 2550),
        ("0", 0),
        ("0.25", 25),
        ("0.05", 5),
        ("100", 10_000),
        ("655.35", u16::MAX),
    ] {
        assert_eq!(
            Rate::parse_percent(text),
            Ok(Rate::from_basis_points(basis_points)),
            "{text}"
        );
    }
    for text in [
        "",
        ".",
        "20.",
        ".5",
        "8,1",
        "8.123",
        "-1",
        "+1",
        "20 %",
        "20%",
        " 20",
        "1e1",
        "655.36",
        "99999999999",
        "２０",
    ] {
        assert_eq!(Rate::parse_percent(text), Err(NotAPercentage), "{text:?}");
    }
}

#[test]
fn percentages_are_written_with_as_few_digits_as_they_need() {
    for text in ["20", "8.1", "25.5", "0", "0.25", "0.05", "100"] {
        assert_eq!(percent(text).to_percent_string(), text);
    }
    assert_eq!(percent("8.10").to_string(), "8.1 %");
}

#[test]
fn the_latest_rate_that_began_holds() {
    let rates = rates();
    for (code, on, rate) in [
        ("EE", "2023-12-31", "20"),
        ("EE", "2024-01-01", "22"),
        ("EE", "2025-06-30", "22"),
        ("EE", "2025-07-01", "24"),
        ("FI", "2024-08-31", "24"),
        ("FI", "2024-09-01", "25.5"),
        ("SK", "2024-12-31", "20"),
        ("SK", "2025-01-01", "23"),
        ("RO", "2025-07-31", "19"),
        ("RO", "2025-08-01", "21"),
        ("LU", "2023-12-31", "16"),
        ("LU", "2024-01-01", "17"),
        ("CH", "2023-12-31", "7.7"),
        ("CH", "2024-01-01", "8.1"),
        ("FR", "2026-11-22", "20"),
        ("FR", "9999-12-31", "20"),
    ] {
        assert_eq!(
            rates.rate_of(country(code), date(on)),
            Some(percent(rate)),
            "{code} {on}"
        );
    }
    assert_eq!(rates.rate_of(country("US"), date("2026-11-22")), None);
    assert_eq!(rates.rate_of(country("FI"), date("2012-12-31")), None);
}

/// The standard rates of the Commission's list as they were valid in 2026.
#[test]
fn the_file_holds_the_standard_rates_of_2026() {
    let rates = rates();
    let expected = "AT 20 BE 21 BG 20 CY 19 CZ 21 DE 19 DK 25 EE 24 ES 21 FI 25.5 FR 20 GR 24 HR 25 HU 27 IE 23 IT 22 \
                    LT 21 LU 17 LV 21 MT 18 NL 21 PL 23 PT 23 RO 21 SE 25 SI 22 SK 23 CH 8.1 GB 20 NO 25";
    let words: Vec<&str> = expected.split(' ').collect();
    assert_eq!(words.len(), 2 * rates.countries.len());
    for pair in words.chunks(2) {
        let rate = rates.rate_of(country(pair[0]), date("2026-01-01"));
        assert_eq!(rate, Some(percent(pair[1])), "{}", pair[0]);
    }
}

#[test]
fn the_file_has_no_mistakes_and_covers_the_last_years() {
    let rates = rates();
    assert_eq!(rates.mistakes(), []);
    for member in Country::eu_members() {
        assert!(rates.rate_of(member, date("2024-01-01")).is_some(), "{member}");
    }
}

#[test]
fn the_file_says_who_keeps_it_up_to_date() {
    assert!(FILE.starts_with('#'));
    assert!(FILE.contains("KEEP IT UP TO DATE") && FILE.contains("Taxes in Europe Database"));
}

#[test]
fn every_mistake_is_told() {
    let faulty = list(
        r#"
        [[countries]]
        country = "FR"
        rates = [{ from = "2014-01-01", percent = "20" }, { from = "2014-01-01", percent = "21" }]
        [[countries]]
        country = "DE"
        rates = []
        [[countries]]
        country = "FR"
        rates = [{ from = "2026-01-01", percent = "200" }, { from = "2025-01-01", percent = "100" }]
        "#,
    );
    let mistakes = faulty.mistakes();
    let (france, first) = (country("FR"), date("2014-01-01"));
    assert_eq!(
        mistakes[..5],
        [
            RatesMistake::Unordered {
                country: france,
                from: first,
                previous: first
            },
            RatesMistake::NoRates {
                country: country("DE")
            },
            RatesMistake::DuplicateCountry { country: france },
            RatesMistake::TooHigh {
                country: france,
                from: date("2026-01-01"),
                rate: percent("200")
            },
            RatesMistake::Unordered {
                country: france,
                from: date("2025-01-01"),
                previous: date("2026-01-01")
            },
        ]
    );
    let told: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
    assert_eq!(
        told[..6],
        [
            "FR: the rate from 2014-01-01 stands after one from 2014-01-01; put the earliest first, one a day",
            "DE has no rate; add one, or remove the entry",
            "FR is listed twice; put its rates into one entry",
            "FR: 200 % from 2026-01-01 is more than 100 %; write 20 for 20 %",
            "FR: the rate from 2025-01-01 stands after one from 2026-01-01; put the earliest first, one a day",
            "AT is missing; a seller in the European Union charges the rate of each member state",
        ]
    );
    // All members but the two.
    assert_eq!(mistakes.len(), 5 + 25);
}

#[test]
fn what_is_no_list_of_rates_is_not_read() {
    for (text, told) in [
        ("", "missing field `countries`"),
        ("countries = []\nrates = []", "unknown field `rates`"),
        (
            "[[countries]]\ncountry = \"EL\"\nrates = []",
            "not a country code of ISO 3166-1",
        ),
        (
            "[[countries]]\ncountry = \"FR\"\nrates = [{ from = \"2014-01-01\", percent = \"20 %\" }]",
            "not a percentage",
        ),
        (
            "[[countries]]\ncountry = \"FR\"\nrates = [{ from = \"2014-01-01\", percent = 20 }]",
            "expected a string",
        ),
        (
            "[[countries]]\ncountry = \"FR\"\nrates = [{ from = \"2014-02-30\", percent = \"20\" }]",
            "2014-02-30",
        ),
        (
            "[[countries]]\ncountry = \"FR\"\nrates = [{ from = \"2014-01-01\", percent = \"20\", until = \"\" }]",
            "unknown field `until`",
        ),
    ] {
        let error = toml::from_str::<TaxRates>(text).unwrap_err().to_string();
        assert!(error.contains(told), "{text}\n{error}");
    }
}

proptest! {
    #[test]
    fn a_percentage_reads_back(basis_points: u16) {
        let rate = Rate::from_basis_points(basis_points);
        prop_assert_eq!(Rate::parse_percent(&rate.to_percent_string()), Ok(rate));
    }

    #[test]
    fn no_text_panics(text in any::<String>()) {
        let _ = (Rate::parse_percent(&text), Country::parse(&text));
    }
}
