//! Documents of an invented seller, for the tests and for the samples that anybody can look at.

use jiff::civil::date;
use onedesk_invoice_pdf::{
    Amounts, CreditedInvoice, DocumentKind, DocumentLine, InvoiceDocument, Party, Payment, References,
    TaxCategory, TaxNote, TransferDetails, Unit,
};
use onedesk_pricing::{Currency, Fraction, Line, LineKind, Money, Period, ProrationUnit, Seats};
use onedesk_texts::{Language, calculation, invoice_line};

/// A French seller.
pub fn seller() -> Party {
    Party {
        name: "OneDesk SAS".into(),
        contact: None,
        address: vec!["12 rue de la Paix".into()],
        postcode: Some("75002".into()),
        city: Some("Paris".into()),
        country: "FR".into(),
        vat_number: Some("FR83404833048".into()),
        registration: Some("RCS Paris 404 833 048".into()),
        email: Some("billing@onedesk.example".into()),
    }
}

/// A French buyer.
pub fn buyer() -> Party {
    Party {
        name: "Atelier Lumière SARL".into(),
        contact: Some("Zoé Lefèvre".into()),
        address: vec!["Bâtiment B, 3e étage".into(), "27 quai des Célestins".into()],
        postcode: Some("69002".into()),
        city: Some("Lyon".into()),
        country: "FR".into(),
        vat_number: Some("FR40303265045".into()),
        registration: None,
        email: Some("compta@atelier-lumiere.example".into()),
    }
}

/// What the words of a line are made of: a year in euros, or so many of its days.
fn line(kind: LineKind, plan: &str, seats: u32, unit_price: i64, days: Option<i64>) -> Line {
    Line {
        kind,
        plan: plan.parse().expect("a plan's name"),
        seats: Seats::new(seats).expect("a number of licences"),
        unit_price: Money::new(unit_price, Currency::EUR),
        months: 12,
        fraction: days.map(|numerator| Fraction {
            numerator,
            denominator: 365,
            unit: ProrationUnit::Day,
        }),
        // Not part of the words.
        amount: Money::zero(Currency::EUR),
    }
}

/// A paid invoice: a change from Standard to Premium, and account credit that pays for a part of it.
pub fn invoice(language: Language) -> InvoiceDocument {
    let eur = |minor| Money::new(minor, Currency::EUR);
    InvoiceDocument {
        kind: DocumentKind::Invoice,
        number: "2026-000042".into(),
        language,
        issued_on: date(2026, 11, 22),
        supply_period: Some(Period {
            start: date(2026, 11, 22),
            end: date(2027, 9, 22),
        }),
        paid_on: Some(date(2026, 11, 22)),
        due_on: None,
        seller: seller(),
        buyer: buyer(),
        references: References {
            order: Some("019ab2c4".into()),
            credited_invoice: None,
        },
        lines: vec![
            DocumentLine {
                text: calculation(
                    language,
                    &line(LineKind::RemainingCharge, "premium", 12, 1549, Some(304)),
                ),
                detail: "Premium".into(),
                quantity: 12,
                unit: Unit::Licence,
                net: eur(185_778),
            },
            credit_line(language, eur(-38_880)),
        ],
        amounts: Amounts {
            net: eur(146_898),
            tax: eur(29_380),
            gross: eur(176_278),
            credit_used: eur(5_000),
            credit_added: eur(0),
            due: eur(171_278),
        },
        tax: TaxNote {
            rate: 2000,
            category: TaxCategory::Standard,
            mention: None,
        },
        payment: Some(Payment::Card("Visa •••• 4242".into())),
        notes: Vec::new(),
    }
}

fn credit_line(language: Language, net: Money) -> DocumentLine {
    DocumentLine {
        text: invoice_line(
            language,
            &line(LineKind::UnusedCredit, "standard", 4, 1099, Some(269)),
            "Standard",
        ),
        detail: "Standard".into(),
        quantity: 4,
        unit: Unit::Licence,
        net,
    }
}

/// A credit note: a line below zero, and what it comes to on the buyer's account.
pub fn credit_note(language: Language) -> InvoiceDocument {
    let eur = |minor| Money::new(minor, Currency::EUR);
    InvoiceDocument {
        kind: DocumentKind::CreditNote,
        number: "2026-000043".into(),
        paid_on: None,
        references: References {
            order: None,
            credited_invoice: Some(CreditedInvoice {
                number: "2026-000017".into(),
                issued_on: Some(date(2026, 3, 4)),
            }),
        },
        lines: vec![credit_line(language, eur(-38_880))],
        amounts: Amounts {
            net: eur(-38_880),
            tax: eur(-7_776),
            gross: eur(-46_656),
            credit_used: eur(0),
            credit_added: eur(46_656),
            due: eur(0),
        },
        payment: None,
        ..invoice(language)
    }
}

/// Credit out of goodwill: one line without tax, which corrects no invoice.
pub fn goodwill_credit(language: Language) -> InvoiceDocument {
    let eur = |minor| Money::new(minor, Currency::EUR);
    InvoiceDocument {
        kind: DocumentKind::GoodwillCredit,
        number: "2026-000044".into(),
        supply_period: None,
        references: References::default(),
        lines: vec![DocumentLine {
            text: "Sorry for the outage of Monday".into(),
            detail: onedesk_texts::invoice::goodwill(language).name().into(),
            quantity: 1,
            unit: Unit::One,
            net: eur(-2_000),
        }],
        amounts: Amounts {
            net: eur(-2_000),
            tax: eur(0),
            gross: eur(-2_000),
            credit_used: eur(0),
            credit_added: eur(2_000),
            due: eur(0),
        },
        tax: TaxNote {
            rate: 0,
            category: TaxCategory::OutsideScope,
            mention: Some("No VAT is credited.".into()),
        },
        ..credit_note(language)
    }
}

/// A pro-forma invoice for a German buyer who accounts for the tax, to be paid by bank transfer.
pub fn pro_forma(language: Language) -> InvoiceDocument {
    let eur = |minor| Money::new(minor, Currency::EUR);
    InvoiceDocument {
        kind: DocumentKind::ProForma,
        number: "PF-2026-000007".into(),
        supply_period: None,
        paid_on: None,
        due_on: Some(date(2026, 12, 22)),
        buyer: Party {
            name: "Müller & Söhne GmbH".into(),
            contact: None,
            address: vec!["Schönhauser Allee 36".into()],
            postcode: Some("10435".into()),
            city: Some("Berlin".into()),
            country: "DE".into(),
            vat_number: Some("DE136695976".into()),
            registration: None,
            email: Some("buchhaltung@mueller-soehne.example".into()),
        },
        lines: vec![DocumentLine {
            text: calculation(language, &line(LineKind::Subscription, "premium", 40, 1549, None)),
            detail: "Premium".into(),
            quantity: 40,
            unit: Unit::Licence,
            net: eur(743_520),
        }],
        amounts: Amounts {
            net: eur(743_520),
            tax: eur(0),
            gross: eur(743_520),
            credit_used: eur(0),
            credit_added: eur(0),
            due: eur(743_520),
        },
        tax: TaxNote {
            rate: 0,
            category: TaxCategory::ReverseCharge,
            mention: None,
        },
        payment: Some(Payment::Transfer(TransferDetails {
            holder: "OneDesk SAS".into(),
            iban: "FR7630006000011234567890189".into(),
            bic: Some("AGRIFRPP".into()),
            bank: Some("Crédit Agricole".into()),
            reference: "PF-2026-000007".into(),
        })),
        ..invoice(language)
    }
}
