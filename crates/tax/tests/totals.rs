//! Tax on an amount, and the foot of an invoice. Rule: *Money*.

#![expect(clippy::unwrap_used, reason = "totals that should be had fail the test")]

mod sample;

use onedesk_pricing::{Currency, Money, MoneyError};
use onedesk_tax::{Rate, Totals, Treatment, TreatmentKind, totals};
use proptest::prelude::*;
use sample::{country, percent};

const EUR: Currency = Currency::EUR;

fn taxed(rate: Rate) -> Treatment {
    Treatment {
        kind: TreatmentKind::Domestic,
        rate,
        country: country("FR"),
    }
}

fn at(rate: &str) -> Treatment {
    taxed(percent(rate))
}

fn money(text: &str, currency: Currency) -> Money {
    Money::parse(text, currency).unwrap()
}

fn eur(text: &str) -> Money {
    money(text, EUR)
}

#[test]
fn tax_is_rounded_once_half_away_from_zero() {
    for (net, currency, rate, tax) in [
        ("378.42", EUR, "20", "75.68"), // 75.684
        ("0.03", EUR, "50", "0.02"),    // 0.015
        ("-0.03", EUR, "50", "-0.02"),  // −0.015
        ("0.02", EUR, "25", "0.01"),    // 0.005
        ("-0.02", EUR, "25", "-0.01"),  // −0.005
        ("0.02", EUR, "24", "0.00"),    // 0.0048
        ("100.00", EUR, "8.1", "8.10"),
        ("10.00", EUR, "25.5", "2.55"),
        ("99.99", EUR, "0", "0.00"),
        ("2000", Currency::JPY, "10", "200"),
        ("1705", Currency::JPY, "10", "171"), // 170.5
        ("-1705", Currency::JPY, "10", "-171"),
        ("3.675", Currency::KWD, "20", "0.735"),
        ("0.005", Currency::KWD, "10", "0.001"), // 0.0005
        ("-0.005", Currency::KWD, "10", "-0.001"),
    ] {
        assert_eq!(
            at(rate).tax_on(money(net, currency)),
            Ok(money(tax, currency)),
            "{net} {currency} at {rate} %"
        );
    }
}

#[test]
fn tax_is_taken_of_the_sum_and_not_of_each_line() {
    // Each line alone: 0.02 × 20 % = 0.004, so nothing; together 0.012.
    let foot = totals([eur("0.02"); 3], &at("20"), eur("0")).unwrap();
    assert_eq!(
        (foot.net, foot.tax, foot.gross),
        (eur("0.06"), eur("0.01"), eur("0.07"))
    );
}

#[test]
fn credit_pays_for_the_gross_before_the_card() {
    let foot = totals([eur("100.00")], &at("20"), eur("30.00")).unwrap();
    assert_eq!(
        foot,
        Totals {
            net: eur("100.00"),
            tax: eur("20.00"),
            gross: eur("120.00"),
            credit_used: eur("30.00"),
            credit_added: eur("0"),
            due: eur("90.00"),
            credit_left: eur("0"),
        }
    );
    let covered = totals([eur("100.00")], &at("20"), eur("200.00")).unwrap();
    assert_eq!(
        (covered.due, covered.credit_used, covered.credit_left),
        (eur("0"), eur("120.00"), eur("80.00"))
    );
}

#[test]
fn below_zero_it_is_a_credit_note_and_the_gross_becomes_credit() {
    let foot = totals([eur("-50.00"), eur("20.00")], &at("20"), eur("5.00")).unwrap();
    assert!(foot.is_credit_note());
    assert_eq!(
        foot,
        Totals {
            net: eur("-30.00"),
            tax: eur("-6.00"),
            gross: eur("-36.00"),
            credit_used: eur("0"),
            credit_added: eur("36.00"),
            due: eur("0"),
            credit_left: eur("41.00"),
        }
    );
}

#[test]
fn credit_is_worth_what_it_was_given_for() {
    let given = totals([eur("-30.00")], &at("20"), eur("0")).unwrap();
    let spent = totals([eur("30.00")], &at("20"), given.credit_left).unwrap();
    assert_eq!((spent.due, spent.credit_left), (eur("0"), eur("0")));
}

#[test]
fn nothing_comes_to_nothing() {
    let foot = totals([], &at("20"), eur("7.00")).unwrap();
    assert_eq!(
        (foot.gross, foot.due, foot.credit_left),
        (eur("0"), eur("0"), eur("7.00"))
    );
    assert!(!foot.is_credit_note());
}

