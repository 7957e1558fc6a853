//! The pro-forma invoice: what is to be transferred, where, for what. Made when it is asked for; no number of an invoice is
//! used up by it.

use onedesk_invoice_pdf::{
    Amounts, DocumentKind, InvoiceDocument, Payment, References, TaxNote, TransferDetails,
};
use onedesk_texts::invoice_line;
use uuid::Uuid;

use super::{Terms, grouped};
use crate::clock;
use crate::error::Error;
use crate::invoices::{self, Buyer, PdfFile, Seller, document as print};
use crate::orders::{carry_out, settle, view};
use crate::state::AppState;
use crate::store::entities::orders::{Model, StoredStatus};

/// The file, for somebody of the order's account.
///
/// # Errors
/// [`Error::NotFound`] for an order of another account, and for one that is paid by card; [`Error::OrderNotPending`] for
/// one that waits no more: nobody shall transfer anything for it.
pub async fn pro_forma_for(state: &AppState, account_id: Uuid, order_id: Uuid) -> Result<PdfFile, Error> {
    let order = settle::find(state.store.read(), order_id).await?;
    if order.account_id != account_id || order.transfer.is_none() {
        return Err(Error::NotFound);
    }
    if order.status != StoredStatus::AwaitingTransfer {
        return Err(Error::OrderNotPending);
    }
    file(state, &order).await
}

/// The file, for the letter that it goes along with.
pub async fn pro_forma(state: &AppState, order_id: Uuid) -> Result<PdfFile, Error> {
    let order = settle::find(state.store.read(), order_id).await?;
    file(state, &order).await
}

async fn file(state: &AppState, order: &Model) -> Result<PdfFile, Error> {
    let name = format!("pro-forma-{}.pdf", order.reference.as_deref().unwrap_or_default());
    invoices::render(name, document(state, order).await?).await
}

async fn document(state: &AppState, order: &Model) -> Result<InvoiceDocument, Error> {
    let conn = state.store.read();
    let (terms, payment) = payment_of(order)?.ok_or(Error::NotFound)?;
    let account = settle::account_of(conn, order).await?;
    let user = carry_out::buyer_of(conn, order).await?;
    let buyer = Buyer::of(&account, view::bill_to(order)?, &user);
    let charged = view::decision(order)?.and_then(|decision| decision.charge);
    let (language, taxed) = (view::language(order), view::taxed(order)?);
    let line = |line| {
        let text = invoice_line(language, line, &state.catalog.plan_name(language, &line.plan));
        print::line(language, &text, line)
    };
    Ok(InvoiceDocument {
        kind: DocumentKind::ProForma,
        number: payment.reference.clone(),
        language,
        issued_on: clock::day(order.placed_at.timestamp(), &account.time_zone),
        // A first subscription begins on the day on which the order is marked paid.
        supply_period: charged.map(|charge| charge.period),
        paid_on: None,
        due_on: Some(terms.pay_by),
        seller: print::seller(&Seller::now(&state.catalog)),
        buyer: print::buyer(&buyer),
        references: References::default(),
        lines: view::lines(order)?.iter().map(line).collect(),
        amounts: Amounts {
            net: taxed.net,
            tax: taxed.tax,
            gross: taxed.gross,
            credit_used: view::credit_used(order)?,
            credit_added: view::credit_added(order)?,
            due: view::total(order)?,
        },
        tax: TaxNote {
            rate: taxed.treatment.rate.basis_points().into(),
            category: taxed.treatment.category_code().parse().map_err(Error::internal)?,
            mention: None,
        },
        payment: Some(Payment::Transfer(payment)),
        notes: Vec::new(),
    })
}

/// How an order is or was paid by transfer, as documents print it; `None` if it is paid by card.
pub fn payment_of(order: &Model) -> Result<Option<(Terms, TransferDetails)>, Error> {
    let (Some(terms), Some(reference)) = (Terms::of(order)?, &order.reference) else {
        return Ok(None);
    };
    let details = TransferDetails {
        holder: terms.account_holder.clone(),
        iban: terms.iban.clone(),
        bic: terms.bic.clone(),
        bank: terms.bank.clone(),
        reference: grouped(reference),
    };
    Ok(Some((terms, details)))
}
