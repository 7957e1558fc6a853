//! Whose step has come.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::clock;
use crate::error::Error;
use crate::state::AppState;
use crate::store::entities::{accounts, subscriptions};

/// How many subscriptions are looked up at once.
const BATCH: u64 = 200;
/// The day begins first at UTC+14.
const EARLIEST: SignedDuration = SignedDuration::from_hours(14);

/// The subscriptions whose step is due, the one that has waited longest first, a batch at a time. Each is met once, also if
/// nothing can be done about it.
#[derive(Debug)]
pub struct Batches {
    now: Timestamp,
    /// The last one met.
    after: Option<(String, Uuid)>,
    over: bool,
}

impl Batches {
    /// Those that are due at an instant.
    pub const fn new(now: Timestamp) -> Self {
        Self {
            now,
            after: None,
            over: false,
        }
    }

    /// The accounts of the next batch.
    pub async fn next(&mut self, state: &AppState) -> Result<Option<Vec<Uuid>>, Error> {
        use subscriptions::Column;
        if self.over {
            return Ok(None);
        }
        let latest = clock::day(clock::later(self.now, EARLIEST), "UTC").to_string();
        let mut query = subscriptions::Entity::find()
            .select_only()
            .columns([Column::NextStepOn, Column::AccountId])
            .filter(Column::NextStepOn.lte(latest))
            .order_by_asc(Column::NextStepOn)
            .order_by_asc(Column::AccountId)
            .limit(BATCH);
        if let Some((day, account)) = &self.after {
            query = query.filter(
                Condition::any().add(Column::NextStepOn.gt(day)).add(
                    Condition::all()
                        .add(Column::NextStepOn.eq(day))
                        .add(Column::AccountId.gt(*account)),
                ),
            );
        }
        let found: Vec<(String, Uuid)> = query.into_tuple().all(state.store.read()).await?;
        self.over = u64::try_from(found.len()).unwrap_or(u64::MAX) < BATCH;
        self.after = found.last().cloned();
        if found.is_empty() {
            return Ok(None);
        }
        let zones: HashMap<Uuid, String> = accounts::Entity::find()
            .select_only()
            .columns([accounts::Column::Id, accounts::Column::TimeZone])
            .filter(accounts::Column::Id.is_in(found.iter().map(|(_, account)| *account)))
            .into_tuple::<(Uuid, String)>()
            .all(state.store.read())
            .await?
            .into_iter()
            .collect();
        // Days are written so that they sort as they follow each other.
        let has_come = |day: &str, account: &Uuid| {
            zones
                .get(account)
                .is_some_and(|zone| day <= clock::day(self.now, zone).to_string().as_str())
        };
        Ok(Some(
            found
                .into_iter()
                .filter(|(day, account)| has_come(day, account))
                .map(|(_, account)| account)
                .collect(),
        ))
    }
}
