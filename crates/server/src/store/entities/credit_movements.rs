//! Every change of an account's credit: their sum is the balance.

use sea_orm::entity::prelude::*;

use crate::store::At;

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "credit_movements")]
pub struct Model {
    /// Identity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose credit it is.
    pub account_id: Uuid,
    /// Code of the currency.
    pub currency: String,
    /// How much, in minor units: above zero for credit that was given, below for credit that was used.
    pub amount: i64,
    /// The invoice, credit note or goodwill credit that it stands on.
    pub invoice_id: Option<Uuid>,
    /// Why, such as `credit-note`.
    pub reason: String,
    /// When.
    pub at: At,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
