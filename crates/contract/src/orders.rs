//! Orders: from the press of *Subscribe* to what was bought.

use onedesk_pricing::{Choice, Line, Money, Quote};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::billing::Taxed;
use crate::{Date, Instant};

/// The header that makes a retried order the same order (billing rules, "Orders and payment").
pub const IDEMPOTENCY_KEY: &str = "Idempotency-Key";

/// The answer to `POST /api/quotes`: what a choice costs today. Its amounts are without tax; beside them stands the tax
/// for whoever is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuoteView {
    /// The quote.
    #[serde(flatten)]
    pub quote: Quote,
    /// The total with the tax of the signed-in account; its `gross` is what an order is confirmed with. Absent for
    /// visitors, whose country is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taxed: Option<Taxed>,
}

/// `POST /api/orders`: buy what was dialled in.
///
/// Sent with an [`IDEMPOTENCY_KEY`] that the browser made before its first try.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderRequest {
    /// Plan, seats, period, currency.
    pub choice: Choice,
    /// The "due today" that the buyer saw and confirmed, with tax. Another amount is answered with 409 and a fresh quote.
    pub expected_total: Money,
}

/// How far an order has come: `pending → paid | failed | cancelled`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OrderStatus {
    /// Waits for its payment. No licence exists yet.
    Pending,
    /// Charged once, invoiced, delivered.
    Paid,
    /// The payment ended without success; nothing was charged.
    Failed,
    /// Given up by the buyer or by time; nothing was charged.
    Cancelled,
}

/// An order as its buyer sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderView {
    /// Identity.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub id: Uuid,
    /// How far it has come.
    pub status: OrderStatus,
    /// What was ordered.
    pub choice: Choice,
    /// What it consists of.
    pub lines: Vec<Line>,
    /// The sum of the lines with its tax.
    pub taxed: Taxed,
    /// What is or was due, with tax.
    pub total: Money,
    /// When it was placed.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    #[serde(with = "crate::time::instant")]
    pub placed_at: Instant,
    /// Where to pay, while pending.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pay_url: Option<String>,
    /// What came of it, once paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<Receipt>,
}

/// What a paid order brought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Receipt {
    /// Number of the invoice; numbers run without gaps.
    pub invoice_number: String,
    /// The day of payment, in the account's time zone.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::date")]
    pub paid_on: Date,
    /// How it was paid, such as `Visa •••• 4242`.
    pub payment_method: String,
    /// First day of the billing period bought.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::date")]
    pub period_start: Date,
    /// The day of the next renewal.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::date")]
    pub renews_on: Date,
}
