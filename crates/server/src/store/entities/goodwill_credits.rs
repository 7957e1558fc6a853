//! Account credit that the vendor's staff gave out of goodwill, one row a document.

use sea_orm::entity::prelude::*;

use crate::store::At;

/// One credit.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "goodwill_credits")]
pub struct Model {
    /// Its document among the invoices.
    #[sea_orm(primary_key, auto_increment = false)]
    pub invoice_id: Uuid,
    /// What it was sent with: the same key gives the same credit once. Unique with the account.
    pub key: String,
    /// Who has it.
    pub account_id: Uuid,
    /// Code of the currency.
    pub currency: String,
    /// How much, in minor units; above zero.
    pub amount: i64,
    /// Why, as the customer reads it.
    pub reason: String,
    /// The member of staff who gave it; none for the command line.
    pub staff_id: Option<Uuid>,
    /// Their name at that time.
    pub given_by: String,
    /// When they did.
    pub given_at: At,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
