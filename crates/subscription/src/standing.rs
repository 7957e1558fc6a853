//! Whether a subscription is paid for.
//!
//! Rule: *Orders and payment* ("Renewal: charged at `end`. Failing: retried after 1, 3, 5 and 7 days … (`past_due`, the
//! users keep working), then `suspended`: as at the end of a trial").

use onedesk_pricing::Date;
use serde::{Deserialize, Serialize};

/// Whether a subscription is paid for, and what follows if it is not.
///
/// Written as `"active"`, or as an object with the one key that names it: `{"suspended": {"since": "2026-05-08"}}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Paid for.
    Active,
    /// The renewal was not paid, and will be tried again. The users keep working.
    PastDue {
        /// The day of the first failure: retries are counted from it.
        #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
        since: Date,
        /// How often the payment has failed. The failure of the last retry, the fifth at most, suspends.
        failures: u8,
        /// The day of the next try; `None` if there is none left, so that it is to be suspended.
        #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
        next_retry: Option<Date>,
    },
    /// The last try failed too. Only the account owner can work, and pay.
    Suspended {
        /// The day of suspension.
        #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
        since: Date,
    },
    /// Over. The account may subscribe anew, which is another subscription.
    Ended {
        /// The first day without it.
        #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
        on: Date,
    },
}

impl Standing {
    /// Whether the users of the account can work.
    pub const fn users_work(&self) -> bool {
        matches!(self, Self::Active | Self::PastDue { .. })
    }

    /// Whether a renewal waits for its payment.
    pub const fn is_overdue(&self) -> bool {
        matches!(self, Self::PastDue { .. } | Self::Suspended { .. })
    }
}
