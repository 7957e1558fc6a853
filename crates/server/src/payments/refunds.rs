//! Money that goes back.
//!
//! That a refund is due is written in the transaction that finds it out ([`note`]); the provider is asked afterwards,
//! again and again until it confirms ([`pay_due`]). The refund's identity goes along, so that it is paid once.

use onedesk_pricing::{Currency, Money};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set, TryInsertResult};
use serde_json::json;

use super::{Payment, gateway_of};
use crate::audit;
use crate::error::Error;
use crate::orders::state::RefundReason;
use crate::state::AppState;
use crate::store::entities::{orders, refunds};
use crate::store::{At, new_id};

/// Writes down that a payment has to go back, once a payment. Tells whether that is new.
pub async fn note(
    tx: &impl ConnectionTrait,
    order: &orders::Model,
    payment: &Payment,
    reason: RefundReason,
    now: jiff::Timestamp,
) -> Result<bool, Error> {
    let row = refunds::ActiveModel {
        id: Set(new_id()),
        order_id: Set(order.id),
        provider: Set(order.provider.clone()),
        reference: Set(payment.reference.clone()),
        amount: Set(payment.amount.minor),
        currency: Set(payment.amount.currency.code().to_owned()),
        reason: Set(reason.as_str().to_owned()),
        created_at: Set(At::from(now)),
        done_at: Set(None),
    };
    let once = OnConflict::columns([refunds::Column::Provider, refunds::Column::Reference])
        .do_nothing()
        .to_owned();
    let inserted = refunds::Entity::insert(row)
        .on_conflict(once)
        .try_insert()
        .exec_without_returning(tx)
        .await?;
    let is_new = matches!(inserted, TryInsertResult::Inserted(1..));
    if is_new {
        let detail = json!({
            "order": order.id,
            "payment": payment.reference,
            "amount": payment.amount,
            "reason": reason.as_str(),
        });
        audit::note(tx, order.account_id, None, "payment.refund_due", detail, now).await?;
    }
    Ok(is_new)
}

/// Asks the providers for every refund that is still due. One that fails stays due; the others are not held up by it.
pub async fn pay_due(state: &AppState) -> Result<(), Error> {
    let due = refunds::Entity::find()
        .filter(refunds::Column::DoneAt.is_null())
        .order_by_asc(refunds::Column::CreatedAt)
        .all(state.store.read())
        .await?;
    for refund in due {
        if let Err(error) = pay(state, &refund).await {
            tracing::warn!(refund = %refund.id, order = %refund.order_id, %error, "refund failed, it will be tried again");
        }
    }
    Ok(())
}

async fn pay(state: &AppState, refund: &refunds::Model) -> Result<(), Error> {
    let gateway = gateway_of(state, &refund.provider)?;
    let currency = Currency::from_code(&refund.currency).map_err(Error::internal)?;
    let amount = Money::new(refund.amount, currency);
    gateway.refund(refund.id, &refund.reference, amount).await?;
    let now = state.clock.now();
    state
        .store
        .with_tx(async |tx| {
            let done = refunds::Entity::update_many()
                .col_expr(refunds::Column::DoneAt, At::from(now).into())
                .filter(refunds::Column::Id.eq(refund.id))
                .filter(refunds::Column::DoneAt.is_null())
                .exec(&tx)
                .await?;
            let order = orders::Entity::find_by_id(refund.order_id).one(&tx).await?;
            if let (1.., Some(order)) = (done.rows_affected, order) {
                let detail = json!({ "order": order.id, "payment": refund.reference, "amount": amount });
                audit::note(&tx, order.account_id, None, "payment.refunded", detail, now).await?;
            }
            Ok(())
        })
        .await
}
