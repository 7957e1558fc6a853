//! What a choice costs and saves, and what is not sold.

#![expect(clippy::unwrap_used, reason = "a quote that should be had fails the test")]

mod sample;

use onedesk_pricing::BillingPeriod::{Annual, Monthly};
use onedesk_pricing::{
    BillingPeriod, Choice, Currency, LineKind, Money, MoneyError, PriceList, QuoteError, Saving, Seats,
    quote, saving,
};
use proptest::prelude::*;
use sample::{EUR, choice, eur, plan, price_list, seats};

#[test]
fn monthly_is_billed_for_one_month() {
    let quote = quote(&price_list(), &choice("premium", 3, Monthly)).unwrap();
    assert_eq!(quote.unit_price, eur("15.99"));
    assert_eq!(quote.total, eur("47.97"));
    assert_eq!(quote.price_list_version, "2026-01");
    assert_eq!(quote.lines.len(), 1);
    let line = &quote.lines[0];
    assert_eq!(
        (line.kind, line.months, line.seats, line.fraction),
        (LineKind::Subscription, 1, seats(3), None)
    );
    assert_eq!(
        (&line.plan, line.unit_price, line.amount),
        (&plan("premium"), eur("15.99"), eur("47.97"))
    );
}

#[test]
fn annual_is_billed_for_twelve_months_at_once() {
    let quote = quote(&price_list(), &choice("premium", 3, Annual)).unwrap();
    assert_eq!(
        (quote.unit_price, quote.lines[0].months, quote.total),
        (eur("11.99"), 12, eur("431.64"))
    );
}

#[test]
fn the_saving_of_annual_over_monthly_is_the_same_for_both_periods() {
    // (15.99 − 11.99) × 12 × 3; 4.00 of 15.99 are 25.01…%.
    let expected = Some(Saving {
        amount: eur("144.00"),
        percent: 25,
    });
    for period in BillingPeriod::ALL {
        let choice = choice("premium", 3, period);
        assert_eq!(saving(&price_list(), &choice), Ok(expected));
        assert_eq!(quote(&price_list(), &choice).unwrap().saving, expected);
    }
}

/// One plan, with these prices in cents.
fn list_with(monthly: i64, annual: i64) -> PriceList {
    let mut list = price_list();
    list.plans.truncate(1);
    list.plans[0].prices.truncate(1);
    list.plans[0].prices[0].monthly = Money::new(monthly, EUR);
    list.plans[0].prices[0].annual = Money::new(annual, EUR);
    list
}

#[test]
fn the_percentage_is_rounded_down() {
    for (monthly, annual, percent) in [
        (1000, 801, 19),
        (1000, 800, 20),
        (1000, 999, 0),
        (3, 2, 33),
        (1000, 0, 100),
    ] {
        let saving = saving(&list_with(monthly, annual), &choice("standard", 1, Annual))
            .unwrap()
            .unwrap();
        assert_eq!(
            (saving.percent, saving.amount.minor),
            (percent, (monthly - annual) * 12)
        );
    }
}

#[test]
fn no_saving_where_annual_is_not_cheaper() {
    for (monthly, annual) in [(1000, 1000), (1000, 1001), (0, 0), (0, -100)] {
        assert_eq!(
            saving(&list_with(monthly, annual), &choice("standard", 1, Monthly)),
            Ok(None)
        );
    }
}

#[test]
fn currencies_of_0_and_3_digits() {
    let in_currency = |currency| {
        let choice = Choice {
            currency,
            ..choice("premium", 7, Annual)
        };
        quote(&price_list(), &choice).unwrap().total.to_string()
    };
    assert_eq!(in_currency(Currency::JPY), "151200 JPY");
    assert_eq!(in_currency(Currency::KWD), "308.700 KWD");
}

#[test]
fn what_is_not_sold_is_refused() {
    let list = price_list();
    let unknown = choice("gold", 1, Monthly);
    assert_eq!(quote(&list, &unknown), Err(QuoteError::UnknownPlan));
    assert_eq!(saving(&list, &unknown), Err(QuoteError::UnknownPlan));

    let in_dollars = Choice {
        currency: Currency::USD,
        ..choice("premium", 1, Monthly)
    };
    assert_eq!(quote(&list, &in_dollars), Err(QuoteError::CurrencyNotSold));

    let too_many = choice("premium", 501, Monthly);
    assert_eq!(
        quote(&list, &too_many),
        Err(QuoteError::TooManySeats { max: seats(500) })
    );
    assert_eq!(
        saving(&list, &too_many),
        Err(QuoteError::TooManySeats { max: seats(500) })
    );
    assert!(quote(&list, &choice("premium", 500, Monthly)).is_ok());
}

#[test]
fn a_currency_taken_off_the_list_is_not_sold_though_it_has_prices() {
    let mut list = price_list();
    list.currencies.retain(|currency| *currency != EUR);
    assert!(!list.sells(EUR));
    assert_eq!(
        quote(&list, &choice("premium", 1, Monthly)),
        Err(QuoteError::CurrencyNotSold)
    );
}

