//! The file of tax rates.

use super::{assert_mistakes, only_mistake};
use crate::files::{Files, MAIN, TAX};

#[test]
fn rates() {
    assert_mistakes(&[
        (
            TAX,
            "\"25.5\"",
            "25.5",
            "tax.toml:12:65: countries.FI.rates[1].percent: amounts are written in quotes",
            "write \"25.5\"",
        ),
        (
            TAX,
            "\"25.5\"",
            "\"25,5\"",
            "tax.toml:12:65: countries.FI.rates[1].percent: not a percentage",
            "25.5",
        ),
        (
            TAX,
            "\"25.5\"",
            "\"255\"",
            "tax.toml:12:32: countries.FI.rates[1]: FI: 255 % from 2014-01-01 is more than 100 %",
            "write 20",
        ),
        (
            TAX,
            "\"2025-07-01\"",
            "\"2025-7-1\"",
            "tax.toml:10:82: countries.EE.rates[2].from: “2025-7-1” is no day",
            "2026-01-31",
        ),
        (
            TAX,
            "\"2025-07-01\"",
            "2025-07-01",
            "tax.toml:10:82: countries.EE.rates[2].from: this is a date",
            "a text in quotes",
        ),
        (
            TAX,
            "\"2025-07-01\"",
            "\"2014-01-01\"",
            "tax.toml:10:73: countries.EE.rates[2]: EE: the rate from 2014-01-01 stands after one from 2014-01-01",
            "earliest first",
        ),
        (
            TAX,
            "country = \"FI\"",
            "country = \"UK\"",
            "tax.toml:12:17: countries[10].country: “UK” is no country",
            "GB",
        ),
        (
            TAX,
            "country = \"FI\", rates = [{ from = \"2014-01-01\", percent = \"25.5\" }]",
            "country = \"FI\", rates = []",
            "tax.toml:12:31: countries.FI.rates: this list is empty",
            "at least one",
        ),
    ]);
}

#[test]
fn countries() {
    let line = "    { country = \"FI\", rates = [{ from = \"2014-01-01\", percent = \"25.5\" }] },\n";
    assert_mistakes(&[
        (
            TAX,
            line,
            "",
            "tax.toml:2:13: countries: FI is missing",
            "each member state",
        ),
        (
            TAX,
            line,
            &format!("{line}{line}"),
            "tax.toml:13:17: countries[11].country: FI is listed twice",
            "one entry",
        ),
    ]);
}

#[test]
fn the_file_is_named_and_there() {
    let mistake = only_mistake(&Files::good().edit(MAIN, "tax_rates = \"tax.toml\"\n", ""));
    assert!(
        mistake.starts_with("catalog.toml:1:1: tax_rates: this is missing"),
        "{mistake}"
    );
    let mistake = only_mistake(&Files::good().without(TAX));
    assert!(
        mistake.starts_with("catalog.toml:5:13: tax_rates: tax.toml could not be read"),
        "{mistake}"
    );
}
