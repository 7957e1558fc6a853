//! Why a command is refused, in words that say what was not done and what can be done instead.

use onedesk_pricing::{ChangeError, Date, QuoteError};

use crate::ScheduledPart;

/// Why a command to a subscription is refused. Nothing was changed and nothing is charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is so already, or scheduled so already.
    #[error("Nothing was changed: the subscription, with what is scheduled, is as you want it already.")]
    NoChange,
    /// A full annual period would be charged now for something other than what is wanted.
    #[error(
        "Nothing was changed: annual billing starts a full year now, but the lower plan, fewer licences or other \
         currency would wait for the end of that year. Schedule these first, and switch to annual billing once they \
         have taken effect."
    )]
    MixedTiming,
    /// Rule: *Licences and users*.
    #[error(
        "Nothing was changed: {active_users} users are active, and {licences} licences are not enough for them. \
         Choose at least {active_users} licences, or deactivate users first."
    )]
    FewerLicencesThanUsers {
        /// The licences that there are, or were wanted.
        licences: u32,
        /// The users that need one.
        active_users: u32,
    },
    /// A change at once, while the renewal is not paid.
    #[error("Nothing was changed: the renewal of {since} is not paid. Pay it first, then make this change.")]
    PaymentOverdue {
        /// The day that the renewal was due.
        since: Date,
    },
    /// The period that is paid for is over, and its renewal is about to be charged.
    #[error(
        "Nothing was changed: the renewal of {on} is being made. Try again in a few minutes, on the renewed \
         subscription."
    )]
    RenewalDue {
        /// The day that the renewal is due.
        on: Date,
    },
    /// It is cancelled: it cannot be cancelled again, and no renewal comes for which something could wait.
    #[error(
        "Nothing was changed: the subscription is cancelled and ends on {ends_on}. To keep it, resume it before then."
    )]
    AlreadyCancelled {
        /// The first day without it.
        ends_on: Date,
    },
    /// There is no cancellation to take back or to carry out.
    #[error("Nothing was changed: the subscription is not cancelled, and will be renewed.")]
    NotCancelled,
    /// No renewal is overdue.
    #[error("Nothing was changed: no renewal is overdue.")]
    NothingOverdue,
    /// It is suspended already: there is no retry to fail.
    #[error(
        "Nothing was changed: the subscription has been suspended since {since}. Pay its renewal to recover it."
    )]
    AlreadySuspended {
        /// The day of suspension.
        since: Date,
    },
    /// Too early.
    #[error("Nothing was changed: this is not due before {on}.")]
    NotDue {
        /// The first day on which it can be done.
        on: Date,
    },
    /// It is over.
    #[error("Nothing was changed: the subscription ended on {on}. Subscribe anew.")]
    Ended {
        /// The first day without it.
        on: Date,
    },
    /// There is nothing to withdraw.
    #[error("Nothing was withdrawn: no change of {} is scheduled.", part_in_words(*.0))]
    NothingScheduled(ScheduledPart),
    /// It is not sold so, or its amount does not fit.
    #[error("Nothing was changed: {0}. Choose something else.")]
    NotSold(QuoteError),
    /// Another reason why there is no amount: the moment lies outside the period that is paid for, say.
    #[error("Nothing was changed: {0}. Reload the subscription and try again.")]
    NotPriced(ChangeError),
}

const fn part_in_words(part: ScheduledPart) -> &'static str {
    match part {
        ScheduledPart::Plan => "the plan",
        ScheduledPart::Seats => "the number of licences",
        ScheduledPart::Period => "the billing period",
        ScheduledPart::Currency => "the currency",
    }
}

impl From<ChangeError> for Refusal {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::NoChange => Self::NoChange,
            ChangeError::MixedTiming => Self::MixedTiming,
            ChangeError::Quote(error) => Self::NotSold(error),
            other => Self::NotPriced(other),
        }
    }
}
