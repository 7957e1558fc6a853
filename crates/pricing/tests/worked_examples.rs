//! The published proration examples, to the cent. Each names its source.

#![expect(clippy::unwrap_used, reason = "an example that cannot be read fails the test")]

use onedesk_pricing::{Currency, Date, Money, Period, prorate_by_day, prorate_by_second};
use serde_json::Value;

fn examples(kind: &str) -> Vec<Value> {
    let all: Value = serde_json::from_str(include_str!("data/worked-examples.json")).unwrap();
    let examples = all[kind].as_array().unwrap().clone();
    assert!(!examples.is_empty());
    examples
}

fn usd(value: &Value) -> Money {
    Money::parse(value.as_str().unwrap(), Currency::USD).unwrap()
}

fn date(value: &Value) -> Date {
    value.as_str().unwrap().parse().unwrap()
}

#[test]
fn the_published_examples_are_prorated_by_day() {
    for example in examples("by_day") {
        let period = Period {
            start: date(&example["period"][0]),
            end: date(&example["period"][1]),
        };
        let part = prorate_by_day(usd(&example["amount"]), period, date(&example["from"]));
        assert_eq!(part, Ok(usd(&example["expected"])), "{}", example["source"]);
    }
}

#[test]
fn the_published_examples_are_prorated_by_second() {
    for example in examples("by_second") {
        let instant = |value: &Value| value.as_i64().unwrap();
        let (start, end) = (instant(&example["period"][0]), instant(&example["period"][1]));
        let part = |full: &Value| prorate_by_second(usd(full), start, end, instant(&example["at"]));
        assert_eq!(
            part(&example["old"]),
            Ok(usd(&example["credit"])),
            "{}",
            example["source"]
        );
        assert_eq!(
            part(&example["new"]),
            Ok(usd(&example["debit"])),
            "{}",
            example["source"]
        );
    }
}
