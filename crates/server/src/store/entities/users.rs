//! People who sign in to the application.

use onedesk_contract::account::Role;
use sea_orm::entity::prelude::*;

use crate::store::At;

/// One user.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "users")]
pub struct Model {
    /// Identity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The account that the user works in; there is only one.
    pub account_id: Uuid,
    /// Address to sign in with, in lower case. Unique in an account, and among all who joined: several accounts may wait for
    /// the same person.
    pub email: String,
    /// Name; empty until an invited user has joined.
    pub name: String,
    /// What the user may do.
    pub role: StoredRole,
    /// Code of the language of screens and e-mails.
    pub language: String,
    /// PHC string of argon2id; none until an invited user has joined.
    pub password_hash: Option<String>,
    /// Whether the user uses a licence and can sign in.
    pub active: bool,
    /// When the user was last deactivated; none while active.
    pub deactivated_at: Option<At>,
    /// When the user was added.
    pub created_at: At,
}

impl std::fmt::Debug for Model {
    /// Without address and hash: a log is no place for either.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("User")
            .field("id", &self.id)
            .field("account_id", &self.account_id)
            .finish_non_exhaustive()
    }
}

/// [`Role`] as the column holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum StoredRole {
    #[sea_orm(string_value = "owner")]
    Owner,
    #[sea_orm(string_value = "admin")]
    Admin,
    #[sea_orm(string_value = "member")]
    Member,
}

impl From<StoredRole> for Role {
    fn from(role: StoredRole) -> Self {
        match role {
            StoredRole::Owner => Self::Owner,
            StoredRole::Admin => Self::Admin,
            StoredRole::Member => Self::Member,
        }
    }
}

impl From<Role> for StoredRole {
    fn from(role: Role) -> Self {
        match role {
            Role::Owner => Self::Owner,
            Role::Admin => Self::Admin,
            Role::Member => Self::Member,
        }
    }
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::accounts::Entity",
        from = "Column::AccountId",
        to = "super::accounts::Column::Id"
    )]
    Account,
    #[sea_orm(has_many = "super::sessions::Entity")]
    Sessions,
}

impl Related<super::accounts::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Account.def()
    }
}

impl Related<super::sessions::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Sessions.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
