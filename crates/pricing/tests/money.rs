//! Amounts: reading and writing, exact sums, one rounding, overflow.

#![expect(clippy::unwrap_used, reason = "an amount that should be read fails the test")]

mod sample;

use onedesk_pricing::{Currency, Money, MoneyError};
use proptest::prelude::*;
use sample::{EUR, eur};

const JPY: Currency = Currency::JPY;
const KWD: Currency = Currency::KWD;

#[test]
fn reads_the_digits_of_the_currency() {
    let clf = Currency::from_code("CLF").unwrap();
    for (text, currency, minor) in [
        ("11.99", EUR, 1199),
        ("11.9", EUR, 1190),
        ("11", EUR, 1100),
        ("0", EUR, 0),
        ("-0", EUR, 0),
        ("007.50", EUR, 750),
        ("-0.05", EUR, -5),
        ("1200", JPY, 1200),
        ("1.234", KWD, 1234),
        ("1.2", KWD, 1200),
        ("0.0001", clf, 1),
        ("92233720368547758.07", EUR, i64::MAX),
        ("-92233720368547758.08", EUR, i64::MIN),
        ("-9223372036854775808", JPY, i64::MIN),
    ] {
        assert_eq!(
            Money::parse(text, currency),
            Ok(Money::new(minor, currency)),
            "{text} {currency}"
        );
    }
}

#[test]
fn refuses_more_digits_than_the_currency_has() {
    for (text, currency, max) in [
        ("11.999", EUR, 2),
        ("11.990", EUR, 2),
        ("1.0", JPY, 0),
        ("1.2345", KWD, 3),
        ("0.000", EUR, 2),
    ] {
        assert_eq!(
            Money::parse(text, currency),
            Err(MoneyError::TooManyDigits { currency, max }),
            "{text}"
        );
    }
}

#[test]
fn refuses_what_is_no_amount() {
    for text in [
        "", " ", "-", ".", "-.", ".5", "5.", "1.2.3", "1,5", "1 000", " 1", "1 ", "+1", "--1", "1e3", "0x1",
        "NaN", "inf", "€1", "1-", "١", "１", "1\0",
    ] {
        assert_eq!(Money::parse(text, EUR), Err(MoneyError::NotANumber), "{text:?}");
    }
}

#[test]
fn refuses_an_amount_that_does_not_fit() {
    for text in [
        "92233720368547758.08",
        "-92233720368547758.09",
        "99999999999999999999999999999999999999",
    ] {
        assert_eq!(Money::parse(text, EUR), Err(MoneyError::Overflow), "{text}");
    }
}

#[test]
fn writes_all_digits_of_the_currency() {
    for (minor, currency, text) in [
        (119_900, EUR, "1199.00"),
        (0, EUR, "0.00"),
        (5, EUR, "0.05"),
        (-50, EUR, "-0.50"),
        (1200, JPY, "1200"),
        (0, JPY, "0"),
        (-7, JPY, "-7"),
        (1, KWD, "0.001"),
        (i64::MIN, EUR, "-92233720368547758.08"),
        (i64::MAX, KWD, "9223372036854775.807"),
    ] {
        assert_eq!(Money::new(minor, currency).to_decimal_string(), text);
    }
    assert_eq!(eur("11.99").to_string(), "11.99 EUR");
}

#[test]
fn sums_are_exact() {
    assert_eq!(eur("0.10").checked_add(eur("0.20")), Ok(eur("0.30")));
    assert_eq!(eur("0.10").checked_sub(eur("0.20")), Ok(eur("-0.10")));
    assert_eq!(eur("1.50").checked_neg(), Ok(eur("-1.50")));
    assert_eq!(eur("11.99").times(36), Ok(eur("431.64")));
    assert_eq!(eur("11.99").times(0), Ok(eur("0")));
    assert_eq!(
        Money::sum([eur("1"), eur("-2.50"), eur("0.01")], EUR),
        Ok(eur("-1.49"))
    );
    assert_eq!(Money::sum([], JPY), Ok(Money::zero(JPY)));
}

#[test]
fn overflow_is_an_error() {
    let (min, max, one) = (
        Money::new(i64::MIN, EUR),
        Money::new(i64::MAX, EUR),
        Money::new(1, EUR),
    );
    assert_eq!(max.checked_add(one), Err(MoneyError::Overflow));
    assert_eq!(min.checked_sub(one), Err(MoneyError::Overflow));
    assert_eq!(min.checked_neg(), Err(MoneyError::Overflow));
    assert_eq!(max.times(2), Err(MoneyError::Overflow));
    assert_eq!(max.times(u64::MAX), Err(MoneyError::Overflow));
    assert_eq!(min.times(u64::MAX), Err(MoneyError::Overflow));
    assert_eq!(max.prorate(2, 1), Err(MoneyError::Overflow));
    assert_eq!(min.prorate(-1, 1), Err(MoneyError::Overflow));
    assert_eq!(max.prorate(i64::MAX, 1), Err(MoneyError::Overflow));
    assert_eq!(Money::sum([max, one], EUR), Err(MoneyError::Overflow));
    assert_eq!(min.times(1), Ok(min));
    assert_eq!(min.prorate(1, 1), Ok(min));
    assert_eq!(
        min.prorate(i64::MIN, i64::MIN),
        Err(MoneyError::Overflow),
        "the step on the way does not fit"
    );
}

