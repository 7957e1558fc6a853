//! Billing periods: the calendar's awkward days by name, and a hundred years without drift.

#![expect(clippy::unwrap_used, reason = "a period that should exist fails the test")]

mod sample;

use onedesk_pricing::BillingPeriod::{Annual, Monthly};
use onedesk_pricing::{BillingPeriod, Date, Period, PeriodError};
use proptest::prelude::*;
use sample::{date, period};

/// The first days of the first periods.
fn starts(anchor: &str, billing: BillingPeriod, count: u32) -> Vec<String> {
    (0..count)
        .map(|n| Period::nth(date(anchor), billing, n).unwrap().start.to_string())
        .collect()
}

#[test]
fn anchored_on_31_january_monthly() {
    assert_eq!(
        starts("2023-01-31", Monthly, 14),
        [
            "2023-01-31",
            "2023-02-28",
            "2023-03-31",
            "2023-04-30",
            "2023-05-31",
            "2023-06-30",
            "2023-07-31",
            "2023-08-31",
            "2023-09-30",
            "2023-10-31",
            "2023-11-30",
            "2023-12-31",
            "2024-01-31",
            "2024-02-29",
        ]
    );
}

#[test]
fn anchored_on_30_january_monthly() {
    assert_eq!(
        starts("2023-01-30", Monthly, 4),
        ["2023-01-30", "2023-02-28", "2023-03-30", "2023-04-30"]
    );
}

#[test]
fn anchored_on_29_february_yearly() {
    assert_eq!(
        starts("2024-02-29", Annual, 6),
        [
            "2024-02-29",
            "2025-02-28",
            "2026-02-28",
            "2027-02-28",
            "2028-02-29",
            "2029-02-28"
        ]
    );
}

#[test]
fn anchored_on_29_february_monthly() {
    assert_eq!(
        starts("2024-02-29", Monthly, 3),
        ["2024-02-29", "2024-03-29", "2024-04-29"]
    );
    assert_eq!(
        Period::nth(date("2024-02-29"), Monthly, 12).unwrap(),
        period("2025-02-28", "2025-03-29")
    );
}

/// 2100 is no leap year, 2000 was one.
#[test]
fn anchored_on_29_february_over_a_turn_of_the_century() {
    assert_eq!(
        Period::nth(date("2096-02-29"), Annual, 4).unwrap(),
        period("2100-02-28", "2101-02-28")
    );
    assert_eq!(
        Period::nth(date("2096-02-29"), Annual, 8).unwrap(),
        period("2104-02-29", "2105-02-28")
    );
    assert_eq!(
        Period::nth(date("1996-02-29"), Annual, 4).unwrap(),
        period("2000-02-29", "2001-02-28")
    );
}

#[test]
fn over_the_end_of_the_year() {
    assert_eq!(
        Period::nth(date("2025-12-15"), Monthly, 0).unwrap(),
        period("2025-12-15", "2026-01-15")
    );
    assert_eq!(
        Period::nth(date("2025-12-31"), Monthly, 2).unwrap(),
        period("2026-02-28", "2026-03-31")
    );
    assert_eq!(
        Period::nth(date("2025-12-31"), Annual, 1).unwrap(),
        period("2026-12-31", "2027-12-31")
    );
    assert_eq!(
        Period::nth(date("2026-01-01"), Annual, 0).unwrap(),
        period("2026-01-01", "2027-01-01")
    );
}

#[test]
fn a_period_ends_on_the_same_day_of_the_month_one_month_or_one_year_later() {
    for (start, monthly, annual) in [
        ("2026-01-01", "2026-02-01", "2027-01-01"),
        ("2026-06-15", "2026-07-15", "2027-06-15"),
        ("2024-02-28", "2024-03-28", "2025-02-28"),
        ("2026-12-31", "2027-01-31", "2027-12-31"),
    ] {
        let end = |billing| Period::nth(date(start), billing, 0).unwrap().end;
        assert_eq!(
            (end(Monthly), end(Annual)),
            (date(monthly), date(annual)),
            "{start}"
        );
    }
}

#[test]
fn days_of_a_period() {
    assert_eq!(period("2026-01-31", "2026-02-28").days(), 28);
    assert_eq!(period("2026-02-28", "2026-03-31").days(), 31);
    assert_eq!(period("2026-01-01", "2027-01-01").days(), 365);
    assert_eq!(period("2024-01-01", "2025-01-01").days(), 366);
    assert_eq!(period("2026-01-01", "2026-01-01").days(), 0);
    assert_eq!(period("2026-01-02", "2026-01-01").days(), 0);
}

#[test]
fn a_period_is_half_open_from_its_first_day_to_the_day_after_its_last() {
    let april = period("2026-04-01", "2026-05-01");
    for (on, inside, left) in [
        ("2026-03-31", false, 30),
        ("2026-04-01", true, 30),
        ("2026-04-02", true, 29),
        ("2026-04-30", true, 1),
        ("2026-05-01", false, 0),
        ("2026-05-02", false, 0),
    ] {
        assert_eq!(
            (april.contains(date(on)), april.days_left(date(on))),
            (inside, left),
            "{on}"
        );
    }
}

