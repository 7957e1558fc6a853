//! Notifications: kept with the deed that they tell of, and sent until they are received.
//!
//! They take the way of a provider that calls the server: body, signature, the receiving function of the API, and its
//! answer. Only the network between is left out.

use jiff::{SignedDuration, Timestamp};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};
use uuid::Uuid;

use super::checkouts;
use crate::error::Error;
use crate::payments::notifications::{SandboxNotification, receive_sandbox, sandbox_key};
use crate::payments::signature;
use crate::state::AppState;
use crate::store::entities::sandbox_checkouts;
use crate::store::entities::sandbox_events::{ActiveModel, Column, Entity, Model};
use crate::store::{At, new_id, settings};

/// The money was taken.
pub const PAID: &str = "checkout.paid";

/// The setting by which the sandbox's notifications are held back, so that one can see the server do without.
const HELD: &str = "sandbox.notifications_held";

/// How many are sent in one go.
const BATCH: u64 = 100;

/// After how many tries the sandbox gives a notification up.
const MAX_ATTEMPTS: i32 = 12;

/// Notes a notification in the transaction of the deed.
pub async fn note(
    tx: &impl ConnectionTrait,
    checkout: &sandbox_checkouts::Model,
    kind: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let row = ActiveModel {
        id: Set(new_id()),
        checkout_id: Set(checkout.id.clone()),
        kind: Set(kind.to_owned()),
        created_at: Set(At::from(now)),
        next_attempt_at: Set(Some(At::from(now))),
        attempts: Set(0),
        delivered_at: Set(None),
        last_error: Set(None),
    };
    row.insert(tx).await?;
    Ok(())
}

/// Sends what is due and not held back. One that is not received is sent again later, at growing intervals.
pub async fn deliver_due(state: &AppState) -> Result<(), Error> {
    if held(state).await? {
        return Ok(());
    }
    let due = Entity::find()
        .filter(Column::NextAttemptAt.lte(At::from(state.clock.now())))
        .order_by_asc(Column::Id)
        .limit(BATCH)
        .all(state.store.read())
        .await?;
    for event in due {
        deliver(state, &event).await?;
    }
    Ok(())
}

/// Sends one notification, however often it was sent before.
pub async fn deliver(state: &AppState, event: &Model) -> Result<(), Error> {
    let outcome = send(state, event).await;
    let now = state.clock.now();
    if let Err(error) = &outcome {
        tracing::warn!(event = %event.id, attempts = event.attempts + 1, %error, "notification not received");
    }
    let attempts = event.attempts.saturating_add(1);
    let next = now
        .saturating_add(pause_after(attempts))
        .map_err(Error::internal)?;
    state
        .store
        .with_tx(async |tx| {
            let mut row = ActiveModel {
                id: Set(event.id),
                attempts: Set(attempts),
                ..Default::default()
            };
            match &outcome {
                Ok(()) => {
                    row.delivered_at = Set(Some(At::from(now)));
                    row.next_attempt_at = Set(None);
                    row.last_error = Set(None);
                }
                Err(error) => {
                    row.next_attempt_at = Set((attempts < MAX_ATTEMPTS).then_some(At::from(next)));
                    row.last_error = Set(Some(error.to_string()));
                }
            }
            row.update(&tx).await?;
            Ok(())
        })
        .await
}

async fn send(state: &AppState, event: &Model) -> Result<(), Error> {
    let checkout = checkouts::find(state.store.read(), &event.checkout_id).await?;
    let checkout = checkout.ok_or_else(|| Error::internal("a notification without its checkout"))?;
    let notification = SandboxNotification {
        id: event.id,
        kind: event.kind.clone(),
        checkout: event.checkout_id.clone(),
        order: checkout.reference,
    };
    let body = serde_json::to_vec(&notification).map_err(Error::internal)?;
    let header = signature::sign(sandbox_key(state).await?.as_bytes(), state.clock.now(), &body);
    receive_sandbox(state, Some(&header), &body).await
}

/// 2, 4, 8, … seconds, an hour at most.
fn pause_after(attempts: i32) -> SignedDuration {
    SignedDuration::from_secs(1_i64 << attempts.clamp(1, 12)).min(SignedDuration::from_hours(1))
}

/// Sends what is due, without keeping the buyer waiting.
pub fn deliver_soon(state: &AppState) {
    let state = state.clone();
    tokio::spawn(async move {
        if let Err(error) = deliver_due(&state).await {
            // What was not sent stands in the table; the next pass sends it.
            tracing::warn!(%error, "notifications are sent later");
        }
    });
}

/// Whether notifications are held back.
pub async fn held(state: &AppState) -> Result<bool, Error> {
    Ok(settings::get(state.store.read(), HELD).await?.as_deref() == Some("yes"))
}

/// Holds notifications back, or lets them go.
pub async fn hold(state: &AppState, held: bool) -> Result<(), Error> {
    let value = if held { "yes" } else { "no" };
    state
        .store
        .with_tx(async |tx| settings::set(&tx, HELD, value).await)
        .await
}

/// The notification of an identity.
pub async fn find(state: &AppState, id: Uuid) -> Result<Option<Model>, Error> {
    Ok(Entity::find_by_id(id).one(state.store.read()).await?)
}

/// The notifications sent last, the newest first.
pub async fn latest(state: &AppState, count: u64) -> Result<Vec<Model>, Error> {
    Ok(Entity::find()
        .order_by_desc(Column::Id)
        .limit(count)
        .all(state.store.read())
        .await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_an_hour() {
        let seconds: Vec<i64> = (1..=13).map(|attempts| pause_after(attempts).as_secs()).collect();
        assert_eq!(
            seconds,
            [2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3600, 3600]
        );
    }
}
