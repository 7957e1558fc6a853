//! The rest of a period: its edges, what is refused, and what rounding in several steps amounts to.

#![expect(clippy::unwrap_used, reason = "an amount that should be had fails the test")]

mod sample;

use onedesk_pricing::{
    Currency, Date, Money, MoneyError, Period, ProrationError, prorate_by_day, prorate_by_second,
};
use proptest::prelude::*;
use sample::{EUR, date, eur, period};

fn april() -> Period {
    period("2026-04-01", "2026-05-01")
}

#[test]
fn the_first_day_is_the_full_amount() {
    assert_eq!(
        prorate_by_day(eur("30.00"), april(), date("2026-04-01")),
        Ok(eur("30.00"))
    );
    assert_eq!(prorate_by_second(eur("30.00"), 100, 200, 100), Ok(eur("30.00")));
}

#[test]
fn the_last_day_is_one_day() {
    assert_eq!(
        prorate_by_day(eur("30.00"), april(), date("2026-04-30")),
        Ok(eur("1.00"))
    );
    assert_eq!(prorate_by_second(eur("30.00"), 100, 130, 129), Ok(eur("1.00")));
}

#[test]
fn the_day_of_the_change_counts_as_remaining() {
    assert_eq!(
        prorate_by_day(eur("30.00"), april(), date("2026-04-11")),
        Ok(eur("20.00"))
    );
}

#[test]
fn a_leap_year_has_a_day_more() {
    let (leap, common) = (
        period("2024-01-01", "2025-01-01"),
        period("2025-01-01", "2026-01-01"),
    );
    assert_eq!(
        prorate_by_day(eur("366.00"), leap, date("2024-02-29")),
        Ok(eur("307.00"))
    );
    assert_eq!(
        prorate_by_day(eur("365.00"), common, date("2025-03-01")),
        Ok(eur("306.00"))
    );
}

#[test]
fn a_period_that_was_cut_short_by_february() {
    let period = period("2026-01-31", "2026-02-28");
    assert_eq!(
        prorate_by_day(eur("28.00"), period, date("2026-02-27")),
        Ok(eur("1.00"))
    );
}

#[test]
fn currencies_of_0_and_3_digits() {
    let yen = |minor| Money::new(minor, Currency::JPY);
    assert_eq!(
        prorate_by_day(yen(1800), april(), date("2026-04-23")),
        Ok(yen(480))
    );
    assert_eq!(
        prorate_by_day(yen(1), april(), date("2026-04-16")),
        Ok(yen(1)),
        "half a yen is rounded up"
    );
    let dinar = |text| Money::parse(text, Currency::KWD).unwrap();
    assert_eq!(
        prorate_by_day(dinar("3.675"), april(), date("2026-04-16")),
        Ok(dinar("1.838"))
    );
    assert_eq!(
        prorate_by_day(dinar("-3.675"), april(), date("2026-04-16")),
        Ok(dinar("-1.838"))
    );
}

#[test]
fn outside_the_period_is_refused() {
    for on in ["2026-03-31", "2026-05-01", "2026-05-02", "2025-04-15"] {
        let part = prorate_by_day(eur("30.00"), april(), date(on));
        assert_eq!(part, Err(ProrationError::OutsidePeriod), "{on}");
    }
    for at in [99, 200, 201, i64::MIN, i64::MAX] {
        assert_eq!(
            prorate_by_second(eur("30.00"), 100, 200, at),
            Err(ProrationError::OutsidePeriod),
            "{at}"
        );
    }
}

#[test]
fn an_empty_period_is_refused() {
    for empty in [
        period("2026-04-01", "2026-04-01"),
        period("2026-04-02", "2026-04-01"),
    ] {
        assert_eq!(
            prorate_by_day(eur("1"), empty, date("2026-04-01")),
            Err(ProrationError::EmptyPeriod)
        );
    }
    assert_eq!(
        prorate_by_second(eur("1"), 5, 5, 5),
        Err(ProrationError::EmptyPeriod)
    );
    assert_eq!(
        prorate_by_second(eur("1"), 6, 5, 5),
        Err(ProrationError::EmptyPeriod)
    );
}

