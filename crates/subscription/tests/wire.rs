//! The JSON that crosses the wire and lies in databases: written down, so that it does not change unnoticed.

#![expect(clippy::unwrap_used, reason = "JSON that should be read fails the test")]

mod sample;

use onedesk_pricing::BillingPeriod::Monthly;
use onedesk_pricing::QuoteError;
use onedesk_subscription::{
    Command, Decision, Event, Facts, Preview, Refusal, Request, ScheduledPart, Standing, Subscription,
    Wanted, preview,
};
use sample::{after, bought, cancel, date, failed, on, price_list, seats, want_seats};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, from_value, json, to_value};

/// The value is written as `json` and read back the same.
fn both_ways<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(value: &T, json: Value) {
    assert_eq!(to_value(value).unwrap(), json);
    assert_eq!(from_value::<T>(json).unwrap(), *value);
}

/// The value is read back the same as it was written.
fn reads_back<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(value: &T) {
    assert_eq!(from_value::<T>(to_value(value).unwrap()).unwrap(), *value);
}

#[test]
fn standings() {
    both_ways(&Standing::Active, json!("active"));
    both_ways(
        &Standing::PastDue {
            since: date("2026-05-01"),
            failures: 2,
            next_retry: Some(date("2026-05-04")),
        },
        json!({"past_due": {"since": "2026-05-01", "failures": 2, "next_retry": "2026-05-04"}}),
    );
    both_ways(
        &Standing::Suspended {
            since: date("2026-05-08"),
        },
        json!({"suspended": {"since": "2026-05-08"}}),
    );
    both_ways(
        &Standing::Ended {
            on: date("2026-05-01"),
        },
        json!({"ended": {"on": "2026-05-01"}}),
    );
}

#[test]
fn requests() {
    both_ways(&Request::Cancel, json!("cancel"));
    both_ways(&Request::Resume, json!("resume"));
    both_ways(
        &Request::Withdraw(ScheduledPart::Seats),
        json!({"withdraw": "seats"}),
    );
    both_ways(
        &Request::Change(Wanted {
            seats: Some(seats(12)),
            ..Wanted::default()
        }),
        json!({"change": {"seats": 12}}),
    );
    // A renewal, or a payment, is nothing that can be asked for.
    assert!(from_value::<Request>(json!("renew")).is_err());
    assert!(from_value::<Request>(json!({"change": {"seats": 0}})).is_err());
}

#[test]
fn a_subscription() {
    let subscription = after(
        bought("standard", 10, Monthly, "2026-01-31"),
        [("2026-02-01", want_seats(5))],
    );
    both_ways::<Subscription>(
        &subscription,
        json!({
            "term": {
                "plan": "standard",
                "seats": 10,
                "period": "monthly",
                "unit_price": {"minor": 3000, "currency": "EUR"},
                "anchor": "2026-01-31",
                "current": {"start": "2026-01-31", "end": "2026-02-28"},
            },
            "scheduled": {"plan": null, "seats": 5, "period": null, "currency": null},
            "cancels_at_period_end": false,
            "standing": "active",
            "version": 2,
        }),
    );
}

#[test]
fn events() {
    both_ways(
        &Event::LicencesAdded {
            added: seats(2),
            licences: seats(5),
        },
        json!({"licences_added": {"added": 2, "licences": 5}}),
    );
    both_ways(
        &Event::PaymentFailed {
            attempt: 5,
            next_retry: None,
        },
        json!({"payment_failed": {"attempt": 5, "next_retry": null}}),
    );
}

/// An order keeps its decision until it is paid.
#[test]
fn decisions_read_back() {
    let subscription = bought("standard", 10, Monthly, "2026-01-31");
    let decisions: Vec<Decision> = [
        ("2026-02-01", want_seats(12)),
        ("2026-02-01", want_seats(5)),
        ("2026-02-01", cancel()),
        ("2026-02-28", Command::Renew),
        ("2026-02-28", failed("2026-02-28")),
    ]
    .map(|(day, command)| on(day, &subscription, command).unwrap())
    .into();
    decisions.iter().for_each(reads_back);
}

#[test]
fn a_preview() {
    let subscription = bought("standard", 10, Monthly, "2026-04-01");
    let prices = price_list();
    let facts = Facts {
        prices: &prices,
        moment: onedesk_pricing::Moment::Day {
            on: date("2026-04-16"),
        },
        active_users: 1,
    };
    let preview: Preview = preview(&subscription, &want_seats(12), &facts).unwrap();
    reads_back(&preview);
    let json = to_value(&preview).unwrap();
    let euros = |minor: i64| json!({"minor": minor, "currency": "EUR"});
    assert_eq!(
        json["seen"],
        json!({
            "moment": {"unit": "day", "on": "2026-04-16"},
            "version": 1,
            "price_list_version": "2026-01",
            "net": euros(3000),
        })
    );
    assert_eq!(
        json["decision"]["charge"],
        json!({
            "kind": "change_now",
            "lines": [{
                "kind": "added_seats",
                "plan": "standard",
                "seats": 2,
                "unit_price": euros(3000),
                "months": 1,
                "fraction": {"numerator": 15, "denominator": 30, "unit": "day"},
                "amount": euros(3000),
            }],
            "net": euros(3000),
            "period": {"start": "2026-04-16", "end": "2026-05-01"},
            "anchor_moves": false,
        })
    );
    assert_eq!(json["decision"]["next_renewal"]["on"], "2026-05-01");
    assert_eq!(json["decision"]["next_renewal"]["net"], euros(36_000));
    assert_eq!(json["decision"]["after"]["version"], 2);
}

/// Every refusal says what was not done, and ends as a sentence.
#[test]
fn refusals_are_sentences() {
    let on = date("2026-05-01");
    for refusal in [
        Refusal::NoChange,
        Refusal::MixedTiming,
        Refusal::FewerLicencesThanUsers {
            licences: 2,
            active_users: 3,
        },
        Refusal::PaymentOverdue { since: on },
        Refusal::RenewalDue { on },
        Refusal::AlreadyCancelled { ends_on: on },
        Refusal::NotCancelled,
        Refusal::NothingOverdue,
        Refusal::AlreadySuspended { since: on },
        Refusal::NotDue { on },
        Refusal::Ended { on },
        Refusal::NotSold(QuoteError::UnknownPlan),
        Refusal::NotPriced(onedesk_pricing::ChangeError::WrongUnit),
    ] {
        let text = refusal.to_string();
        assert!(
            text.starts_with("Nothing was changed: ") && text.ends_with('.'),
            "{text}"
        );
    }
    let parts = ScheduledPart::ALL.map(|part| Refusal::NothingScheduled(part).to_string());
    assert_eq!(
        parts,
        [
            "Nothing was withdrawn: no change of the plan is scheduled.",
            "Nothing was withdrawn: no change of the number of licences is scheduled.",
            "Nothing was withdrawn: no change of the billing period is scheduled.",
            "Nothing was withdrawn: no change of the currency is scheduled.",
        ]
    );
}
