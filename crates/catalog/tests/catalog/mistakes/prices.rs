//! The prices of a plan.

use super::assert_mistakes;
use crate::files::{Files, MAIN};

#[test]
fn prices() {
    let eur = r#"EUR = { monthly = "13.99", annual = "11.99" }"#;
    assert_mistakes(&[
        (
            MAIN,
            r#""11.99""#,
            r#""14.99""#,
            "catalog.toml:29:37: plans.standard.prices.EUR.annual: annual price 14.99 is dearer than the monthly price \
             13.99 of line 29",
            "write the same or less",
        ),
        (
            MAIN,
            eur,
            "",
            "catalog.toml:28:1: plans.standard.prices.EUR: the price in EUR is missing",
            "`currencies` lists it",
        ),
        (
            MAIN,
            eur,
            &format!("{eur}\nUSD = {{ monthly = \"1\", annual = \"1\" }}"),
            "catalog.toml:30:1: plans.standard.prices.USD: USD is not listed in `currencies`",
            "add it there or remove this price",
        ),
        (
            MAIN,
            eur,
            &format!("{eur}\nEURO = {{ monthly = \"1\", annual = \"1\" }}"),
            "catalog.toml:30:1: plans.standard.prices.EURO: “EURO” is no currency code of ISO 4217",
            "did you mean “EUR”?",
        ),
        (
            MAIN,
            r#"monthly = "2000""#,
            r#"monthly = "2011.99""#,
            "catalog.toml:30:19: plans.standard.prices.JPY.monthly: 2011.99 has decimals, but JPY has none",
            "write a whole number",
        ),
        (
            MAIN,
            r#""13.99""#,
            r#""13.999""#,
            "catalog.toml:29:19: plans.standard.prices.EUR.monthly: 13.999 has more than the 2 decimals of EUR",
            "write 2 at most",
        ),
        (
            MAIN,
            r#""11.99""#,
            r#""0.00""#,
            "catalog.toml:29:37: plans.standard.prices.EUR.annual: 0.00 is no price",
            "more than zero",
        ),
        (
            MAIN,
            r#""11.99""#,
            r#""-1""#,
            "catalog.toml:29:37: plans.standard.prices.EUR.annual: -1 is no price",
            "more than zero",
        ),
        (
            MAIN,
            r#""11.99""#,
            r#""11,99""#,
            "catalog.toml:29:37: plans.standard.prices.EUR.annual: “11,99” is no amount",
            "a point before",
        ),
        (
            MAIN,
            r#""11.99""#,
            r#""€11""#,
            "catalog.toml:29:37: plans.standard.prices.EUR.annual: “€11” is no amount",
            "no currency sign",
        ),
        (
            MAIN,
            r#""11.99""#,
            "11.99",
            "catalog.toml:29:37: plans.standard.prices.EUR.annual: amounts are written in quotes",
            "write \"11.99\"",
        ),
        (
            MAIN,
            r#"annual = "2000""#,
            "annual = 2000",
            "catalog.toml:30:36: plans.standard.prices.JPY.annual: amounts are",
            "write \"2000\"",
        ),
        (
            MAIN,
            r#""11.99""#,
            "true",
            "catalog.toml:29:37: plans.standard.prices.EUR.annual: this is true or false, but",
            "a text in quotes",
        ),
        (
            MAIN,
            r#""13.99""#,
            r#""99999999999999.99""#,
            "catalog.toml:29:19: plans.standard.prices.EUR.monthly: 99999999999999.99 is too large",
            "write less",
        ),
        (
            MAIN,
            r#""13.99""#,
            r#""999999999999999999999""#,
            "catalog.toml:29:19: plans.standard.prices.EUR.monthly: 9",
            "is too large",
        ),
        (
            MAIN,
            r#", annual = "11.99""#,
            "",
            "catalog.toml:29:7: plans.standard.prices.EUR.annual: this is missing",
            "billed once a year",
        ),
        (
            MAIN,
            r#"annual = "11.99""#,
            r#"annual = "11.99", anual = "1""#,
            "catalog.toml:29:46: plans.standard.prices.EUR.anual: there is no such key",
            "did you mean “annual”?",
        ),
    ]);
    let equal = Files::good().edit(MAIN, r#""11.99""#, r#""13.99""#);
    equal.load().expect("billing once a year may cost the same");
}
