//! Sentences that stand on the page and in the electronic invoice alike.

use onedesk_texts::{format, invoice};

use crate::characters::present;
use crate::{InvoiceDocument, Payment, TaxCategory};

/// Why no tax is charged, or what else is to be said of it: the document's own words before those of this crate.
pub(crate) fn tax_mention(document: &InvoiceDocument) -> Option<String> {
    if let Some(mention) = present(document.tax.mention.as_ref()) {
        return Some(mention.to_owned());
    }
    let words = invoice::mention(document.language);
    let mention = match document.tax.category {
        TaxCategory::ReverseCharge => words.reverse_charge(),
        TaxCategory::IntraCommunity => words.intra_community(),
        TaxCategory::Export => words.export(),
        TaxCategory::OutsideScope => words.outside_scope(),
        TaxCategory::Standard
        | TaxCategory::ZeroRated
        | TaxCategory::Exempt
        | TaxCategory::CanaryIslands
        | TaxCategory::CeutaMelilla => return None,
    };
    Some(mention.to_owned())
}

/// How it was paid, or by when it is to be paid.
pub(crate) fn payment_sentence(document: &InvoiceDocument) -> String {
    let words = invoice::payment(document.language);
    let amounts = &document.amounts;
    if document.kind.gives() {
        return words.credit_added(format::money(document.language, amounts.credit_added));
    }
    if amounts.due.is_zero() {
        let sentence = if amounts.credit_used.is_zero() {
            words.nothing_due()
        } else {
            words.paid_by_credit()
        };
        return sentence.to_owned();
    }
    if let Some(paid_on) = document.paid_on {
        let date = format::date(document.language, paid_on);
        return match &document.payment {
            Some(Payment::Card(method)) => words.paid_with(date, method.trim()),
            Some(Payment::Transfer(transfer)) => words.paid_by_transfer(date, transfer.reference.trim()),
            None => words.paid(date),
        };
    }
    match (&document.payment, document.due_on) {
        (Some(Payment::Card(method)), _) => words.to_be_paid_with(method.trim()),
        (_, Some(due_on)) => words.due_by(format::date(document.language, due_on)),
        (_, None) => words.due_at_once().to_owned(),
    }
}
