//! What time does to a subscription: renewals, retries, suspensions, ends, and the notice before an annual renewal.
//!
//! Rules: *Orders and payment* ("Renewal: charged at `end`. Failing: retried after 1, 3, 5 and 7 days with an e-mail each
//! time (`past_due`, the users keep working), then `suspended`: as at the end of a trial"), *Changes* ("cancel: at the end
//! of the period"), *Licences and users* ("if at renewal there are more active users than the scheduled number of licences,
//! the number of active users is billed and the admin is told").
//!
//! - [`due`] finds whose step has come, by the calendar of each account.
//! - [`step`] takes one step of one subscription, and goes on until nothing is due: whoever has missed several periods makes
//!   one after the other.
//! - [`order`] is the order of a renewal: one a period, whoever comes first writes it.
//! - [`charging`] charges the stored card for it and carries out what comes of that.
//! - [`letters`] tells the owner and the admins.
//! - [`notice`] is the letter before an annual renewal.
//!
//! # What is done once
//!
//! Who renews writes the order of the period (unique by account and period), with what was decided and the facts of that
//! transaction, before the provider is asked. The charge has a key of the order and the number of the try, and is asked for
//! outside of any transaction; what comes of it is written in one. So a server that stops anywhere, or races with another,
//! leaves an order whose charge the next pass asks for again, with the same key: it is answered as it was.
//!
//! A provider that does not answer is no failure: the same charge is asked for by every pass. On the day after the last
//! retry the subscription is suspended without an answer; one that comes later still settles the order, or goes back.

pub mod charging;
mod due;
mod letters;
mod notice;
mod order;
mod step;

pub use order::{being_charged, give_up};

use crate::error::Error;
use crate::state::AppState;

/// Does what is due for all subscriptions. One account that fails does not hold up the others.
pub async fn pass(state: &AppState) -> Result<(), Error> {
    let mut batches = due::Batches::new(state.clock.now());
    while let Some(accounts) = batches.next(state).await? {
        for account in accounts {
            if state.stop.is_cancelled() {
                return Ok(());
            }
            match step::catch_up(state, account).await {
                Ok(()) => {}
                Err(Error::PaymentUnavailable(why)) => {
                    tracing::warn!(%account, why, "the renewal could not be charged yet, will be tried again");
                }
                Err(error) => {
                    tracing::error!(%account, %error, "the subscription could not be renewed, will be tried again");
                }
            }
        }
        // Whoever signs in or orders meanwhile has their turn.
        tokio::task::yield_now().await;
    }
    charging::find_out_about_the_rest(state).await?;
    notice::give_due(state).await
}
