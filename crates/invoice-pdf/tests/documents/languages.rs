//! What is said in each language.

use onedesk_texts::invoice::totals;
use onedesk_texts::{Language, format, tax_rate};

use crate::fixtures::{credit_note, goodwill_credit, invoice, pro_forma};
use crate::pages::{assert_says, text_of};

#[test]
fn every_line_and_sum_stands_on_the_page_in_every_language() {
    for language in Language::all() {
        let document = invoice(*language);
        let text = text_of(&format!("lines-{language}"), &document);
        let money = |amount| format::money(*language, amount);
        for line in &document.lines {
            assert_says(&text, &[&line.detail, &line.text, &money(line.net)]);
        }
        let (words, amounts) = (totals(*language), &document.amounts);
        let tax = words.tax_rate(tax_rate(*language, document.tax.rate));
        for (label, amount) in [
            (words.net(), money(amounts.net)),
            (&tax, money(amounts.tax)),
            (words.gross(), money(amounts.gross)),
            (words.paid(), money(amounts.due)),
        ] {
            assert_says(&text, &[&format!("{label} {amount}")]);
        }
    }
}

#[test]
fn sums_are_named_as_the_trade_names_them() {
    for (language, sums) in [
        (
            Language::De,
            [
                "Nettobetrag 1.468,98 €",
                "Umsatzsteuer 20 % 293,80 €",
                "Gesamtbetrag 1.762,78 €",
                "Verwendetes Guthaben -50,00 €",
                "Bezahlt 1.712,78 €",
            ],
        ),
        (
            Language::En,
            [
                "Total before tax €1,468.98",
                "VAT 20% €293.80",
                "Total €1,762.78",
                "Account credit used -€50.00",
                "Paid €1,712.78",
            ],
        ),
        (
            Language::Es,
            [
                "Base imponible 1468,98 €",
                "IVA 20 % 293,80 €",
                "Total 1762,78 €",
                "Saldo a favor utilizado -50,00 €",
                "Pagado 1712,78 €",
            ],
        ),
        (
            Language::Fr,
            [
                "Total hors taxes 1 468,98 €",
                "TVA 20 % 293,80 €",
                "Total TTC 1 762,78 €",
                "Avoir utilisé -50,00 €",
                "Payé 1 712,78 €",
            ],
        ),
    ] {
        assert_says(&text_of(&format!("sums-{language}"), &invoice(language)), &sums);
    }
}

#[test]
fn credit_out_of_goodwill_is_not_called_a_correction_of_an_invoice() {
    let titles = [
        (Language::En, "Goodwill credit", "Credit note"),
        (Language::De, "Kulanzguthaben", "Rechnungskorrektur"),
        (
            Language::Es,
            "Saldo a favor por cortesía",
            "Factura rectificativa",
        ),
        (Language::Fr, "Geste commercial", "Avoir"),
    ];
    assert_eq!(titles.len(), Language::all().len());
    for (language, title, correction) in titles {
        let goodwill = text_of(&format!("goodwill-{language}"), &goodwill_credit(language));
        assert_says(&goodwill, &[title, "2026-000044"]);
        for other in [correction, "Gutschrift"] {
            assert!(!goodwill.contains(other), "{language}: {other} in {goodwill}");
        }
        let credit = text_of(&format!("correction-{language}"), &credit_note(language));
        assert_says(&credit, &[correction, "2026-000043"]);
        assert!(!credit.contains(title), "{language}: {credit}");
    }
}

#[test]
fn a_german_document_says_what_the_law_asks_for() {
    assert_says(
        &text_of("opening-de", &invoice(Language::De)),
        &[
            "Rechnung Nummer 2026-000042",
            "Datum 22. November 2026",
            "Leistungszeitraum 22. Nov. 2026 – 21. Sept. 2027",
            "z. Hd. Zoé Lefèvre",
            "USt-IdNr. FR40303265045",
            "Bezahlt am 22. November 2026 mit Visa •••• 4242.",
            "Seite 1 von 1",
        ],
    );
    // A “Gutschrift” would be an invoice that the customer makes out (§ 14 Abs. 2 UStG).
    let correction = text_of("credit-de", &credit_note(Language::De));
    assert_says(&correction, &["Rechnungskorrektur", "Zu Rechnung 2026-000017"]);
    assert!(!correction.contains("Gutschrift"), "{correction}");
    assert_says(
        &text_of("pro-forma-de", &pro_forma(Language::De)),
        &[
            "Pro-forma-Rechnung",
            "Steuerschuldnerschaft des Leistungsempfängers",
            "Empfänger OneDesk SAS",
            "Verwendungszweck PF-2026-000007",
            "Zu bezahlen 7.435,20 €",
        ],
    );
}

#[test]
fn a_spanish_document_says_what_the_law_asks_for() {
    assert_says(
        &text_of("opening-es", &invoice(Language::Es)),
        &[
            "Factura Número 2026-000042",
            "Fecha 22 de noviembre de 2026",
            "Periodo de servicio 22 nov 2026 – 21 sept 2027",
            "Fecha de pago 22 de noviembre de 2026",
            "A la atención de Zoé Lefèvre",
            "NIF-IVA FR40303265045",
            "Pagado el 22 de noviembre de 2026 con Visa •••• 4242.",
            "Página 1 de 1",
        ],
    );
    // What Spanish law calls an invoice that mends another (art. 15 of Real Decreto 1619/2012).
    assert_says(
        &text_of("credit-es", &credit_note(Language::Es)),
        &[
            "Factura rectificativa",
            "Factura rectificada 2026-000017",
            "Abonado a su saldo a favor 466,56 €",
        ],
    );
    assert_says(
        &text_of("pro-forma-es", &pro_forma(Language::Es)),
        &[
            "Factura proforma",
            "Inversión del sujeto pasivo: el destinatario es el deudor del IVA (artículo 196 de la Directiva 2006/112/CE).",
            "Este documento es una solicitud de pago, no una factura.",
            "A pagar 7435,20 €",
        ],
    );
}
