//! The end of a trial (billing rules, "Trial"): every user but the owner is deactivated, nothing is deleted. Those who
//! administer the account are reminded of it before, and told at the end.

mod letters;
mod reminders;

use jiff::Timestamp;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::json;
use uuid::Uuid;

pub use reminders::remind_due;

use letters::Behind;

use super::Standing;
use crate::audit::{self, actions};
use crate::error::Error;
use crate::notices::{self, Kind};
use crate::state::AppState;
use crate::store::At;
use crate::store::entities::{accounts, users};
use crate::users::{administrators, deactivate_all_but_owner};
use crate::{clock, mail, orders};

/// Brings every trial to its end whose time has come. One that fails does not hold up the others.
pub async fn settle_due(state: &AppState) -> Result<(), Error> {
    let due: Vec<Uuid> = accounts::Entity::find()
        .select_only()
        .column(accounts::Column::Id)
        .filter(accounts::Column::TrialSettledAt.is_null())
        .filter(accounts::Column::TrialEndsAt.lte(At::from(state.clock.now())))
        .order_by_asc(accounts::Column::TrialEndsAt)
        .into_tuple()
        .all(state.store.read())
        .await?;
    for account in due {
        if let Err(error) = settle(state, account).await {
            tracing::error!(%account, %error, "the trial could not be brought to its end, will be tried again");
        }
    }
    Ok(())
}

/// Brings one trial to its end if its time has come and nobody did so before. An account that subscribed keeps its
/// users.
pub async fn settle(state: &AppState, account_id: Uuid) -> Result<(), Error> {
    let now = state.clock.now();
    if due(state.store.read(), account_id, now).await?.is_none() {
        return Ok(());
    }
    // Who paid before the end keeps every user, also when the news of it comes only now.
    orders::expire_of(state, account_id).await?;
    state
        .store
        .with_tx(async |tx| {
            let Some(account) = due(&tx, account_id, now).await? else {
                return Ok(());
            };
            // The guard: of two servers one changes the row.
            let settled = accounts::Entity::update_many()
                .col_expr(accounts::Column::TrialSettledAt, Expr::value(At::from(now)))
                .filter(accounts::Column::Id.eq(account_id))
                .filter(accounts::Column::TrialSettledAt.is_null())
                .exec(&tx)
                .await?;
            if settled.rows_affected == 0
                || !matches!(
                    Standing::of(&tx, state, &account, now).await?,
                    Standing::Trial(_) | Standing::TrialOver(_)
                )
            {
                return Ok(());
            }
            // Admins too, who are deactivated in a moment: they are told why they cannot sign in any more.
            let told = administrators(&tx, account_id).await?;
            let leaving = deactivate_all_but_owner(&tx, account_id, now).await?;
            let detail = json!({ "deactivated": leaving });
            audit::note(&tx, account_id, None, actions::TRIAL_ENDED, detail, now).await?;
            tell_of_the_end(&tx, state, &account, &told, leaving.len(), now).await?;
            tracing::info!(account = %account_id, deactivated = leaving.len(), "trial ended");
            Ok(())
        })
        .await?;
    state.letters_waiting.notify_one();
    Ok(())
}

/// Writes the letters at the end of a trial, once.
async fn tell_of_the_end(
    tx: &impl ConnectionTrait,
    state: &AppState,
    account: &accounts::Model,
    told: &[users::Model],
    deactivated: usize,
    now: Timestamp,
) -> Result<(), Error> {
    if !notices::note(tx, account.id, Kind::TrialEnded, &occasion(account), now).await? {
        return Ok(());
    }
    let owner = told.iter().find(|user| user.role == users::StoredRole::Owner);
    let behind = Behind {
        end: clock::day(account.trial_ends_at.timestamp(), &account.time_zone),
        deactivated,
        owner: owner.ok_or_else(|| Error::internal("an account without its owner"))?,
    };
    for user in told {
        mail::enqueue(tx, letters::ended(state, account, user, &behind), now).await?;
    }
    Ok(())
}

/// What tells the notices of this trial from those of another: its end.
fn occasion(account: &accounts::Model) -> String {
    account.trial_ends_at.timestamp().to_string()
}

/// The account, if its trial has to be brought to its end.
async fn due(
    conn: &impl ConnectionTrait,
    account_id: Uuid,
    now: Timestamp,
) -> Result<Option<accounts::Model>, Error> {
    Ok(accounts::Entity::find_by_id(account_id)
        .filter(accounts::Column::TrialSettledAt.is_null())
        .filter(accounts::Column::TrialEndsAt.lte(At::from(now)))
        .one(conn)
        .await?)
}
