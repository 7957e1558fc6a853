//! Which members of staff are signed in: apart from the users' sessions, so that neither opens the other's pages.

use sea_orm::entity::prelude::*;

use crate::store::At;

/// One signed-in browser.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "staff_sessions")]
pub struct Model {
    /// SHA-256 of the token, in base64url.
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: String,
    /// Who signed in.
    pub staff_id: Uuid,
    /// When.
    pub created_at: At,
    /// Until when the session lasts.
    pub expires_at: At,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::staff::Entity",
        from = "Column::StaffId",
        to = "super::staff::Column::Id"
    )]
    Staff,
}

impl Related<super::staff::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Staff.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
