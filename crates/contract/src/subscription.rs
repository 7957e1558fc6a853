//! A paid subscription with all that will become of it, and previews of its changes.

use onedesk_pricing::{Choice, Line, Money};
use onedesk_subscription::{Preview, Request, Subscription};
use onedesk_tax::{Totals, Treatment};
use serde::{Deserialize, Serialize};

use crate::Date;

/// `GET /api/subscription`: what is subscribed to, what is scheduled, and what comes next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SubscriptionDetails {
    /// The subscription. Its `version` changes with every change.
    pub subscription: Subscription,
    /// The next renewal as things stand. Absent if none is to come: cancelled, suspended or ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_renewal: Option<RenewalView>,
    /// Account credit, tax included: one amount for each currency that there is any in.
    pub credits: Vec<Money>,
    /// What later charges are taken from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment_method: Option<PaymentMethodView>,
    /// How a charge would be taxed today.
    pub treatment: Treatment,
}

/// What later charges are taken from: the card of the last payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaymentMethodView {
    /// As people read it, such as `Visa •••• 4242`.
    pub label: String,
    /// Until the end of which month it is good: `2034-12`.
    pub expires: String,
}

/// A renewal to come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RenewalView {
    /// The day on which it is charged; while one is overdue, the day of the next try.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::date")]
    pub on: Date,
    /// What is subscribed to from then on.
    pub choice: Choice,
    /// What is charged, without tax.
    pub lines: Vec<Line>,
    /// Their sum, with tax and what account credit pays of it.
    pub totals: Totals,
}

/// `POST /api/subscription/previews`: what would a change lead to?
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PreviewRequest {
    /// The change.
    pub request: Request,
}

/// A change that is shown and not made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PreviewView {
    /// What would be decided, and what its confirmation repeats.
    pub preview: Preview,
    /// What is charged today, with tax and account credit; absent if nothing is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub today: Option<Totals>,
    /// The next renewal afterwards; absent if none is to come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_renewal: Option<RenewalView>,
    /// How both are taxed, by today's rules.
    pub treatment: Treatment,
}
