//! What the owner and the admins are told. Who is told is asked before anybody is deactivated: admins, too, are told why
//! they cannot sign in any more.

use jiff::Timestamp;
use onedesk_subscription::{Decision, Event, Standing};
use sea_orm::ConnectionTrait;

use super::charging::Failure;
use crate::error::Error;
use crate::mail;
use crate::mail::letters::{self, FailedPayment, WhyNotCharged, WithoutSubscription};
use crate::orders::view;
use crate::payments::methods;
use crate::state::AppState;
use crate::store::entities::users::Model as User;
use crate::store::entities::{accounts, orders};
use crate::users;

/// A renewal could not be charged, and will be tried again.
#[expect(
    clippy::too_many_arguments,
    reason = "what a letter is made of, each used once"
)]
pub async fn failed(
    tx: &impl ConnectionTrait,
    state: &AppState,
    account: &accounts::Model,
    told: &[User],
    order: &orders::Model,
    decision: &Decision,
    failure: &Failure,
    now: Timestamp,
) -> Result<(), Error> {
    let failed = decision.tell.iter().find_map(|event| match event {
        Event::PaymentFailed { attempt, next_retry } => Some((*attempt, *next_retry)),
        _ => None,
    });
    let (attempt, next_retry) = failed.ok_or_else(|| Error::internal("a failure that is not told"))?;
    let stored = methods::stored(tx, account.id).await?;
    let card = stored.filter(|stored| order.method.as_ref() == Some(&stored.reference));
    let failed = FailedPayment {
        attempt,
        amount: view::total(order)?,
        card: card.as_ref().map(|card| card.label.as_str()),
        why: match failure {
            Failure::Expired => WhyNotCharged::Expired,
            Failure::NeedsHolder => WhyNotCharged::NeedsHolder,
            Failure::NoMethod | Failure::Declined(_) => WhyNotCharged::Declined,
        },
        next_retry,
    };
    for user in told {
        let letter = letters::payment_failed(state, account, user, &failed);
        mail::enqueue(tx, letter, now).await?;
    }
    Ok(())
}

/// The subscription is suspended.
pub async fn suspended(
    tx: &impl ConnectionTrait,
    state: &AppState,
    account: &accounts::Model,
    told: &[User],
    decision: &Decision,
    deactivated: usize,
    now: Timestamp,
) -> Result<(), Error> {
    let Standing::Suspended { since } = decision.after.standing else {
        return Err(Error::internal("a suspension that does not suspend"));
    };
    let suspension = WithoutSubscription {
        since,
        deactivated,
        owner: &users::owner(tx, account.id).await?,
    };
    for user in told {
        mail::enqueue(tx, letters::suspended(state, account, user, &suspension), now).await?;
    }
    Ok(())
}

/// The subscription is over.
pub async fn ended(
    tx: &impl ConnectionTrait,
    state: &AppState,
    account: &accounts::Model,
    told: &[User],
    decision: &Decision,
    deactivated: usize,
    now: Timestamp,
) -> Result<(), Error> {
    let Standing::Ended { on } = decision.after.standing else {
        return Err(Error::internal("an end that does not end"));
    };
    let end = WithoutSubscription {
        since: on,
        deactivated,
        owner: &users::owner(tx, account.id).await?,
    };
    for user in told {
        mail::enqueue(tx, letters::subscription_ended(state, account, user, &end), now).await?;
    }
    Ok(())
}
