#![expect(clippy::unwrap_used, reason = "what should be had fails the test")]

use super::*;
use onedesk_pricing::{Money, PlanPrices, ProrationUnit, Trial, UnitPrice};

fn list() -> PriceList {
    let currencies = vec![Currency::USD, Currency::EUR, Currency::JPY];
    let plan = |id: &str, minor: i64| PlanPrices {
        id: PlanId::new(id).unwrap(),
        prices: currencies
            .iter()
            .map(|currency| UnitPrice {
                currency: *currency,
                monthly: Money::new(minor * 5 / 4, *currency),
                annual: Money::new(minor, *currency),
            })
            .collect(),
    };
    PriceList {
        version: "1".into(),
        max_seats: Seats::new(500).unwrap(),
        trial: Trial {
            days: 14,
            plan: PlanId::new("enterprise").unwrap(),
        },
        proration: ProrationUnit::Day,
        plans: vec![
            plan("standard", 1000),
            plan("premium", 1200),
            plan("enterprise", 1600),
        ],
        currencies,
    }
}

fn default() -> Choice {
    default_choice(&list(), None, Language::En).unwrap()
}

fn read_faults(query: &str) -> Vec<Fault> {
    read(query, &list(), &default()).faults
}

#[test]
fn the_default_depends_on_catalog_and_language_alone() {
    assert_eq!(
        query(&default()),
        "plan=premium&seats=10&period=annual&currency=USD"
    );
    let french = default_choice(&list(), Some(&PlanId::new("standard").unwrap()), Language::Fr).unwrap();
    assert_eq!(
        query(&french),
        "plan=standard&seats=10&period=annual&currency=EUR"
    );
    assert_eq!(
        default_choice(&list(), None, Language::De).map(|choice| choice.currency),
        Some(Currency::EUR)
    );
    let gone = PlanId::new("gone").unwrap();
    assert_eq!(
        default_choice(&list(), Some(&gone), Language::En),
        Some(default())
    );
    let mut small = list();
    small.currencies = vec![Currency::JPY];
    small.max_seats = Seats::new(5).unwrap();
    let choice = default_choice(&small, None, Language::Fr).unwrap();
    assert_eq!((choice.currency, choice.seats.get()), (Currency::JPY, 5));
    small.plans.clear();
    assert_eq!(default_choice(&small, None, Language::Fr), None);
}

#[test]
fn what_was_written_is_read_back() {
    let choice = Choice {
        plan: PlanId::new("enterprise").unwrap(),
        seats: Seats::new(500).unwrap(),
        period: BillingPeriod::Monthly,
        currency: Currency::JPY,
    };
    let back = read(&query(&choice), &list(), &default());
    assert_eq!(
        back,
        ReadChoice {
            choice,
            faults: vec![],
            is_given: true
        }
    );
    assert_eq!(
        read("", &list(), &default()),
        ReadChoice {
            choice: default(),
            faults: vec![],
            is_given: false
        }
    );
    assert!(!read("?utm_source=x", &list(), &default()).is_given);
}

#[test]
fn what_cannot_be_used_falls_back_and_is_told() {
    for seats in [
        "0",
        "-1",
        "1.5",
        "",
        "1e9",
        "501",
        "99999999999999999999",
        "twelve",
        "%00",
    ] {
        let back = read(
            &["?seats=", seats, "&plan=standard"].concat(),
            &list(),
            &default(),
        );
        assert_eq!(back.choice.seats.get(), 10, "{seats}");
        assert_eq!(back.choice.plan.as_str(), "standard", "{seats}");
        assert!(matches!(back.faults.as_slice(), [Fault::Seats(_)]), "{seats}");
    }
    assert_eq!(read_faults("plan=gold"), [Fault::Plan("gold".into())]);
    assert_eq!(read_faults("plan=<script>"), [Fault::Plan("<script>".into())]);
    assert_eq!(
        read_faults("period=weekly&currency=BTC"),
        [Fault::Period("weekly".into()), Fault::Currency("BTC".into())]
    );
    assert_eq!(
        read_faults("currency=GBP"),
        [Fault::Currency("GBP".into())],
        "a currency, but not sold"
    );
    let long = read_faults(&["plan=", &"x".repeat(5000)].concat());
    assert_eq!(long, [Fault::Plan("x".repeat(40))]);
}

#[test]
fn small_liberties_are_understood() {
    let back = read(
        "?currency=eur&seats=+12+&plan=premium&plan=gold",
        &list(),
        &default(),
    );
    assert_eq!(
        (back.choice.currency, back.choice.seats.get()),
        (Currency::EUR, 12)
    );
    assert_eq!(back.faults, []);
}

#[test]
fn broken_escapes_and_bytes_never_panic() {
    for query in [
        "%",
        "?%=%",
        "seats=%zz",
        "plan=%f0%28",
        "=&&==&",
        "seats",
        "currency=%e2%82%ac",
        "é=ü",
    ] {
        let back = read(query, &list(), &default());
        assert_eq!(back.choice.period, BillingPeriod::Annual, "{query}");
    }
    assert_eq!(
        parameter("token=a%2Bb%20c+d", "token").as_deref(),
        Some("a+b c d")
    );
}

#[test]
fn parameters_of_others_stay() {
    let merged = merged("?utm_source=mail&seats=3&partner=acme&plan=x", &default());
    assert_eq!(
        merged,
        "plan=premium&seats=10&period=annual&currency=USD&utm_source=mail&partner=acme"
    );
    assert_eq!(super::merged("", &default()), query(&default()));
}
