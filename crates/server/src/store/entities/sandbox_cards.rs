//! The cards that the sandbox payment provider keeps for later charges. All of them are test cards.

use sea_orm::entity::prelude::*;

use crate::store::At;

/// One card.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sandbox_cards")]
pub struct Model {
    /// The name that the seller is told for it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub reference: String,
    /// The number of the test card.
    pub number: String,
    /// Until which month it is good, `2034-12`.
    pub expires: String,
    /// When it was stored.
    pub added_at: At,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
