//! Who sells.

use super::assert_mistakes;
use crate::files::{Files, MAIN};

#[test]
fn vendor() {
    assert_mistakes(&[
        (
            MAIN,
            "\"sales@acme.example\"",
            "\"sales at acme\"",
            "catalog.toml:11:15: vendor.sales_email: “sales at acme” is no e-mail address",
            "such as hello@example.com",
        ),
        (
            MAIN,
            "\"acme.example\"",
            "\"https://acme.example/\"",
            "catalog.toml:9:18: vendor.account_domain: “https://acme.example/” is no domain",
            "without https://",
        ),
        (
            MAIN,
            "\"acme.example\"",
            "\"me@acme.example\"",
            "catalog.toml:9:18: vendor.account_domain:",
            "is no domain",
        ),
        (
            MAIN,
            "\"Acme\"",
            "\" \"",
            "catalog.toml:8:8: vendor.name: this text is empty",
            "write it",
        ),
        (
            MAIN,
            "name = \"Acme\"",
            "",
            "catalog.toml:7:1: vendor.name: this is missing",
            "product's name",
        ),
    ]);
    // A slip in a key is two mistakes: a key too many, and one that is missing.
    let slip = Files::good()
        .edit(MAIN, "support_email", "suport_email")
        .load()
        .expect_err("mistakes")
        .to_string();
    assert!(
        slip.contains(
            "catalog.toml:10:1: vendor.suport_email: there is no such key; did you mean “support_email”?"
        ),
        "{slip}"
    );
    assert!(
        slip.contains("catalog.toml:7:1: vendor.support_email: this is missing"),
        "{slip}"
    );
}
