//! Keys that orders were sent with, and what was answered.

use sea_orm::entity::prelude::*;

use crate::store::At;

/// One key of one account.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_keys")]
pub struct Model {
    /// Whose key it is: two accounts may use the same.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: Uuid,
    /// The key as it was sent.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// SHA-256 of the request that came with it, in hexadecimal digits.
    pub request_hash: String,
    /// Since when a request with this key is being worked on; none when nobody does.
    pub leased_at: Option<At>,
    /// HTTP status of the final answer.
    pub answer_status: Option<i32>,
    /// Body of the final answer, to the byte.
    pub answer_body: Option<String>,
    /// When the key came first.
    pub created_at: At,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
