//! Taking an order in.
//!
//! Three steps, so that no provider is called inside a transaction:
//! 1. one transaction takes up the key, judges the order and writes it as pending;
//! 2. the provider opens a checkout for it;
//! 3. one transaction keeps the checkout and the answer.
//!
//! An order by bank transfer is answered in the first one: there is no provider to ask.
//!
//! A server that stops between them leaves a pending order without an answer. A retry with the same key finds it and
//! goes on with step 2, which the provider answers with the same checkout.

use jiff::Timestamp;
use onedesk_contract::orders::{OrderKind, OrderRequest, PaymentWay};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, SqlErr};

use super::admission::{Admitted, judge};
use super::keys::{self, Claim, IdempotencyKey};
use super::write::{NewOrder, time_to_pay, write};
use super::{Answer, follow, paying, request, settle, transfer, view};
use crate::error::Error;
use crate::extract::SignedIn;
use crate::payments;
use crate::state::AppState;
use crate::store::entities::orders::{Column, Entity, Model};

/// How often taking an order in is tried anew when another one came between.
pub const TRIES: u32 = 3;

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
    let provider = match request.payment {
        PaymentWay::Transfer => transfer::PROVIDER,
        PaymentWay::Card => payments::gateway(state)
            .ok_or_else(|| Error::PaymentUnavailable("no payment provider is configured".to_owned()))?
            .provider(),
    };
    // An order whose time is over must not stand in the way until the next pass comes by.
    follow::expire_of(state, buyer.account.id).await?;
    match take_in(state, provider, buyer, key, request).await? {
        Step::Done(answer) => {
            state.letters_waiting.notify_one();
            Ok(answer)
        }
        Step::Pay(order) => {
            let account_id = order.account_id;
            match paying::open_page(state, *order).await {
                Ok(order) => finish(state, key, &order).await,
                Err(error) => {
                    give_back(state, account_id, key).await?;
                    Err(error)
                }
            }
        }
    }
}

/// Gives the lease on a key back, so that a retry need not wait for its end.
pub async fn give_back(state: &AppState, account_id: uuid::Uuid, key: &IdempotencyKey) -> Result<(), Error> {
    state
        .store
        .with_tx(async |tx| keys::lease(&tx, account_id, key, None).await)
        .await
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
    let hash = request::fingerprint("order", request);
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
                        let order = order(&tx, provider, buyer, key, &admitted, now).await?;
                        let order = match request.payment {
                            // Account credit pays for all of it.
                            _ if order.total == 0 => {
                                settle::settle_free(&tx, state, order, Some(buyer.user.id), now).await?
                            }
                            PaymentWay::Card => return Ok(Step::Pay(Box::new(order))),
                            PaymentWay::Transfer => Box::pin(transfer::ask(&tx, state, order, now)).await?,
                        };
                        let answer = Answer::placed(&view::of(&tx, &order).await?)?;
                        keys::answer(&tx, account_id, key, &answer).await?;
                        Ok(Step::Done(answer))
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

/// Whether a unique index refused what was to be written.
pub fn is_duplicate(error: &sea_orm::DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}

/// The order that came with a key.
pub async fn by_key(
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

async fn order(
    tx: &impl ConnectionTrait,
    provider: &str,
    buyer: &SignedIn,
    key: &IdempotencyKey,
    admitted: &Admitted,
    now: Timestamp,
) -> Result<Model, Error> {
    let Admitted {
        quote,
        totals,
        treatment,
        bill_to,
        payment,
    } = admitted;
    let order = NewOrder {
        account_id: buyer.account.id,
        placed_by: buyer.user.id,
        key: key.as_str(),
        kind: OrderKind::Subscribe,
        choice: quote.choice.clone(),
        unit_price: quote.unit_price,
        lines: &quote.lines,
        totals: *totals,
        treatment: *treatment,
        bill_to,
        decision: None,
        period_start: None,
        language: &buyer.user.language,
        payment: *payment,
        provider,
        method: None,
        expires_at: time_to_pay(now),
    };
    write(tx, order, Some(buyer.user.id), now).await
}

/// Step 3.
async fn finish(state: &AppState, key: &IdempotencyKey, order: &Model) -> Result<Answer, Error> {
    state
        .store
        .with_tx(async |tx| {
            let order = settle::find(&tx, order.id).await?;
            let answer = Answer::placed(&view::of(&tx, &order).await?)?;
            keys::answer(&tx, order.account_id, key, &answer).await?;
            Ok(answer)
        })
        .await
}
