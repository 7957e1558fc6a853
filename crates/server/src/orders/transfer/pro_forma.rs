//! The pro-forma invoice of an order, and how documents say that it was paid by transfer.

use onedesk_invoice_pdf::TransferDetails;
use uuid::Uuid;

use super::{Terms, grouped, instructions};
use crate::error::Error;
use crate::invoices::{self, PdfFile, ProForma};
use crate::orders::settle;
use crate::state::AppState;
use crate::store::entities::orders::Model;

/// The file, for somebody of the order's account.
///
/// # Errors
/// [`Error::NotFound`] for an order of another account, and for one that is paid by card; [`Error::OrderNotPending`] for
/// one that waits no more: nobody shall transfer anything for it.
pub async fn pro_forma_for(state: &AppState, account_id: Uuid, order_id: Uuid) -> Result<PdfFile, Error> {
    let conn = state.store.read();
    let order = settle::find(conn, order_id).await?;
    if order.account_id != account_id || order.transfer.is_none() {
        return Err(Error::NotFound);
    }
    let transfer = instructions(&order)?.ok_or(Error::OrderNotPending)?;
    let wanted = ProForma {
        order: order.id,
        transfer,
    };
    invoices::pro_forma(conn, &state.catalog, &wanted).await
}

/// How an order is or was paid by transfer, as documents print it; `None` if it is paid by card.
pub fn payment_of(order: &Model) -> Result<Option<TransferDetails>, Error> {
    let (Some(terms), Some(reference)) = (Terms::of(order)?, &order.reference) else {
        return Ok(None);
    };
    Ok(Some(TransferDetails {
        holder: terms.account_holder,
        iban: terms.iban,
        bic: terms.bic,
        bank: terms.bank,
        reference: grouped(reference),
    }))
}
