//! Trials that were asked for, before they became accounts.

use sea_orm::entity::prelude::*;

use crate::store::At;

/// One request for a trial.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_ups")]
pub struct Model {
    /// Identity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Where the activation link went.
    pub email: String,
    /// Code of the language of the page.
    pub language: String,
    /// What was dialled in on the pricing page, as JSON of `Choice`.
    pub choice: Option<String>,
    /// The partner whose page the visitor came from.
    pub partner: Option<String>,
    /// When.
    pub created_at: At,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
