//! Money and dates are written by our own tables, so that prerendered pages and the program agree; here they are held
//! against the browser's `Intl`, for every language and every currency of the catalog.

use js_sys::Function;
use leptos::wasm_bindgen::JsValue;
use onedesk_pricing::{Currency, Date, Money};
use onedesk_texts::{Language, format};
use wasm_bindgen_test::wasm_bindgen_test;

/// What is sold here, as it ships.
const CATALOG: &str = include_str!("../../catalog/onedesk.toml");
const AMOUNTS: [i64; 11] = [
    0,
    1,
    99,
    100,
    -1,
    1199,
    123_456,
    -123_456,
    9_999_999,
    100_000_000,
    123_456_789_012,
];

/// The currencies of the catalog: three letters between quotation marks on the line that lists them.
fn currencies() -> Vec<&'static str> {
    let listed = CATALOG.lines().find(|line| line.starts_with("currencies"));
    let currencies: Vec<_> = listed
        .unwrap()
        .split('"')
        .filter(|word| word.len() == 3)
        .collect();
    assert!(currencies.len() > 1, "{currencies:?}");
    currencies
}

fn intl(body: &str, arguments: &[JsValue]) -> String {
    let function = Function::new_with_args("locale, a, b", body);
    let args = arguments.iter().collect::<js_sys::Array>();
    function
        .apply(&JsValue::NULL, &args)
        .unwrap()
        .as_string()
        .unwrap()
}

#[wasm_bindgen_test]
fn money_is_that_of_intl() {
    for language in Language::all() {
        let locale = JsValue::from_str(language.conventions().locale);
        for code in currencies() {
            let currency = Currency::from_code(code).unwrap();
            for minor in AMOUNTS {
                let money = Money::new(minor, currency);
                let expected = intl(
                    "return new Intl.NumberFormat(locale, { style: 'currency', currency: a }).format(b)",
                    // A decimal string: `Intl` formats it exactly, where a float would not be.
                    &[
                        locale.clone(),
                        JsValue::from_str(code),
                        JsValue::from_str(&money.to_decimal_string()),
                    ],
                );
                assert_eq!(format::money(*language, money), expected, "{language} {money}");
            }
        }
    }
}

#[wasm_bindgen_test]
fn dates_are_those_of_intl() {
    for language in Language::all() {
        let locale = JsValue::from_str(language.conventions().locale);
        for month in 1..=12 {
            // French says “1er” where `Intl` says “1”; see the language's conventions.
            for day in [2, 9, 10, 28] {
                let date = Date::constant(2026, month, day);
                let iso = JsValue::from_str(&date.to_string());
                let written = |style: &str| {
                    let body = [
                        "return new Intl.DateTimeFormat(locale, { ",
                        style,
                        ", timeZone: 'UTC' }).format(new Date(a))",
                    ];
                    intl(&body.concat(), &[locale.clone(), iso.clone()])
                };
                let long = "day: 'numeric', month: 'long', year: 'numeric'";
                let short = "day: 'numeric', month: 'short', year: 'numeric'";
                assert_eq!(format::date(*language, date), written(long), "{language}");
                assert_eq!(format::date_short(*language, date), written(short), "{language}");
            }
        }
    }
}

#[wasm_bindgen_test]
fn numbers_and_percentages_are_those_of_intl() {
    for language in Language::all() {
        let locale = JsValue::from_str(language.conventions().locale);
        for number in [0_u64, 7, 999, 1000, 12_345, 1_000_000] {
            let value = JsValue::from_str(&number.to_string());
            let expected = intl(
                "return new Intl.NumberFormat(locale).format(a)",
                &[locale.clone(), value],
            );
            assert_eq!(format::number(*language, number), expected, "{language}");
        }
        for percent in [0_u8, 15, 100] {
            let expected = intl(
                "return new Intl.NumberFormat(locale, { style: 'percent' }).format(a / 100)",
                &[locale.clone(), JsValue::from_f64(percent.into())],
            );
            assert_eq!(format::percent(*language, percent), expected, "{language}");
        }
    }
}
