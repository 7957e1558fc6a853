//! The letter before an annual renewal: a year is a sum that nobody should be surprised by.
//!
//! - **When.** From the seventh day before the renewal on, by the account's calendar; for annual periods that will be
//!   renewed. Nobody is told of a monthly one, nor of one that is cancelled or overdue.
//! - **After downtime** it is sent late, with the day as it is; not at all once the day of the renewal has come.
//! - **Once a period**: [`crate::notices`], the occasion is the day of the renewal.

use std::collections::HashSet;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use onedesk_pricing::BillingPeriod;
use onedesk_subscription::{Standing, Subscription};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use serde_json::json;
use uuid::Uuid;

use crate::error::Error;
use crate::mail::letters::{self, ComingRenewal};
use crate::notices::{self, Kind};
use crate::payments::methods;
use crate::state::AppState;
use crate::store::entities::{self, accounts, subscriptions as stored};
use crate::subscriptions::{self, previews};
use crate::{audit, clock, mail, users};

/// How many days before.
const DAYS: i64 = 7;

/// Writes the notices whose day has come. One account that fails does not hold up the others.
pub async fn give_due(state: &AppState) -> Result<(), Error> {
    let now = state.clock.now();
    let coming = coming(state, now).await?;
    if coming.is_empty() {
        return Ok(());
    }
    let told = told_already(state, &coming).await?;
    let mut written = false;
    for (account, renews_on) in coming {
        if told.contains(&(account, renews_on)) {
            continue;
        }
        let given = state
            .store
            .with_tx(async |tx| give(&tx, state, account, now).await)
            .await;
        match given {
            Ok(was_written) => written |= was_written,
            Err(error) => {
                tracing::error!(%account, %error, "the renewal notice could not be written, will be tried again");
            }
        }
    }
    if written {
        state.letters_waiting.notify_one();
    }
    Ok(())
}

/// Annual subscriptions whose next step is near, wherever on earth their account is.
async fn coming(state: &AppState, now: Timestamp) -> Result<Vec<(Uuid, String)>, Error> {
    use stored::Column;
    let day = |hours: i64| {
        let at = clock::later(now, SignedDuration::from_hours(hours));
        clock::day(at, "UTC").to_string()
    };
    Ok(stored::Entity::find()
        .select_only()
        .columns([Column::AccountId, Column::NextStepOn])
        .filter(Column::Period.eq(BillingPeriod::Annual.as_str()))
        .filter(Column::CancelsAtPeriodEnd.eq(false))
        .filter(Column::NextStepOn.gte(day(-24)))
        .filter(Column::NextStepOn.lte(day(24 * (DAYS + 1))))
        .into_tuple()
        .all(state.store.read())
        .await?)
}

/// Which of them were told: saves a transaction for each of them at every pass.
async fn told_already(state: &AppState, coming: &[(Uuid, String)]) -> Result<HashSet<(Uuid, String)>, Error> {
    use entities::notices::{Column, Entity};
    let days: HashSet<&str> = coming.iter().map(|(_, day)| day.as_str()).collect();
    let told: Vec<(Uuid, String)> = Entity::find()
        .select_only()
        .columns([Column::AccountId, Column::Occasion])
        .filter(Column::Kind.eq(Kind::AnnualRenewal))
        .filter(Column::Occasion.is_in(days))
        .into_tuple()
        .all(state.store.read())
        .await?;
    Ok(told.into_iter().collect())
}

/// Writes the notice that an account is due, if nobody did so before.
async fn give(
    tx: &impl ConnectionTrait,
    state: &AppState,
    account_id: Uuid,
    now: Timestamp,
) -> Result<bool, Error> {
    let account = accounts::Entity::find_by_id(account_id).one(tx).await?;
    let (Some(account), Some(subscription)) = (account, subscriptions::find(tx, account_id).await?) else {
        return Ok(false);
    };
    let today = clock::day(now, &account.time_zone);
    let Some(renews_on) = announced(&subscription, today) else {
        return Ok(false);
    };
    let Some(renewal) = previews::renewal(tx, state, &account, &subscription).await? else {
        return Ok(false);
    };
    if !notices::note(tx, account_id, Kind::AnnualRenewal, &renews_on.to_string(), now).await? {
        return Ok(false);
    }
    let card = methods::of(tx, account_id).await?;
    let coming = ComingRenewal {
        on: renews_on,
        choice: &renewal.choice,
        scheduled: &subscription.scheduled,
        gross: renewal.totals.gross,
        credit_used: renewal.totals.credit_used,
        due: renewal.totals.due,
        card: card.as_ref().map(|card| card.label.as_str()),
    };
    let told = users::administrators(tx, account_id).await?;
    for user in &told {
        let letter = letters::renewal_notice(state, &account, user, &coming);
        mail::enqueue(tx, letter, now).await?;
    }
    let ids: Vec<Uuid> = told.iter().map(|user| user.id).collect();
    let detail = json!({ "renews_on": renews_on, "due": coming.due, "told": ids });
    audit::note(
        tx,
        account_id,
        None,
        audit::actions::SUBSCRIPTION_RENEWAL_ANNOUNCED,
        detail,
        now,
    )
    .await?;
    Ok(true)
}

/// The day of the renewal, if it is to be announced today.
fn announced(subscription: &Subscription, today: Date) -> Option<Date> {
    let renews_on = subscription.term.renews_on();
    let from = renews_on.checked_sub(DAYS.days()).ok()?;
    let is_to_come = subscription.standing == Standing::Active && !subscription.cancels_at_period_end;
    (is_to_come && subscription.term.period == BillingPeriod::Annual && (from..renews_on).contains(&today))
        .then_some(renews_on)
}
