//! Charging the stored card for a renewal, outside of any transaction, and carrying out what comes of it.

use jiff::Timestamp;
use onedesk_subscription::{Command, Event, decide};
use sea_orm::{ConnectionTrait, EntityTrait};

use super::{letters, order};
use crate::error::Error;
use crate::orders::{paying, settle};
use crate::payments::{ChargeState, CheckoutState, gateway_of};
use crate::state::AppState;
use crate::store::entities::accounts;
use crate::store::entities::orders::{Model, StoredStatus};
use crate::subscriptions::{self, previews};
use crate::{clock, users};

/// Why a renewal was not paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// No card is stored.
    NoMethod,
    /// The card's bank wants its holder to confirm, who is not there.
    NeedsHolder,
    /// The card's month is over.
    Expired,
    /// The card was declined: why, in the provider's word.
    Declined(String),
}

impl Failure {
    /// What came of a charge, unless it was paid.
    fn of(reason: String) -> Self {
        if reason == "card-expired" {
            Self::Expired
        } else {
            Self::Declined(reason)
        }
    }

    /// As it is stored with the order.
    fn stored(&self) -> String {
        match self {
            Self::NoMethod => "no-payment-method".to_owned(),
            Self::NeedsHolder => "needs-holder".to_owned(),
            Self::Expired => "card-declined: card-expired".to_owned(),
            Self::Declined(reason) => format!("card-declined: {reason}"),
        }
    }
}

/// Charges the stored card for an order whose try was begun, or finds out what came of that before, and carries it out.
/// False if nothing more can be done now.
pub async fn charge(state: &AppState, order: Model) -> Result<bool, Error> {
    let method = order.method.clone();
    let method = method.ok_or_else(|| Error::internal("a renewal is charged without a card"))?;
    let gateway = gateway_of(state, &order.provider)?;
    let request = paying::charge_request(state, &order, paying::attempt(&order), method)?;
    let charged = gateway.charge(&request).await?;
    carry_out(state, order, charged).await
}

/// Finds out what came of a try that may have been charged, and carries it out. Charges nothing.
pub async fn find_out(state: &AppState, order: Model) -> Result<bool, Error> {
    let gateway = gateway_of(state, &order.provider)?;
    match gateway.find_charge(&paying::attempt(&order)).await? {
        Some(charged) => carry_out(state, order, charged).await,
        None => {
            let (asked, now) = (order, state.clock.now());
            state
                .store
                .with_tx(async |tx| {
                    let Some(order) = same_try(&tx, &asked).await? else {
                        return Ok(());
                    };
                    let order = order::end_attempt(&tx, order, "not-charged").await?;
                    let subscription = subscriptions::find(&tx, order.account_id).await?;
                    let still_due = subscription.is_some_and(|subscription| {
                        subscription.next_step().is_some()
                            && order.period_start == Some(subscription.term.renews_on().to_string())
                    });
                    if !still_due {
                        order::close(&tx, order, now).await?;
                    }
                    Ok(())
                })
                .await?;
            Ok(true)
        }
    }
}

/// Finds out about charges that were never answered and that no step asks for any more: the subscription was suspended,
/// ended, or paid for otherwise meanwhile.
pub async fn find_out_about_the_rest(state: &AppState) -> Result<(), Error> {
    for order in order::unanswered().all(state.store.read()).await? {
        let subscription = subscriptions::find(state.store.read(), order.account_id).await?;
        let is_step = subscription.is_some_and(|subscription| {
            subscription.next_step().is_some()
                && order.period_start == Some(subscription.term.renews_on().to_string())
        });
        if is_step {
            continue;
        }
        let id = order.id;
        if let Err(error) = find_out(state, order).await {
            tracing::warn!(order = %id, %error, "what became of a renewal's charge is not known yet");
        }
    }
    Ok(())
}

async fn carry_out(state: &AppState, order: Model, charged: ChargeState) -> Result<bool, Error> {
    let failure = match charged {
        ChargeState::Paid(payment) => {
            let order = settle::apply(state, order.id, &CheckoutState::Paid(payment), None).await?;
            // If it could not be delivered and goes back, the next pass charges what is right by then.
            return Ok(order.status == StoredStatus::Paid);
        }
        ChargeState::Declined { reason } => Failure::of(reason),
        ChargeState::NeedsHolder => Failure::NeedsHolder,
    };
    let now = state.clock.now();
    state
        .store
        .with_tx(async |tx| match same_try(&tx, &order).await? {
            Some(order) => note_failure(&tx, state, order, &failure, now).await,
            None => Ok(()),
        })
        .await?;
    state.letters_waiting.notify_one();
    Ok(true)
}

/// The order, if its try is still the one that was asked about: else another server has carried out what came of it.
async fn same_try(tx: &impl ConnectionTrait, asked: &Model) -> Result<Option<Model>, Error> {
    let order = settle::find(tx, asked.id).await?;
    Ok(Some(order).filter(|order| order::is_unanswered(order) && order.attempt == asked.attempt))
}

/// Carries out that a renewal was not paid: it will be tried again, or the subscription is suspended; and tells of it.
pub async fn note_failure(
    tx: &impl ConnectionTrait,
    state: &AppState,
    order: Model,
    failure: &Failure,
    now: Timestamp,
) -> Result<(), Error> {
    let account = accounts::Entity::find_by_id(order.account_id).one(tx).await?;
    let account = account.ok_or_else(|| Error::internal("an order without its account"))?;
    let order = order::end_attempt(tx, order, &failure.stored()).await?;
    let Some(subscription) = subscriptions::find(tx, account.id).await? else {
        return order::close(tx, order, now).await;
    };
    let facts = previews::facts(tx, state, &account, &subscription, now).await?;
    let on = clock::day(now, &account.time_zone);
    let Ok(decision) = decide(&subscription, &Command::RenewalFailed { on }, &facts) else {
        // Paid, cancelled or suspended meanwhile: nothing is left to fail.
        return order::close(tx, order, now).await;
    };
    let told = users::administrators(tx, account.id).await?;
    let carried = subscriptions::carry(tx, account.id, &decision, Some(order.id), None, now).await?;
    if decision
        .tell
        .iter()
        .any(|event| matches!(event, Event::Suspended { .. }))
    {
        letters::suspended(
            tx,
            state,
            &account,
            &told,
            &decision,
            carried.deactivated.len(),
            now,
        )
        .await?;
    } else {
        letters::failed(tx, state, &account, &told, &order, &decision, failure, now).await?;
    }
    tracing::info!(account = %account.id, order = %order.id, ?failure, "a renewal could not be charged");
    Ok(())
}
