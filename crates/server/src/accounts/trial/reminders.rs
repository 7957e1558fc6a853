//! Reminders before the end of a trial (billing rules, "Trial": 7, 3 and 1 days before the end).
//!
//! - **When.** A reminder is due as many days of the account's calendar before the end as it is named for, at the time of
//!   day at which the trial ends, which is that of its activation: people get it at an hour at which they work, and a
//!   night on which the clocks change moves nothing.
//! - **How many days are left** is counted on the account's calendar, as a reader does who is told the date of the end: 1
//!   on the day before, 0 on the day itself.
//! - **After downtime** one reminder is sent, the last that was due, with the number of days that is true by now; those
//!   before it are left out for good. A server that comes back two days before the end sends the reminder of three days,
//!   which says two. It is left out, too, if the next one is due on the same day or within hours.
//! - **Once**: [`crate::notices`].

use std::collections::HashSet;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::json;
use uuid::Uuid;

use super::letters::{self, Ahead};
use super::{administrators, occasion};
use crate::accounts::Standing;
use crate::audit::{self, actions};
use crate::error::Error;
use crate::notices::{self, Kind};
use crate::state::AppState;
use crate::store::At;
use crate::store::entities::{self, accounts, subscriptions};
use crate::{clock, mail, users};

/// The reminders by the days that they are named for, the last one first.
const REMINDERS: [(i32, Kind); 3] = [
    (1, Kind::OneTrialDayLeft),
    (3, Kind::ThreeTrialDaysLeft),
    (7, Kind::SevenTrialDaysLeft),
];
/// No trial that ends later has a reminder due: seven days of a calendar, and room for a zone that changes its clocks.
const HORIZON: SignedDuration = SignedDuration::from_hours(8 * 24);
/// A trial so short that a reminder would be due with its activation does without it.
const SETTLING_IN: SignedDuration = SignedDuration::from_hours(24);
/// A reminder that is late is left out if the next one is nearer than this.
const NEAR: SignedDuration = SignedDuration::from_hours(12);

/// A reminder whose time has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Due {
    kind: Kind,
    /// Days until the end on the account's calendar.
    days_left: u32,
}

/// Writes the reminders whose time has come. One account that fails does not hold up the others.
pub async fn remind_due(state: &AppState) -> Result<(), Error> {
    let now = state.clock.now();
    let subscribed = Query::select()
        .column(subscriptions::Column::AccountId)
        .from(subscriptions::Entity)
        .to_owned();
    let ending = accounts::Entity::find()
        .filter(ends_soon(now))
        .filter(accounts::Column::Id.not_in_subquery(subscribed))
        .order_by_asc(accounts::Column::TrialEndsAt)
        .all(state.store.read())
        .await?;
    if ending.is_empty() {
        return Ok(());
    }
    let told = told_already(state, now).await?;
    let mut written = false;
    for account in ending {
        let Some(due) = due(&account, now) else { continue };
        if told.contains(&(account.id, due.kind, occasion(&account))) {
            continue;
        }
        match remind(state, account.id, now).await {
            Ok(()) => written = true,
            Err(error) => {
                tracing::error!(account = %account.id, %error, "the reminder could not be written, will be tried again");
            }
        }
    }
    if written {
        state.letters_waiting.notify_one();
    }
    Ok(())
}

/// What the accounts whose trial ends soon were told: saves a transaction for each of them at every pass.
async fn told_already(state: &AppState, now: Timestamp) -> Result<HashSet<(Uuid, Kind, String)>, Error> {
    use entities::notices::{Column, Entity};
    let ending = Query::select()
        .column(accounts::Column::Id)
        .from(accounts::Entity)
        .cond_where(ends_soon(now))
        .to_owned();
    let told: Vec<(Uuid, Kind, String)> = Entity::find()
        .select_only()
        .columns([Column::AccountId, Column::Kind, Column::Occasion])
        .filter(Column::AccountId.in_subquery(ending))
        .into_tuple()
        .all(state.store.read())
        .await?;
    Ok(told.into_iter().collect())
}

