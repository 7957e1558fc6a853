//! Days, periods and parts of amounts, as the billing rules count and round them.

use jiff::ToSpan;
use jiff::civil::Date;

/// A part of an amount, rounded half away from zero.
pub fn part(amount: i64, numerator: i64, denominator: i64) -> i64 {
    let (product, denominator) = (
        i128::from(amount) * i128::from(numerator),
        i128::from(denominator),
    );
    let rounded = (product.abs() * 2 + denominator) / (denominator * 2);
    i64::try_from(rounded * product.signum()).expect("a small amount")
}

/// The day so many months after another; the last of the month if there is none.
fn months_after(day: Date, months: i32) -> Date {
    let count = i32::from(day.year()) * 12 + i32::from(day.month()) - 1 + months;
    let (year, month) = (count.div_euclid(12), count.rem_euclid(12) + 1);
    let first = Date::new(
        i16::try_from(year).expect("a year"),
        i8::try_from(month).expect("a month"),
        1,
    )
    .expect("a day");
    Date::new(first.year(), first.month(), day.day().min(first.days_in_month())).expect("a day")
}

pub fn days_between(from: Date, to: Date) -> i64 {
    i64::from(from.until(to).expect("near").get_days())
}

pub fn days_after(day: Date, days: i32) -> Date {
    day.checked_add(days.days()).expect("a day")
}

/// The period that holds a day, counted from the anchor, which never drifts.
pub fn period_of(anchor: Date, annual: bool, day: Date) -> (Date, Date) {
    let step = if annual { 12 } else { 1 };
    let mut months = 0;
    while months_after(anchor, months + step) <= day {
        months += step;
    }
    (months_after(anchor, months), months_after(anchor, months + step))
}
