//! Invoices as files.
//!
//! A file is made when it is asked for and kept nowhere: the same invoice gives the same bytes.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use onedesk_invoice_pdf::InvoiceDocument;

use super::document::document;
use super::read::Invoice;
use crate::error::Error;

/// A PDF file with its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PdfFile {
    /// `INV-000042.pdf`
    pub name: String,
    /// PDF/A-3 with the electronic invoice inside.
    pub bytes: Vec<u8>,
}

/// Makes the file of an invoice.
pub async fn file(invoice: &Invoice) -> Result<PdfFile, Error> {
    render(document(invoice)?).await
}

/// Sets a document. That takes a while, so that it is done beside the requests.
pub async fn render(document: InvoiceDocument) -> Result<PdfFile, Error> {
    let name = format!("{}.pdf", document.number);
    let bytes = tokio::task::spawn_blocking(move || onedesk_invoice_pdf::render(&document))
        .await
        .map_err(Error::internal)?
        .map_err(Error::internal)?;
    Ok(PdfFile { name, bytes })
}

impl IntoResponse for PdfFile {
    /// To be kept under its name. Numbers of invoices are ASCII, so the name needs no escape.
    fn into_response(self) -> Response {
        let disposition = format!("attachment; filename=\"{}\"", self.name);
        let headers = [
            (CONTENT_TYPE, "application/pdf".to_owned()),
            (CONTENT_DISPOSITION, disposition),
        ];
        (headers, self.bytes).into_response()
    }
}
