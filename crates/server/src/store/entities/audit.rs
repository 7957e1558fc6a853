//! What was done to an account, by whom and when. Rows are only ever added.

use sea_orm::entity::prelude::*;

use crate::store::At;

/// One deed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit")]
pub struct Model {
    /// Identity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The account that it was done to.
    pub account_id: Uuid,
    /// The user who did it; none for the server itself.
    pub user_id: Option<Uuid>,
    /// What was done, such as `users.added`.
    pub action: String,
    /// Particulars as JSON, without secrets.
    pub detail: String,
    /// When.
    pub at: At,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
