//! Invoices, credit notes and pro-forma invoices as PDF files.
//!
//! An [`InvoiceDocument`] goes in, the bytes of a file come out. This crate knows of no database and no request: what is
//! printed is what the document says, and [`render`] refuses one that contradicts itself.
//!
//! # What the file is
//!
//! - **PDF/A-3, level A, and PDF/UA-1**: kept for decades, read aloud by a screen reader, searched and copied from. The
//!   same document gives the same bytes.
//! - **Factur-X** (`ZUGFeRD` 2), profile EN 16931, for invoices and credit notes: the XML `factur-x.xml` is attached as an
//!   alternative of the pages, and the metadata of the file says so with the extension schema that Factur-X wants.
//!   `krilla`, which writes the file, has no way to write such a schema; it is added by an incremental update.
//! - A **pro-forma invoice** carries no XML: it is no invoice. Nor does a document in a currency of three or four
//!   decimals (KWD, CLF): EN 16931 writes two.
//!
//! # What it does not know
//!
//! Names in scripts other than Latin, Greek and Cyrillic are shown with a replacement mark `�`; the XML and what is copied
//! out of the file hold them as they are. An amount is printed in the document's currency alone: a seller who has to
//! state the tax in another one adds it as a note.
//!
//! ```
//! use jiff::civil::date;
//! use onedesk_invoice_pdf::{
//!     Amounts, DocumentKind, DocumentLine, InvoiceDocument, Party, Payment, References, TaxCategory, TaxNote, Unit, render,
//! };
//! use onedesk_pricing::{Currency, Money};
//! use onedesk_texts::Language;
//!
//! let usd = |minor| Money::new(minor, Currency::USD);
//! let document = InvoiceDocument {
//!     kind: DocumentKind::Invoice,
//!     number: "2026-000001".into(),
//!     language: Language::En,
//!     issued_on: date(2026, 11, 22),
//!     supply_period: None,
//!     paid_on: Some(date(2026, 11, 22)),
//!     due_on: None,
//!     seller: Party {
//!         name: "OneDesk SAS".into(),
//!         country: "FR".into(),
//!         vat_number: Some("FR83404833048".into()),
//!         ..Party::default()
//!     },
//!     buyer: Party { name: "Acme Corp.".into(), country: "US".into(), ..Party::default() },
//!     references: References::default(),
//!     lines: vec![DocumentLine {
//!         detail: "Premium".into(),
//!         text: "3 licences × $11.99 × 12 months".into(),
//!         quantity: 3,
//!         unit: Unit::Licence,
//!         net: usd(43_164),
//!     }],
//!     amounts: Amounts {
//!         net: usd(43_164),
//!         tax: usd(0),
//!         gross: usd(43_164),
//!         credit_used: usd(0),
//!         credit_added: usd(0),
//!         due: usd(43_164),
//!     },
//!     tax: TaxNote { rate: 0, category: TaxCategory::OutsideScope, mention: None },
//!     payment: Some(Payment::Card("Visa •••• 4242".into())),
//!     notes: Vec::new(),
//! };
//! let pdf = render(&document)?;
//! assert!(pdf.starts_with(b"%PDF-1.7"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod characters;
mod check;
mod document;
mod factur_x;
mod factur_x_metadata;
mod fonts;
mod iban;
mod layout;
mod paint;
mod sheet;
mod tax_category;
mod words;
mod wrapping;

pub use check::DocumentError;
pub use document::{
    Amounts, CreditedInvoice, DocumentKind, DocumentLine, InvoiceDocument, Party, Payment, References,
    TaxNote, TransferDetails, Unit,
};
pub use tax_category::{TaxCategory, UnknownTaxCategory};

/// Makes the PDF file of a document.
///
/// # Errors
/// A [`DocumentError`] that says what is missing or does not agree; there is no file then.
pub fn render(document: &InvoiceDocument) -> Result<Vec<u8>, DocumentError> {
    check::check(document)?;
    let xml = factur_x::write(document)?;
    let has_xml = xml.is_some();
    let attachment = xml.map(|data| paint::Attachment {
        name: factur_x::FILE_NAME,
        mime_type: "text/xml",
        description: onedesk_texts::invoice::document(document.language).attachment(),
        data,
    });
    let about = paint::About {
        title: characters::clean(&layout::numbered_title(document)),
        author: characters::clean(&document.seller.name),
        language: document.language.code(),
        date: document.issued_on,
    };
    let pdf = paint::write(layout::lay_out(document), about, attachment)?;
    if has_xml {
        factur_x_metadata::add(pdf)
    } else {
        Ok(pdf)
    }
}

/// The electronic invoice that [`render`] puts into the file: the XML of Factur-X, profile EN 16931, in UTF-8.
///
/// None for a pro-forma invoice, and for a currency of more than two decimals.
///
/// # Errors
/// As [`render`].
pub fn electronic_invoice(document: &InvoiceDocument) -> Result<Option<Vec<u8>>, DocumentError> {
    check::check(document)?;
    factur_x::write(document)
}
