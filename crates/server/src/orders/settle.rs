//! Carrying out what was decided about an order: each time one transaction, and whoever comes second finds it done.

use jiff::Timestamp;
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, Set};
use serde_json::json;
use uuid::Uuid;

use super::carry_out::carry_out;
use super::state::{Decision, Standing, decide};
use super::{delivery, transfer, view};
use crate::error::Error;
use crate::payments::{CheckoutState, refunds};
use crate::state::AppState;
use crate::store::At;
use crate::store::entities::accounts;
use crate::store::entities::orders::{ActiveModel, Entity, Model, StoredStatus, StoredWay};
use crate::{audit, clock};

/// What is left to do once the transaction is committed.
enum Afterwards {
    Nothing,
    SendLetters,
    PayBack,
}

/// Does what follows from what is known of an order's payment, and gives the order as it is then. `by` is the user who
/// asked for it, if one did.
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
            let order = find(&tx, order_id).await?;
            let account = account_of(&tx, &order).await?;
            let delivery = match news {
                CheckoutState::Paid(payment) if order.status.waits() => {
                    let paid_on = clock::day(payment.paid_at, &account.time_zone);
                    Some(delivery::of(&tx, state, &account, &order, paid_on).await?)
                }
                _ => None,
            };
            let charge = view::charge(&tx, &order).await?;
            let standing = Standing {
                status: order.status.into(),
                total: view::total(&order)?,
                settled_with: charge.as_ref().map(|charge| charge.reference.as_str()),
                obstacle: delivery
                    .as_ref()
                    .and_then(|delivery| delivery.as_ref().err().copied()),
            };
            match (decide(standing, news), delivery) {
                (Decision::Cancel, _) => {
                    let order = close(&tx, order, StoredStatus::Cancelled, None, now).await?;
                    let because = if by.is_some() {
                        "given up"
                    } else {
                        "not paid in time"
                    };
                    let detail = json!({ "order": order.id, "because": because });
                    audit::note(&tx, order.account_id, by, "order.cancelled", detail, now).await?;
                    if by.is_none() && order.payment_way == StoredWay::Transfer {
                        Box::pin(transfer::tell_of_the_end(&tx, state, &order, now)).await?;
                        return Ok((order, Afterwards::SendLetters));
                    }
                    Ok((order, Afterwards::Nothing))
                }
                (Decision::Settle(payment), Some(Ok(delivery))) => {
                    let settled = carry_out(&tx, state, order, delivery, Some(&payment), by, now);
                    let order = Box::pin(settled).await?;
                    Ok((order, Afterwards::SendLetters))
                }
                (Decision::Nothing | Decision::Settle(_), _) => Ok((order, Afterwards::Nothing)),
                (Decision::Refund(payment, reason), _) => {
                    let is_new = refunds::note(&tx, &order, &payment, reason, now).await?;
                    let order = if order.status.waits() {
                        fail(&tx, order, reason.as_str(), now).await?
                    } else {
                        order
                    };
                    let afterwards = if is_new {
                        Afterwards::PayBack
                    } else {
                        Afterwards::Nothing
                    };
                    Ok((order, afterwards))
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

/// Carries out an order that costs nothing (account credit pays for it, or it gives back) in the transaction that wrote
/// it: no provider is asked. Letters are waiting once it is committed.
pub async fn settle_free(
    tx: &impl ConnectionTrait,
    state: &AppState,
    order: Model,
    by: Option<Uuid>,
    now: Timestamp,
) -> Result<Model, Error> {
    if order.total != 0 {
        return Err(Error::internal(
            "an order that costs something was to be settled without a payment",
        ));
    }
    let account = account_of(tx, &order).await?;
    let today = clock::day(now, &account.time_zone);
    match delivery::of(tx, state, &account, &order, today).await? {
        Ok(delivery) => Box::pin(carry_out(tx, state, order, delivery, None, by, now)).await,
        Err(reason) => Err(Error::internal(format!(
            "an order could not be delivered in the transaction that wrote it: {}",
            reason.as_str()
        ))),
    }
}

/// Ends an order without success: nothing was charged, or it goes back. One that ended before stays as it is.
pub async fn fail(
    tx: &impl ConnectionTrait,
    order: Model,
    because: &str,
    now: Timestamp,
) -> Result<Model, Error> {
    if !order.status.waits() {
        return Ok(order);
    }
    let order = close(tx, order, StoredStatus::Failed, Some(because), now).await?;
    let detail = json!({ "order": order.id, "because": because });
    audit::note(tx, order.account_id, None, "order.failed", detail, now).await?;
    Ok(order)
}

/// An order that has to be there.
pub async fn find(conn: &impl ConnectionTrait, order_id: Uuid) -> Result<Model, Error> {
    Entity::find_by_id(order_id)
        .one(conn)
        .await?
        .ok_or(Error::NotFound)
}

/// The account of an order.
pub async fn account_of(conn: &impl ConnectionTrait, order: &Model) -> Result<accounts::Model, Error> {
    let account = accounts::Entity::find_by_id(order.account_id).one(conn).await?;
    account.ok_or_else(|| Error::internal("an order without its account"))
}

/// Notes that an order has come to its end.
pub async fn close(
    tx: &impl ConnectionTrait,
    order: Model,
    status: StoredStatus,
    failure: Option<&str>,
    now: Timestamp,
) -> Result<Model, Error> {
    let mut row = ActiveModel::from(order);
    row.status = Set(status);
    row.closed_at = Set(Some(At::from(now)));
    row.failure = Set(failure.map(str::to_owned));
    Ok(row.update(tx).await?)
}