#[test]
fn two_currencies_do_not_mix() {
    let yen = Money::new(1, Currency::JPY);
    for (lines, credit) in [(vec![eur("1"), yen], eur("0")), (vec![eur("1")], yen)] {
        assert!(matches!(
            totals(lines, &at("20"), credit),
            Err(MoneyError::CurrencyMismatch { .. })
        ));
    }
}

#[test]
fn overflow_is_an_error() {
    let most = Money::new(i64::MAX, EUR);
    let least = Money::new(i64::MIN, EUR);
    assert_eq!(
        totals([most], &at("20"), Money::zero(EUR)),
        Err(MoneyError::Overflow)
    );
    assert_eq!(
        totals([most, most], &at("0"), Money::zero(EUR)),
        Err(MoneyError::Overflow)
    );
    assert_eq!(
        totals([least], &at("0"), Money::zero(EUR)),
        Err(MoneyError::Overflow)
    );
    assert_eq!(
        totals([Money::new(-1, EUR)], &at("0"), most),
        Err(MoneyError::Overflow)
    );
}

fn currencies() -> impl Strategy<Value = Currency> {
    prop::sample::select(vec![EUR, Currency::JPY, Currency::KWD])
}

fn any_rate() -> impl Strategy<Value = Rate> {
    (0_u16..=10_000).prop_map(Rate::from_basis_points)
}

fn line() -> std::ops::Range<i64> {
    -1_000_000_000_i64..1_000_000_000
}

proptest! {
    /// The rule in one line: gross = due + credit used − credit added.
    #[test]
    fn the_foot_adds_up(
        lines in prop::collection::vec(line(), 0..6),
        rate in any_rate(),
        credit in 0_i64..1_000_000_000,
        currency in currencies(),
    ) {
        let net: i64 = lines.iter().sum();
        let lines = lines.into_iter().map(|minor| Money::new(minor, currency));
        let foot = totals(lines, &taxed(rate), Money::new(credit, currency)).unwrap();
        prop_assert_eq!(foot.net.minor, net);
        prop_assert_eq!(foot.gross.minor, foot.net.minor + foot.tax.minor);
        prop_assert_eq!(foot.gross.minor, foot.due.minor + foot.credit_used.minor - foot.credit_added.minor);
        prop_assert_eq!(foot.credit_left.minor, credit - foot.credit_used.minor + foot.credit_added.minor);
        for amount in [foot.due, foot.credit_used, foot.credit_added, foot.credit_left] {
            prop_assert!(amount.minor >= 0);
        }
        // Credit is used up before anything is due, and never in a document that gives some.
        prop_assert!(foot.due.is_zero() || foot.credit_left.is_zero());
        prop_assert!(foot.credit_used.is_zero() || foot.credit_added.is_zero());
        prop_assert_eq!(foot.is_credit_note(), foot.credit_added.minor > 0);
        for amount in [foot.net, foot.tax, foot.gross, foot.due, foot.credit_used, foot.credit_added, foot.credit_left] {
            prop_assert_eq!(amount.currency, currency);
        }
    }

    /// Against integers of 128 bits: the nearest minor unit, a half away from zero.
    #[test]
    fn tax_is_exact(net: i64, rate in any_rate(), currency in currencies()) {
        let product = i128::from(net) * i128::from(rate.basis_points());
        let expected = (product.abs() * 2 + 10_000) / 20_000 * product.signum();
        let tax = taxed(rate).tax_on(Money::new(net, currency)).unwrap();
        prop_assert_eq!(i128::from(tax.minor), expected);
        prop_assert!(tax.is_zero() || tax.is_negative() == (net < 0));
    }

    #[test]
    fn a_credit_note_takes_back_the_tax_of_its_invoice(net in line(), rate in any_rate(), currency in currencies()) {
        let foot = |net| totals([Money::new(net, currency)], &taxed(rate), Money::zero(currency)).unwrap();
        prop_assert_eq!(foot(-net).tax.minor, -foot(net).tax.minor);
        prop_assert_eq!(foot(-net).gross.minor, -foot(net).gross.minor);
    }

    #[test]
    fn nothing_panics(lines: Vec<i64>, basis_points: u16, credit: i64, currency in currencies()) {
        let lines = lines.into_iter().map(|minor| Money::new(minor, currency));
        let _ = totals(lines, &taxed(Rate::from_basis_points(basis_points)), Money::new(credit, currency));
    }
}
