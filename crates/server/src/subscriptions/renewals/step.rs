//! One step of one subscription.

use jiff::Timestamp;
use onedesk_subscription::{Command, Refusal, Step, Subscription, decide};
use sea_orm::{ConnectionTrait, EntityTrait};
use uuid::Uuid;

use super::charging::{self, Failure};
use super::{letters, order};
use crate::clock;
use crate::error::Error;
use crate::orders::{self, settle, view};
use crate::state::AppState;
use crate::store::entities::accounts;
use crate::store::entities::orders::{Model, StoredKind};
use crate::store::{DUPLICATE_TRIES, is_duplicate};
use crate::subscriptions::{self, previews};
use crate::users;

/// How many steps a pass takes for one account: monthly renewals of some forty years. The next pass goes on.
const STEPS: u32 = 500;

/// What is left to do once the transaction is committed.
enum Next {
    /// Nothing is due, or nothing can be done now.
    Nothing,
    /// The step was taken.
    Taken,
    /// The order is to be charged; or charged again, with the same key, as nobody knows what became of it.
    Charge(Box<Model>),
    /// What the order was written for is not so any more: it has to be found out whether it was charged.
    FindOut(Box<Model>),
}

/// Takes one step after the other until nothing is due.
///
/// # Errors
/// [`Error::PaymentUnavailable`] if the provider does not answer; others are failures of the server. What was done before
/// stays done.
pub async fn catch_up(state: &AppState, account_id: Uuid) -> Result<(), Error> {
    for _ in 0..STEPS {
        if !step(state, account_id).await? {
            return Ok(());
        }
    }
    tracing::warn!(account = %account_id, "so many steps were due that the rest is left to the next pass");
    Ok(())
}

/// Takes the step that is due. False if there is none, or it cannot be taken now.
async fn step(state: &AppState, account_id: Uuid) -> Result<bool, Error> {
    let now = state.clock.now();
    let mut tries = 1;
    let next = loop {
        let taken_up = state
            .store
            .with_tx(async |tx| take_up(&tx, state, account_id, now).await)
            .await;
        match taken_up {
            // Another server was faster; its order is found now.
            Err(Error::Database(error)) if tries < DUPLICATE_TRIES && is_duplicate(&error) => tries += 1,
            next => break next?,
        }
    };
    let charged = match next {
        Next::Nothing => return Ok(false),
        Next::Taken => {
            state.letters_waiting.notify_one();
            return Ok(true);
        }
        Next::Charge(order) => charging::charge(state, *order).await,
        Next::FindOut(order) => charging::find_out(state, *order).await,
    };
    match charged {
        Err(unavailable @ Error::PaymentUnavailable(_)) => {
            let suspended = state
                .store
                .with_tx(async |tx| suspend(&tx, state, account_id, now).await)
                .await?;
            if suspended {
                state.letters_waiting.notify_one();
                Ok(true)
            } else {
                Err(unavailable)
            }
        }
        charged => charged,
    }
}

/// Takes the step, or the part of it that comes before the charge, in one transaction: the facts are read in it.
async fn take_up(
    tx: &impl ConnectionTrait,
    state: &AppState,
    account_id: Uuid,
    now: Timestamp,
) -> Result<Next, Error> {
    let Some(account) = accounts::Entity::find_by_id(account_id).one(tx).await? else {
        return Ok(Next::Nothing);
    };
    let Some(subscription) = subscriptions::find(tx, account_id).await? else {
        return Ok(Next::Nothing);
    };
    let today = clock::day(now, &account.time_zone);
    let command = match subscription.next_step() {
        Some((on, step)) if on <= today => match step {
            Step::Renew => Command::Renew,
            Step::Retry => Command::RenewalPaid { on: today },
            Step::Suspend => return taken(suspend(tx, state, account_id, now).await),
            Step::End => return taken(end(tx, state, &account, &subscription, now).await),
        },
        _ => return Ok(Next::Nothing),
    };
    let before = order::of_period(tx, account_id, subscription.term.renews_on()).await?;
    if let Some(order) = before.as_ref().filter(|order| order::is_unanswered(order)) {
        let order = Box::new(order.clone());
        return Ok(if view::base_version(&order)? == Some(subscription.version) {
            Next::Charge(order)
        } else {
            Next::FindOut(order)
        });
    }
    // Somebody is paying it this moment, or has sent a transfer: time does not charge it, too.
    if let Some(other) = orders::pending(tx, account_id).await?
        && other.kind == StoredKind::Recovery
    {
        return taken(suspend(tx, state, account_id, now).await);
    }
    let facts = previews::facts(tx, state, &account, &subscription, now).await?;
    let decision = decide(&subscription, &command, &facts)?;
    let order = order::put(
        tx,
        state,
        &account,
        &subscription,
        &decision,
        before.as_ref(),
        now,
    )
    .await?;
    if order.total == 0 {
        settle::settle_free(tx, state, order, None, now).await?;
        return Ok(Next::Taken);
    }
    if order.method.is_none() {
        charging::note_failure(tx, state, order, &Failure::NoMethod, now).await?;
        return Ok(Next::Taken);
    }
    Ok(Next::Charge(Box::new(order::begin_attempt(tx, order).await?)))
}

fn taken(was_taken: Result<bool, Error>) -> Result<Next, Error> {
    Ok(if was_taken? { Next::Taken } else { Next::Nothing })
}

/// Suspends a subscription whose tries are over. False if it is not so far.
async fn suspend(
    tx: &impl ConnectionTrait,
    state: &AppState,
    account_id: Uuid,
    now: Timestamp,
) -> Result<bool, Error> {
    let Some(account) = accounts::Entity::find_by_id(account_id).one(tx).await? else {
        return Ok(false);
    };
    let Some(subscription) = subscriptions::find(tx, account_id).await? else {
        return Ok(false);
    };
    let facts = previews::facts(tx, state, &account, &subscription, now).await?;
    let decision = match decide(&subscription, &Command::Suspend, &facts) {
        Ok(decision) => decision,
        Err(Refusal::NothingOverdue | Refusal::NotDue { .. } | Refusal::AlreadySuspended { .. }) => {
            return Ok(false);
        }
        Err(refusal) => return Err(refusal.into()),
    };
    let told = users::administrators(tx, account_id).await?;
    let carried = subscriptions::carry(tx, account_id, &decision, None, None, now).await?;
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
    tracing::info!(account = %account_id, deactivated = carried.deactivated.len(), "subscription suspended");
    Ok(true)
}

/// Ends a cancelled subscription whose period is over.
async fn end(
    tx: &impl ConnectionTrait,
    state: &AppState,
    account: &accounts::Model,
    subscription: &Subscription,
    now: Timestamp,
) -> Result<bool, Error> {
    let facts = previews::facts(tx, state, account, subscription, now).await?;
    let decision = decide(subscription, &Command::EndNow, &facts)?;
    let told = users::administrators(tx, account.id).await?;
    let carried = subscriptions::carry(tx, account.id, &decision, None, None, now).await?;
    letters::ended(
        tx,
        state,
        account,
        &told,
        &decision,
        carried.deactivated.len(),
        now,
    )
    .await?;
    tracing::info!(account = %account.id, deactivated = carried.deactivated.len(), "subscription ended");
    Ok(true)
}
