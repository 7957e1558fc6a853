//! Taking an order in.
//!
//! Three steps, so that no provider is called inside a transaction:
//! 1. one transaction takes up the key, judges the order and writes it as pending;
//! 2. the provider opens a checkout for it;
//! 3. one transaction keeps the checkout and the answer.
//!
//! A server that stops between them leaves a pending order without an answer. A retry with the same key finds it and
//! goes on with step 2, which the provider answers with the same checkout.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use onedesk_contract::orders::OrderRequest;
use onedesk_texts::invoice_line;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set, SqlErr};
use serde_json::json;

use super::admission::{Admitted, judge};
use super::keys::{self, Claim, IdempotencyKey};
use super::{Answer, follow, request, view};
use crate::audit;
use crate::billing::words;
use crate::error::Error;
use crate::extract::SignedIn;
use crate::payments::{self, Checkout, CheckoutRequest, Gateway};
use crate::state::AppState;
use crate::store::entities::orders::{ActiveModel, Column, Entity, Model, StoredStatus};
use crate::store::{At, new_id};

/// How long an order waits for its payment.
pub const TIME_TO_PAY: SignedDuration = SignedDuration::from_mins(30);

/// How often taking an order in is tried anew when another one came between.
const TRIES: u32 = 3;

enum Step {
    Done(Answer),
    Pay(Box<Model>),
}

/// Places an order, or gives the answer that the same request got before.
///
/// # Errors
/// What may be different when the same request comes again, and is therefore not kept:
/// [`Error::IdempotencyKeyInUse`], [`Error::IdempotencyKeyReused`], [`Error::PaymentUnavailable`], and failures of the
/// server. Everything else is an [`Answer`] and stays the same for this key.
pub async fn place(
    state: &AppState,
    buyer: &SignedIn,
    key: &IdempotencyKey,
    request: &OrderRequest,
) -> Result<Answer, Error> {
    let gateway = payments::gateway(state)
        .ok_or_else(|| Error::PaymentUnavailable("no payment provider is configured".to_owned()))?;
    // An order whose time is over must not stand in the way until the next pass comes by.
    follow::expire_of(state, buyer.account.id).await?;
    match take_in(state, gateway.provider(), buyer, key, request).await? {
        Step::Done(answer) => Ok(answer),
        Step::Pay(order) => match open_checkout(state, &gateway, &order).await {
            Ok(checkout) => finish(state, &gateway, key, &order, &checkout).await,
            Err(error) => {
                state
                    .store
                    .with_tx(async |tx| keys::lease(&tx, order.account_id, key, None).await)
                    .await?;
                Err(error)
            }
        },
    }
}

/// Step 1.
async fn take_in(
    state: &AppState,
    provider: &str,
    buyer: &SignedIn,
    key: &IdempotencyKey,
    request: &OrderRequest,
) -> Result<Step, Error> {
    let account_id = buyer.account.id;
    let hash = request::fingerprint(request);
    let mut tries = 1;
    loop {
        let now = state.clock.now();
        let outcome = state
            .store
            .with_tx(async |tx| {
                if let Claim::Answered(answer) = keys::claim(&tx, account_id, key, &hash, now).await? {
                    return Ok(Step::Done(answer));
                }
                if let Some(order) = by_key(&tx, account_id, key).await? {
                    return Ok(Step::Pay(Box::new(order)));
                }
                match judge(&tx, state, &buyer.account, request).await? {
                    Ok(admitted) => {
                        let order = write(&tx, provider, buyer, key, &admitted, now).await?;
                        Ok(Step::Pay(Box::new(order)))
                    }
                    Err(problem) => {
                        let answer = Answer::refused(&problem)?;
                        keys::answer(&tx, account_id, key, &answer).await?;
                        Ok(Step::Done(answer))
                    }
                }
            })
            .await;
        match outcome {
            // Two orders at once, and the unique index was faster than the question. Asked again, it is answered.
            Err(Error::Database(error)) if tries < TRIES && is_duplicate(&error) => tries += 1,
            outcome => return outcome,
        }
    }
}

fn is_duplicate(error: &sea_orm::DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}

async fn by_key(
    tx: &impl ConnectionTrait,
    account_id: uuid::Uuid,
    key: &IdempotencyKey,
) -> Result<Option<Model>, Error> {
    let (account, key) = (
        Column::AccountId.eq(account_id),
        Column::IdempotencyKey.eq(key.as_str()),
    );
    Ok(Entity::find().filter(account).filter(key).one(tx).await?)
}

