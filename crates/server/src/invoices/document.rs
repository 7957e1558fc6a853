//! An invoice as the crate that prints it wants it told.

use onedesk_contract::invoices::InvoiceKind;
use onedesk_invoice_pdf::{
    Amounts, DocumentKind, DocumentLine, InvoiceDocument, Party, Payment, References, TaxCategory, TaxNote,
    Unit,
};
use onedesk_pricing::Line;
use onedesk_texts::{Language, calculation, invoice as words};

use super::read::{Invoice, kind};
use super::{Buyer, InvoiceLine, Seller};
use crate::error::Error;

/// Everything that is printed on an invoice.
pub fn document(invoice: &Invoice) -> Result<InvoiceDocument, Error> {
    let taxed = &invoice.taxed;
    let category: TaxCategory = taxed.treatment.category_code().parse().map_err(Error::internal)?;
    let is_paid = !invoice.due.is_zero();
    Ok(InvoiceDocument {
        kind: match kind(&invoice.row) {
            InvoiceKind::Invoice => DocumentKind::Invoice,
            InvoiceKind::CreditNote => DocumentKind::CreditNote,
            InvoiceKind::GoodwillCredit => DocumentKind::GoodwillCredit,
        },
        number: invoice.number.to_string(),
        language: invoice.language,
        issued_on: invoice.issued_on,
        supply_period: invoice.period,
        paid_on: is_paid.then_some(invoice.paid_on),
        due_on: None,
        seller: seller(&invoice.seller),
        buyer: buyer(&invoice.buyer),
        references: References::default(),
        lines: invoice
            .lines
            .iter()
            .map(|line| match &line.worked_out {
                Some(worked_out) => document_line(invoice.language, &line.text, worked_out),
                None => goodwill_line(invoice.language, line),
            })
            .collect(),
        amounts: Amounts {
            net: taxed.net,
            tax: taxed.tax,
            gross: taxed.gross,
            credit_used: invoice.credit_used,
            credit_added: invoice.credit_added,
            due: invoice.due,
        },
        tax: TaxNote {
            rate: taxed.treatment.rate.basis_points().into(),
            category,
            mention: invoice
                .is_goodwill()
                .then(|| invoice.tax_mention())
                .flatten()
                .map(str::to_owned),
        },
        payment: match &invoice.transfer {
            Some(transfer) => Some(Payment::Transfer(transfer.clone())),
            None => invoice.payment_method.clone().map(Payment::Card),
        }
        .filter(|_| is_paid),
        notes: Vec::new(),
    })
}

/// A line with its plan above how its amount comes about, as far as the text can be parted so.
pub fn document_line(language: Language, text: &str, line: &Line) -> DocumentLine {
    let how = calculation(language, line);
    let (detail, text) = match text.strip_suffix(how.as_str()) {
        Some(what) => (what.trim_end_matches([':', ' ', '\u{a0}']), how.as_str()),
        None => ("", text),
    };
    DocumentLine {
        text: text.to_owned(),
        detail: detail.to_owned(),
        quantity: line.seats.get(),
        unit: Unit::Licence,
        net: line.amount,
    }
}

/// A credit of goodwill, with what it is above its reason.
fn goodwill_line(language: Language, line: &InvoiceLine) -> DocumentLine {
    let what = words::goodwill(language).name();
    let reason = line.text.strip_prefix(what).unwrap_or(&line.text);
    DocumentLine {
        text: reason.trim_start_matches([':', ' ', '\u{a0}']).to_owned(),
        detail: what.to_owned(),
        quantity: 1,
        unit: Unit::One,
        net: line.net,
    }
}

/// Who sells, as it is printed.
pub fn seller(seller: &Seller) -> Party {
    Party {
        name: seller.name.clone(),
        contact: None,
        address: seller.address.clone(),
        postcode: seller.postcode.clone(),
        city: Some(seller.city.clone()),
        country: seller.country.clone(),
        vat_number: seller.vat_number.clone(),
        registration: seller.registration.clone(),
        email: Some(seller.email.clone()),
    }
}

/// Who buys, as it is printed.
pub fn buyer(buyer: &Buyer) -> Party {
    Party {
        name: buyer.company.clone(),
        contact: Some(buyer.name.clone()),
        address: buyer.address.clone(),
        postcode: buyer.postcode.clone(),
        city: buyer.city.clone(),
        country: buyer.country.clone(),
        vat_number: buyer.vat_number.clone(),
        registration: None,
        email: None,
    }
}
