#![expect(clippy::unwrap_used, reason = "what should be had fails the test")]

use super::*;
use onedesk_pricing::{PlanPrices, ProrationUnit, Trial, UnitPrice};

const USD: Currency = Currency::USD;
const JPY: Currency = Currency::JPY;

fn price_list() -> PriceList {
    let unit = |currency, monthly, annual| UnitPrice {
        currency,
        monthly: Money::new(monthly, currency),
        annual: Money::new(annual, currency),
    };
    let plan = |id: &str, factor: i64| PlanPrices {
        id: PlanId::new(id).unwrap(),
        prices: vec![
            unit(USD, 1499 * factor, 1199 * factor),
            unit(JPY, 2000 * factor, 1600 * factor),
        ],
    };
    PriceList {
        version: "1".into(),
        currencies: vec![USD, JPY],
        max_seats: Seats::new(500).unwrap(),
        trial: Trial {
            days: 14,
            plan: PlanId::new("high").unwrap(),
        },
        proration: ProrationUnit::Day,
        plans: vec![plan("low", 1), plan("high", 2)],
    }
}

fn with_calculator(least: u32, test: impl FnOnce(Calculator)) {
    let owner = Owner::new();
    owner.with(|| {
        let start = Choice {
            plan: PlanId::new("low").unwrap(),
            seats: Seats::new(10).unwrap(),
            period: BillingPeriod::Annual,
            currency: USD,
        };
        test(Calculator::new(
            price_list(),
            start,
            Signal::stored(Seats::new(least).unwrap()),
        ));
    });
}

fn totals(calculator: &Calculator) -> Vec<Option<i64>> {
    calculator
        .quotes
        .get_untracked()
        .iter()
        .map(|plan| plan.quote.as_ref().map(|quote| quote.total.minor))
        .collect()
}

#[test]
fn totals_of_all_plans_follow_every_change() {
    with_calculator(1, |calculator| {
        assert_eq!(totals(&calculator), [Some(1199 * 12 * 10), Some(2398 * 12 * 10)]);
        calculator.seats_text.set("3".into());
        assert_eq!(totals(&calculator), [Some(1199 * 12 * 3), Some(2398 * 12 * 3)]);
        calculator.period.set(BillingPeriod::Monthly);
        assert_eq!(totals(&calculator), [Some(1499 * 3), Some(2998 * 3)]);
        calculator.currency.set(JPY);
        assert_eq!(totals(&calculator), [Some(6000), Some(12_000)]);
        calculator.plan.set(PlanId::new("high").unwrap());
        assert_eq!(
            calculator.quote().map(|quote| quote.total),
            Some(Money::new(12_000, JPY))
        );
    });
}

#[test]
fn bad_seats_keep_what_was_typed_and_the_price_a_user() {
    with_calculator(1, |calculator| {
        let refused = |error| Err(SeatsProblem::Refused(error));
        for (text, problem) in [
            ("0", refused(SeatsError::TooFew)),
            ("-1", refused(SeatsError::TooFew)),
            ("1.5", refused(SeatsError::NotWhole)),
            ("", refused(SeatsError::Empty)),
            ("1e9", refused(SeatsError::NotANumber)),
            ("1000000000", refused(SeatsError::TooMany { max: 500 })),
            ("501", refused(SeatsError::TooMany { max: 500 })),
            ("12 users please\n<b>", refused(SeatsError::NotANumber)),
        ] {
            calculator.seats_text.set(text.into());
            assert_eq!(calculator.seats.get_untracked(), problem, "{text}");
            assert_eq!(calculator.seats_text.get_untracked(), text);
            assert_eq!(totals(&calculator), [None, None], "{text}");
            assert_eq!(calculator.choice.get_untracked(), None, "{text}");
            assert_eq!(
                calculator.chosen().and_then(|plan| plan.annual),
                Some(Money::new(1199, USD))
            );
        }
        calculator.seats_text.set(" 1 \n".into());
        assert_eq!(calculator.seats.get_untracked(), Ok(Seats::ONE));
    });
}

#[test]
fn fewer_licences_than_users_are_refused() {
    with_calculator(7, |calculator| {
        calculator.seats_text.set("6".into());
        assert_eq!(
            calculator.seats.get_untracked(),
            Err(SeatsProblem::BelowUsers {
                users: Seats::new(7).unwrap()
            })
        );
        calculator.one_fewer();
        assert_eq!(calculator.seats_text.get_untracked(), "7");
    });
}

#[test]
fn steps_stay_within_bounds_and_recover() {
    with_calculator(1, |calculator| {
        for (from, more, fewer) in [
            ("10", "11", "9"),
            ("1", "2", "1"),
            ("500", "500", "499"),
            ("9999", "500", "500"),
            ("x", "1", "1"),
            ("", "1", "1"),
        ] {
            calculator.seats_text.set(from.into());
            calculator.one_more();
            assert_eq!(calculator.seats_text.get_untracked(), more, "{from}");
            calculator.seats_text.set(from.into());
            calculator.one_fewer();
            assert_eq!(calculator.seats_text.get_untracked(), fewer, "{from}");
        }
    });
}

#[test]
fn more_users_than_licences_sold_is_no_panic() {
    with_calculator(600, |calculator| {
        calculator.one_more();
        calculator.one_fewer();
        assert!(calculator.seats.get_untracked().is_err());
    });
}