/// Each plan has a price of its own in each currency: where it has none it is not sold, whatever it costs elsewhere.
#[test]
fn prices_are_never_converted() {
    let mut list = price_list();
    let in_yen = Choice {
        currency: Currency::JPY,
        ..choice("premium", 1, Monthly)
    };
    assert_eq!(
        quote(&list, &in_yen).unwrap().total,
        Money::new(2400, Currency::JPY)
    );
    // Ten times the price in euros leaves the price in yen as it is.
    let premium = list.plans.iter_mut().find(|plan| plan.id.as_str() == "premium");
    let prices = &mut premium.unwrap().prices;
    prices[0].monthly = eur("159.90");
    assert_eq!(
        quote(&list, &in_yen).unwrap().total,
        Money::new(2400, Currency::JPY)
    );

    let premium = list.plans.iter_mut().find(|plan| plan.id.as_str() == "premium");
    premium
        .unwrap()
        .prices
        .retain(|price| price.currency != Currency::JPY);
    assert_eq!(quote(&list, &in_yen), Err(QuoteError::CurrencyNotSold));
    assert!(quote(&list, &choice("premium", 1, Monthly)).is_ok());
}

#[test]
fn a_price_in_the_wrong_currency_is_refused() {
    let mut list = price_list();
    list.plans[0].prices[0].monthly = Money::new(1199, Currency::USD);
    let error = MoneyError::CurrencyMismatch {
        left: EUR,
        right: Currency::USD,
    };
    assert_eq!(
        quote(&list, &choice("standard", 1, Monthly)),
        Err(QuoteError::Money(error))
    );
}

#[test]
fn overflow_is_an_error() {
    let list = list_with(i64::MAX, 1);
    assert_eq!(
        quote(&list, &choice("standard", 2, Monthly)),
        Err(QuoteError::Money(MoneyError::Overflow))
    );
    assert_eq!(
        quote(&list, &choice("standard", 1, Annual)),
        Err(QuoteError::Money(MoneyError::Overflow))
    );
}

#[test]
fn levels_rise_in_the_order_of_the_list() {
    let list = price_list();
    let levels = ["standard", "premium", "enterprise", "gold"].map(|id| list.level(&plan(id)));
    assert_eq!(levels, [Some(0), Some(1), Some(2), None]);
    assert_eq!(
        list.plan(&plan("premium")).map(|found| found.id.as_str()),
        Some("premium")
    );
}

proptest! {
    #[test]
    fn a_total_is_the_sum_of_its_lines(monthly in 0_i64..10_000_000, annual in 0_i64..10_000_000, count in 1_u32..=500) {
        for period in BillingPeriod::ALL {
            let quote = quote(&list_with(monthly, annual), &choice("standard", count, period)).unwrap();
            let sum = Money::sum(quote.lines.iter().map(|line| line.amount), EUR);
            prop_assert_eq!(sum, Ok(quote.total));
            prop_assert_eq!(quote.saving.is_some(), monthly > annual);
        }
    }

    #[test]
    fn a_line_is_the_unit_price_times_months_times_licences(
        monthly in 0_i64..10_000_000, annual in 0_i64..10_000_000, count in 1_u32..=500,
    ) {
        for (period, unit_price, months) in [(Monthly, monthly, 1), (Annual, annual, 12)] {
            let quote = quote(&list_with(monthly, annual), &choice("standard", count, period)).unwrap();
            let [line] = quote.lines.as_slice() else { panic!("one line") };
            prop_assert_eq!((line.unit_price.minor, line.months, line.seats), (unit_price, months, seats(count)));
            prop_assert_eq!(line.amount.minor, unit_price * i64::from(months) * i64::from(count));
        }
    }

    /// (monthly − annual) × 12 × licences; the percentage is that of one licence, rounded down.
    #[test]
    fn the_saving_of_annual_over_monthly_is_that_of_a_year_for_all_licences(
        annual in 0_i64..10_000_000, more in 1_i64..10_000_000, count in 1_u32..=500,
    ) {
        let monthly = annual + more;
        let saving = saving(&list_with(monthly, annual), &choice("standard", count, Annual)).unwrap().unwrap();
        prop_assert_eq!(saving.amount.minor, more * 12 * i64::from(count));
        prop_assert_eq!(i64::from(saving.percent), more * 100 / monthly);
    }

    #[test]
    fn no_seats_or_price_panics(monthly: i64, annual: i64, count in 1..=Seats::MAX) {
        let mut list = list_with(monthly, annual);
        list.max_seats = seats(Seats::MAX);
        for period in BillingPeriod::ALL {
            let _ = quote(&list, &choice("standard", count, period));
            let _ = saving(&list, &choice("standard", count, period));
        }
    }
}
