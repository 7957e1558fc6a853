//! What later charges are taken from: one method an account.

use sea_orm::entity::prelude::*;

use crate::store::At;

/// The stored payment method of an account. No number of a card: the provider keeps that.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "payment_methods")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// Who charges it.
    pub provider: String,
    /// The provider's name for it.
    pub reference: String,
    /// As people read it, such as `Visa •••• 4242`.
    pub label: String,
    /// Until which month it is good, `2034-12`.
    pub expires: String,
    /// When it was stored.
    pub added_at: At,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
