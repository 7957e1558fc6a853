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
    /// How it is to be paid.
    #[serde(default)]
    pub payment: PaymentWay,
}

/// What an order is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OrderKind {
    /// The first payment, which begins a subscription.
    #[default]
    Subscribe,
    /// A change that takes effect at once.
    Change,
    /// The next billing period, charged by time.
    Renewal,
    /// A renewal that was overdue, paid by a person.
    Recovery,
    /// Nothing is bought: the card that later charges are taken from is replaced by another.
    PaymentMethod,
}

/// How an order is to be paid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PaymentWay {
    /// By card: the stored one, or one that is typed on the payment provider's page.
    #[default]
    Card,
    /// By bank transfer, against a pro-forma invoice: the order waits until the vendor's staff mark it paid.
    Transfer,
}

/// How far an order has come: `pending | awaiting_transfer → paid | failed | cancelled`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OrderStatus {
    /// Waits for its payment. No licence exists yet.
    Pending,
    /// Waits for a bank transfer, which the vendor's staff confirm. No licence exists yet.
    AwaitingTransfer,
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
    /// What it is for.
    #[serde(default)]
    pub kind: OrderKind,
    /// How far it has come.
    pub status: OrderStatus,
    /// What was ordered: what is subscribed to once it is paid.
    pub choice: Choice,
    /// What it consists of.
    pub lines: Vec<Line>,
    /// The sum of the lines with its tax.
    pub taxed: Taxed,
    /// Account credit that pays for a part of it.
    pub credit_used: Money,
    /// What is or was due, with tax and without what the credit pays.
    pub total: Money,
    /// The partner whose page the account's owner had come from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner: Option<String>,
    /// When it was placed.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    #[serde(with = "crate::time::instant")]
    pub placed_at: Instant,
    /// Where to pay, while pending.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pay_url: Option<String>,
    /// Where to transfer the amount, while the order waits for that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transfer: Option<TransferInstructions>,
    /// What came of it, once paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<Receipt>,
}

/// Where an amount is to be transferred, and how it is recognised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TransferInstructions {
    /// Whose account it is.
    pub account_holder: String,
    /// Its number, in groups of four.
    pub iban: String,
    /// The bank's code; empty where none is needed.
    pub bic: String,
    /// The bank's name; may be empty.
    pub bank: String,
    /// What the transfer has to quote, so that it is recognised.
    pub reference: String,
    /// The last day on which the order waits; in the account's time zone.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::date")]
    pub pay_by: Date,
    /// Address of the pro-forma invoice, a PDF.
    pub pro_forma: String,
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
