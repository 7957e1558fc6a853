//! What an account subscribes to, and what will become of it if nobody does anything.

use onedesk_pricing::{Date, ScheduledChange, Seats, Term};
use serde::{Deserialize, Serialize};

use crate::{Refusal, Standing, dunning};

/// A subscription: all that is stored of it, and all that a decision depends on but for the facts of the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Subscription {
    /// What is paid for, until when and at which price. While a renewal is overdue: what was paid for last.
    pub term: Term,
    /// What will be different from the next renewal on.
    pub scheduled: ScheduledChange,
    /// Whether it was cancelled: it then ends on [`Term::renews_on`] instead of being renewed.
    pub cancels_at_period_end: bool,
    /// Whether it is paid for.
    pub standing: Standing,
    /// Counts the accepted commands, so that two administrators who change it at the same time notice each other.
    pub version: u64,
}

/// What time does to a subscription next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// The next period is charged: [`Command::Renew`](crate::Command::Renew).
    Renew,
    /// The overdue renewal is charged once more: [`Command::RenewalPaid`](crate::Command::RenewalPaid), or
    /// [`Command::RenewalFailed`](crate::Command::RenewalFailed). One that gets no answer stays due, until
    /// [`Command::Suspend`](crate::Command::Suspend) is accepted on the day after the last one.
    Retry,
    /// No retry is left: [`Command::Suspend`](crate::Command::Suspend).
    Suspend,
    /// It was cancelled and its period is over: [`Command::EndNow`](crate::Command::EndNow).
    End,
}

impl Subscription {
    /// The subscription that a first payment begins: active, version 1.
    pub fn begin(term: Term) -> Self {
        Self {
            term,
            scheduled: ScheduledChange::default(),
            cancels_at_period_end: false,
            standing: Standing::Active,
            version: 1,
        }
    }

    /// What time does to it next, and the day on which that is due. `None` if only people can change it: suspended,
    /// or ended.
    pub const fn next_step(&self) -> Option<(Date, Step)> {
        let end = self.term.renews_on();
        match self.standing {
            Standing::Active | Standing::PastDue { .. } if self.cancels_at_period_end => {
                Some((end, Step::End))
            }
            Standing::Active => Some((end, Step::Renew)),
            Standing::PastDue {
                next_retry: Some(on), ..
            } => Some((on, Step::Retry)),
            Standing::PastDue {
                since,
                next_retry: None,
                ..
            } => Some((since, Step::Suspend)),
            Standing::Suspended { .. } | Standing::Ended { .. } => None,
        }
    }

    /// The day on which it ends or has ended, if it is cancelled.
    pub const fn ends_on(&self) -> Option<Date> {
        match self.standing {
            Standing::Ended { on } => Some(on),
            _ if self.cancels_at_period_end => Some(self.term.renews_on()),
            _ => None,
        }
    }

    /// Whether it is paid for on a day. What was cancelled has ended once its period is over, whether or not anybody has come
    /// by to note it.
    pub fn standing_on(&self, today: Date) -> Standing {
        match self.ends_on() {
            Some(on) if on <= today => Standing::Ended { on },
            _ => self.standing,
        }
    }

    /// How many days the renewal has been overdue, in days of the account's time zone; `None` if it is not.
    pub fn days_overdue(&self, today: Date) -> Option<i64> {
        self.standing
            .is_overdue()
            .then(|| dunning::days_since(self.term.renews_on(), today))
    }

    /// Whether the licences are enough for so many active users: asked before users are added or reactivated.
    ///
    /// Rule: *Licences and users*. Customers never count.
    ///
    /// # Errors
    /// [`Refusal::FewerLicencesThanUsers`], with the numbers and the ways out.
    pub const fn check_users(&self, active_users: u32) -> Result<(), Refusal> {
        enough(self.term.seats, active_users)
    }
}

/// Refuses fewer licences than active users.
pub(crate) const fn enough(licences: Seats, active_users: u32) -> Result<(), Refusal> {
    if licences.get() < active_users {
        return Err(Refusal::FewerLicencesThanUsers {
            licences: licences.get(),
            active_users,
        });
    }
    Ok(())
}
