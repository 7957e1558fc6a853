//! Every format of every table against what `Intl` makes of the same values; `intl.mjs` wrote the expectations.

use std::collections::BTreeMap;

use onedesk_pricing::{Currency, Money};
use onedesk_texts::format::{self, Conventions, conventions};
use onedesk_texts::{Language, format::MoneyParts};
use serde_json::Value;

const TABLES: [&Conventions; 4] = [
    &conventions::EN,
    &conventions::FR,
    &conventions::DE,
    &conventions::ES,
];

fn expectations(conventions: &Conventions) -> Value {
    let all: Value = serde_json::from_str(include_str!("data/intl.json")).expect("written by intl.mjs");
    all["locales"][conventions.locale].clone()
}

fn map(expectations: &Value) -> BTreeMap<String, String> {
    serde_json::from_value(expectations.clone()).expect("texts")
}

#[test]
fn money_is_written_as_intl_writes_it() {
    for table in TABLES {
        let currencies = expectations(table)["money"].clone();
        for (code, amounts) in currencies.as_object().expect("a map") {
            let currency: Currency = code.parse().expect("a currency");
            for (minor, expected) in map(amounts) {
                let money = Money::new(minor.parse().expect("minor units"), currency);
                assert_eq!(table.money(money), expected, "{} {code} {minor}", table.locale);
            }
        }
        assert_eq!(currencies.as_object().expect("a map").len(), 8);
    }
}

#[test]
fn every_currency_has_the_symbol_that_intl_has() {
    for table in TABLES {
        let symbols = map(&expectations(table)["symbols"]);
        let mut compared = 0;
        for currency in Currency::all() {
            if let Some(symbol) = symbols.get(currency.code()) {
                assert_eq!(
                    table.money_parts(Money::zero(currency)).symbol,
                    symbol,
                    "{} {currency}",
                    table.locale
                );
                compared += 1;
            }
        }
        assert!(compared > 140, "{compared}");
    }
}

#[test]
fn the_largest_and_the_smallest_amount_are_written() {
    let table = &conventions::EN;
    assert_eq!(
        table.money(Money::new(i64::MAX, Currency::USD)),
        "$92,233,720,368,547,758.07"
    );
    assert_eq!(
        table.money(Money::new(i64::MIN, Currency::USD)),
        "-$92,233,720,368,547,758.08"
    );
    assert_eq!(
        table.money(Money::new(i64::MAX, Currency::JPY)),
        "¥9,223,372,036,854,775,807"
    );
    assert_eq!(table.number(u64::MAX), "18,446,744,073,709,551,615");
}

#[test]
fn numbers_and_percentages_are_written_as_intl_writes_them() {
    for table in TABLES {
        let expected = expectations(table);
        for (number, expected) in map(&expected["numbers"]) {
            assert_eq!(
                table.number(number.parse().expect("a number")),
                expected,
                "{} {number}",
                table.locale
            );
        }
        for (percent, expected) in map(&expected["percents"]) {
            assert_eq!(
                table.percent(percent.parse().expect("a percentage")),
                expected,
                "{} {percent}",
                table.locale
            );
        }
    }
}

#[test]
fn dates_are_written_as_intl_writes_them_but_the_french_first_of_a_month() {
    for table in TABLES {
        let expected = expectations(table);
        for (day, long) in map(&expected["dates"]) {
            let date = day.parse().expect("a day");
            let short = expected["short_dates"][&day].as_str().expect("a text").to_owned();
            let in_french = |text: String| match text.strip_prefix("1 ") {
                Some(rest) if table.locale == "fr-FR" => format!("1er {rest}"),
                _ => text,
            };
            assert_eq!(table.date(date), in_french(long), "{} {day}", table.locale);
            assert_eq!(table.date_short(date), in_french(short), "{} {day}", table.locale);
        }
    }
}

#[test]
fn each_language_uses_its_own_table() {
    let money = Money::new(119_950, Currency::EUR);
    assert_eq!(format::money(Language::En, money), "€1,199.50");
    assert_eq!(format::money(Language::Fr, money), "1\u{202f}199,50\u{a0}€");
    assert_eq!(format::money(Language::De, money), "1.199,50\u{a0}€");
    assert_eq!(format::number(Language::Fr, 1234), "1\u{202f}234");
    assert_eq!(format::percent(Language::Fr, 15), "15\u{a0}%");
    let date = jiff::civil::date(2026, 11, 1);
    assert_eq!(format::date(Language::En, date), "November 1, 2026");
    assert_eq!(format::date(Language::Fr, date), "1er novembre 2026");
    assert_eq!(format::date_short(Language::Fr, date), "1er nov. 2026");
    assert_eq!(format::date(Language::De, date), "1. November 2026");
    // Four digits stand together in Spanish, five do not.
    assert_eq!(format::money(Language::Es, money), "1199,50\u{a0}€");
    assert_eq!(format::number(Language::Es, 12_345), "12.345");
    assert_eq!(format::percent(Language::Es, 15), "15\u{a0}%");
    assert_eq!(format::date(Language::Es, date), "1 de noviembre de 2026");
    assert_eq!(format::date_short(Language::Es, date), "1 nov 2026");
    for language in Language::all() {
        assert!(language.conventions().locale.starts_with(language.code()));
    }
}

#[test]
fn a_price_card_gets_the_pieces() {
    let parts = format::money_parts(
        Language::Fr,
        Money::new(-123_450, "CAD".parse().expect("a currency")),
    );
    let expected = MoneyParts {
        sign: "-",
        symbol: "$CA",
        space: "\u{a0}",
        amount: "1\u{202f}234,50".into(),
        symbol_first: false,
    };
    assert_eq!(parts, expected);
    assert_eq!(parts.to_string(), "-1\u{202f}234,50\u{a0}$CA");

    let parts = format::money_parts(Language::En, Money::new(1199, "CHF".parse().expect("a currency")));
    assert_eq!(
        (parts.symbol, parts.space, parts.amount.as_str()),
        ("CHF", "\u{a0}", "11.99")
    );
    assert!(parts.symbol_first);
}
