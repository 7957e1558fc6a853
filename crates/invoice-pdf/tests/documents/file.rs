//! The file itself: what it says about itself, and what is in it.

use onedesk_invoice_pdf::{electronic_invoice, render};
use onedesk_pricing::{Currency, Money};
use onedesk_texts::Language;

use crate::fixtures::{credit_note, invoice, pro_forma};
use crate::poppler::Pdf;
use crate::variations::{line, with_lines};

#[test]
fn title_author_language_and_day_are_said() {
    let bytes = render(&invoice(Language::Fr)).expect("a fixture");
    let pdf = Pdf::new("about", &bytes);
    let info = pdf.info();
    for (name, value) in [
        ("Title:", "Facture 2026-000042"),
        ("Author:", "OneDesk SAS"),
        ("Tagged:", "yes"),
        ("Encrypted:", "no"),
        ("Page size:", "595.276 x 841.89 pts (A4)"),
    ] {
        let line = info
            .lines()
            .find(|line| line.starts_with(name))
            .unwrap_or_default();
        assert!(line.ends_with(value), "{name} {value}:\n{info}");
    }
    assert!(info.contains("2026"), "{info}");
    assert!(String::from_utf8_lossy(&bytes).contains("/Lang(fr)"));
}

#[test]
fn the_metadata_say_pdf_a_3_pdf_ua_and_factur_x() {
    for (document, is_factur_x) in [
        (invoice(Language::En), true),
        (credit_note(Language::Fr), true),
        (pro_forma(Language::En), false),
    ] {
        let pdf = Pdf::new(
            &format!("metadata-{}", document.number),
            &render(&document).expect("a fixture"),
        );
        let metadata = pdf.metadata();
        for wanted in ["<pdfaid:part>3<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<"] {
            assert!(metadata.contains(wanted), "{wanted}: {metadata}");
        }
        for wanted in [
            "<fx:DocumentType>INVOICE<",
            "<fx:DocumentFileName>factur-x.xml<",
            "<fx:ConformanceLevel>EN 16931<",
            "<pdfaSchema:prefix>fx<",
        ] {
            assert_eq!(metadata.contains(wanted), is_factur_x, "{wanted}: {metadata}");
        }
        let mut reader = quick_xml::Reader::from_str(&metadata);
        while !matches!(
            reader.read_event().expect("well-formed metadata"),
            quick_xml::events::Event::Eof
        ) {}
    }
}

#[test]
fn the_attached_file_is_the_electronic_invoice() {
    for document in [invoice(Language::En), credit_note(Language::Fr)] {
        let bytes = render(&document).expect("a fixture");
        let pdf = Pdf::new(&format!("attached-{}", document.number), &bytes);
        assert!(
            pdf.attachments().contains("1 embedded files"),
            "{}",
            pdf.attachments()
        );
        assert!(
            pdf.attachments().contains("factur-x.xml"),
            "{}",
            pdf.attachments()
        );
        let xml = electronic_invoice(&document)
            .expect("a fixture")
            .expect("an invoice has one");
        assert_eq!(pdf.attachment(), xml);
        let file = String::from_utf8_lossy(&bytes);
        assert!(file.contains("/AFRelationship/Alternative") && file.contains("/AF["));
    }
}

#[test]
fn a_currency_that_the_norm_cannot_write_has_no_electronic_invoice() {
    let lines = vec![line("Premium", "3 × 1", Money::new(1_234_567, Currency::KWD))];
    let document = with_lines(Language::En, Currency::KWD, 0, lines);
    assert_eq!(electronic_invoice(&document), Ok(None));
    let pdf = Pdf::new("kwd-file", &render(&document).expect("a document"));
    assert!(pdf.attachments().contains("0 embedded files"));
    assert!(!pdf.metadata().contains("factur-x"));
}

#[test]
fn the_same_document_has_the_same_bytes() {
    let document = invoice(Language::En);
    assert_eq!(render(&document), render(&document));
}

#[test]
fn the_table_is_read_aloud_as_one() {
    let pdf = Pdf::new("structure", &render(&invoice(Language::En)).expect("a fixture"));
    let structure = pdf.structure();
    let count = |wanted: &str| {
        structure
            .lines()
            .filter(|line| line.trim().starts_with(wanted))
            .count()
    };
    assert!(structure.contains("H1 \"Invoice 2026-000042\""), "{structure}");
    // The facts, the lines, the sums.
    assert_eq!(count("Table"), 3, "{structure}");
    assert_eq!(structure.matches("/Scope /Column").count(), 3);
    // Five facts, the head and two lines, five sums.
    assert_eq!(count("TR"), 13, "{structure}");
    assert!(
        !structure.contains("Page 1 of 1"),
        "the foot of the page is no content"
    );
}
