//! What several tests begin with.

#![allow(dead_code, reason = "each test program uses a part")]
#![expect(clippy::unwrap_used, reason = "a sample that cannot be read fails the test")]

pub mod numbers;

use onedesk_pricing::Date;
use onedesk_tax::{Buyer, Country, KnownVat, Rate, Seller, TaxRates, VatNumber, VatStanding};

/// The file that comes with the software.
pub const FILE: &str = include_str!("../../../../catalog/tax.toml");

pub fn rates() -> TaxRates {
    toml::from_str(FILE).unwrap()
}

pub fn country(code: &str) -> Country {
    code.parse().unwrap()
}

pub fn date(text: &str) -> Date {
    text.parse().unwrap()
}

pub fn percent(text: &str) -> Rate {
    Rate::parse_percent(text).unwrap()
}

pub fn seller(code: &str) -> Seller {
    Seller {
        country: country(code),
    }
}

pub fn buyer(code: &str) -> Buyer {
    Buyer {
        country: country(code),
        vat: None,
    }
}

pub fn business(code: &str, number: &str, standing: VatStanding) -> Buyer {
    let number = VatNumber::parse(number).unwrap();
    Buyer {
        vat: Some(KnownVat { number, standing }),
        ..buyer(code)
    }
}
