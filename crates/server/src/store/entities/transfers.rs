//! Bank transfers that the vendor's staff saw arrive, one an order.

use sea_orm::entity::prelude::*;

use crate::store::At;

/// One transfer. Its amount is that of the order's charge.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "transfers")]
pub struct Model {
    /// The order that it paid.
    #[sea_orm(primary_key, auto_increment = false)]
    pub order_id: Uuid,
    /// The day on which it arrived, `2026-07-28`, as the staff typed it.
    pub received_on: String,
    /// What else is to be remembered; may be empty.
    pub note: String,
    /// The member of staff who marked the order; none for the command line.
    pub staff_id: Option<Uuid>,
    /// Their name at that time.
    pub marked_by: String,
    /// When they did.
    pub marked_at: At,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
