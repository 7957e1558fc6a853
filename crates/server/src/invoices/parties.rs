//! Who sells and who buys, as they were called on the day of an invoice: a later change rewrites nothing.

use serde::{Deserialize, Serialize};

use crate::billing::BillTo;
use crate::catalog::Catalog;
use crate::store::entities::{accounts, users};

/// The seller.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seller {
    /// The name that it is registered under.
    pub name: String,
    /// The lines of its address.
    pub address: Vec<String>,
    /// The postcode.
    pub postcode: Option<String>,
    /// The city.
    pub city: String,
    /// ISO 3166-1 alpha-2 code.
    pub country: String,
    /// Its VAT number.
    pub vat_number: Option<String>,
    /// Its number in a register of companies.
    pub registration: Option<String>,
    /// Where it is written to.
    pub email: String,
}

impl Seller {
    /// As the catalog names it now.
    pub fn now(catalog: &Catalog) -> Self {
        let seller = catalog.seller();
        Self {
            name: seller.legal_name.clone(),
            address: seller.address.clone(),
            postcode: seller.postcode.clone(),
            city: seller.city.clone(),
            country: seller.country.as_str().to_owned(),
            vat_number: seller
                .vat_number
                .as_ref()
                .map(|number| number.as_str().to_owned()),
            registration: seller.registration.clone(),
            email: catalog.vendor().support_email.clone(),
        }
    }
}

/// The buyer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Buyer {
    /// The company.
    pub company: String,
    /// The lines of its address; none if nobody gave them.
    pub address: Vec<String>,
    /// The postcode.
    pub postcode: Option<String>,
    /// The city.
    pub city: Option<String>,
    /// ISO 3166-1 alpha-2 code.
    pub country: String,
    /// Its VAT number.
    pub vat_number: Option<String>,
    /// First label of the account's address.
    pub account: String,
    /// Who ordered.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// Where invoices go beside them.
    pub invoice_email: Option<String>,
}

impl Buyer {
    /// By the billing details of an order.
    pub fn of(account: &accounts::Model, bill_to: BillTo, user: &users::Model) -> Self {
        Self {
            company: bill_to.company,
            address: bill_to.address,
            postcode: bill_to.postcode,
            city: bill_to.city,
            country: bill_to.country.as_str().to_owned(),
            vat_number: bill_to.vat.map(|vat| vat.number.as_str().to_owned()),
            account: account.address.clone(),
            name: user.name.clone(),
            email: user.email.clone(),
            invoice_email: bill_to.email,
        }
    }

    /// Everybody whom a receipt goes to, with the name to greet them by: who ordered, and where invoices go, once each.
    pub fn recipients(&self) -> Vec<(&str, &str)> {
        let other = self.invoice_email.as_deref().filter(|email| *email != self.email);
        std::iter::once((self.email.as_str(), self.name.as_str()))
            .chain(other.map(|email| (email, "")))
            .collect()
    }
}