#[test]
fn a_time_that_does_not_fit_is_an_overflow() {
    let part = prorate_by_second(eur("1"), i64::MIN, i64::MAX, 0);
    assert_eq!(part, Err(ProrationError::Money(MoneyError::Overflow)));
}

const CENTURIES: std::ops::Range<i64> = 1..400_000;

proptest! {
    /// Licences added in k portions on one day, against all of them at once.
    #[test]
    fn k_portions_differ_by_the_documented_rounding(
        unit in 0_i64..10_000_000,
        portions in prop::collection::vec(1_u64..500, 1..20),
        days in 1_i64..=366,
        left in 0_i64..=366,
    ) {
        let part = |seats| Money::new(unit, EUR).times(seats).unwrap().prorate(left.min(days), days).unwrap();
        let in_steps: i64 = portions.iter().map(|seats| part(*seats).minor).sum();
        let at_once = part(portions.iter().sum()).minor;
        let steps = i64::try_from(portions.len()).unwrap();
        prop_assert!((in_steps - at_once).abs() <= (steps + 1) / 2, "{in_steps} {at_once} in {steps} steps");
    }

    /// The rest of the rest of the rest, against the rest of the full amount.
    #[test]
    fn k_successive_rests_differ_by_the_documented_rounding(
        full in -1_000_000_000_i64..1_000_000_000,
        days in 1_i64..=366,
        mut changes in prop::collection::vec(0_i64..366, 1..20),
    ) {
        let start = date("2024-01-01");
        let day = |n: i64| start.checked_add(jiff::SignedDuration::from_hours(n * 24)).unwrap();
        let period = Period { start, end: day(days) };
        for change in &mut changes {
            *change %= days;
        }
        changes.sort_unstable();

        let full = Money::new(full, EUR);
        let (mut rest, mut from) = (full, start);
        for change in &changes {
            rest = prorate_by_day(rest, Period { start: from, ..period }, day(*change)).unwrap();
            from = day(*change);
        }
        let at_once = prorate_by_day(full, period, from).unwrap();
        let steps = i64::try_from(changes.len()).unwrap();
        prop_assert!((rest.minor - at_once.minor).abs() <= (steps + 1) / 2, "{rest} {at_once} in {steps} steps");
    }

    /// Using a part and being credited the rest costs the full amount, but for the rounding of the two lines.
    #[test]
    fn used_and_unused_make_the_full_amount(full in 0_i64..1_000_000_000, days in 1_i64..=366, used in 0_i64..=366) {
        let (full, used) = (Money::new(full, EUR), used.min(days));
        let sum = full.prorate(used, days).unwrap().checked_add(full.prorate(days - used, days).unwrap()).unwrap();
        prop_assert!((sum.minor - full.minor).abs() <= 1);
    }

    #[test]
    fn the_part_is_never_more_than_the_full_amount(minor: i64, days in CENTURIES, left in CENTURIES) {
        let (full, start) = (Money::new(minor, EUR), 1_700_000_000);
        let part = prorate_by_second(full, start, start + days, start + days - left.min(days)).unwrap();
        prop_assert!(part.minor.unsigned_abs() <= minor.unsigned_abs());
    }

    #[test]
    fn nothing_panics(minor: i64, start: i64, end: i64, at: i64, days: (i16, i16, i16)) {
        let _ = prorate_by_second(Money::new(minor, EUR), start, end, at);
        let day = |year: i16| Date::new(year.clamp(-9999, 9999), 2, 28).unwrap();
        let period = Period { start: day(days.0), end: day(days.1) };
        let _ = prorate_by_day(Money::new(minor, EUR), period, day(days.2));
    }
}
