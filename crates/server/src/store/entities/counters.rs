//! Numbers that run without gaps: counted up in the transaction that uses the number, so that a rollback gives it back.

use sea_orm::entity::prelude::*;

/// One counter.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "counters")]
pub struct Model {
    /// What is counted, such as `invoice`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// The number given out last.
    pub value: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
