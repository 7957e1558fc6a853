//! Which tax a sale gets, and how an electronic invoice names it.

#![expect(clippy::unwrap_used, reason = "a treatment that should be had fails the test")]

mod sample;

use onedesk_tax::TreatmentKind::{BuyersCountry, Domestic, OutsideScope, ReverseCharge};
use onedesk_tax::VatStanding::{Confirmed, Pending, Wrong};
use onedesk_tax::{Buyer, Rate, TaxRates, Treatment, TreatmentKind, UnknownRate, treatment};
use sample::{business, buyer, country, date, percent, rates, seller};

const GERMAN: &str = "DE136695976";
const FRENCH: &str = "FR40303265045";
const GREEK: &str = "EL094259216";

fn treated(from: &str, to: &Buyer) -> Treatment {
    treatment(&seller(from), to, &rates(), date("2026-11-22")).unwrap()
}

fn expect(from: &str, to: &Buyer, kind: TreatmentKind, rate: &str, taxed_in: &str) {
    let expected = Treatment {
        kind,
        rate: percent(rate),
        country: country(taxed_in),
    };
    assert_eq!(treated(from, to), expected, "{from} to {to:?}");
}

#[test]
fn at_home_the_sellers_rate_holds_with_and_without_a_number() {
    expect("FR", &buyer("FR"), Domestic, "20", "FR");
    expect("FR", &business("FR", FRENCH, Confirmed), Domestic, "20", "FR");
    expect("CH", &buyer("CH"), Domestic, "8.1", "CH");
    expect("GB", &buyer("GB"), Domestic, "20", "GB");
    expect("NO", &buyer("NO"), Domestic, "25", "NO");
}

#[test]
fn a_business_in_another_member_state_accounts_for_the_tax_itself() {
    expect("FR", &business("DE", GERMAN, Confirmed), ReverseCharge, "0", "DE");
    expect("FR", &business("GR", GREEK, Confirmed), ReverseCharge, "0", "GR");
    expect("DE", &business("FR", FRENCH, Confirmed), ReverseCharge, "0", "FR");
}

#[test]
fn a_number_counts_until_it_is_known_to_be_wrong() {
    expect("FR", &business("DE", GERMAN, Pending), ReverseCharge, "0", "DE");
    expect("FR", &business("DE", GERMAN, Wrong), BuyersCountry, "19", "DE");
}

#[test]
fn a_number_of_another_country_does_not_count() {
    expect(
        "FR",
        &business("IT", GERMAN, Confirmed),
        BuyersCountry,
        "22",
        "IT",
    );
    // Northern Ireland is in the union for goods only.
    expect(
        "FR",
        &business("IE", "XI980780684", Confirmed),
        BuyersCountry,
        "23",
        "IE",
    );
    expect(
        "FR",
        &business("GB", "XI980780684", Confirmed),
        OutsideScope,
        "0",
        "GB",
    );
}

#[test]
fn a_consumer_in_another_member_state_pays_its_rate() {
    expect("FR", &buyer("FI"), BuyersCountry, "25.5", "FI");
    expect("FR", &buyer("LU"), BuyersCountry, "17", "LU");
    expect("IE", &buyer("GR"), BuyersCountry, "24", "GR");
}

#[test]
fn the_rate_is_the_one_of_the_day() {
    let on = |day| {
        treatment(&seller("FR"), &buyer("RO"), &rates(), date(day))
            .unwrap()
            .rate
    };
    assert_eq!(
        (on("2025-07-31"), on("2025-08-01")),
        (percent("19"), percent("21"))
    );
}

#[test]
fn outside_the_union_nothing_is_charged() {
    for code in ["US", "GB", "CH", "NO", "JP", "RE", "AX"] {
        expect("FR", &buyer(code), OutsideScope, "0", code);
    }
    expect(
        "FR",
        &business("CH", "CHE116281710MWST", Confirmed),
        OutsideScope,
        "0",
        "CH",
    );
}

#[test]
fn a_seller_outside_the_union_charges_at_home_only() {
    expect("CH", &buyer("FR"), OutsideScope, "0", "FR");
    expect("CH", &business("FR", FRENCH, Confirmed), OutsideScope, "0", "FR");
    expect("GB", &buyer("US"), OutsideScope, "0", "US");
    // No rate in the data: none is charged.
    expect("US", &buyer("US"), OutsideScope, "0", "US");
}

#[test]
fn the_united_kingdom_was_a_member_until_the_end_of_2020() {
    let on = |day| treatment(&seller("FR"), &buyer("GB"), &rates(), date(day)).unwrap();
    assert_eq!(
        (on("2020-12-31").kind, on("2020-12-31").rate),
        (BuyersCountry, percent("20"))
    );
    assert_eq!(on("2021-01-01").kind, OutsideScope);
}

#[test]
fn monaco_is_taxed_as_france() {
    expect("FR", &buyer("MC"), Domestic, "20", "FR");
    expect("DE", &buyer("MC"), BuyersCountry, "20", "FR");
    expect("DE", &business("MC", FRENCH, Confirmed), ReverseCharge, "0", "FR");
    expect("GB", &buyer("IM"), Domestic, "20", "GB");
}

#[test]
fn a_rate_that_is_not_known_is_an_error_and_not_zero() {
    let nothing = TaxRates { countries: vec![] };
    let on = date("2026-11-22");
    let of = |to: &Buyer| treatment(&seller("FR"), to, &nothing, on);
    let unknown = |code| {
        Err(UnknownRate {
            country: country(code),
            on,
        })
    };
    assert_eq!(of(&buyer("FR")), unknown("FR"));
    assert_eq!(of(&buyer("DE")), unknown("DE"));
    assert_eq!(of(&business("DE", GERMAN, Wrong)), unknown("DE"));
    // Where none is charged, none is needed.
    assert_eq!(
        of(&business("DE", GERMAN, Pending)).map(|tax| tax.rate),
        Ok(Rate::ZERO)
    );
    assert_eq!(of(&buyer("US")).map(|tax| tax.rate), Ok(Rate::ZERO));
    assert_eq!(
        of(&buyer("DE")).unwrap_err().to_string(),
        "the VAT rate of DE on 2026-11-22 is not known; add it to the file of tax rates"
    );
}

#[test]
fn an_electronic_invoice_names_each_treatment() {
    let codes = |tax: Treatment| {
        (
            tax.category_code(),
            tax.category_rate().map(Rate::to_percent_string),
            tax.exemption_reason_code(),
        )
    };
    assert_eq!(codes(treated("FR", &buyer("FR"))), ("S", Some("20".into()), None));
    assert_eq!(
        codes(treated("FR", &buyer("FI"))),
        ("S", Some("25.5".into()), None)
    );
    assert_eq!(
        codes(treated("FR", &business("DE", GERMAN, Confirmed))),
        ("AE", Some("0".into()), Some("VATEX-EU-AE"))
    );
    assert_eq!(
        codes(treated("FR", &buyer("US"))),
        ("O", None, Some("VATEX-EU-O"))
    );
    let untaxed = Treatment {
        kind: Domestic,
        rate: Rate::ZERO,
        country: country("KW"),
    };
    assert_eq!(codes(untaxed), ("Z", Some("0".into()), None));
}
