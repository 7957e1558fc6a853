//! Placing a first order: from the press of *Subscribe* to the page to pay on. The way it is taken in is that of [`taking_in`].
//!
//! An order by bank transfer, and one that account credit pays for, is answered in the first step: there is no provider to ask.

use jiff::Timestamp;
use onedesk_contract::orders::{OrderKind, OrderRequest, PaymentWay};
use sea_orm::ConnectionTrait;

use super::admission::{Admitted, judge};
use super::taking_in::{self, Asked, Decided};
use super::write::{NewOrder, time_to_pay, write};
use super::{Answer, IdempotencyKey, paying, request, settle, transfer, view};
use crate::error::Error;
use crate::extract::SignedIn;
use crate::payments;
use crate::state::AppState;
use crate::store::Tx;
use crate::store::entities::orders::Model;

/// Places an order, or gives the answer that the same request got before.
///
/// # Errors
/// Those of [`taking_in::take_in`].
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
    let placed = Placed {
        state,
        provider,
        buyer,
        key,
        request,
    };
    taking_in::take_in(state, buyer.account.id, key, &placed).await
}

struct Placed<'a> {
    state: &'a AppState,
    provider: &'a str,
    buyer: &'a SignedIn,
    key: &'a IdempotencyKey,
    request: &'a OrderRequest,
}

impl Asked for Placed<'_> {
    fn fingerprint(&self) -> String {
        request::fingerprint("order", self.request)
    }

    async fn decide(&self, tx: &Tx, now: Timestamp) -> Result<Decided, Error> {
        let Self { state, buyer, .. } = *self;
        let admitted = match judge(tx, state, &buyer.account, self.request).await? {
            Ok(admitted) => admitted,
            Err(problem) => return Ok(Decided::Answer(Answer::refused(&problem)?)),
        };
        let order = order(tx, self.provider, buyer, self.key, &admitted, now).await?;
        let order = match self.request.payment {
            // Account credit pays for all of it.
            _ if order.total == 0 => settle::settle_free(tx, state, order, Some(buyer.user.id), now).await?,
            PaymentWay::Card => return Ok(Decided::Pay(Box::new(order))),
            PaymentWay::Transfer => Box::pin(transfer::ask(tx, state, order, now)).await?,
        };
        Ok(Decided::Answer(Answer::placed(&view::of(tx, &order).await?)?))
    }

    async fn pay(&self, order: Model) -> Result<Answer, Error> {
        let conn = self.state.store.read();
        let order = paying::open_page(self.state, order).await?;
        let order = settle::find(conn, order.id).await?;
        Answer::placed(&view::of(conn, &order).await?)
    }
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
