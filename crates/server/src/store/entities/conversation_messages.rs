//! What was said in the conversations of the live chat.

use sea_orm::entity::prelude::*;

use crate::store::At;

/// One message.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "conversation_messages")]
pub struct Model {
    /// Identity, made by whoever says it before it is sent, so that it is said once.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Of which conversation it is a part.
    pub conversation_id: Uuid,
    /// Its place there, from 1; unique.
    pub number: i32,
    /// The member of staff who said it; the visitor, without.
    pub staff_id: Option<Uuid>,
    /// The member's name at that time.
    pub staff_name: Option<String>,
    /// The words: plain text.
    pub text: String,
    /// When.
    pub at: At,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
