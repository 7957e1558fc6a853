//! A paid subscription with all that will become of it, and previews of its changes.

use onedesk_pricing::{Choice, Line, Moment, Money};
use onedesk_subscription::{Preview, Request, Seen, Subscription};
use onedesk_tax::{Totals, Treatment};
use serde::{Deserialize, Serialize};

use crate::Date;
use crate::orders::{OrderView, PaymentWay};

/// `GET /api/subscription`: what is subscribed to, what is scheduled, and what comes next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SubscriptionDetails {
    /// The subscription. Its `version` changes with every change.
    pub subscription: Subscription,
    /// Now, in the unit that the catalog prorates by: what a preview that the browser works out is computed for.
    pub moment: Moment,
    /// How many users are active: previews depend on it.
    pub active_users: u32,
    /// The renewal that was not paid, as it can be paid now: its `on` is the day that it was due. Absent unless one is
    /// overdue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overdue: Option<RenewalView>,
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

/// `POST /api/subscription/changes`: make a change as it was previewed. Sent with an
/// [`IDEMPOTENCY_KEY`](crate::orders::IDEMPOTENCY_KEY).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeConfirmation {
    /// The change.
    pub request: Request,
    /// What its preview said. Anything else by now is answered with 409 `preview-stale` and the fresh preview.
    pub seen: Seen,
    /// The "due today" that was seen, with tax and without what account credit pays.
    pub expected_due: Money,
}

/// `POST /api/subscription/recovery`: pay the renewal that is overdue. Sent with an
/// [`IDEMPOTENCY_KEY`](crate::orders::IDEMPOTENCY_KEY).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecoveryRequest {
    /// What was seen to be due, with tax; another amount is answered with 409 `preview-stale`.
    pub expected_due: Money,
    /// How it is to be paid.
    #[serde(default)]
    pub payment: PaymentWay,
    /// Whether another card than the stored one is to be typed on the payment provider's page.
    #[serde(default)]
    pub other_card: bool,
}

/// What became of a change or a recovery.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeView {
    /// The subscription afterwards. As it was, while `order` waits for its payment.
    pub subscription: SubscriptionDetails,
    /// The order, if something was due: paid, or to be paid at its `pay_url`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<OrderView>,
}
