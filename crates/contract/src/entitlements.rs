//! What an account may use of the product: `GET /api/account/entitlements`.
//!
//! Asked by the product itself, whose features are sold here: see `docs/entitlements.md`.

use onedesk_pricing::PlanId;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// What an account may use, as things stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EntitlementsView {
    /// Where the account stands. Nothing is included in the last three.
    pub state: EntitlementState,
    /// The plan whose features these are: what is subscribed to, or what the trial lets one try. While `suspended`, the plan
    /// whose renewal has not been paid. Absent with `trial_over` and `ended`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<PlanId>,
    /// Since when it stands so: the activation of the account, the begin of the period that is paid for, the end of the trial,
    /// the day of suspension, the first day without a subscription. Days begin in the account's time zone.
    #[serde(with = "crate::time::instant")]
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub since: Instant,
    /// The instant at which it is known to become otherwise if nobody does anything: the end of the trial, or the end of a
    /// period after which the subscription ends or a lower plan begins. Absent where it goes on.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "crate::time::optional_instant"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub until: Option<Instant>,
    /// The plan that is scheduled to begin at `until`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_plan: Option<PlanId>,
    /// The name of the account's owner: whom a user can ask for another plan.
    pub owner: String,
    /// Every feature of the catalog, in its order.
    pub features: Vec<FeatureEntitlement>,
}

/// Where an account stands, as far as it decides what may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EntitlementState {
    /// Free for some days, with the features of the trial's plan.
    Trial,
    /// Paid for.
    Active,
    /// The renewal is overdue and tried again; what was paid for last stays included.
    PastDue,
    /// The trial is over and nothing was bought.
    TrialOver,
    /// The renewal was not paid.
    Suspended,
    /// The subscription was cancelled and its period is over.
    Ended,
}

/// A feature, and whether an account may use it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FeatureEntitlement {
    /// Stable name: the id of the feature in the catalog.
    pub key: String,
    /// Its name.
    pub name: String,
    /// A sentence that explains it.
    pub note: String,
    /// Whether the catalog wants it shown in the application's menu, be it included or not.
    pub in_menu: bool,
    /// Whether the account may use it now.
    pub included: bool,
    /// What it takes where it is not included: the lowest plan that includes it. While `suspended` this is the account's own
    /// plan, if that includes it: then its renewal has to be paid and nothing else. Absent where it is included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unlocked_by: Option<PlanId>,
}
