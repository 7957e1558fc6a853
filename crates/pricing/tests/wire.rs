//! The JSON that crosses the wire and lies in databases: written down, so that it does not change unnoticed.

#![expect(clippy::unwrap_used, reason = "JSON that should be read fails the test")]

mod sample;

use onedesk_pricing::BillingPeriod::Annual;
use onedesk_pricing::{
    Choice, Currency, Moment, Money, Period, PlanId, PriceList, Quote, ScheduledChange, Term, add_seats,
    quote,
};
use sample::{bought, choice, date, eur, price_list, seats};
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
    both_ways(&Currency::EUR, json!("EUR"));
    both_ways(&eur("11.99"), json!({"minor": 1199, "currency": "EUR"}));
    both_ways(
        &Money::new(i64::MIN, Currency::JPY),
        json!({"minor": i64::MIN, "currency": "JPY"}),
    );
    both_ways(&seats(12), json!(12));
    both_ways(&sample::plan("premium"), json!("premium"));
    both_ways(
        &sample::period("2026-01-31", "2026-02-28"),
        json!({"start": "2026-01-31", "end": "2026-02-28"}),
    );
    both_ways(
        &Moment::Day {
            on: date("2026-01-31"),
        },
        json!({"unit": "day", "on": "2026-01-31"}),
    );
    both_ways(
        &Moment::Second {
            on: date("2026-01-31"),
            start: 1,
            end: 3,
            at: 2,
        },
        json!({"unit": "second", "on": "2026-01-31", "start": 1, "end": 3, "at": 2}),
    );
}

#[test]
fn a_choice() {
    both_ways(
        &choice("premium", 12, Annual),
        json!({"plan": "premium", "seats": 12, "period": "annual", "currency": "EUR"}),
    );
}

#[test]
fn a_quote() {
    let quote: Quote = quote(&price_list(), &choice("premium", 3, Annual)).unwrap();
    both_ways(
        &quote,
        json!({
            "choice": {"plan": "premium", "seats": 3, "period": "annual", "currency": "EUR"},
            "price_list_version": "2026-01",
            "unit_price": {"minor": 1199, "currency": "EUR"},
            "lines": [{
                "kind": "subscription",
                "plan": "premium",
                "seats": 3,
                "unit_price": {"minor": 1199, "currency": "EUR"},
                "months": 12,
                "fraction": null,
                "amount": {"minor": 43164, "currency": "EUR"},
            }],
            "total": {"minor": 43164, "currency": "EUR"},
            "saving": {"amount": {"minor": 14400, "currency": "EUR"}, "percent": 25},
        }),
    );
}

#[test]
fn a_preview_of_a_change() {
    let term = bought(&choice("premium", 1, Annual), "2025-01-01");
    let moment = Moment::Day {
        on: date("2025-02-15"),
    };
    let preview = add_seats(&price_list(), &term, seats(3), moment, eur("8.42")).unwrap();
    let money = |minor: i64| json!({"minor": minor, "currency": "EUR"});
    both_ways(
        &preview,
        json!({
            "moment": {"unit": "day", "on": "2025-02-15"},
            "lines": [{
                "kind": "added_seats",
                "plan": "premium",
                "seats": 3,
                "unit_price": money(1199),
                "months": 12,
                "fraction": {"numerator": 320, "denominator": 365, "unit": "day"},
                "amount": money(37842),
            }],
            "total": money(37842),
            "due": money(37000),
            "credit_used": money(842),
            "credit_added": money(0),
            "credit_left": money(0),
            "term": {
                "plan": "premium",
                "seats": 4,
                "period": "annual",
                "unit_price": money(1199),
                "anchor": "2025-01-01",
                "current": {"start": "2025-01-01", "end": "2026-01-01"},
            },
            "current_period": {"start": "2025-01-01", "end": "2026-01-01"},
            "renews_on": "2026-01-01",
            "anchor": "2025-01-01",
            "anchor_moves": false,
        }),
    );
}

#[test]
fn a_scheduled_change() {
    both_ways(
        &ScheduledChange {
            seats: Some(seats(5)),
            ..ScheduledChange::default()
        },
        json!({"plan": null, "seats": 5, "period": null, "currency": null}),
    );
}

#[test]
fn a_price_list_reads_back() {
    let json = to_value(price_list()).unwrap();
    assert_eq!(json["max_seats"], 500);
    assert_eq!(json["proration"], "day");
    assert_eq!(json["trial"], json!({"days": 14, "plan": "enterprise"}));
    assert_eq!(
        json["plans"][0]["prices"][1]["monthly"],
        json!({"minor": 1800, "currency": "JPY"})
    );
    assert_eq!(from_value::<PriceList>(json).unwrap(), price_list());
}

#[test]
fn wrong_values_are_refused() {
    let refused = |value: Value| from_value::<Choice>(value).unwrap_err().to_string();
    let wrong = |field: &str, value: Value| {
        let mut choice = to_value(choice("premium", 12, Annual)).unwrap();
        choice[field] = value;
        refused(choice)
    };
    assert!(wrong("plan", json!("Gold!")).contains("1 to 32 lowercase letters, digits and hyphens"));
    assert!(wrong("currency", json!("eur")).contains("a currency code of ISO 4217"));
    assert!(wrong("currency", json!(978)).contains("a currency code of ISO 4217"));
    assert!(wrong("seats", json!(0)).contains("at least 1 licence is needed"));
    assert!(wrong("period", json!("weekly")).contains("monthly"));
    assert!(refused(json!({})).contains("missing field"));
    for money in [
        json!({"minor": 11.99, "currency": "EUR"}),
        json!({"minor": "1199", "currency": "EUR"}),
        json!(1199),
    ] {
        assert!(from_value::<Money>(money.clone()).is_err(), "{money}");
    }
    assert!(from_value::<Period>(json!({"start": "2026-02-30", "end": "2026-03-30"})).is_err());
    assert!(from_value::<Term>(json!({})).is_err());
}

#[test]
fn plan_identifiers() {
    for text in ["a", "premium", "plan-2", "2026", &"x".repeat(32)] {
        assert_eq!(PlanId::new(text).unwrap().as_str(), text);
    }
    for text in [
        "",
        " ",
        "Premium",
        "pre mium",
        "prémium",
        "a_b",
        "a/b",
        "a?b",
        &"x".repeat(33),
    ] {
        assert!(PlanId::new(text).is_err(), "{text:?}");
    }
}