async fn write(
    tx: &impl ConnectionTrait,
    provider: &str,
    buyer: &SignedIn,
    key: &IdempotencyKey,
    admitted: &Admitted,
    now: Timestamp,
) -> Result<Model, Error> {
    let Admitted {
        quote,
        taxed,
        bill_to,
    } = admitted;
    let choice = &quote.choice;
    let row = ActiveModel {
        id: Set(new_id()),
        account_id: Set(buyer.account.id),
        placed_by: Set(buyer.user.id),
        idempotency_key: Set(key.as_str().to_owned()),
        status: Set(StoredStatus::Pending),
        plan: Set(choice.plan.as_str().to_owned()),
        seats: Set(i32::try_from(choice.seats.get()).map_err(Error::internal)?),
        period: Set(choice.period.as_str().to_owned()),
        currency: Set(choice.currency.code().to_owned()),
        unit_price: Set(quote.unit_price.minor),
        lines: Set(serde_json::to_string(&quote.lines).map_err(Error::internal)?),
        net: Set(taxed.net.minor),
        tax: Set(taxed.tax.minor),
        gross: Set(taxed.gross.minor),
        treatment: Set(serde_json::to_string(&taxed.treatment).map_err(Error::internal)?),
        bill_to: Set(serde_json::to_string(bill_to).map_err(Error::internal)?),
        total: Set(taxed.gross.minor),
        language: Set(buyer.user.language.clone()),
        provider: Set(provider.to_owned()),
        checkout_id: Set(None),
        checkout_url: Set(None),
        placed_at: Set(At::from(now)),
        expires_at: Set(At::from(
            now.saturating_add(TIME_TO_PAY).map_err(Error::internal)?,
        )),
        closed_at: Set(None),
    };
    let order = row.insert(tx).await?;
    let detail = json!({ "order": order.id, "choice": choice, "taxed": taxed });
    audit::note(
        tx,
        order.account_id,
        Some(buyer.user.id),
        "order.placed",
        detail,
        now,
    )
    .await?;
    Ok(order)
}

/// Step 2: asks the provider for the page to pay on; asked again, it answers with the same.
pub async fn open_checkout(
    state: &AppState,
    gateway: &Arc<dyn Gateway>,
    order: &Model,
) -> Result<Checkout, Error> {
    let language = view::language(order);
    let text = |line: &onedesk_pricing::Line| {
        invoice_line(language, line, &state.catalog.plan_name(language, &line.plan))
    };
    let mut lines: Vec<String> = view::lines(order)?.iter().map(text).collect();
    lines.push(words::tax_line(language, &view::taxed(order)?));
    let request = CheckoutRequest {
        order: order.id,
        total: view::total(order)?,
        seller: state.catalog.vendor().name.clone(),
        lines,
        language,
        return_url: state
            .public_url
            .to(&format!("/api/payments/return?order={}", order.id)),
        expires_at: order.expires_at.timestamp(),
    };
    Ok(gateway.create_checkout(&request).await?)
}

/// Step 3.
async fn finish(
    state: &AppState,
    gateway: &Arc<dyn Gateway>,
    key: &IdempotencyKey,
    order: &Model,
    checkout: &Checkout,
) -> Result<Answer, Error> {
    let (answer, waits) = state
        .store
        .with_tx(async |tx| {
            let order = keep_checkout(&tx, order.id, checkout).await?;
            let answer = Answer::placed(&view::of(&tx, &order).await?)?;
            keys::answer(&tx, order.account_id, key, &answer).await?;
            Ok((answer, order.status == StoredStatus::Pending))
        })
        .await?;
    if !waits {
        // Cancelled in another tab before its page was open: nobody was told the address, and nobody shall pay there.
        if let Err(error) = gateway.cancel(&checkout.id).await {
            tracing::warn!(order = %order.id, %error, "the checkout of a cancelled order stays open until it expires");
        }
    }
    Ok(answer)
}

/// Notes the checkout of an order and gives the order as it is by now.
pub async fn keep_checkout(
    tx: &impl ConnectionTrait,
    order_id: uuid::Uuid,
    checkout: &Checkout,
) -> Result<Model, Error> {
    let order = Entity::find_by_id(order_id)
        .one(tx)
        .await?
        .ok_or(Error::NotFound)?;
    if order.checkout_id.is_some() {
        return Ok(order);
    }
    let mut row = ActiveModel::from(order);
    row.checkout_id = Set(Some(checkout.id.clone()));
    row.checkout_url = Set(Some(checkout.url.clone()));
    Ok(row.update(tx).await?)
}
