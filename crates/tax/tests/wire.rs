//! The JSON that crosses the wire and lies in databases: written down, so that it does not change unnoticed.

#![expect(clippy::unwrap_used, reason = "JSON that should be read fails the test")]

mod sample;

use onedesk_pricing::{Currency, Money};
use onedesk_tax::{
    Country, KnownVat, Rate, TaxRates, Totals, Treatment, TreatmentKind, VatNumber, VatStanding, totals,
};
use sample::{country, percent, rates};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, from_value, json, to_value};

/// The value is written as `json` and read back the same.
fn both_ways<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(value: &T, json: Value) {
    assert_eq!(to_value(value).unwrap(), json);
    assert_eq!(from_value::<T>(json).unwrap(), *value);
}

#[test]
fn small_values() {
    both_ways(&country("FR"), json!("FR"));
    both_ways(&percent("8.1"), json!(810));
    both_ways(
        &KnownVat {
            number: VatNumber::parse("fr 40 303 265 045").unwrap(),
            standing: VatStanding::Pending,
        },
        json!({"number": "FR40303265045", "standing": "pending"}),
    );
    for (standing, json) in [
        (VatStanding::Pending, "pending"),
        (VatStanding::Confirmed, "confirmed"),
        (VatStanding::Wrong, "wrong"),
    ] {
        both_ways(&standing, json!(json));
    }
}

#[test]
fn treatments() {
    for (kind, json) in [
        (TreatmentKind::Domestic, "domestic"),
        (TreatmentKind::ReverseCharge, "reverse_charge"),
        (TreatmentKind::BuyersCountry, "buyers_country"),
        (TreatmentKind::OutsideScope, "outside_scope"),
    ] {
        let treatment = Treatment {
            kind,
            rate: Rate::from_basis_points(2550),
            country: country("FI"),
        };
        both_ways(&treatment, json!({"kind": json, "rate": 2550, "country": "FI"}));
    }
}

#[test]
fn the_foot_of_an_invoice() {
    let treatment = Treatment {
        kind: TreatmentKind::Domestic,
        rate: percent("20"),
        country: country("FR"),
    };
    let eur = |minor| Money::new(minor, Currency::EUR);
    let foot: Totals = totals([eur(10_000)], &treatment, eur(500)).unwrap();
    let amount = |minor: i64| json!({"minor": minor, "currency": "EUR"});
    both_ways(
        &foot,
        json!({
            "net": amount(10_000), "tax": amount(2000), "gross": amount(12_000), "credit_used": amount(500),
            "credit_added": amount(0), "due": amount(11_500), "credit_left": amount(0),
        }),
    );
}

#[test]
fn rates_are_written_as_they_are_read() {
    let rates = rates();
    let text = toml::to_string(&rates).unwrap();
    assert_eq!(toml::from_str::<TaxRates>(&text).unwrap(), rates);
    let json = to_value(&rates).unwrap();
    assert_eq!(
        json["countries"][7],
        json!({"country": "EE", "rates": [
            {"from": "2009-07-01", "percent": "20"},
            {"from": "2024-01-01", "percent": "22"},
            {"from": "2025-07-01", "percent": "24"},
        ]})
    );
}

#[test]
fn what_is_not_valid_is_not_read() {
    for json in [json!("EL"), json!("FRA"), json!(1), json!(null)] {
        assert!(from_value::<Country>(json.clone()).is_err(), "{json}");
    }
    for json in [json!("FR40303265046"), json!("40303265045"), json!(""), json!(1)] {
        assert!(from_value::<VatNumber>(json.clone()).is_err(), "{json}");
    }
    for json in [json!(-1), json!(65_536), json!("20"), json!(20.5)] {
        assert!(from_value::<Rate>(json.clone()).is_err(), "{json}");
    }
}
