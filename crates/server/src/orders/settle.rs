//! Carrying out what was decided about an order: each time one transaction, and whoever comes second finds it done.

use jiff::Timestamp;
use onedesk_pricing::Term;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use serde_json::json;
use uuid::Uuid;

use super::letter;
use super::state::{Decision, Standing, decide};
use super::view;
use crate::error::Error;
use crate::invoices::{self, Buyer, ToInvoice};
use crate::payments::{CheckoutState, Payment, methods, refunds};
use crate::state::AppState;
use crate::store::entities::orders::{ActiveModel, Entity, Model, StoredStatus};
use crate::store::entities::users::StoredRole;
use crate::store::entities::{accounts, charges, users};
use crate::store::{At, new_id};
use crate::{audit, clock, mail, subscriptions};

/// What is left to do once the transaction is committed.
enum Afterwards {
    Nothing,
    SendLetters,
    PayBack,
}

/// Does what follows from what the provider says about an order, and gives the order as it is then. `by` is the user
/// who asked for it, if one did.
pub async fn apply(
    state: &AppState,
    order_id: Uuid,
    news: &CheckoutState,
    by: Option<Uuid>,
) -> Result<Model, Error> {
    let now = state.clock.now();
    let (order, afterwards) = state
        .store
        .with_tx(async |tx| {
            let order = Entity::find_by_id(order_id)
                .one(&tx)
                .await?
                .ok_or(Error::NotFound)?;
            let charge = view::charge(&tx, &order).await?;
            let standing = Standing {
                status: order.status.into(),
                total: view::total(&order)?,
                settled_with: charge.as_ref().map(|charge| charge.reference.as_str()),
                subscribed: subscriptions::exists(&tx, order.account_id).await?,
            };
            match decide(standing, news) {
                Decision::Nothing => Ok((order, Afterwards::Nothing)),
                Decision::Cancel => {
                    let order = close(&tx, order, StoredStatus::Cancelled, now).await?;
                    let because = if by.is_some() {
                        "given up"
                    } else {
                        "not paid in time"
                    };
                    let detail = json!({ "order": order.id, "because": because });
                    audit::note(&tx, order.account_id, by, "order.cancelled", detail, now).await?;
                    Ok((order, Afterwards::Nothing))
                }
                Decision::Settle(payment) => {
                    let order = settle(&tx, state, order, &payment, now).await?;
                    Ok((order, Afterwards::SendLetters))
                }
                Decision::Refund(payment, reason) => {
                    let is_new = refunds::note(&tx, &order, &payment, reason, now).await?;
                    let order = if order.status == StoredStatus::Pending {
                        let order = close(&tx, order, StoredStatus::Failed, now).await?;
                        let detail = json!({ "order": order.id, "because": reason.as_str() });
                        audit::note(&tx, order.account_id, None, "order.failed", detail, now).await?;
                        order
                    } else {
                        order
                    };
                    Ok((
                        order,
                        if is_new {
                            Afterwards::PayBack
                        } else {
                            Afterwards::Nothing
                        },
                    ))
                }
            }
        })
        .await?;
    match afterwards {
        Afterwards::Nothing => {}
        Afterwards::SendLetters => state.letters_waiting.notify_one(),
        Afterwards::PayBack => refunds::pay_due(state).await?,
    }
    Ok(order)
}

/// Order paid, one charge, one invoice, one subscription, the letters: all of it or nothing.
async fn settle(
    tx: &impl ConnectionTrait,
    state: &AppState,
    order: Model,
    payment: &Payment,
    now: Timestamp,
) -> Result<Model, Error> {
    let account = accounts::Entity::find_by_id(order.account_id).one(tx).await?;
    let account = account.ok_or_else(|| Error::internal("an order without its account"))?;
    // As it was when the buyer saw the tax: the invoice has to agree with it.
    let bill_to = view::bill_to(&order)?;
    let buyer = Buyer::of(&account, bill_to, &buyer_of(tx, &order).await?);
    let (language, lines) = (view::language(&order), view::lines(&order)?);
    let paid_on = clock::day(payment.paid_at, &account.time_zone);
    let term =
        Term::begin(&view::choice(&order)?, view::unit_price(&order)?, paid_on).map_err(Error::internal)?;

    let order = close(tx, order, StoredStatus::Paid, now).await?;
    charge(tx, &order, payment).await?;
    if let Some(card) = &payment.reusable {
        methods::keep(tx, account.id, &order.provider, card, now).await?;
    }
    let to_invoice = ToInvoice {
        order: &order,
        lines: &lines,
        taxed: view::taxed(&order)?,
        buyer: &buyer,
        language,
        issued_on: clock::day(now, &account.time_zone),
        paid_on,
        period: term.current,
    };
    let invoice = invoices::issue(tx, &state.catalog, to_invoice, now).await?;
    let subscription = subscriptions::begin(tx, account.id, term.clone(), now).await?;

    let number = invoice.number.to_string();
    let paid = json!({ "order": order.id, "payment": payment.reference, "amount": payment.amount, "invoice": number });
    audit::note(tx, account.id, None, "order.paid", paid, now).await?;
    let begun = json!({ "subscription": subscription, "order": order.id, "term": term });
    audit::note(tx, account.id, None, "subscription.begun", begun, now).await?;
    for letter in letter::receipts(state, &order, &buyer, payment, &term, &invoice)? {
        mail::enqueue(tx, letter, now).await?;
    }
    Ok(order)
}

/// Whom invoice and letter name: the user who ordered, or the owner if that user is gone.
async fn buyer_of(tx: &impl ConnectionTrait, order: &Model) -> Result<users::Model, Error> {
    if let Some(user) = users::Entity::find_by_id(order.placed_by).one(tx).await? {
        return Ok(user);
    }
    let owner = users::Entity::find()
        .filter(users::Column::AccountId.eq(order.account_id))
        .filter(users::Column::Role.eq(StoredRole::Owner))
        .one(tx)
        .await?;
    owner.ok_or_else(|| Error::internal("an account without its owner"))
}

async fn close(
    tx: &impl ConnectionTrait,
    order: Model,
    status: StoredStatus,
    now: Timestamp,
) -> Result<Model, Error> {
    let mut row = ActiveModel::from(order);
    row.status = Set(status);
    row.closed_at = Set(Some(At::from(now)));
    Ok(row.update(tx).await?)
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
