//! Getting an order paid, outside of any transaction: by the stored card, or on the provider's page.
//!
//! Every step can be taken again: the provider answers a charge with the same key, and a checkout for the same order, as it
//! did before. So whoever finds an order that a stopped server has left behind goes on with it ([`pursue`]).

use std::sync::Arc;

use onedesk_texts::{format, invoice, invoice_line, mail};

use super::{settle, view};
use crate::billing::words;
use crate::error::Error;
use crate::payments::{
    ChargeRequest, ChargeState, Checkout, CheckoutRequest, CheckoutState, Gateway, gateway_of,
};
use crate::state::AppState;
use crate::store::entities::orders::{ActiveModel, Model, StoredStatus};
use sea_orm::{ActiveModelTrait, ConnectionTrait, Set};

/// Has an order paid that was written as pending: charges its stored card, if it has one, and carries out what comes of it;
/// else, or if the card's holder has to confirm, opens the page to pay on. Gives the order as it is then: paid, failed
/// (declined; or paid and not to be delivered any more, and then the money goes back), or pending with the address of the page.
///
/// # Errors
/// [`Error::PaymentUnavailable`]: what the provider did is unknown, and the same may be tried again.
pub async fn pursue(state: &AppState, order: Model) -> Result<Model, Error> {
    let Some(method) = order.method.clone().filter(|_| order.checkout_id.is_none()) else {
        return open_page(state, order).await;
    };
    let gateway = gateway_of(state, &order.provider)?;
    let request = charge_request(state, &order, attempt(&order), method)?;
    let charged = gateway.charge(&request).await?;
    carry_on(state, order, charged).await
}

/// Finds out what became of an order that is charged to a stored card, and charges nothing. `None` if its card was not
/// charged yet.
pub async fn found(state: &AppState, order: &Model) -> Result<Option<ChargeState>, Error> {
    if order.method.is_none() {
        return Ok(None);
    }
    let gateway = gateway_of(state, &order.provider)?;
    Ok(gateway.find_charge(&attempt(order)).await?)
}

/// Carries out what a charge of an order's stored card came to.
pub async fn carry_on(state: &AppState, order: Model, charged: ChargeState) -> Result<Model, Error> {
    match charged {
        ChargeState::Paid(payment) => {
            settle::apply(state, order.id, &CheckoutState::Paid(payment), None).await
        }
        ChargeState::Declined { reason } => {
            let now = state.clock.now();
            let because = format!("{}: {reason}", view::CARD_DECLINED);
            state
                .store
                .with_tx(async |tx| {
                    let order = settle::find(&tx, order.id).await?;
                    settle::fail(&tx, order, &because, now).await
                })
                .await
        }
        ChargeState::NeedsHolder => open_page(state, order).await,
    }
}

/// What the stored card of an order is charged with: the words of the invoice, and the amount that is due.
pub fn charge_request(
    state: &AppState,
    order: &Model,
    attempt: String,
    method: String,
) -> Result<ChargeRequest, Error> {
    Ok(ChargeRequest {
        attempt,
        order: order.id,
        amount: view::total(order)?,
        method,
        lines: lines(state, order)?,
    })
}

/// Opens the page to pay an order on, or to save a card on, and notes it with the order.
pub async fn open_page(state: &AppState, order: Model) -> Result<Model, Error> {
    if order.checkout_id.is_some() {
        return Ok(order);
    }
    let gateway = gateway_of(state, &order.provider)?;
    let checkout = open_checkout(state, &gateway, &order).await?;
    let order = state
        .store
        .with_tx(async |tx| keep_checkout(&tx, order.id, &checkout).await)
        .await?;
    if order.status != StoredStatus::Pending {
        // Cancelled in another tab before its page was open: nobody was told the address, and nobody shall pay there.
        if let Err(error) = gateway.cancel(&checkout.id).await {
            tracing::warn!(order = %order.id, %error, "the checkout of a cancelled order stays open until it expires");
        }
    }
    Ok(order)
}

/// The key that an order's stored card is charged with. One that a person placed is charged once; a renewal is tried again.
pub fn attempt(order: &Model) -> String {
    match order.attempt {
        0 => order.id.to_string(),
        attempt => format!("{}-{attempt}", order.id),
    }
}

async fn open_checkout(
    state: &AppState,
    gateway: &Arc<dyn Gateway>,
    order: &Model,
) -> Result<Checkout, Error> {
    let request = CheckoutRequest {
        order: order.id,
        total: view::total(order)?,
        seller: state.catalog.vendor().name.clone(),
        lines: lines(state, order)?,
        language: view::language(order),
        return_url: state
            .public_url
            .to(&format!("/api/payments/return?order={}", order.id)),
        expires_at: order.expires_at.timestamp(),
    };
    Ok(gateway.create_checkout(&request).await?)
}

/// What is bought, a line of text each: the lines of the invoice, the tax, and what account credit pays. Nothing for an
/// order that only saves a card.
fn lines(state: &AppState, order: &Model) -> Result<Vec<String>, Error> {
    let (language, bought) = (view::language(order), view::lines(order)?);
    if bought.is_empty() {
        return Ok(Vec::new());
    }
    let text = |line: &onedesk_pricing::Line| {
        invoice_line(language, line, &state.catalog.plan_name(language, &line.plan))
    };
    let mut lines: Vec<String> = bought.iter().map(text).collect();
    lines.push(words::tax_line(language, &view::taxed(order)?));
    let credit = view::credit_used(order)?;
    if !credit.is_zero() {
        let name = invoice::totals(language).credit_used();
        lines.push(mail::frame(language).fact(name, format::money(language, credit)));
    }
    Ok(lines)
}

/// Notes the checkout of an order and gives the order as it is by now.
async fn keep_checkout(
    tx: &impl ConnectionTrait,
    order_id: uuid::Uuid,
    checkout: &Checkout,
) -> Result<Model, Error> {
    let order = settle::find(tx, order_id).await?;
    if order.checkout_id.is_some() {
        return Ok(order);
    }
    let mut row = ActiveModel::from(order);
    row.checkout_id = Set(Some(checkout.id.clone()));
    row.checkout_url = Set(Some(checkout.url.clone()));
    Ok(row.update(tx).await?)
}