/// Accounts whose trial ends after `now`, and not long after.
fn ends_soon(now: Timestamp) -> Condition {
    Condition::all()
        .add(accounts::Column::TrialSettledAt.is_null())
        .add(accounts::Column::TrialEndsAt.gt(At::from(now)))
        .add(accounts::Column::TrialEndsAt.lte(At::from(clock::later(now, HORIZON))))
}

/// Writes the reminder that an account is due, if nobody did so before and nothing was bought.
async fn remind(state: &AppState, account_id: Uuid, now: Timestamp) -> Result<(), Error> {
    state
        .store
        .with_tx(async |tx| {
            let Some(account) = accounts::Entity::find_by_id(account_id).one(&tx).await? else {
                return Ok(());
            };
            let Some(due) = due(&account, now) else {
                return Ok(());
            };
            if !matches!(
                Standing::of(&tx, state, &account, now).await?,
                Standing::Trial(_)
            ) || !notices::note(&tx, account.id, due.kind, &occasion(&account), now).await?
            {
                return Ok(());
            }
            let ahead = Ahead {
                end: clock::day(account.trial_ends_at.timestamp(), &account.time_zone),
                days_left: due.days_left,
                active_users: users::count_active(&tx, account.id).await?,
            };
            let told = administrators(&tx, account.id).await?;
            for user in &told {
                mail::enqueue(&tx, letters::reminder(state, &account, user, &ahead), now).await?;
            }
            let ids: Vec<Uuid> = told.iter().map(|user| user.id).collect();
            let detail = json!({ "days_left": due.days_left, "told": ids });
            audit::note(&tx, account.id, None, actions::TRIAL_REMINDED, detail, now).await?;
            tracing::info!(account = %account.id, days_left = due.days_left, "reminded of the end of the trial");
            Ok(())
        })
        .await
}

fn due(account: &accounts::Model, now: Timestamp) -> Option<Due> {
    due_by(
        account.created_at.timestamp(),
        account.trial_ends_at.timestamp(),
        &clock::zone(&account.time_zone),
        now,
    )
}

