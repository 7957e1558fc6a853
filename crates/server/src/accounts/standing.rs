use jiff::Timestamp;
use jiff::civil::Date;
use onedesk_contract::account::{SubscriptionState, SubscriptionView};
use onedesk_subscription::Standing as Paid;
use sea_orm::ConnectionTrait;

use crate::error::Error;
use crate::state::AppState;
use crate::store::entities::accounts;
use crate::{clock, subscriptions};

/// Where an account stands, by its dates and its subscription; never by whether a background task has run.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// In its trial, until the instant given.
    Trial(Timestamp),
    /// Its trial is over since the instant given, and nothing was bought.
    TrialOver(Timestamp),
    /// Paid; or its renewal is overdue for some days, in which everybody keeps working.
    Paid(SubscriptionView),
    /// The renewal was not paid: since the day given, every user but the owner is kept out.
    Suspended(Date),
    /// It was cancelled and its period is over: the same, from the day given on.
    Ended(Date),
}

impl Standing {
    /// Where the account stands at `now`.
    pub async fn of(
        conn: &impl ConnectionTrait,
        state: &AppState,
        account: &accounts::Model,
        now: Timestamp,
    ) -> Result<Self, Error> {
        if let Some(subscription) = subscriptions::latest(conn, account.id).await? {
            let today = clock::day(now, &account.time_zone);
            return Ok(match subscription.standing_on(today) {
                Paid::Ended { on } => Self::Ended(on),
                Paid::Suspended { since } => Self::Suspended(since),
                Paid::Active | Paid::PastDue { .. } => {
                    Self::Paid(subscriptions::view(conn, state, account, subscription).await?)
                }
            });
        }
        let ends_at = account.trial_ends_at.timestamp();
        Ok(if now < ends_at {
            Self::Trial(ends_at)
        } else {
            Self::TrialOver(ends_at)
        })
    }

    /// Licences owned; none in the trial, which knows no limit.
    pub fn licences(&self) -> Option<u32> {
        match self {
            Self::Trial(_) => None,
            Self::TrialOver(_) | Self::Suspended(_) | Self::Ended(_) => Some(0),
            Self::Paid(subscription) => Some(subscription.licences.get()),
        }
    }

    /// The same as the browser reads it.
    pub fn view(self, now: Timestamp) -> SubscriptionState {
        match self {
            Self::Trial(ends_at) => SubscriptionState::Trial {
                ends_at,
                days_left: days_left(now, ends_at),
            },
            Self::TrialOver(ended_at) => SubscriptionState::TrialOver { ended_at },
            Self::Paid(subscription) => SubscriptionState::Active(subscription),
            Self::Suspended(since) => SubscriptionState::Suspended { since },
            Self::Ended(on) => SubscriptionState::Ended { on },
        }
    }
}

/// Days of 24 hours that are left, the one that has begun included: 14 right after activation, 1 on the last.
fn days_left(now: Timestamp, ends_at: Timestamp) -> u32 {
    const DAY: i64 = 24 * 60 * 60;
    let left = ends_at.duration_since(now);
    let seconds = left.as_secs() + i64::from(left.subsec_nanos() > 0);
    u32::try_from((seconds.max(0) + DAY - 1) / DAY).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_that_has_begun_counts() {
        let left = |now: &str, ends: &str| {
            days_left(
                now.parse().expect("an instant"),
                ends.parse().expect("an instant"),
            )
        };
        assert_eq!(left("2026-07-01T10:00:00Z", "2026-07-15T10:00:00Z"), 14);
        assert_eq!(left("2026-07-01T10:00:00.001Z", "2026-07-15T10:00:00Z"), 14);
        assert_eq!(left("2026-07-02T10:00:00Z", "2026-07-15T10:00:00Z"), 13);
        assert_eq!(left("2026-07-15T09:59:59.999Z", "2026-07-15T10:00:00Z"), 1);
        assert_eq!(left("2026-07-15T10:00:00Z", "2026-07-15T10:00:00Z"), 0);
    }
}
