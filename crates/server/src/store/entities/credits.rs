//! Account credit, tax included: one amount an account and currency.

use sea_orm::entity::prelude::*;

/// What an account has in one currency.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "credits")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// Code of the currency.
    #[sea_orm(primary_key, auto_increment = false)]
    pub currency: String,
    /// How much, in minor units: zero or more.
    pub amount: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
