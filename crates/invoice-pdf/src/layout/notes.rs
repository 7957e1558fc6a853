//! What is said below the sums: tax, payment, and what the law asks for.
#![expect(
    clippy::float_arithmetic,
    reason = "lengths on a page; amounts are whole numbers and never get here"
)]

use onedesk_texts::{format, invoice};

use super::{FactColumns, place_facts};
use crate::characters::present;
use crate::fonts::set;
use crate::iban::grouped_iban;
use crate::sheet::{BODY, LABEL, LEFT, Owner, Pages, RIGHT, Role, STRONG};
use crate::words::{payment_sentence, tax_mention};
use crate::{DocumentKind, InvoiceDocument, Payment, TransferDetails};

/// Lines that are longer are tiring to read.
const WIDTH: f32 = 400.0;

pub(super) fn place(pages: &mut Pages, document: &InvoiceDocument) {
    let mut paragraph = |text: &str| {
        pages.paragraph(text, BODY, WIDTH, None);
        pages.y += 5.0;
    };
    if let Some(mention) = tax_mention(document) {
        paragraph(&mention);
    }
    paragraph(&payment_sentence(document));
    if document.kind == DocumentKind::ProForma {
        paragraph(invoice::payment(document.language).not_an_invoice());
    }
    for note in &document.notes {
        paragraph(note);
    }
    if let Some(Payment::Transfer(transfer)) = &document.payment
        && document.paid_on.is_none()
        && !document.amounts.due.is_zero()
    {
        place_transfer(pages, document, transfer);
    }
}

/// Everything that is typed into a bank's form.
fn place_transfer(pages: &mut Pages, document: &InvoiceDocument, transfer: &TransferDetails) {
    let words = invoice::transfer(document.language);
    let optional = |name, text: &Option<String>| present(text.as_ref()).map(|text| (name, text.to_owned()));
    let facts: Vec<(&str, String)> = [
        Some((
            words.amount(),
            format::money(document.language, document.amounts.due),
        )),
        Some((words.reference(), transfer.reference.trim().to_owned())),
        Some((words.iban(), grouped_iban(&transfer.iban))),
        optional(words.bic(), &transfer.bic),
        optional(words.bank(), &transfer.bank),
        Some((words.holder(), transfer.holder.trim().to_owned())),
    ]
    .into_iter()
    .flatten()
    .collect();

    // Together on one page: the heading, and what belongs to it.
    let rows: f32 = facts.iter().map(|_| BODY.leading() + 2.0).sum();
    pages.y += 12.0;
    pages.reserve(STRONG.leading() + 4.0 + rows);
    let section = pages.structure.add(None, Role::Section);
    let heading = pages
        .structure
        .add(Some(section), Role::Heading(words.heading().to_owned()));
    let top = pages.y;
    pages.text(
        LEFT,
        top,
        set(words.heading(), STRONG.weight, STRONG.figures),
        STRONG,
        Owner::Part(heading),
    );
    pages.y += STRONG.leading() + 4.0;
    let value = LEFT + 110.0;
    let columns = FactColumns {
        left: LEFT,
        label: LABEL,
        value,
        width: RIGHT - value,
        style: BODY.tabular(),
    };
    place_facts(pages, Some(section), &facts, columns);
}
