//! Documents that contradict themselves make no file.

use onedesk_invoice_pdf::{
    DocumentError, DocumentKind, InvoiceDocument, Payment, TaxCategory, electronic_invoice, render,
};
use onedesk_pricing::{Currency, Money, MoneyError, Period};
use onedesk_texts::Language::En;

use crate::fixtures::{credit_note, goodwill_credit, invoice, pro_forma};

/// Changes a document, and gives back why it was refused.
#[track_caller]
fn refused(mut document: InvoiceDocument, change: impl FnOnce(&mut InvoiceDocument)) -> DocumentError {
    assert!(render(&document).is_ok(), "a fixture is in order");
    change(&mut document);
    let error = render(&document).expect_err("it contradicts itself");
    assert_eq!(electronic_invoice(&document), Err(error.clone()));
    assert!(!error.to_string().is_empty());
    error
}

fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

#[test]
fn sums_that_do_not_agree_are_refused_and_named() {
    for (name, change) in [
        (
            "the net amount",
            (|it| it.lines[0].net = eur(1)) as fn(&mut InvoiceDocument),
        ),
        ("the net amount", |it| {
            it.lines.pop();
        }),
        ("the tax", |it| it.amounts.tax = eur(29_379)),
        ("the tax", |it| it.tax.rate = 1900),
        ("the gross amount", |it| it.amounts.gross = eur(1)),
        ("the amount due with the credit", |it| it.amounts.due = eur(1)),
        ("the amount due with the credit", |it| {
            it.amounts.credit_used = eur(0);
        }),
    ] {
        let error = refused(invoice(En), change);
        assert!(
            matches!(&error, DocumentError::Disagrees { name: found, .. } if *found == name),
            "{name}: {error}"
        );
    }
    assert_eq!(
        refused(invoice(En), |it| it.amounts.tax = eur(1)).to_string(),
        "the tax is 0.01 EUR, but should be 293.80 EUR"
    );
}

#[test]
fn two_currencies_and_amounts_that_do_not_fit_are_refused() {
    let error = refused(invoice(En), |it| it.lines[0].net.currency = Currency::USD);
    assert!(matches!(
        error,
        DocumentError::Money(MoneyError::CurrencyMismatch { .. })
    ));
    let error = refused(invoice(En), |it| it.lines[0].net = eur(i64::MIN));
    assert!(matches!(error, DocumentError::Money(MoneyError::Overflow)));
}

#[test]
fn amounts_with_the_wrong_sign_are_refused() {
    let error = refused(credit_note(En), |it| it.kind = DocumentKind::Invoice);
    assert!(matches!(
        error,
        DocumentError::Unexpected(_) | DocumentError::WrongSign { .. }
    ));
    let error = refused(invoice(En), |it| it.kind = DocumentKind::CreditNote);
    assert!(matches!(error, DocumentError::WrongSign { .. }));
    let error = refused(invoice(En), |it| {
        it.amounts.credit_used = eur(-1);
        it.amounts.due = eur(176_279);
    });
    assert!(matches!(
        error,
        DocumentError::WrongSign {
            name: "the credit used",
            ..
        }
    ));
    let error = refused(invoice(En), |it| {
        it.amounts.credit_added = eur(5_000);
        it.amounts.due = eur(176_278);
    });
    assert!(matches!(
        error,
        DocumentError::WrongSign {
            name: "the credit added",
            ..
        }
    ));
}

#[test]
fn what_every_document_has_is_asked_for() {
    for (name, change) in [
        (
            "number",
            (|it| it.number = " ".into()) as fn(&mut InvoiceDocument),
        ),
        ("seller's name", |it| it.seller.name.clear()),
        ("buyer's name", |it| it.buyer.name.clear()),
        ("lines", |it| it.lines.clear()),
        ("text of a line", |it| it.lines[1].text.clear()),
        ("seller's VAT number", |it| it.seller.vat_number = None),
        ("buyer's VAT number", |it| {
            *it = crate::variations::with_category(TaxCategory::ReverseCharge);
            it.buyer.vat_number = Some(" ".into());
        }),
        ("reason for which no tax is charged", |it| {
            *it = crate::variations::with_category(TaxCategory::Exempt);
            it.tax.mention = None;
        }),
    ] {
        assert_eq!(refused(invoice(En), change), DocumentError::Missing(name));
    }
    assert_eq!(
        refused(invoice(En), |it| it.lines[1].quantity = 0),
        DocumentError::NoQuantity { line: 2 }
    );
    for country in ["", "fr", "FRA", "é"] {
        assert_eq!(
            refused(invoice(En), |it| it.buyer.country = country.into()),
            DocumentError::Country(country.into())
        );
    }
}

#[test]
fn a_rate_that_its_category_does_not_have_is_refused() {
    for category in [
        TaxCategory::ReverseCharge,
        TaxCategory::OutsideScope,
        TaxCategory::ZeroRated,
    ] {
        let error = refused(invoice(En), |it| it.tax.category = category);
        assert_eq!(
            error,
            DocumentError::Rate {
                basis_points: 2000,
                category: category.code()
            }
        );
    }
}

#[test]
fn a_period_without_a_day_is_refused() {
    let day = "2026-11-22".parse().expect("a day");
    let error = refused(invoice(En), |it| {
        it.supply_period = Some(Period { start: day, end: day });
    });
    assert_eq!(error, DocumentError::EmptyPeriod);
}

#[test]
fn a_mistyped_iban_is_refused() {
    let error = refused(pro_forma(En), |it| {
        if let Some(Payment::Transfer(transfer)) = &mut it.payment {
            transfer.iban = "FR7630006000011234567890198".into();
        }
    });
    assert_eq!(error, DocumentError::Iban("FR7630006000011234567890198".into()));
}

#[test]
fn a_pro_forma_invoice_is_never_paid_and_an_invoice_or_goodwill_credits_none() {
    let error = refused(pro_forma(En), |it| it.paid_on = Some(it.issued_on));
    assert_eq!(error, DocumentError::Unexpected("day of payment"));
    for document in [invoice(En), goodwill_credit(En)] {
        let error = refused(document, |it| it.references = credit_note(En).references);
        assert_eq!(error, DocumentError::Unexpected("credited invoice"));
    }
    let error = refused(invoice(En), |it| it.kind = DocumentKind::GoodwillCredit);
    assert!(matches!(error, DocumentError::WrongSign { .. }), "{error}");
}