/// The reminder whose time it is at `now`, for a trial from `began` to `ends`, by the calendar of `zone`.
fn due_by(began: Timestamp, ends: Timestamp, zone: &TimeZone, now: Timestamp) -> Option<Due> {
    if now >= ends {
        return None;
    }
    let end = ends.to_zoned(zone.clone());
    let days_left = (end.date() - now.to_zoned(zone.clone()).date()).get_days();
    let from = |days: i32| Some(end.checked_sub(days.days()).ok()?.timestamp());
    // That of the day, even where its hour has not come: an earlier one would say the same before it.
    let index = REMINDERS.iter().position(|(days, _)| days_left <= *days)?;
    let (days, kind) = REMINDERS[index];
    let due_from = from(days)?;
    if now < due_from || due_from < clock::later(began, SETTLING_IN) {
        return None;
    }
    if let Some((next, _)) = index.checked_sub(1).and_then(|next| REMINDERS.get(next))
        && from(*next)? < clock::later(now, NEAR)
    {
        return None;
    }
    let days_left = u32::try_from(days_left).ok()?;
    Some(Due { kind, days_left })
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEGAN: &str = "2030-06-01T15:00:00Z";
    const ENDS: &str = "2030-06-15T15:00:00Z";

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    /// The days that the reminder is named for, and those that are left.
    fn reminder(began: &str, ends: &str, zone: &str, now: &str) -> Option<(i32, u32)> {
        let zone = TimeZone::get(zone).expect("a zone");
        let due = due_by(at(began), at(ends), &zone, at(now))?;
        let (days, _) = REMINDERS.into_iter().find(|(_, kind)| *kind == due.kind)?;
        Some((days, due.days_left))
    }

    #[test]
    fn reminders_are_due_seven_three_and_one_days_before_the_end_at_its_time_of_day() {
        for (now, expected) in [
            (BEGAN, None),
            ("2030-06-08T14:59:59.999Z", None),
            ("2030-06-08T15:00:00Z", Some((7, 7))),
            ("2030-06-11T15:00:00Z", Some((7, 4))),
            ("2030-06-12T15:00:00Z", Some((3, 3))),
            ("2030-06-13T23:59:59Z", Some((3, 2))),
            ("2030-06-14T15:00:00Z", Some((1, 1))),
            ("2030-06-15T00:00:00Z", Some((1, 0))),
            ("2030-06-15T14:59:59.999Z", Some((1, 0))),
            (ENDS, None),
            ("2030-07-15T15:00:00Z", None),
        ] {
            assert_eq!(reminder(BEGAN, ENDS, "UTC", now), expected, "{now}");
        }
    }

    #[test]
    fn a_late_reminder_is_left_out_hours_before_the_next_one() {
        // On the day of the reminder of one day, that of three days would say the same.
        for now in ["2030-06-14T00:00:00Z", "2030-06-14T14:59:59Z"] {
            assert_eq!(reminder(BEGAN, ENDS, "UTC", now), None, "{now}");
        }
        assert_eq!(reminder(BEGAN, ENDS, "UTC", "2030-06-12T01:00:00Z"), None);
        // At UTC+10 the reminder of three days comes at 01:00: the afternoon before belongs to it.
        let east = "Etc/GMT-10";
        assert_eq!(reminder(BEGAN, ENDS, east, "2030-06-12T03:00:00Z"), Some((7, 4)));
        assert_eq!(reminder(BEGAN, ENDS, east, "2030-06-12T03:00:01Z"), None);
        assert_eq!(reminder(BEGAN, ENDS, east, "2030-06-12T15:00:00Z"), Some((3, 3)));
    }

    #[test]
    fn days_are_those_of_the_accounts_calendar() {
        // It is one instant everywhere: the trial ends on the 16th at 05:00 in Kiritimati, on the 15th at 03:00 in -12.
        let now = "2030-06-13T11:00:00Z";
        assert_eq!(reminder(BEGAN, ENDS, "UTC", now), Some((3, 2)));
        assert_eq!(reminder(BEGAN, ENDS, "Pacific/Kiritimati", now), Some((3, 2)));
        assert_eq!(reminder(BEGAN, ENDS, "Etc/GMT+12", now), Some((3, 3)));
        let now = "2030-06-14T15:00:00Z";
        assert_eq!(reminder(BEGAN, ENDS, "Pacific/Kiritimati", now), Some((1, 1)));
        assert_eq!(reminder(BEGAN, ENDS, "Etc/GMT+12", now), Some((1, 1)));
        let now = "2030-06-15T11:00:00Z";
        assert_eq!(reminder(BEGAN, ENDS, "Pacific/Kiritimati", now), Some((1, 0)));
        assert_eq!(reminder(BEGAN, ENDS, "Etc/GMT+12", now), Some((1, 1)));
    }

    #[test]
    fn a_night_on_which_the_clocks_change_moves_no_reminder() {
        // Paris leaves summer time on 27 October 2030: 11:00 before it is 09:00Z, after it 10:00Z.
        let (began, ends) = ("2030-10-17T10:00:00Z", "2030-10-31T10:00:00Z");
        assert_eq!(
            reminder(began, ends, "Europe/Paris", "2030-10-24T08:59:59Z"),
            None
        );
        assert_eq!(
            reminder(began, ends, "Europe/Paris", "2030-10-24T09:00:00Z"),
            Some((7, 7))
        );
    }

    #[test]
    fn a_short_trial_does_without_the_reminders_of_its_beginning() {
        let ends = "2030-06-08T15:00:00Z";
        assert_eq!(reminder(BEGAN, ends, "UTC", BEGAN), None);
        assert_eq!(reminder(BEGAN, ends, "UTC", "2030-06-05T14:00:00Z"), None);
        assert_eq!(reminder(BEGAN, ends, "UTC", "2030-06-05T15:00:00Z"), Some((3, 3)));
    }

    #[test]
    fn a_clock_that_was_set_back_reminds_nobody() {
        assert_eq!(reminder(BEGAN, ENDS, "UTC", "2020-01-01T00:00:00Z"), None);
    }
}
