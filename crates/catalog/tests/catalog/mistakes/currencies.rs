//! Currencies, the largest number of licences, proration and trial.

use super::assert_mistakes;
use crate::files::MAIN;

#[test]
fn currencies_and_limits() {
    assert_mistakes(&[
        (
            MAIN,
            r#"["EUR", "JPY"]"#,
            r#"["EUR", "JPY", "eur"]"#,
            "catalog.toml:2:29: currencies[3]: “eur” is no currency",
            "did you mean “EUR”?",
        ),
        (
            MAIN,
            r#"["EUR", "JPY"]"#,
            r#"["EUR", "JPY", "XXXX1"]"#,
            "catalog.toml:2:29: currencies[3]: “XXXX1” is no",
            "in capitals, such as EUR",
        ),
        (
            MAIN,
            r#"["EUR", "JPY"]"#,
            r#"["EUR", "JPY", "EUR"]"#,
            "catalog.toml:2:29: currencies[3]: EUR is listed twice",
            "remove one",
        ),
        (
            MAIN,
            r#"["EUR", "JPY"]"#,
            "[]",
            "catalog.toml:2:14: currencies: this list is empty",
            "at least one",
        ),
        (
            MAIN,
            r#"["EUR", "JPY"]"#,
            r#""EUR""#,
            "catalog.toml:2:14: currencies: this is a text, but a list",
            "square brackets",
        ),
        (
            MAIN,
            r#"["EUR", "JPY"]"#,
            r#"["EUR", "JPY", 1]"#,
            "catalog.toml:2:29: currencies[3]: this is a whole number, but a text",
            "",
        ),
        (
            MAIN,
            r#"currencies = ["EUR", "JPY"]"#,
            "",
            "catalog.toml:1:1: currencies: this is missing",
            "list of currencies",
        ),
        (
            MAIN,
            "max_seats = 500",
            "max_seats = 0",
            "catalog.toml:3:13: max_seats: 0 is out of range",
            "write 1 to 1000000",
        ),
        (
            MAIN,
            "max_seats = 500",
            "max_seats = -5",
            "catalog.toml:3:13: max_seats: -5 is out of range",
            "write 1 to",
        ),
        (
            MAIN,
            "max_seats = 500",
            "max_seats = 1_000_001",
            "catalog.toml:3:13: max_seats: 1000001 is out of range",
            "",
        ),
        (
            MAIN,
            "max_seats = 500",
            "max_seats = \"500\"",
            "catalog.toml:3:13: max_seats: this is a text, but a whole number",
            "",
        ),
        (
            MAIN,
            "max_seats = 500",
            "",
            "catalog.toml:1:1: max_seats: this is missing",
            "most licences",
        ),
        (
            MAIN,
            "\"day\"",
            "\"days\"",
            "catalog.toml:4:13: proration: a period is not prorated by “days”",
            "did you mean “day”?",
        ),
        (
            MAIN,
            "\"day\"",
            "\"century\"",
            "catalog.toml:4:13: proration: a period is not",
            "write \"day\" or \"second\"",
        ),
        (
            MAIN,
            "days = 14",
            "days = 0",
            "catalog.toml:22:8: trial.days: 0 is out of range",
            "write 1 to 365",
        ),
        (
            MAIN,
            "plan = \"premium\"",
            "plan = \"premum\"",
            "catalog.toml:23:8: trial.plan: there is no plan “premum”",
            "did you mean “premium”?",
        ),
        (
            MAIN,
            "plan = \"premium\"",
            "plan = \"gold\"",
            "catalog.toml:23:8: trial.plan: there is no plan “gold”",
            "there is standard, premium",
        ),
        (
            MAIN,
            "plan = \"premium\"",
            "",
            "catalog.toml:21:1: trial.plan: this is missing",
            "whose features can be tried",
        ),
    ]);
}
