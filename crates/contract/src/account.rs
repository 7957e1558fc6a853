//! The account that a signed-in user works in.

mod state;

use onedesk_pricing::{BillingPeriod, Choice, Currency, Money, PlanId, Seats};
use onedesk_tax::Treatment;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::orders::OrderView;
use crate::{Date, Instant};

/// What a user may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Signed up first; always an admin; one an account; cannot be deactivated.
    Owner,
    /// Manages users and the subscription.
    Admin,
    /// Works in the application.
    Member,
}

impl Role {
    /// Whether Administration is open to this role.
    pub fn administers(self) -> bool {
        matches!(self, Self::Owner | Self::Admin)
    }
}

/// `GET /api/account`: everything that the shell and the Subscription screen show at first sight.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountView {
    /// Who is signed in.
    pub user: CurrentUser,
    /// The company's name.
    pub company: String,
    /// Full address of the account, such as `acme.example.com`.
    pub address: String,
    /// ISO 3166-1 alpha-2 code.
    pub country: String,
    /// IANA time zone in which this account's days begin.
    pub time_zone: String,
    /// Today in that time zone, by the server's clock.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::date")]
    pub today: Date,
    /// Users that need a licence now.
    pub active_users: u32,
    /// Trial, expired or paid.
    pub subscription: SubscriptionState,
    /// How a purchase would be taxed today.
    pub treatment: Treatment,
    /// Account credit, tax included, which the next charges are paid from first: one amount for each currency that there is
    /// any in. Told to the owner and admins alone.
    #[serde(default)]
    pub credits: Vec<Money>,
    /// What was dialled in on the pricing page before sign-up; where the calculator starts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preferred_choice: Option<Choice>,
    /// An order that waits for its payment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pending_order: Option<OrderView>,
}

/// The signed-in user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CurrentUser {
    /// Identity.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: Uuid,
    /// Name as people read it.
    pub name: String,
    /// Address to sign in with.
    pub email: String,
    /// What the user may do.
    pub role: Role,
    /// Language code of the screens and e-mails.
    pub language: String,
}

/// Where the account stands between its first and its last day.
///
/// On the wire, an object whose member `state` is `trial`, `trial_over`, `active`, `suspended` or `ended`, with the
/// members of that state beside it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "state::Wire", into = "state::Wire")]
pub enum SubscriptionState {
    /// Free, every feature, any number of users, until `ends_at` (billing rules, "Trial").
    Trial {
        /// The instant from which only the owner can sign in.
        ends_at: Instant,
        /// Days left, today included: 14 on the day of activation, 1 on the last day.
        days_left: u32,
    },
    /// The trial is over and nothing was bought: every user but the owner is deactivated.
    TrialOver {
        /// When it ended.
        ended_at: Instant,
    },
    /// Paid; or overdue for some days, in which the users keep working.
    Active(SubscriptionView),
    /// The renewal was not paid: every user but the owner is deactivated until it is.
    Suspended {
        /// The day of suspension.
        since: Date,
    },
    /// It was cancelled and its period is over: every user but the owner is deactivated.
    Ended {
        /// The first day without it.
        on: Date,
    },
}

/// A paid subscription, as the shell shows it. Crosses the wire as members of [`SubscriptionState`].
#[derive(Clone, Debug, PartialEq)]
pub struct SubscriptionView {
    /// The plan.
    pub plan: PlanId,
    /// Licences owned.
    pub licences: Seats,
    /// Monthly or annual.
    pub period: BillingPeriod,
    /// The currency it is billed in.
    pub currency: Currency,
    /// First day of the current billing period.
    pub period_start: Date,
    /// First day after it: the day of the next renewal.
    pub renews_on: Date,
    /// What the next renewal will cost as things stand, with tax.
    pub renewal_amount: Money,
    /// The day of the first failure to charge the renewal; absent if it is paid.
    pub overdue_since: Option<Date>,
    /// Whether it was cancelled: it then ends on `renews_on`.
    pub cancelled: bool,
}

/// `PATCH /api/account/language`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LanguageChange {
    /// Language code.
    #[cfg_attr(feature = "openapi", schema(example = "fr"))]
    pub language: String,
}
