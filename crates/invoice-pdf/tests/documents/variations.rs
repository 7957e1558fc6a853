//! Documents that differ from the fixtures in one respect, with sums that still agree.

use onedesk_invoice_pdf::{Amounts, DocumentKind, DocumentLine, InvoiceDocument, TaxCategory, TaxNote, Unit};
use onedesk_pricing::{Currency, Money};
use onedesk_texts::Language;

use crate::fixtures;

/// The invoice with other lines: the sums follow from them, everything is due and was paid.
pub fn with_lines(
    language: Language,
    currency: Currency,
    rate: u32,
    lines: Vec<DocumentLine>,
) -> InvoiceDocument {
    let net = Money::sum(lines.iter().map(|line| line.net), currency).expect("the lines are of the currency");
    let tax = net.prorate(rate.into(), 10_000).expect("a tax");
    let gross = net.checked_add(tax).expect("a sum");
    let zero = Money::zero(currency);
    InvoiceDocument {
        lines,
        amounts: Amounts {
            net,
            tax,
            gross,
            credit_used: zero,
            credit_added: zero,
            due: gross,
        },
        tax: TaxNote {
            rate,
            category: if rate == 0 {
                TaxCategory::ZeroRated
            } else {
                TaxCategory::Standard
            },
            mention: None,
        },
        ..fixtures::invoice(language)
    }
}

/// A line of so many minor units.
pub fn line(detail: &str, text: &str, net: Money) -> DocumentLine {
    DocumentLine {
        text: text.into(),
        detail: detail.into(),
        quantity: 3,
        unit: Unit::Licence,
        net,
    }
}

/// The same document of another tax category, untaxed unless the category is.
pub fn with_category(category: TaxCategory) -> InvoiceDocument {
    let rate = match category {
        TaxCategory::Standard => 2000,
        TaxCategory::CanaryIslands | TaxCategory::CeutaMelilla => 700,
        _ => 0,
    };
    let lines = vec![line(
        "Premium",
        "3 licences × €15.49 × 12 months",
        Money::new(55_764, Currency::EUR),
    )];
    let mut document = with_lines(Language::En, Currency::EUR, rate, lines);
    document.tax.category = category;
    if category == TaxCategory::Exempt {
        document.tax.mention = Some("Exempt under Article 132 of Directive 2006/112/EC.".into());
    }
    document
}

/// The document as a credit note over the same lines with the other sign.
pub fn turned_round(mut document: InvoiceDocument) -> InvoiceDocument {
    let turn = |amount: Money| amount.checked_neg().expect("an amount of a test");
    for line in &mut document.lines {
        line.net = turn(line.net);
    }
    let Amounts { net, tax, gross, .. } = document.amounts;
    let zero = Money::zero(gross.currency);
    InvoiceDocument {
        kind: DocumentKind::CreditNote,
        amounts: Amounts {
            net: turn(net),
            tax: turn(tax),
            gross: turn(gross),
            credit_used: zero,
            credit_added: gross,
            due: zero,
        },
        paid_on: None,
        payment: None,
        references: fixtures::credit_note(document.language).references,
        ..document
    }
}
