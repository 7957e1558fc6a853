//! Money that was taken for an order, once an order.

use sea_orm::entity::prelude::*;

use crate::store::At;

/// One charge.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "charges")]
pub struct Model {
    /// Identity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The order that it paid. Unique.
    #[sea_orm(unique)]
    pub order_id: Uuid,
    /// Who took the money.
    pub provider: String,
    /// The provider's name for the payment; unique with the provider.
    pub reference: String,
    /// How much, in minor units.
    pub amount: i64,
    /// Code of the currency.
    pub currency: String,
    /// How it was paid, such as `Visa •••• 4242`.
    pub method: String,
    /// When, by the provider's clock.
    pub paid_at: At,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
