//! Open chat pages of the staff.

use sea_orm::entity::prelude::*;

use crate::store::At;

/// One open page.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "chat_presence")]
pub struct Model {
    /// Identity of the connection.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose page it is.
    pub staff_id: Uuid,
    /// When it was connected last, by the machine's own time: the sandbox's clock jumps.
    pub seen_at: At,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
