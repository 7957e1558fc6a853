//! What time brings about: reminders, ended trials, renewals, expired checkouts, forgotten leftovers.
//!
//! Every step finds what is due by the clock and guards itself against being done twice, so a pass may run at any time,
//! on several servers at once, and again after a crash.

use std::time::Duration;

use jiff::SignedDuration;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use tokio_util::sync::CancellationToken;

use crate::accounts::trial;
use crate::billing::look_up;
use crate::chat;
use crate::error::Error;
use crate::orders;
use crate::state::AppState;
use crate::store::At;
use crate::store::entities::{links, sessions, staff_sessions};
use crate::subscriptions::renewals;

/// How often the clock is looked at.
const ROUND: Duration = Duration::from_mins(1);
/// How long a link is remembered after it expired, so that it is told as expired rather than unknown.
const LINKS_REMEMBERED: SignedDuration = SignedDuration::from_hours(90 * 24);

/// Runs a pass at once and then every minute, until stopped.
pub async fn run(state: AppState, stop: CancellationToken) {
    loop {
        if let Err(error) = pass(&state).await {
            tracing::error!(%error, "lifecycle pass failed, will be tried again");
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(ROUND) => {}
        }
    }
}

/// Does everything that is due by the clock.
pub async fn pass(state: &AppState) -> Result<(), Error> {
    // Payments first: who paid before the end of a trial keeps every user.
    orders::expire_due(state).await?;
    renewals::pass(state).await?;
    trial::settle_due(state).await?;
    trial::remind_due(state).await?;
    look_up::ask_due(state).await?;
    chat::by_email::send_due(state).await?;
    state.throttles.forget_idle();
    chat::forget(state).await?;
    forget(state).await
}

/// Deletes sessions and links that let nobody in any more.
async fn forget(state: &AppState) -> Result<(), Error> {
    let now = state.clock.now();
    let long_ago = At::from(now.checked_sub(LINKS_REMEMBERED).unwrap_or(now));
    let now = At::from(now);
    state
        .store
        .with_tx(async |tx| {
            sessions::Entity::delete_many()
                .filter(sessions::Column::ExpiresAt.lte(now))
                .exec(&tx)
                .await?;
            staff_sessions::Entity::delete_many()
                .filter(staff_sessions::Column::ExpiresAt.lte(now))
                .exec(&tx)
                .await?;
            links::Entity::delete_many()
                .filter(links::Column::ExpiresAt.lte(long_ago))
                .exec(&tx)
                .await?;
            Ok(())
        })
        .await
}
