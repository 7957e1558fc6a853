//! What was ordered, and how far it has come.

use onedesk_contract::orders::OrderStatus;
use sea_orm::entity::prelude::*;

use crate::store::At;

/// One order.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "orders")]
pub struct Model {
    /// Identity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose order it is.
    pub account_id: Uuid,
    /// The user who pressed *Subscribe*.
    pub placed_by: Uuid,
    /// The key that it was sent with; with the account it is unique, so that a retry finds the order again.
    pub idempotency_key: String,
    /// How far it has come; at most one of an account is pending.
    pub status: StoredStatus,
    /// The plan's identifier.
    pub plan: String,
    /// Licences ordered.
    pub seats: i32,
    /// `monthly` or `annual`.
    pub period: String,
    /// Code of the currency that all amounts of the row are in.
    pub currency: String,
    /// The price of one licence for one month, in minor units.
    pub unit_price: i64,
    /// What it consists of, as JSON of `Vec<Line>`.
    pub lines: String,
    /// The sum of the lines, in minor units, without tax.
    pub net: i64,
    /// The tax on it.
    pub tax: i64,
    /// Both together.
    pub gross: i64,
    /// Which tax it is, as JSON of `Treatment`.
    pub treatment: String,
    /// Who is invoiced: who the tax is for, as JSON of `billing::BillTo`.
    pub bill_to: String,
    /// What is due, in minor units: `gross`, as long as no account credit pays for a part of it.
    pub total: i64,
    /// Code of the language of the payment page, the invoice and the letter.
    pub language: String,
    /// Who takes the money, such as `sandbox`.
    pub provider: String,
    /// The provider's name for the page to pay on; none until the provider has answered.
    pub checkout_id: Option<String>,
    /// The address of that page.
    pub checkout_url: Option<String>,
    /// When it was placed.
    pub placed_at: At,
    /// From when on it can no longer be paid.
    pub expires_at: At,
    /// When it was paid, failed or was cancelled.
    pub closed_at: Option<At>,
}

/// [`OrderStatus`] as the column holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum StoredStatus {
    #[sea_orm(string_value = "pending")]
    Pending,
    #[sea_orm(string_value = "paid")]
    Paid,
    #[sea_orm(string_value = "failed")]
    Failed,
    #[sea_orm(string_value = "cancelled")]
    Cancelled,
}

impl From<StoredStatus> for OrderStatus {
    fn from(status: StoredStatus) -> Self {
        match status {
            StoredStatus::Pending => Self::Pending,
            StoredStatus::Paid => Self::Paid,
            StoredStatus::Failed => Self::Failed,
            StoredStatus::Cancelled => Self::Cancelled,
        }
    }
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
