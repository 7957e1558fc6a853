//! A paid order, delivered.
//!
//! Rule: *Orders and payment* ("a paid order is exactly one charge, one invoice, one subscription change, in one
//! transaction"). Nothing is decided here: that was done when the order was placed.

use jiff::Timestamp;
use jiff::civil::Date;
use onedesk_contract::orders::OrderKind;
use onedesk_pricing::{Period, Term};
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, Set};
use serde_json::json;
use uuid::Uuid;

use super::delivery::Delivery;
use super::{letter, settle, view};
use crate::error::Error;
use crate::invoices::{self, Buyer, InvoiceLine, Issued, ToInvoice};
use crate::mail::letters::{self, RaisedRenewal};
use crate::payments::{Payment, methods};
use crate::state::AppState;
use crate::store::entities::orders::{Model, StoredStatus};
use crate::store::entities::{accounts, charges, users as stored};
use crate::store::{At, new_id};
use crate::subscriptions::{self, credits};
use crate::{audit, clock, mail, users};

/// Order paid, one charge if anything was due, one invoice, its credit, the subscription, the letters: all of it or
/// nothing. `by` is the user who confirmed it just now, if one did.
pub async fn carry_out(
    tx: &impl ConnectionTrait,
    state: &AppState,
    order: Model,
    delivery: Delivery,
    payment: Option<&Payment>,
    by: Option<Uuid>,
    now: Timestamp,
) -> Result<Model, Error> {
    let account = settle::account_of(tx, &order).await?;
    let order = settle::close(tx, order, StoredStatus::Paid, None, now).await?;
    let charged = payment.filter(|payment| !payment.amount.is_zero());
    if let Some(payment) = charged {
        charge(tx, &order, payment).await?;
    }
    if let Some(card) = payment.and_then(|payment| payment.reusable.as_ref()) {
        methods::keep(tx, account.id, &order.provider, card, now).await?;
    }
    let Some((term, period)) = delivery.bought()? else {
        let card = json!({ "order": order.id, "card": payment.map(|payment| &payment.method) });
        audit::note(
            tx,
            account.id,
            Some(order.placed_by),
            "payment_method.replaced",
            card,
            now,
        )
        .await?;
        return Ok(order);
    };
    let paid_on = clock::day(payment.map_or(now, |payment| payment.paid_at), &account.time_zone);
    let (buyer, invoice) = invoice(tx, state, &account, &order, period, paid_on, now).await?;
    let paid = json!({
        "order": order.id,
        "kind": OrderKind::from(order.kind),
        "payment": charged.map(|payment| &payment.reference),
        "amount": view::total(&order)?,
        "credit_used": view::credit_used(&order)?,
        "invoice": invoice.number.to_string(),
    });
    audit::note(tx, account.id, by, "order.paid", paid, now).await?;
    match &delivery {
        Delivery::Begin(term) => {
            let subscription = subscriptions::begin(tx, account.id, term.clone(), now).await?;
            let begun = json!({ "subscription": subscription, "order": order.id, "term": term });
            audit::note(tx, account.id, None, "subscription.begun", begun, now).await?;
        }
        Delivery::Carry(decision) => {
            let who = by.or_else(|| placed_by_a_person(&order).then_some(order.placed_by));
            subscriptions::carry(tx, account.id, decision, Some(order.id), who, now).await?;
        }
        Delivery::Card => {}
    }
    let raised = delivery.raised_to_active_users();
    let receipt = letter::Receipt {
        order: &order,
        buyer: &buyer,
        paid_with: charged.map(|payment| payment.method.as_str()),
        paid_on,
        period,
        renews_on: Term::renews_on(term),
        delivery: &delivery,
        invoice: &invoice,
    };
    for letter in receipt.letters(state)? {
        mail::enqueue(tx, letter, now).await?;
    }
    if let Some((scheduled, billed)) = raised {
        let renewal = RaisedRenewal {
            on: period.start,
            scheduled,
            billed,
            gross: view::taxed(&order)?.gross,
            invoice: &invoice.number.to_string(),
        };
        for user in users::administrators(tx, account.id).await? {
            let letter = letters::renewal_raised(state, &account, &user, &renewal);
            mail::enqueue(tx, letter, now).await?;
        }
    }
    Ok(order)
}

/// The invoice, or credit note, with the movement of the account credit that stands on it.
async fn invoice(
    tx: &impl ConnectionTrait,
    state: &AppState,
    account: &accounts::Model,
    order: &Model,
    period: Period,
    paid_on: Date,
    now: Timestamp,
) -> Result<(Buyer, Issued), Error> {
    // As it was when the buyer saw the tax: the invoice has to agree with it.
    let bill_to = view::bill_to(order)?;
    let buyer = Buyer::of(account, bill_to, &buyer_of(tx, order).await?);
    let language = view::language(order);
    let lines: Vec<InvoiceLine> = view::lines(order)?
        .into_iter()
        .map(|line| InvoiceLine::of_order(&state.catalog, language, line))
        .collect();
    let to_invoice = ToInvoice {
        account_id: account.id,
        order_id: Some(order.id),
        lines: &lines,
        taxed: view::taxed(order)?,
        credit_used: view::credit_used(order)?,
        credit_added: view::credit_added(order)?,
        due: view::total(order)?,
        buyer: &buyer,
        language,
        issued_on: clock::day(now, &account.time_zone),
        paid_on,
        period: Some(period),
    };
    let (used, added) = (to_invoice.credit_used, to_invoice.credit_added);
    let invoice = invoices::issue(tx, &state.catalog, to_invoice, now).await?;
    let used = used.checked_neg().map_err(Error::internal)?;
    for (amount, reason) in [
        (used, credits::Reason::Used),
        (added, credits::Reason::CreditNote),
    ] {
        credits::change(tx, account.id, amount, invoice.id, reason, now).await?;
    }
    Ok((buyer, invoice))
}

/// Whether a person placed the order, rather than time.
fn placed_by_a_person(order: &Model) -> bool {
    OrderKind::from(order.kind) != OrderKind::Renewal
}

/// Whom invoice and letter name: the user who ordered, or the owner if that user is gone.
pub async fn buyer_of(tx: &impl ConnectionTrait, order: &Model) -> Result<stored::Model, Error> {
    if let Some(user) = stored::Entity::find_by_id(order.placed_by).one(tx).await? {
        return Ok(user);
    }
    users::owner(tx, order.account_id).await
}

async fn charge(tx: &impl ConnectionTrait, order: &Model, payment: &Payment) -> Result<(), Error> {
    let row = charges::ActiveModel {
        id: Set(new_id()),
        order_id: Set(order.id),
        provider: Set(order.provider.clone()),
        reference: Set(payment.reference.clone()),
        amount: Set(payment.amount.minor),
        currency: Set(payment.amount.currency.code().to_owned()),
        method: Set(payment.method.clone()),
        paid_at: Set(At::from(payment.paid_at)),
    };
    row.insert(tx).await?;
    Ok(())
}
