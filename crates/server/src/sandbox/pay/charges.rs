//! Stored cards, and what happens when they are charged later, without their holder.
//!
//! A charge is a row of its own under the seller's key, written once: asked for again, it is what it was.

use jiff::Timestamp;
use onedesk_pricing::{Currency, Money};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};
use uuid::Uuid;

use super::cards::{Outcome, Refusal, TestCard};
use super::expiry::Expiry;
use crate::clock;
use crate::error::Error;
use crate::payments::{ChargeRequest, ChargeState, Payment};
use crate::state::AppState;
use crate::store::entities::sandbox_cards;
use crate::store::entities::sandbox_charges::{ActiveModel, Column, Entity, Model, StoredOutcome};
use crate::store::{At, new_id};

/// Keeps a card that was shown on the hosted page, under a name that says nothing of its number.
pub async fn store_card(
    tx: &impl ConnectionTrait,
    card: TestCard,
    expires: &str,
    now: Timestamp,
) -> Result<String, Error> {
    let reference = format!("sandbox_card_{}", new_id().simple());
    let row = sandbox_cards::ActiveModel {
        reference: Set(reference.clone()),
        number: Set(card.number.to_owned()),
        expires: Set(expires.to_owned()),
        added_at: Set(At::from(now)),
    };
    row.insert(tx).await?;
    Ok(reference)
}

/// Charges a stored card, or finds what came of it before. `None` if there is no such card.
pub async fn charge(state: &AppState, request: &ChargeRequest) -> Result<Option<Model>, Error> {
    let now = state.clock.now();
    let lines = serde_json::to_string(&request.lines).map_err(Error::internal)?;
    state
        .store
        .with_tx(async |tx| {
            if let Some(before) = find(&tx, &request.attempt).await? {
                return Ok(Some(before));
            }
            let Some(stored) = sandbox_cards::Entity::find_by_id(&request.method)
                .one(&tx)
                .await?
            else {
                return Ok(None);
            };
            let card = TestCard::of_number(&stored.number)
                .ok_or_else(|| Error::internal("a stored card that is no test card"))?;
            let (outcome, refusal) = outcome(card, &stored.expires, now);
            let row = ActiveModel {
                attempt: Set(request.attempt.clone()),
                reference: Set(request.order),
                card: Set(stored.reference),
                method: Set(card.method()),
                lines: Set(lines.clone()),
                amount: Set(request.amount.minor),
                currency: Set(request.amount.currency.code().to_owned()),
                outcome: Set(outcome),
                refusal: Set(refusal.map(|refusal| refusal.as_str().to_owned())),
                payment: Set(
                    (outcome == StoredOutcome::Paid).then(|| format!("sandbox_pay_{}", new_id().simple()))
                ),
                at: Set(At::from(now)),
                refund: Set(None),
                refunded_at: Set(None),
            };
            // On another server the same key may come in at the same time.
            let once = OnConflict::column(Column::Attempt).do_nothing().to_owned();
            Entity::insert(row)
                .on_conflict(once)
                .try_insert()
                .exec_without_returning(&tx)
                .await?;
            find(&tx, &request.attempt).await
        })
        .await
}

/// What a card does without its holder.
fn outcome(card: TestCard, expires: &str, now: Timestamp) -> (StoredOutcome, Option<Refusal>) {
    let today = clock::day(now, "UTC");
    match card.outcome {
        _ if Expiry::from_stored(expires).is_some_and(|expiry| expiry.is_past(today)) => {
            (StoredOutcome::Declined, Some(Refusal::CardExpired))
        }
        Outcome::Pays => (StoredOutcome::Paid, None),
        Outcome::PaysOnce => (StoredOutcome::Declined, Some(Refusal::Declined)),
        Outcome::Refused(refusal) => (StoredOutcome::Declined, Some(refusal)),
        Outcome::AsksHolder => (StoredOutcome::NeedsHolder, None),
    }
}

/// The charge of a key.
pub async fn find(conn: &impl ConnectionTrait, attempt: &str) -> Result<Option<Model>, Error> {
    Ok(Entity::find_by_id(attempt).one(conn).await?)
}

/// The charges made last, the newest first.
pub async fn latest(state: &AppState, count: u64) -> Result<Vec<Model>, Error> {
    Ok(Entity::find()
        .order_by_desc(Column::At)
        .limit(count)
        .all(state.store.read())
        .await?)
}

/// As the seller is told.
pub fn standing(charge: &Model) -> Result<ChargeState, Error> {
    Ok(match (charge.outcome, &charge.payment) {
        (StoredOutcome::Paid, Some(reference)) => ChargeState::Paid(Payment {
            reference: reference.clone(),
            amount: amount(charge)?,
            method: charge.method.clone(),
            // The seller has it already.
            reusable: None,
            paid_at: charge.at.timestamp(),
        }),
        (StoredOutcome::Paid, None) => return Err(Error::internal("a paid charge without its payment")),
        (StoredOutcome::Declined, _) => ChargeState::Declined {
            reason: charge.refusal.clone().unwrap_or_default(),
        },
        (StoredOutcome::NeedsHolder, _) => ChargeState::NeedsHolder,
    })
}

/// What was charged, or would have been.
pub fn amount(charge: &Model) -> Result<Money, Error> {
    let currency = Currency::from_code(&charge.currency).map_err(Error::internal)?;
    Ok(Money::new(charge.amount, currency))
}

/// Pays back what was charged, once. `None` when there is no such payment, or another refund was paid for it.
pub async fn refund(state: &AppState, refund: Uuid, payment: &str) -> Result<Option<Model>, Error> {
    let now = state.clock.now();
    state
        .store
        .with_tx(async |tx| {
            let found = Entity::find()
                .filter(Column::Payment.eq(payment))
                .one(&tx)
                .await?;
            match found {
                Some(charge) if charge.refund.is_none() => {
                    let mut row = ActiveModel::from(charge);
                    row.refund = Set(Some(refund));
                    row.refunded_at = Set(Some(At::from(now)));
                    Ok(Some(row.update(&tx).await?))
                }
                found => Ok(found.filter(|charge| charge.refund == Some(refund))),
            }
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_card_does_what_its_number_stands_for() {
        let now: Timestamp = "2026-11-22T12:00:00Z".parse().expect("an instant");
        let told = |number, expires| {
            let card = TestCard::of_number(number).expect("a test card");
            outcome(card, expires, now)
        };
        assert_eq!(told("4242424242424242", "2034-12"), (StoredOutcome::Paid, None));
        assert_eq!(
            told("4000000000000341", "2034-12"),
            (StoredOutcome::Declined, Some(Refusal::Declined))
        );
        assert_eq!(
            told("4000002500003155", "2034-12"),
            (StoredOutcome::NeedsHolder, None)
        );
        assert_eq!(
            told("4242424242424242", "2026-10"),
            (StoredOutcome::Declined, Some(Refusal::CardExpired))
        );
        assert_eq!(told("4242424242424242", "2026-11"), (StoredOutcome::Paid, None));
    }
}
