//! Charges of stored cards at the sandbox payment provider.

use sea_orm::entity::prelude::*;

use crate::store::At;

/// One charge, taken or not.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sandbox_charges")]
pub struct Model {
    /// The seller's key: asked for again with it, the charge is the same.
    #[sea_orm(primary_key, auto_increment = false)]
    pub attempt: String,
    /// What the seller calls it: the order.
    pub reference: Uuid,
    /// The stored card.
    pub card: String,
    /// As people read it, such as `Visa •••• 4242`.
    pub method: String,
    /// What is bought, as JSON of a list of texts.
    pub lines: String,
    /// How much, in minor units.
    pub amount: i64,
    /// Code of its currency.
    pub currency: String,
    /// What came of it.
    pub outcome: StoredOutcome,
    /// Why it was declined.
    pub refusal: Option<String>,
    /// The name of the payment, if the money was taken. Unique.
    #[sea_orm(unique)]
    pub payment: Option<String>,
    /// When.
    pub at: At,
    /// The seller's name for the refund. Unique.
    #[sea_orm(unique)]
    pub refund: Option<Uuid>,
    /// When the money went back.
    pub refunded_at: Option<At>,
}

/// What came of a charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum StoredOutcome {
    #[sea_orm(string_value = "paid")]
    Paid,
    #[sea_orm(string_value = "declined")]
    Declined,
    #[sea_orm(string_value = "needs_holder")]
    NeedsHolder,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
