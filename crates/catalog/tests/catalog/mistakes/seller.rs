//! Who stands on invoices as the seller.

use super::{assert_mistakes, only_mistake};
use crate::files::{Files, MAIN};

#[test]
fn seller() {
    assert_mistakes(&[
        (
            MAIN,
            "legal_name = \"Acme GmbH\"\n",
            "",
            "catalog.toml:7:1: vendor.legal_name: this is missing",
            "on invoices as the seller",
        ),
        (
            MAIN,
            "[\"Musterstraße 1\"]",
            "\"Musterstraße 1\"",
            "catalog.toml:13:11: vendor.address: this is a text",
            "a list in square brackets",
        ),
        (
            MAIN,
            "[\"Musterstraße 1\"]",
            "[]",
            "catalog.toml:13:11: vendor.address: this list is empty",
            "at least one",
        ),
        (
            MAIN,
            "city = \"Berlin\"",
            "city = \" \"",
            "catalog.toml:15:8: vendor.city: this text is empty",
            "write it",
        ),
        (
            MAIN,
            "country = \"DE\"",
            "country = \"EL\"",
            "catalog.toml:16:11: vendor.country: “EL” is no country",
            "Greece is GR",
        ),
    ]);
}

#[test]
fn the_number_for_the_tax_office() {
    assert_mistakes(&[
        (
            MAIN,
            "\"DE123456788\"",
            "\"DE123456789\"",
            "catalog.toml:17:14: vendor.vat_number: this VAT number of DE does not exist",
            "check digits",
        ),
        (
            MAIN,
            "\"DE123456788\"",
            "\"123456788\"",
            "catalog.toml:17:14: vendor.vat_number:",
            "two letters of its country",
        ),
        (
            MAIN,
            "country = \"DE\"",
            "country = \"AT\"",
            "catalog.toml:17:14: vendor.vat_number: this is a VAT number of DE, but the address is in AT",
            "correct one of the two",
        ),
        (
            MAIN,
            "vat_number = \"DE123456788\"\n",
            "registration = \"HRB 12345\"\n",
            "catalog.toml:7:1: vendor.vat_number: this is missing",
            "looks like DE123456788",
        ),
    ]);
    let abroad = Files::good().edit(
        MAIN,
        "country = \"DE\"\nvat_number = \"DE123456788\"",
        "country = \"US\"",
    );
    let mistake = only_mistake(&abroad);
    assert!(
        mistake.starts_with("catalog.toml:7:1: vendor.registration: this is missing"),
        "{mistake}"
    );
}

#[test]
fn bank_account() {
    assert_mistakes(&[
        (
            MAIN,
            "GB29 NWBK",
            "GB28 NWBK",
            "catalog.toml:18:8: vendor.iban: “GB28 NWBK 6016 1331 9268 19” is no IBAN",
            "character by character",
        ),
        (
            MAIN,
            "\"NWBKGB2L\"",
            "\"NWBKGB\"",
            "catalog.toml:19:7: vendor.bic: “NWBKGB” is no BIC",
            "8 or 11",
        ),
        (
            MAIN,
            "iban = \"GB29 NWBK 6016 1331 9268 19\"\n",
            "",
            "catalog.toml:7:1: vendor.iban: this is missing",
            "or remove bic and bank",
        ),
    ]);
}
