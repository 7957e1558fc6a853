//! Who sells: as visitors meet the vendor, and as invoices name the seller.

use onedesk_contract::catalog::Vendor;
use onedesk_contract::fields::{CountryCode, Email};
use onedesk_tax::{Country, VatNumber};

use crate::bank_account::{self, BankAccount};
use crate::document::{Node, Table};

const KEYS: [&str; 14] = [
    "name",
    "account_domain",
    "support_email",
    "sales_email",
    "legal_name",
    "address",
    "postcode",
    "city",
    "country",
    "vat_number",
    "registration",
    "iban",
    "bic",
    "bank",
];

/// The company that sells, as the law wants it named on invoices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seller {
    /// The name that it is registered under.
    pub legal_name: String,
    /// Street and what else the address needs, a line each; at least one.
    pub address: Vec<String>,
    /// The postcode, where there are postcodes.
    pub postcode: Option<String>,
    /// The city.
    pub city: String,
    /// The country that it is established in: decides which tax its sales get.
    pub country: Country,
    /// Its VAT number; always there where tax is charged.
    pub vat_number: Option<VatNumber>,
    /// Its number in a register of companies, as it is printed; there if there is no VAT number.
    pub registration: Option<String>,
    /// Where bank transfers go; without it nobody can pay so.
    pub bank_account: Option<BankAccount>,
}

/// What `[vendor]` says.
pub struct Read {
    /// As visitors meet the vendor.
    pub vendor: Option<Vendor>,
    /// As invoices name it.
    pub seller: Option<Seller>,
}

/// Reads `[vendor]`.
pub fn read(node: &Node<'_>) -> Read {
    match node.table(&KEYS) {
        Some(table) => Read {
            vendor: vendor(&table),
            seller: seller(&table),
        },
        None => Read {
            vendor: None,
            seller: None,
        },
    }
}

fn text(table: &Table<'_>, key: &str, what: &str) -> Option<String> {
    table.required(key, what)?.text().map(str::to_owned)
}

fn vendor(table: &Table<'_>) -> Option<Vendor> {
    let name = text(table, "name", "the product's name");
    let domain = domain(table);
    let support_email = email(table, "support_email", "the address for questions");
    let sales_email = email(table, "sales_email", "the address for other ways to pay");
    Some(Vendor {
        name: name?,
        account_domain: domain?,
        support_email: support_email?,
        sales_email: sales_email?,
    })
}

fn domain(table: &Table<'_>) -> Option<String> {
    let node = table.required(
        "account_domain",
        "the domain below which accounts get their address",
    )?;
    let domain = node.text()?;
    // A domain is what can stand behind the @ of an address.
    if domain.contains('@') || Email::parse(&format!("account@{domain}")).is_err() {
        node.mistake(&format!(
            "“{domain}” is no domain; write one such as example.com, without https:// or /"
        ));
    }
    Some(domain.to_owned())
}

fn email(table: &Table<'_>, key: &str, what: &str) -> Option<String> {
    let node = table.required(key, what)?;
    let address = node.text()?;
    if Email::parse(address).is_err() {
        node.mistake(&format!(
            "“{address}” is no e-mail address; write one such as hello@example.com"
        ));
    }
    Some(address.to_owned())
}

fn seller(table: &Table<'_>) -> Option<Seller> {
    let legal_name = text(
        table,
        "legal_name",
        "the company that stands on invoices as the seller",
    );
    let address = table
        .required("address", "the lines of the seller's address as a list")
        .and_then(|node| node.texts())
        .map(|lines| lines.into_iter().map(|(_, line)| line.to_owned()).collect());
    let postcode = optional(table, "postcode");
    let city = text(table, "city", "the seller's city");
    let country = table
        .required(
            "country",
            "the code of the country that the seller is established in",
        )
        .and_then(|node| country(&node));
    let vat_number = vat_number(table, country);
    let registration = optional(table, "registration");
    // Said once: a VAT number that is wrong was told as that.
    if table.optional("vat_number").is_none() {
        require_identity(table, country, registration.is_some());
    }
    let bank_account = bank_account::read(table);
    Some(Seller {
        legal_name: legal_name?,
        address: address?,
        postcode,
        city: city?,
        country: country?,
        vat_number,
        registration,
        bank_account,
    })
}

/// A text that may be left out.
pub fn optional(table: &Table<'_>, key: &str) -> Option<String> {
    table.optional(key)?.text().map(str::to_owned)
}

/// The code of a country that there is.
pub fn country(node: &Node<'_>) -> Option<Country> {
    let code = node.text()?;
    let country = CountryCode::parse(code)
        .ok()
        .and_then(|assigned| Country::parse(assigned.as_str()).ok());
    if country.is_none() {
        node.mistake(&format!(
            "“{code}” is no country; write its two letters of ISO 3166-1, such as FR (Greece is GR, the United Kingdom GB)"
        ));
    }
    country
}

fn vat_number(table: &Table<'_>, country: Option<Country>) -> Option<VatNumber> {
    let node = table.optional("vat_number")?;
    match VatNumber::parse(node.text()?) {
        Ok(number) => {
            if let Some(Err(other)) = country.map(|country| number.belongs_to(country)) {
                node.mistake(&other.to_string());
            }
            Some(number)
        }
        Err(error) => {
            node.mistake(&error.to_string());
            None
        }
    }
}

/// An invoice names its seller to the tax office: by a VAT number where VAT is known here, else by a registration.
fn require_identity(table: &Table<'_>, country: Option<Country>, registered: bool) {
    match country.map(VatNumber::example) {
        Some(Some(example)) => table.missing(
            "vat_number",
            &format!("this is missing; write the seller's VAT number, which looks like {example}"),
        ),
        Some(None) if !registered => table.missing(
            "registration",
            "this is missing; write the seller's number in the register of companies or of the tax office",
        ),
        _ => {}
    }
}