#[test]
fn the_period_of_a_day() {
    for (anchor, billing, on, start, end) in [
        ("2023-01-31", Monthly, "2023-01-31", "2023-01-31", "2023-02-28"),
        ("2023-01-31", Monthly, "2023-02-27", "2023-01-31", "2023-02-28"),
        ("2023-01-31", Monthly, "2023-02-28", "2023-02-28", "2023-03-31"),
        ("2023-01-31", Monthly, "2023-03-30", "2023-02-28", "2023-03-31"),
        ("2023-01-31", Monthly, "2024-02-29", "2024-02-29", "2024-03-31"),
        ("2024-02-29", Annual, "2025-02-27", "2024-02-29", "2025-02-28"),
        ("2024-02-29", Annual, "2025-02-28", "2025-02-28", "2026-02-28"),
        ("2024-02-29", Annual, "2028-02-28", "2027-02-28", "2028-02-29"),
        ("2024-02-29", Annual, "2028-02-29", "2028-02-29", "2029-02-28"),
        ("2025-06-15", Annual, "2026-06-14", "2025-06-15", "2026-06-15"),
        ("2025-06-15", Annual, "2026-06-15", "2026-06-15", "2027-06-15"),
    ] {
        let found = Period::containing(date(anchor), billing, date(on));
        assert_eq!(found, Ok(period(start, end)), "{on} from {anchor} {billing}");
    }
}

#[test]
fn no_period_before_the_anchor() {
    let found = Period::containing(date("2026-01-15"), Monthly, date("2026-01-14"));
    assert_eq!(found, Err(PeriodError::BeforeAnchor));
    assert_eq!(
        Period::containing(Date::MAX, Annual, Date::MIN),
        Err(PeriodError::BeforeAnchor)
    );
}

#[test]
fn no_period_beyond_the_calendar() {
    assert_eq!(Period::nth(Date::MAX, Monthly, 0), Err(PeriodError::OutOfRange));
    assert_eq!(
        Period::nth(date("2026-01-01"), Annual, u32::MAX),
        Err(PeriodError::OutOfRange)
    );
    assert_eq!(
        Period::containing(date("2026-01-01"), Monthly, Date::MAX),
        Err(PeriodError::OutOfRange)
    );
    // The last one that ends within it, and a day of that one in the last month.
    assert_eq!(
        Period::containing(date("2026-01-20"), Monthly, date("9999-12-19")),
        Ok(period("9999-11-20", "9999-12-20"))
    );
    assert!(Period::containing(Date::MIN, Annual, date("2026-01-01")).is_ok());
}

#[test]
fn names_of_the_periods() {
    for billing in BillingPeriod::ALL {
        assert_eq!(billing.as_str().parse(), Ok(billing));
    }
    for text in ["", "Monthly", "yearly", "annually", "month"] {
        assert!(text.parse::<BillingPeriod>().is_err(), "{text}");
    }
    assert_eq!((Monthly.months(), Annual.months()), (1, 12));
}

fn a_day() -> impl Strategy<Value = Date> {
    (1900_i16..2200, 1_i8..=12, 1_i8..=31).prop_filter_map("a day of the calendar", |(year, month, day)| {
        Date::new(year, month, day).ok()
    })
}

fn any_day() -> impl Strategy<Value = Date> {
    (any::<i16>(), any::<i8>(), any::<i8>()).prop_map(|(year, month, day)| {
        let clamp = |value: i8, most| value.unsigned_abs().cast_signed().clamp(1, most);
        Date::new(year.clamp(-9999, 9999), clamp(month, 12), clamp(day, 28)).unwrap()
    })
}

fn a_billing_period() -> impl Strategy<Value = BillingPeriod> {
    prop::sample::select(BillingPeriod::ALL.to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// 1200 months or 100 years: each period begins where the one before ended, on the anchor's day, or on the last
    /// day of a month that lacks it, and in the right month.
    #[test]
    fn anchors_never_drift_over_a_hundred_years(anchor in a_day(), billing in a_billing_period()) {
        let mut end = anchor;
        for n in 0..(1200 / billing.months()) {
            let period = Period::nth(anchor, billing, n).unwrap();
            prop_assert_eq!(period.start, end);
            prop_assert!(period.start < period.end);
            let start = period.start;
            prop_assert_eq!(start.day(), anchor.day().min(start.days_in_month()));
            let months = |date: Date| i64::from(date.year()) * 12 + i64::from(date.month());
            prop_assert_eq!(months(start) - months(anchor), i64::from(n * billing.months()));
            end = period.end;
        }
    }

    #[test]
    fn the_period_of_a_day_contains_it(anchor in a_day(), billing in a_billing_period(), later in 0_i64..40_000) {
        let on = anchor.checked_add(jiff::SignedDuration::from_hours(later * 24)).unwrap();
        let period = Period::containing(anchor, billing, on).unwrap();
        prop_assert!(period.contains(on), "{:?} {}", period, on);
        prop_assert_eq!(Period::containing(anchor, billing, period.start), Ok(period));
        // An annual period ends where a monthly one begins, so either can follow the other.
        prop_assert_eq!(Period::containing(anchor, BillingPeriod::Monthly, period.end).unwrap().start, period.end);
    }
}

proptest! {
    #[test]
    fn no_dates_panic(anchor in any_day(), on in any_day(), billing in a_billing_period(), n: u32) {
        let _ = Period::nth(anchor, billing, n);
        let _ = Period::containing(anchor, billing, on);
        let period = Period { start: anchor, end: on };
        prop_assert!(period.days() >= 0);
        prop_assert!((0..=period.days()).contains(&period.days_left(on)));
    }
}
