//! Asking the register of VAT numbers, and what follows from its answer.
//!
//! Asked at once when a number is saved, and by the lifecycle pass as long as nobody answers. A confirmed number is asked
//! for again from time to time, as numbers are withdrawn.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use onedesk_tax::VatNumber;
use onedesk_texts::Language;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use serde_json::json;
use uuid::Uuid;

use super::register::{RegisterUnavailable, Registration};
use crate::audit::{self, actions};
use crate::clock;
use crate::error::Error;
use crate::mail::{self, letters};
use crate::state::AppState;
use crate::store::At;
use crate::store::entities::billing_details::{ActiveModel, Column, Entity, Model, StoredStanding};
use crate::store::entities::{accounts, users};

/// How long an admin who saves a number waits for the register.
const PATIENCE: Duration = Duration::from_secs(3);
/// Pauses between the tries while it does not answer, in minutes; the last one repeats.
const PAUSES: [i64; 5] = [5, 30, 2 * 60, 6 * 60, 24 * 60];
/// After how long a confirmed number is asked for again.
const CONFIRMED_FOR: SignedDuration = SignedDuration::from_hours(30 * 24);

type Outcome = Result<Registration, RegisterUnavailable>;

/// Asks about the number that was just saved, unless its answer is known. Nobody is written to: who saved it sees it.
pub async fn at_once(state: &AppState, account_id: Uuid) -> Result<(), Error> {
    match due(state, Some(account_id)).await?.pop() {
        Some(row) => ask(state, row, false).await,
        None => Ok(()),
    }
}

/// Asks about every number that is due. One that fails does not hold up the others.
pub async fn ask_due(state: &AppState) -> Result<(), Error> {
    for row in due(state, None).await? {
        let account = row.account_id;
        if let Err(error) = ask(state, row, true).await {
            tracing::error!(%account, %error, "a VAT number could not be looked up, will be tried again");
        }
    }
    Ok(())
}

async fn due(state: &AppState, account_id: Option<Uuid>) -> Result<Vec<Model>, Error> {
    if state.register.is_none() {
        return Ok(Vec::new());
    }
    let mut due = Entity::find()
        .filter(Column::VatAskAt.lte(At::from(state.clock.now())))
        .order_by_asc(Column::VatAskAt);
    if let Some(account_id) = account_id {
        due = due.filter(Column::AccountId.eq(account_id));
    }
    Ok(due.all(state.store.read()).await?)
}

async fn ask(state: &AppState, row: Model, tells_admins: bool) -> Result<(), Error> {
    let (Some(register), Some(written)) = (&state.register, &row.vat_number) else {
        return Ok(());
    };
    let number = VatNumber::parse(written).map_err(Error::internal)?;
    let outcome = match tokio::time::timeout(PATIENCE, register.look_up(&number)).await {
        Ok(outcome) => outcome,
        Err(_) => Err(RegisterUnavailable("no answer in time".to_owned())),
    };
    let now = state.clock.now();
    let told = state
        .store
        .with_tx(async |tx| note(&tx, state, &row, &outcome, tells_admins, now).await)
        .await?;
    if told {
        state.letters_waiting.notify_one();
    }
    Ok(())
}

/// Writes down what the register said of the number that it was asked for. Tells whether letters were written.
async fn note(
    tx: &impl ConnectionTrait,
    state: &AppState,
    asked: &Model,
    outcome: &Outcome,
    tells_admins: bool,
    now: Timestamp,
) -> Result<bool, Error> {
    let current = Entity::find_by_id(asked.account_id).one(tx).await?;
    // Saved anew, or answered by another server, while the register was thinking.
    let Some(current) = current
        .filter(|current| current.vat_number == asked.vat_number && current.vat_ask_at == asked.vat_ask_at)
    else {
        return Ok(false);
    };
    let (account_id, was, tries) = (current.account_id, current.vat_standing, current.vat_tries);
    let mut row = ActiveModel::from(current);
    let registration = match outcome {
        Ok(registration) => *registration,
        Err(error) => {
            tracing::warn!(account = %account_id, %error, tries, "the VAT number stays as it is, will be asked for again");
            row.vat_tries = Set(tries.saturating_add(1));
            row.vat_ask_at = Set(Some(At::from(clock::later(now, pause(tries)))));
            row.update(tx).await?;
            return Ok(false);
        }
    };
    let (standing, again) = match registration {
        Registration::Known => (StoredStanding::Confirmed, Some(clock::later(now, CONFIRMED_FOR))),
        Registration::Unknown => (StoredStanding::Wrong, None),
    };
    row.vat_standing = Set(Some(standing));
    row.vat_asked_at = Set(Some(At::from(now)));
    row.vat_ask_at = Set(again.map(At::from));
    row.vat_tries = Set(0);
    row.update(tx).await?;
    if was == Some(standing) {
        return Ok(false);
    }
    let action = match standing {
        StoredStanding::Confirmed => actions::VAT_NUMBER_CONFIRMED,
        _ => actions::VAT_NUMBER_WRONG,
    };
    audit::note(
        tx,
        account_id,
        None,
        action,
        json!({ "vat_number": asked.vat_number }),
        now,
    )
    .await?;
    if standing == StoredStanding::Wrong && tells_admins {
        tell_admins(tx, state, asked, now).await?;
        return Ok(true);
    }
    Ok(false)
}

/// From the next invoice on the tax is another one: whoever can correct the number is told.
async fn tell_admins(
    tx: &impl ConnectionTrait,
    state: &AppState,
    details: &Model,
    now: Timestamp,
) -> Result<(), Error> {
    let account = accounts::Entity::find_by_id(details.account_id).one(tx).await?;
    let account = account.ok_or_else(|| Error::internal("billing details without their account"))?;
    let admins = users::Entity::find()
        .filter(users::Column::AccountId.eq(details.account_id))
        .filter(users::Column::Active.eq(true))
        .filter(users::Column::Role.is_in([users::StoredRole::Owner, users::StoredRole::Admin]))
        .all(tx)
        .await?;
    let number = details.vat_number.as_deref().unwrap_or_default();
    for admin in admins {
        let language: Language = admin.language.parse().unwrap_or_default();
        let letter = letters::vat_number_wrong(state, language, &admin, &account, number);
        mail::enqueue(tx, letter, now).await?;
    }
    Ok(())
}

/// How long to wait after so many tries in vain.
fn pause(tries: i32) -> SignedDuration {
    let place = usize::try_from(tries).unwrap_or_default().min(PAUSES.len() - 1);
    SignedDuration::from_mins(PAUSES[place])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_a_day_and_stay_there() {
        assert_eq!(pause(0), SignedDuration::from_mins(5));
        assert_eq!(pause(4), SignedDuration::from_hours(24));
        assert_eq!(pause(i32::MAX), SignedDuration::from_hours(24));
    }
}
