//! Money that came and for which nothing can be delivered: what has to go back, and what has.

use sea_orm::entity::prelude::*;

use crate::store::At;

/// One payment that goes back as a whole.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "refunds")]
pub struct Model {
    /// Identity, which the provider is told: it pays back once for it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The order that the payment was made for.
    pub order_id: Uuid,
    /// Who took the money.
    pub provider: String,
    /// The provider's name for the payment; unique with the provider.
    pub reference: String,
    /// How much, in minor units.
    pub amount: i64,
    /// Code of the currency.
    pub currency: String,
    /// Why, such as `order-closed`.
    pub reason: String,
    /// When it was found to be due.
    pub created_at: At,
    /// When the provider confirmed it.
    pub done_at: Option<At>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
