//! Billing details: who is invoiced, and what decides the tax.

use onedesk_pricing::Money;
use onedesk_tax::{KnownVat, Treatment, VatNumber};
use serde::{Deserialize, Serialize};

use crate::fields::{
    AddressLine, City, CompanyName, CountryCode, Email, FieldError, FieldErrors, Postcode, vat_number,
};

/// The most lines that an address has beside postcode, city and country.
pub const MAX_ADDRESS_LINES: u32 = 4;

/// `GET /api/billing-details`: who is invoiced.
///
/// Before they are first saved, company and country are those of the account, and the rest is empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BillingDetailsView {
    /// The company that stands on invoices.
    pub company: String,
    /// Street and what else the address needs, a line each.
    pub address: Vec<String>,
    /// The postcode; empty where there is none.
    pub postcode: String,
    /// The city.
    pub city: String,
    /// ISO 3166-1 alpha-2 code.
    pub country: String,
    /// The VAT number, and what looking it up has shown. Pending counts as valid; a wrong one is taxed as if there was
    /// none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vat: Option<KnownVat>,
    /// Where invoices go, beside whoever ordered; empty for nowhere else.
    pub email: String,
    /// Whether they were ever saved.
    pub saved: bool,
    /// How a purchase is taxed today, by these details.
    pub treatment: Treatment,
}

/// An amount with its tax. Prices are without; what is charged is with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Taxed {
    /// The sum of the lines, without tax.
    pub net: Money,
    /// The tax on it, rounded once.
    pub tax: Money,
    /// Both together.
    pub gross: Money,
    /// Which tax it is.
    pub treatment: Treatment,
}

/// `PUT /api/billing-details`. Members that are left out count as empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct BillingDetailsRequest {
    /// The company that stands on invoices.
    #[cfg_attr(feature = "openapi", schema(example = "Acme GmbH"))]
    pub company: String,
    /// Street and what else the address needs, a line each: 1 to 4.
    #[cfg_attr(feature = "openapi", schema(example = json!(["Unter den Linden 1"])))]
    pub address: Vec<String>,
    /// The postcode, where there is one.
    #[cfg_attr(feature = "openapi", schema(example = "10117"))]
    pub postcode: String,
    /// The city.
    #[cfg_attr(feature = "openapi", schema(example = "Berlin"))]
    pub city: String,
    /// ISO 3166-1 alpha-2 code.
    #[cfg_attr(feature = "openapi", schema(example = "DE"))]
    pub country: String,
    /// The VAT number as it is typed, with the letters of its country; empty for none.
    #[cfg_attr(feature = "openapi", schema(example = "DE136695976"))]
    pub vat_number: String,
    /// Where invoices go, beside whoever ordered; empty for nowhere else.
    #[cfg_attr(feature = "openapi", schema(example = "invoices@example.com"))]
    pub email: String,
}

/// Well-formed [`BillingDetailsRequest`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BillingDetails {
    /// The company.
    pub company: CompanyName,
    /// At least one line.
    pub address: Vec<AddressLine>,
    /// The postcode, if there is one.
    pub postcode: Option<Postcode>,
    /// The city.
    pub city: City,
    /// The country; the VAT number is one of it.
    pub country: CountryCode,
    /// The VAT number, right by its form and check digits.
    pub vat_number: Option<VatNumber>,
    /// Where invoices go.
    pub email: Option<Email>,
}

impl BillingDetailsRequest {
    /// Reads every field, so that all mistakes are told at once.
    ///
    /// # Errors
    /// The refused fields, by the names of the members.
    pub fn parse(&self) -> Result<BillingDetails, FieldErrors> {
        let mut errors = FieldErrors::default();
        let company = errors.take("company", CompanyName::parse(&self.company));
        let address = errors.take("address", address(&self.address));
        let postcode = errors.take("postcode", given(&self.postcode, Postcode::parse));
        let city = errors.take("city", City::parse(&self.city));
        let country = errors.take("country", CountryCode::parse(&self.country));
        let number = given(&self.vat_number, |text| vat_number(text, country));
        let number = errors.take("vat_number", number);
        let email = errors.take("email", given(&self.email, Email::parse));
        match (company, address, postcode, city, country, number, email) {
            (
                Some(company),
                Some(address),
                Some(postcode),
                Some(city),
                Some(country),
                Some(vat_number),
                Some(email),
            ) => Ok(BillingDetails {
                company,
                address,
                postcode,
                city,
                country,
                vat_number,
                email,
            }),
            _ => Err(errors),
        }
    }
}

/// A field that may be left empty.
fn given<T>(text: &str, parse: impl Fn(&str) -> Result<T, FieldError>) -> Result<Option<T>, FieldError> {
    if text.trim().is_empty() {
        Ok(None)
    } else {
        parse(text).map(Some)
    }
}

/// The lines with something in them.
fn address(lines: &[String]) -> Result<Vec<AddressLine>, FieldError> {
    let mut address = Vec::new();
    for line in lines {
        address.extend(given(line, AddressLine::parse)?);
    }
    if address.is_empty() {
        return Err(FieldError::Required);
    }
    if address.len() > MAX_ADDRESS_LINES as usize {
        return Err(FieldError::TooMany {
            max: MAX_ADDRESS_LINES,
        });
    }
    Ok(address)
}
