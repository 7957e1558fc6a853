//! Invoices and credit notes, as the account's admins see them.

use onedesk_pricing::Money;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Date;
use crate::billing::Taxed;

/// The most invoices in one answer.
pub const MAX_INVOICES_AT_ONCE: u32 = 100;
/// How many there are in one answer when nobody says otherwise.
pub const INVOICES_AT_ONCE: u32 = 20;

/// Which of the documents it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum InvoiceKind {
    /// Says what was charged.
    Invoice,
    /// Gives an amount back: what it falls below zero is account credit.
    CreditNote,
    /// Gives account credit out of goodwill: no invoice is corrected, and no tax is given back.
    GoodwillCredit,
}

/// `GET /api/invoices`: a page of them, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvoicesView {
    /// The page.
    pub invoices: Vec<InvoiceSummary>,
    /// What to ask the next page `before`; absent on the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub older_than: Option<String>,
}

/// One invoice in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvoiceSummary {
    /// Its number, such as `INV-000042`.
    pub number: String,
    /// Invoice, credit note or goodwill credit.
    pub kind: InvoiceKind,
    /// The day of issue, in the account's time zone.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::date")]
    pub issued_on: Date,
    /// The total with tax; below zero on a credit note and a goodwill credit.
    pub gross: Money,
    /// What was charged of it.
    pub due: Money,
}

/// `GET /api/invoices/{number}`: everything that stands on one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvoiceView {
    /// Its number; numbers run without gaps.
    pub number: String,
    /// Invoice, credit note or goodwill credit.
    pub kind: InvoiceKind,
    /// Code of the language that its lines are in.
    pub language: String,
    /// The order that it is for; absent on a goodwill credit.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_id: Option<Uuid>,
    /// The day of issue, in the account's time zone.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::date")]
    pub issued_on: Date,
    /// The day of payment, in the account's time zone; on a credit note and a goodwill credit the day on which it was credited.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::date")]
    pub paid_on: Date,
    /// How it was paid, such as `Visa •••• 4242`; absent where nothing was charged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment_method: Option<String>,
    /// What the bank transfer quoted that paid for it; absent where it was paid otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transfer_reference: Option<String>,
    /// First day of the billing period that it is for; absent where nothing was bought.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "crate::time::optional_date"
    )]
    pub period_start: Option<Date>,
    /// The day after its last day.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "crate::time::optional_date"
    )]
    pub period_end: Option<Date>,
    /// Who sells, as the company was called that day.
    pub seller: PartyView,
    /// Who buys, as the company was called that day.
    pub buyer: PartyView,
    /// What was charged and credited, without tax.
    pub lines: Vec<InvoiceLineView>,
    /// The sum of the lines with its tax.
    pub taxed: Taxed,
    /// Why no tax is charged, in the invoice's language, as the law wants it said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_mention: Option<String>,
    /// Account credit that paid for a part of the total.
    pub credit_used: Money,
    /// What a credit note or a goodwill credit added to the account credit.
    pub credit_added: Money,
    /// What was charged: the total without the credit.
    pub due: Money,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvoiceLineView {
    /// What was bought, in words and numbers: `Premium: 3 licences × $11.99 × 12 months`.
    pub text: String,
    /// The amount without tax; below zero for a credit.
    pub net: Money,
}

/// Seller or buyer. What is not known is empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PartyView {
    /// The company.
    pub name: String,
    /// The person whom it is for the attention of.
    pub contact: String,
    /// Street and what else the address needs, a line each.
    pub address: Vec<String>,
    /// The postcode.
    pub postcode: String,
    /// The city.
    pub city: String,
    /// ISO 3166-1 alpha-2 code.
    pub country: String,
    /// The VAT number.
    pub vat_number: String,
    /// The number in a register of companies.
    pub registration: String,
}
