//! Values that the server keeps for itself.

use sea_orm::entity::prelude::*;

/// One value.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "settings")]
pub struct Model {
    /// What it is, such as `sandbox.clock_offset_ms`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// The value as text.
    pub value: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
