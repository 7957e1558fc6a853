//! Links sent by e-mail that do one thing once. The token stands in the letter; here is its hash alone.

use sea_orm::entity::prelude::*;

use crate::store::At;

/// One link.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "links")]
pub struct Model {
    /// SHA-256 of the token, in base64url.
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: String,
    /// What the link does.
    pub purpose: Purpose,
    /// The sign-up that it activates, or the user that it invites or whose password it changes.
    pub subject_id: Uuid,
    /// When it was made.
    pub created_at: At,
    /// Until when it works.
    pub expires_at: At,
    /// When it did its work.
    pub used_at: Option<At>,
}

/// What a link does. A token of one purpose is unknown to the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Purpose {
    /// Turns a sign-up into an account.
    #[sea_orm(string_value = "activation")]
    Activation,
    /// Lets an invited user join.
    #[sea_orm(string_value = "invitation")]
    Invitation,
    /// Sets a new password.
    #[sea_orm(string_value = "password_reset")]
    PasswordReset,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
