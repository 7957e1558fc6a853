//! What was ordered, and how far it has come.

use onedesk_contract::orders::{OrderKind, OrderStatus, PaymentWay};
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
    /// The user who pressed *Subscribe*; the owner for what time brings about.
    pub placed_by: Uuid,
    /// The key that it was sent with; with the account it is unique, so that a retry finds the order again.
    pub idempotency_key: String,
    /// What it is for.
    pub kind: StoredKind,
    /// How far it has come; at most one of those that a person places waits.
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
    /// Account credit that pays for a part of it.
    pub credit_used: i64,
    /// What is due, in minor units: `gross` without what the credit pays, and never below zero.
    pub total: i64,
    /// What is carried out once it is paid, as JSON of `onedesk_subscription::Decision`; none for a first order, which
    /// begins a subscription, and for one that only keeps a card.
    pub decision: Option<String>,
    /// The version of the subscription that the decision was made for: it holds for no other.
    pub base_version: Option<i64>,
    /// The first day of the period that a renewal pays for, `2027-01-31`; unique with the account.
    pub period_start: Option<String>,
    /// Code of the language of the payment page, the invoice and the letter.
    pub language: String,
    /// How it is to be paid.
    pub payment_way: StoredWay,
    /// Who takes the money, such as `sandbox`.
    pub provider: String,
    /// The provider's name for the stored card that it is charged to; none if a card is typed on the provider's page.
    pub method: Option<String>,
    /// How often time has charged that card for it, which only happens to renewals: a part of the key that it is charged with.
    pub attempt: i32,
    /// The provider's name for the page to pay on; none until the provider has answered.
    pub checkout_id: Option<String>,
    /// The address of that page.
    pub checkout_url: Option<String>,
    /// What a bank transfer for it has to quote; unique. None if it is paid by card.
    #[sea_orm(unique)]
    pub reference: Option<String>,
    /// Where the amount is to be transferred and until when, as JSON of `orders::transfer::Terms`; with the reference.
    pub transfer: Option<String>,
    /// The partner whose page the account's owner had come from.
    pub partner: Option<String>,
    /// When it was placed.
    pub placed_at: At,
    /// From when on it can no longer be paid.
    pub expires_at: At,
    /// When it was paid, failed or was cancelled.
    pub closed_at: Option<At>,
    /// Why it failed, such as `card-declined`. A renewal that waits for its next try says here why the last one failed.
    pub failure: Option<String>,
}

/// [`OrderStatus`] as the column holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum StoredStatus {
    #[sea_orm(string_value = "pending")]
    Pending,
    #[sea_orm(string_value = "awaiting_transfer")]
    AwaitingTransfer,
    #[sea_orm(string_value = "paid")]
    Paid,
    #[sea_orm(string_value = "failed")]
    Failed,
    #[sea_orm(string_value = "cancelled")]
    Cancelled,
}

impl StoredStatus {
    /// Those of orders that wait for their payment.
    pub const WAITING: [Self; 2] = [Self::Pending, Self::AwaitingTransfer];

    /// Whether the order waits for its payment.
    pub fn waits(self) -> bool {
        Self::WAITING.contains(&self)
    }
}

impl From<StoredStatus> for OrderStatus {
    fn from(status: StoredStatus) -> Self {
        match status {
            StoredStatus::Pending => Self::Pending,
            StoredStatus::AwaitingTransfer => Self::AwaitingTransfer,
            StoredStatus::Paid => Self::Paid,
            StoredStatus::Failed => Self::Failed,
            StoredStatus::Cancelled => Self::Cancelled,
        }
    }
}

/// [`OrderKind`] as the column holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum StoredKind {
    #[sea_orm(string_value = "subscribe")]
    Subscribe,
    #[sea_orm(string_value = "change")]
    Change,
    #[sea_orm(string_value = "renewal")]
    Renewal,
    #[sea_orm(string_value = "recovery")]
    Recovery,
    #[sea_orm(string_value = "payment_method")]
    PaymentMethod,
}

impl StoredKind {
    /// Those that a person places and pays for: one of them waits at a time.
    pub const PLACED_BY_PEOPLE: [Self; 3] = [Self::Subscribe, Self::Change, Self::Recovery];
}

impl From<StoredKind> for OrderKind {
    fn from(kind: StoredKind) -> Self {
        match kind {
            StoredKind::Subscribe => Self::Subscribe,
            StoredKind::Change => Self::Change,
            StoredKind::Renewal => Self::Renewal,
            StoredKind::Recovery => Self::Recovery,
            StoredKind::PaymentMethod => Self::PaymentMethod,
        }
    }
}

impl From<OrderKind> for StoredKind {
    fn from(kind: OrderKind) -> Self {
        match kind {
            OrderKind::Subscribe => Self::Subscribe,
            OrderKind::Change => Self::Change,
            OrderKind::Renewal => Self::Renewal,
            OrderKind::Recovery => Self::Recovery,
            OrderKind::PaymentMethod => Self::PaymentMethod,
        }
    }
}

/// [`PaymentWay`] as the column holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum StoredWay {
    #[sea_orm(string_value = "card")]
    Card,
    #[sea_orm(string_value = "transfer")]
    Transfer,
}

impl From<PaymentWay> for StoredWay {
    fn from(way: PaymentWay) -> Self {
        match way {
            PaymentWay::Card => Self::Card,
            PaymentWay::Transfer => Self::Transfer,
        }
    }
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