#[test]
fn two_currencies_do_not_mix() {
    let (euro, yen) = (eur("1"), Money::new(1, JPY));
    let mismatch = Err(MoneyError::CurrencyMismatch {
        left: EUR,
        right: JPY,
    });
    assert_eq!(euro.checked_add(yen), mismatch);
    assert_eq!(euro.checked_sub(yen), mismatch);
    assert_eq!(Money::sum([euro, yen], EUR), mismatch);
    assert_eq!(euro.partial_cmp(&yen), None);
    assert!(euro != Money::new(100, JPY));
    assert!(euro > eur("0.99") && euro < eur("1.01"));
}

#[test]
fn rounds_half_away_from_zero() {
    for (minor, numerator, denominator, rounded) in [
        (1, 1, 2, 1),
        (-1, 1, 2, -1),
        (1, -1, 2, -1),
        (1, 1, -2, -1),
        (-1, -1, 2, 1),
        (-1, 1, -2, 1),
        (3, 1, 2, 2),
        (-3, 1, 2, -2),
        (5, 1, 2, 3), // not the even 2
        (5, 1, 10, 1),
        (-5, 1, 10, -1),
        (4, 1, 10, 0),
        (-4, 1, 10, 0),
        (1, 1, 3, 0),
        (2, 1, 3, 1),
        (-2, 1, 3, -1),
        (7, 0, 3, 0),
        (0, 5, 3, 0),
        (1199, 31, 31, 1199),
    ] {
        let part = Money::new(minor, EUR).prorate(numerator, denominator);
        assert_eq!(
            part,
            Ok(Money::new(rounded, EUR)),
            "{minor} × {numerator} ÷ {denominator}"
        );
    }
    assert_eq!(Money::new(1799, JPY).prorate(1, 2), Ok(Money::new(900, JPY)));
    assert_eq!(
        Money::parse("3.675", KWD).unwrap().prorate(1, 2),
        Money::parse("1.838", KWD)
    );
}

/// The exact amount lies half of 1/2000000000000000001 under a half. A quotient cut to 28 digits is a half, and rounds up.
#[test]
fn just_under_a_half_is_not_rounded_twice() {
    let (numerator, denominator) = (957_894_736_873_684_211, 2_000_000_000_000_000_001);
    let part = |minor| Money::new(minor, EUR).prorate(numerator, denominator);
    assert_eq!(part(30_000_000_005), Ok(Money::new(14_368_421_055, EUR)));
    assert_eq!(part(-30_000_000_005), Ok(Money::new(-14_368_421_055, EUR)));
}

#[test]
fn division_by_zero_is_an_error() {
    assert_eq!(eur("1").prorate(1, 0), Err(MoneyError::DivisionByZero));
    assert_eq!(eur("0").prorate(0, 0), Err(MoneyError::DivisionByZero));
}

fn any_currency() -> impl Strategy<Value = Currency> {
    prop::sample::select(Currency::all().collect::<Vec<_>>())
}

proptest! {
    #[test]
    fn what_is_written_reads_back(minor: i64, currency in any_currency()) {
        let amount = Money::new(minor, currency);
        prop_assert_eq!(Money::parse(&amount.to_decimal_string(), currency), Ok(amount));
    }

    #[test]
    fn no_text_panics(text in any::<String>(), currency in any_currency()) {
        let _ = Money::parse(&text, currency);
    }

    #[test]
    fn nothing_panics_and_what_fits_is_exact(minor: i64, other: i64, count: u64, denominator: i64) {
        let exact = |result: Option<i64>| result.map(|minor| Money::new(minor, EUR)).ok_or(MoneyError::Overflow);
        let (amount, second) = (Money::new(minor, EUR), Money::new(other, EUR));
        prop_assert_eq!(amount.checked_add(second), exact(minor.checked_add(other)));
        prop_assert_eq!(amount.checked_sub(second), exact(minor.checked_sub(other)));
        prop_assert_eq!(amount.checked_neg(), exact(minor.checked_neg()));
        let product = i128::from(minor).checked_mul(i128::from(count));
        prop_assert_eq!(amount.times(count), exact(product.and_then(|product| i64::try_from(product).ok())));
        let _ = amount.prorate(other, denominator);
    }

    /// Against integers of 128 bits, for every fraction that a period can have.
    #[test]
    fn prorating_is_exact(minor: i64, numerator in 0_i64..40_000_000, denominator in 1_i64..40_000_000) {
        let (product, divisor) = (i128::from(minor) * i128::from(numerator), i128::from(denominator));
        let half_up = (product.abs() * 2 + divisor) / (divisor * 2) * product.signum();
        let expected = i64::try_from(half_up).map(|minor| Money::new(minor, EUR)).map_err(|_| MoneyError::Overflow);
        prop_assert_eq!(Money::new(minor, EUR).prorate(numerator, denominator), expected);
    }

    #[test]
    fn a_credit_rounds_as_its_charge(minor in -1_000_000_000_i64..1_000_000_000, part in 0_i64..=366) {
        let amount = Money::new(minor, EUR);
        let charge = amount.prorate(part, 366).and_then(Money::checked_neg);
        prop_assert_eq!(amount.checked_neg().and_then(|credit| credit.prorate(part, 366)), charge);
    }
}
