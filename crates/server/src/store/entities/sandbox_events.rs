//! Notifications of the sandbox payment provider, kept until they were received.

use sea_orm::entity::prelude::*;

use crate::store::At;

/// One notification.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sandbox_events")]
pub struct Model {
    /// Identity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The checkout that it tells of.
    pub checkout_id: String,
    /// What happened, such as `checkout.paid`.
    pub kind: String,
    /// When it happened.
    pub created_at: At,
    /// When it is sent next; none once it was received or given up.
    pub next_attempt_at: Option<At>,
    /// How often it was sent.
    pub attempts: i32,
    /// When it was received.
    pub delivered_at: Option<At>,
    /// Why the last try failed.
    pub last_error: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
