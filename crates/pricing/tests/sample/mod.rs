//! A price list with the round numbers that the tests reckon with, and short ways to write values down.

#![allow(dead_code, reason = "every test file uses a part of it")]
#![allow(
    clippy::unwrap_used,
    reason = "a sample that is wrong fails the test, as it should"
)]

use onedesk_pricing::{
    BillingPeriod, Choice, Currency, Date, Money, Period, PlanId, PlanPrices, PriceList, ProrationUnit,
    Seats, Term, Trial, UnitPrice,
};

pub const EUR: Currency = Currency::EUR;

pub fn date(text: &str) -> Date {
    text.parse().unwrap()
}

pub fn period(start: &str, end: &str) -> Period {
    Period {
        start: date(start),
        end: date(end),
    }
}

pub fn eur(text: &str) -> Money {
    Money::parse(text, EUR).unwrap()
}

pub fn plan(text: &str) -> PlanId {
    text.parse().unwrap()
}

pub fn seats(count: u32) -> Seats {
    Seats::new(count).unwrap()
}

pub fn choice(id: &str, count: u32, period: BillingPeriod) -> Choice {
    Choice {
        plan: plan(id),
        seats: seats(count),
        period,
        currency: EUR,
    }
}

/// A subscription bought on a day at the price of [`price_list`].
pub fn bought(choice: &Choice, on: &str) -> Term {
    let price = price_list()
        .unit_price(&choice.plan, choice.currency, choice.period)
        .unwrap();
    Term::begin(choice, price, date(on)).unwrap()
}

/// Three plans in EUR, JPY and KWD; by day; 500 licences at most.
pub fn price_list() -> PriceList {
    let prices = |monthly: [&str; 3], annual: [&str; 3]| {
        [EUR, Currency::JPY, Currency::KWD]
            .into_iter()
            .zip(monthly.into_iter().zip(annual))
            .map(|(currency, (monthly, annual))| UnitPrice {
                currency,
                monthly: Money::parse(monthly, currency).unwrap(),
                annual: Money::parse(annual, currency).unwrap(),
            })
            .collect()
    };
    PriceList {
        version: "2026-01".to_owned(),
        currencies: vec![EUR, Currency::JPY, Currency::KWD],
        max_seats: seats(500),
        trial: Trial {
            days: 14,
            plan: plan("enterprise"),
        },
        proration: ProrationUnit::Day,
        plans: vec![
            PlanPrices {
                id: plan("standard"),
                prices: prices(["11.99", "1800", "3.675"], ["8.99", "1350", "2.750"]),
            },
            PlanPrices {
                id: plan("premium"),
                prices: prices(["15.99", "2400", "4.900"], ["11.99", "1800", "3.675"]),
            },
            PlanPrices {
                id: plan("enterprise"),
                prices: prices(["22.99", "3400", "7.050"], ["17.99", "2700", "5.515"]),
            },
        ],
    }
}
