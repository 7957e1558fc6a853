//! Seller and buyer in the electronic invoice.

use std::io;

use super::xml::Xml;
use crate::characters::present;
use crate::{Party, TaxCategory};

/// Which of the two parties is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Seller,
    Buyer,
}

/// BG-4 or BG-7.
pub(super) fn write_party(xml: &mut Xml, party: &Party, category: TaxCategory, side: Side) -> io::Result<()> {
    let vat_number: Option<String> =
        present(party.vat_number.as_ref()).map(|number| number.split_whitespace().collect());
    let registration = present(party.registration.as_ref());
    // BR-CO-26: the seller is known by something. Where his VAT number may not stand as one, it still identifies him.
    if side == Side::Seller && !category.names_vat_numbers() && registration.is_none() {
        xml.optional("ram:ID", vat_number.as_deref())?;
    }
    xml.text("ram:Name", &party.name)?;
    if let Some(registration) = registration {
        xml.element("ram:SpecifiedLegalOrganization", |xml| {
            xml.text("ram:ID", registration)
        })?;
    }
    if let Some(contact) = present(party.contact.as_ref()) {
        xml.element("ram:DefinedTradeContact", |xml| {
            xml.text("ram:PersonName", contact)
        })?;
    }
    xml.element("ram:PostalTradeAddress", |xml| write_address(xml, party))?;
    if let Some(email) = present(party.email.as_ref()) {
        xml.element("ram:URIUniversalCommunication", |xml| {
            xml.text_with("ram:URIID", &[("schemeID", "EM")], email)
        })?;
    }
    if let Some(number) = vat_number.filter(|_| category.names_vat_numbers()) {
        xml.element("ram:SpecifiedTaxRegistration", |xml| {
            xml.text_with("ram:ID", &[("schemeID", "VA")], &number)
        })?;
    }
    Ok(())
}

/// BG-5 and BG-8. The norm has three lines for what stands before the city: a fourth and further ones share the third.
fn write_address(xml: &mut Xml, party: &Party) -> io::Result<()> {
    xml.optional("ram:PostcodeCode", present(party.postcode.as_ref()))?;
    let lines: Vec<&str> = party
        .address
        .iter()
        .map(|line| line.trim())
        .filter(|line| !line.is_empty())
        .collect();
    let mut lines = lines.into_iter();
    xml.optional("ram:LineOne", lines.next())?;
    xml.optional("ram:LineTwo", lines.next())?;
    let rest = lines.collect::<Vec<_>>().join(", ");
    xml.optional(
        "ram:LineThree",
        Some(rest.as_str()).filter(|rest| !rest.is_empty()),
    )?;
    xml.optional("ram:CityName", present(party.city.as_ref()))?;
    xml.text("ram:CountryID", &party.country)
}
