//! Scheduled changes and renewals.

#![expect(clippy::unwrap_used, reason = "a preview that should be had fails the test")]

mod sample;

use onedesk_pricing::BillingPeriod::{Annual, Monthly};
use onedesk_pricing::{
    ChangeError, Choice, Currency, LineKind, Moment, Money, QuoteError, ScheduledChange, Seats, SeatsError,
    preview_held_renewal, preview_renewal, raise_plan, schedule,
};
use proptest::prelude::*;
use sample::{EUR, bought, choice, date, eur, period, plan, price_list, seats};

fn nothing() -> Money {
    Money::zero(EUR)
}

#[test]
fn an_unchanged_renewal_charges_the_next_period() {
    let term = bought(&choice("premium", 3, Monthly), "2026-01-31");
    let renewal = preview_renewal(&price_list(), &term, None, 3, nothing()).unwrap();
    assert_eq!(
        (renewal.lines.len(), renewal.lines[0].kind),
        (1, LineKind::Subscription)
    );
    assert_eq!((renewal.total, renewal.due), (eur("47.97"), eur("47.97")));
    assert_eq!(renewal.term.current, period("2026-02-28", "2026-03-31"));
    assert_eq!(
        (renewal.term.anchor, renewal.raised_to_active_users),
        (date("2026-01-31"), false)
    );
}

/// Renewed one after the other, as the server does, the day does not drift either.
#[test]
fn renewed_for_a_hundred_years_from_31_january() {
    let mut term = bought(&choice("premium", 1, Monthly), "2026-01-31");
    for _ in 0..1200 {
        let renewal = preview_renewal(&price_list(), &term, None, 1, nothing()).unwrap();
        assert_eq!(renewal.term.current.start, term.current.end);
        term = renewal.term;
        assert_eq!(
            term.current.start.day(),
            term.current.start.days_in_month().min(31)
        );
    }
    assert_eq!(term.current, period("2126-01-31", "2126-02-28"));
}

#[test]
fn a_scheduled_change_holds_only_what_differs() {
    let term = bought(&choice("premium", 10, Annual), "2026-01-01");
    let fewer = schedule(&price_list(), &term, &choice("premium", 5, Annual)).unwrap();
    assert_eq!(
        fewer,
        ScheduledChange {
            seats: Some(seats(5)),
            ..ScheduledChange::default()
        }
    );
    let all = Choice {
        currency: Currency::JPY,
        ..choice("standard", 4, Monthly)
    };
    let scheduled = schedule(&price_list(), &term, &all).unwrap();
    assert_eq!(
        scheduled,
        ScheduledChange {
            plan: Some(plan("standard")),
            seats: Some(seats(4)),
            period: Some(Monthly),
            currency: Some(Currency::JPY),
        }
    );
    assert_eq!(scheduled.applied_to(&term), all);
}

/// Raising the plan after fewer licences were scheduled: both happen.
#[test]
fn a_scheduled_change_is_not_dropped_by_another_change() {
    let term = bought(&choice("standard", 10, Monthly), "2026-04-01");
    let scheduled = schedule(&price_list(), &term, &choice("standard", 5, Monthly)).unwrap();
    let day = Moment::Day {
        on: date("2026-04-11"),
    };
    let raised = raise_plan(&price_list(), &term, &plan("premium"), day, nothing())
        .unwrap()
        .term;
    let renewal = preview_renewal(&price_list(), &raised, Some(&scheduled), 5, nothing()).unwrap();
    assert_eq!(renewal.term.choice(), choice("premium", 5, Monthly));
    assert_eq!(renewal.due, eur("79.95"));
}

#[test]
fn annual_to_monthly_keeps_the_anchor() {
    let term = bought(&choice("premium", 1, Annual), "2024-02-29");
    let scheduled = schedule(&price_list(), &term, &choice("premium", 1, Monthly)).unwrap();
    let renewal = preview_renewal(&price_list(), &term, Some(&scheduled), 1, nothing()).unwrap();
    assert_eq!(renewal.term.current, period("2025-02-28", "2025-03-29"));
    assert_eq!(
        (renewal.due, renewal.term.unit_price),
        (eur("15.99"), eur("15.99"))
    );
}

#[test]
fn another_currency_from_the_renewal_on() {
    let term = bought(&choice("premium", 2, Monthly), "2026-04-01");
    let wanted = Choice {
        currency: Currency::JPY,
        ..term.choice()
    };
    let scheduled = schedule(&price_list(), &term, &wanted).unwrap();
    let yen = |minor| Money::new(minor, Currency::JPY);
    let renewal = preview_renewal(&price_list(), &term, Some(&scheduled), 2, yen(0)).unwrap();
    assert_eq!((renewal.due, renewal.term.currency()), (yen(4800), Currency::JPY));
    // Credit in the old currency is not converted.
    assert!(preview_renewal(&price_list(), &term, Some(&scheduled), 2, eur("1")).is_err());
}

#[test]
fn more_active_users_than_scheduled_licences_are_billed_and_told() {
    let term = bought(&choice("premium", 10, Monthly), "2026-04-01");
    let scheduled = ScheduledChange {
        seats: Some(seats(5)),
        ..ScheduledChange::default()
    };
    let with = |users| preview_renewal(&price_list(), &term, Some(&scheduled), users, nothing());
    let renewal = with(7).unwrap();
    assert_eq!((renewal.term.seats, renewal.due), (seats(7), eur("111.93")));
    assert!(renewal.raised_to_active_users);
    assert!(!with(5).unwrap().raised_to_active_users);
    assert!(!with(0).unwrap().raised_to_active_users);
    assert_eq!(
        with(501),
        Err(ChangeError::Quote(QuoteError::TooManySeats { max: seats(500) }))
    );
    assert_eq!(
        with(u32::MAX),
        Err(ChangeError::Seats(SeatsError::TooMany { max: Seats::MAX }))
    );
}

