//! What has happened to a subscription: for the account's history, e-mails and the sentences of a preview.

use onedesk_pricing::{BillingPeriod, Date, Period, PlanId, ScheduledChange, Seats};
use serde::{Deserialize, Serialize};

/// What a decision brings about, in the field's terms. Amounts are in the decision's charge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// There are more licences from now on.
    LicencesAdded {
        /// How many more.
        added: Seats,
        /// How many there are now.
        licences: Seats,
    },
    /// The plan is a higher one from now on.
    PlanRaised {
        /// The plan until now.
        from: PlanId,
        /// The plan from now on.
        to: PlanId,
    },
    /// A full period of another length starts today.
    PeriodChanged {
        /// How often was billed until now.
        from: BillingPeriod,
        /// How often is billed from now on.
        to: BillingPeriod,
        /// The day that all periods are counted from now.
        #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
        anchor: Date,
    },
    /// Something will be different from the renewal on.
    ChangeScheduled {
        /// What was scheduled now: not what was scheduled before and stays so.
        change: ScheduledChange,
        /// The day of the renewal. A renewal that is overdue: the day that it was due.
        #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
        on: Date,
    },
    /// What was scheduled will not happen: withdrawn by somebody, or no difference any more.
    ChangeWithdrawn {
        /// What will not happen.
        change: ScheduledChange,
    },
    /// It will not be renewed.
    Cancelled {
        /// The first day without it.
        #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
        ends_on: Date,
    },
    /// It will be renewed after all.
    Resumed {
        /// The day of the renewal.
        #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
        renews_on: Date,
    },
    /// The next period was charged.
    Renewed {
        /// The period that is paid for.
        period: Period,
        /// How many licences it holds.
        licences: Seats,
        /// What was scheduled and has come true.
        applied: ScheduledChange,
        /// Whether more licences were billed than were to be, as there are more active users: the admin is told.
        raised_to_active_users: bool,
    },
    /// The renewal could not be charged.
    PaymentFailed {
        /// Which try it was: 1 is the first one, on the day of the renewal.
        attempt: u8,
        /// The day of the next one; `None` after the last.
        #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
        next_retry: Option<Date>,
    },
    /// The last retry failed: only the account owner can work, and pay.
    Suspended {
        /// The day.
        #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
        on: Date,
    },
    /// The overdue renewal is paid. It is followed by the [`Event::Renewed`] that says what was paid for.
    Recovered {
        /// The day of payment.
        #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
        on: Date,
        /// Whether a new term began on that day, as the overdue period was over: the day of renewal is another one.
        anchor_moved: bool,
    },
    /// It is over: only the account owner can work, and subscribe anew.
    Ended {
        /// The first day without it.
        #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
        on: Date,
    },
}
