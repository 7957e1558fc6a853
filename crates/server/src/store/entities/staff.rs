//! The vendor's staff. They belong to no account.

use sea_orm::entity::prelude::*;

use crate::store::At;

/// One member of staff.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "staff")]
pub struct Model {
    /// Identity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The address to sign in with, in small letters. Unique.
    #[sea_orm(unique)]
    pub email: String,
    /// The name that the history of accounts tells.
    pub name: String,
    /// Argon2id hash of the password.
    pub password_hash: String,
    /// When they were added.
    pub created_at: At,
    /// Since when they cannot sign in any more.
    pub disabled_at: Option<At>,
}

impl std::fmt::Debug for Model {
    /// Without the hash.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Staff")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
