//! The order of a renewal: one a period.
//!
//! It waits from the day of the renewal until it is paid, or will not be any more, through all tries. While a try has no
//! answer yet (`attempt` above zero and no `failure`), the order stays as it is: what was asked for is what is settled.
//! Before the next try it is written anew, at what it comes to by then.

use jiff::Timestamp;
use jiff::civil::Date;
use onedesk_contract::orders::{OrderKind, PaymentWay};
use onedesk_subscription::{Decision, Subscription};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Select, Set};
use serde_json::json;
use uuid::Uuid;

use crate::billing::{BillTo, taxation};
use crate::error::Error;
use crate::orders::settle;
use crate::orders::write::{NewOrder, time_to_pay, write, write_again};
use crate::payments::{self, methods};
use crate::state::AppState;
use crate::store::entities::accounts;
use crate::store::entities::orders::{ActiveModel, Column, Entity, Model, StoredKind, StoredStatus};
use crate::store::new_id;
use crate::subscriptions::{credits, previews};
use crate::{audit, users};

/// Whether a try to charge it has no answer yet.
pub fn is_unanswered(order: &Model) -> bool {
    order.kind == StoredKind::Renewal
        && order.status == StoredStatus::Pending
        && order.attempt > 0
        && order.failure.is_none()
}

/// The renewal of an account that is being charged. Until that is answered, no more users may become active than it has
/// licences, and nobody pays for it a second time.
pub async fn being_charged(conn: &impl ConnectionTrait, account_id: Uuid) -> Result<Option<Model>, Error> {
    let of_account = unanswered().filter(Column::AccountId.eq(account_id));
    Ok(of_account.one(conn).await?)
}

/// Renewals whose charge has no answer yet.
pub fn unanswered() -> Select<Entity> {
    waiting()
        .filter(Column::Attempt.gt(0))
        .filter(Column::Failure.is_null())
}

/// Renewals that wait to be paid.
fn waiting() -> Select<Entity> {
    Entity::find()
        .filter(Column::Kind.eq(StoredKind::Renewal))
        .filter(Column::Status.eq(StoredStatus::Pending))
}

/// The order for the period that begins on a day, however it stands.
pub async fn of_period(
    conn: &impl ConnectionTrait,
    account_id: Uuid,
    start: Date,
) -> Result<Option<Model>, Error> {
    Ok(Entity::find()
        .filter(Column::Kind.eq(StoredKind::Renewal))
        .filter(Column::AccountId.eq(account_id))
        .filter(Column::PeriodStart.eq(start.to_string()))
        .one(conn)
        .await?)
}

/// Writes the order for what was decided: for the first time, or in the place of `before`.
///
/// # Errors
/// If the period is paid for already.
pub async fn put(
    tx: &impl ConnectionTrait,
    state: &AppState,
    account: &accounts::Model,
    subscription: &Subscription,
    decision: &Decision,
    before: Option<&Model>,
    now: Timestamp,
) -> Result<Model, Error> {
    let charge = decision.charge.as_ref();
    let charge = charge.ok_or_else(|| Error::internal("a renewal without a charge"))?;
    let bill_to = BillTo::of(tx, account).await?;
    let treatment = taxation::treatment(state, account, &bill_to, now)?;
    let credit = credits::of(tx, account.id, charge.net.currency).await?;
    let owner = users::owner(tx, account.id).await?;
    let method = methods::stored(tx, account.id).await?;
    let provider = match &method {
        Some(method) => method.provider.clone(),
        None => payments::gateway(state)
            .map_or("none", |gateway| gateway.provider())
            .to_owned(),
    };
    let term = &decision.after.term;
    let key = new_id().to_string();
    let order = NewOrder {
        account_id: account.id,
        placed_by: owner.id,
        key: &key,
        kind: OrderKind::Renewal,
        choice: term.choice(),
        unit_price: term.unit_price,
        lines: &charge.lines,
        totals: previews::sum(&charge.lines, treatment, credit)?,
        treatment,
        bill_to: &bill_to,
        decision: Some((decision, subscription.version)),
        period_start: Some(subscription.term.renews_on()),
        language: &owner.language,
        payment: PaymentWay::Card,
        provider: &provider,
        method: method.map(|method| method.reference),
        // Time looks after it, and ends it by its own rules.
        expires_at: time_to_pay(now),
    };
    match before {
        None => write(tx, order, None, now).await,
        Some(before) if before.status == StoredStatus::Paid => Err(Error::internal(format!(
            "the renewal {} is paid, but the subscription does not know",
            before.id
        ))),
        Some(before) => write_again(tx, before, order).await,
    }
}

/// Begins a try to charge it: from now on it has no answer.
pub async fn begin_attempt(tx: &impl ConnectionTrait, order: Model) -> Result<Model, Error> {
    let attempt = order.attempt.saturating_add(1);
    let mut row = ActiveModel::from(order);
    row.attempt = Set(attempt);
    row.failure = Set(None);
    Ok(row.update(tx).await?)
}

/// Notes why a try came to nothing; the order waits for the next one.
pub async fn end_attempt(tx: &impl ConnectionTrait, order: Model, why: &str) -> Result<Model, Error> {
    let mut row = ActiveModel::from(order);
    row.failure = Set(Some(why.to_owned()));
    Ok(row.update(tx).await?)
}

/// Ends the waiting order of a renewal that will not be tried again, as the subscription is paid for by another order,
/// suspended or over. One whose charge is not answered stays, until it is known what became of that.
pub async fn give_up(tx: &impl ConnectionTrait, account_id: Uuid, now: Timestamp) -> Result<(), Error> {
    let of_account = waiting().filter(Column::AccountId.eq(account_id));
    for order in of_account.all(tx).await? {
        if !is_unanswered(&order) {
            close(tx, order, now).await?;
        }
    }
    Ok(())
}

/// Ends an order that nothing was paid for.
pub async fn close(tx: &impl ConnectionTrait, order: Model, now: Timestamp) -> Result<(), Error> {
    let why = order.failure.clone();
    let order = settle::close(tx, order, StoredStatus::Cancelled, why.as_deref(), now).await?;
    let detail = json!({ "order": order.id, "because": "not paid in time" });
    audit::note(tx, order.account_id, None, "order.cancelled", detail, now).await
}