#[test]
fn account_credit_pays_for_the_renewal_first() {
    let term = bought(&choice("premium", 1, Monthly), "2026-04-01");
    let renewal = preview_renewal(&price_list(), &term, None, 1, eur("10.00")).unwrap();
    assert_eq!(
        (renewal.credit_used, renewal.due, renewal.credit_left),
        (eur("10.00"), eur("5.99"), eur("0"))
    );
}

#[test]
fn a_renewal_is_quoted_from_the_list_that_is_given() {
    let term = bought(&choice("premium", 1, Monthly), "2026-04-01");
    let mut list = price_list();
    list.plans[1].prices[0].monthly = eur("20.00");
    let renewal = preview_renewal(&list, &term, None, 1, nothing()).unwrap();
    assert_eq!(
        (renewal.due, renewal.term.unit_price),
        (eur("20.00"), eur("20.00"))
    );
    list.plans.remove(1);
    let gone = preview_renewal(&list, &term, None, 1, nothing());
    assert_eq!(gone, Err(ChangeError::Quote(QuoteError::UnknownPlan)));
}

/// What is held does not vanish with the catalog: a plan withdrawn from sale renews at the price that was paid.
#[test]
fn a_plan_that_is_sold_no_more_renews_at_the_price_that_was_paid() {
    let term = bought(&choice("premium", 3, Monthly), "2026-04-01");
    let mut list = price_list();
    let held = |list: &_, scheduled: &ScheduledChange| {
        preview_held_renewal(list, &term, Some(scheduled), 2, nothing())
    };
    let (as_it_is, fewer) = (
        ScheduledChange::default(),
        ScheduledChange {
            seats: Some(seats(2)),
            ..ScheduledChange::default()
        },
    );
    list.plans[1].prices[0].monthly = eur("20.00");
    assert_eq!(held(&list, &as_it_is).unwrap().due, eur("60.00")); // sold, so at today's price
    list.plans[1].prices.remove(0);
    assert_eq!(held(&list, &as_it_is).unwrap().due, eur("47.97"));
    list.plans.remove(1);
    assert_eq!(held(&list, &as_it_is).unwrap().due, eur("47.97"));
    assert_eq!(held(&list, &fewer).unwrap().due, eur("31.98"));
    // What is to change has to be sold.
    let another = ScheduledChange {
        currency: Some(Currency::JPY),
        ..ScheduledChange::default()
    };
    assert_eq!(
        held(&list, &another),
        Err(ChangeError::Quote(QuoteError::UnknownPlan))
    );
}

#[test]
fn licences_beyond_a_limit_that_was_lowered_renew() {
    let term = bought(&choice("premium", 10, Monthly), "2026-04-01");
    let mut list = price_list();
    list.max_seats = seats(8);
    let with = |users| preview_held_renewal(&list, &term, None, users, nothing());
    assert_eq!(with(10).unwrap().term.seats, seats(10));
    let too_many = ChangeError::Quote(QuoteError::TooManySeats { max: seats(8) });
    assert_eq!(with(11), Err(too_many));
    assert_eq!(preview_renewal(&list, &term, None, 10, nothing()), Err(too_many));
}

#[test]
fn what_takes_effect_at_once_cannot_be_scheduled() {
    let term = bought(&choice("premium", 5, Monthly), "2026-04-01");
    let list = price_list();
    for wanted in [
        choice("premium", 6, Monthly),
        choice("enterprise", 5, Monthly),
        choice("premium", 5, Annual),
    ] {
        assert_eq!(schedule(&list, &term, &wanted), Err(ChangeError::AtOnce));
    }
    assert_eq!(schedule(&list, &term, &term.choice()), Err(ChangeError::NoChange));
    let mixed = choice("enterprise", 4, Monthly);
    assert_eq!(schedule(&list, &term, &mixed), Err(ChangeError::MixedTiming));
    let in_dollars = Choice {
        currency: Currency::USD,
        ..term.choice()
    };
    assert_eq!(
        schedule(&list, &term, &in_dollars),
        Err(ChangeError::Quote(QuoteError::CurrencyNotSold))
    );
    // Nor smuggled in: a month is not followed by a year that began long ago.
    let annual = ScheduledChange {
        period: Some(Annual),
        ..ScheduledChange::default()
    };
    assert_eq!(
        preview_renewal(&list, &term, Some(&annual), 5, nothing()),
        Err(ChangeError::AtOnce)
    );
}

proptest! {
    #[test]
    fn a_renewal_adds_up(count in 1_u32..=500, users in 0_u32..=500, credit in 0_i64..10_000_000, day in 1_i8..=28) {
        let anchor = format!("2026-02-{day:02}");
        let term = bought(&choice("premium", count, Monthly), &anchor);
        let credit = Money::new(credit, EUR);
        let renewal = preview_renewal(&price_list(), &term, None, users, credit).unwrap();
        prop_assert_eq!(Money::sum(renewal.lines.iter().map(|line| line.amount), EUR), Ok(renewal.total));
        prop_assert_eq!(renewal.term.seats.get(), count.max(users));
        prop_assert_eq!(renewal.total.minor, renewal.due.minor + renewal.credit_used.minor);
        prop_assert_eq!(credit.minor, renewal.credit_left.minor + renewal.credit_used.minor);
        prop_assert_eq!(renewal.term.current.start, term.current.end);
    }
}
