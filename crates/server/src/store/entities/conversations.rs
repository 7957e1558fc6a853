//! Conversations of the live chat, each with one visitor's browser.

use sea_orm::entity::prelude::*;

use crate::store::At;

/// One conversation.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "conversations")]
pub struct Model {
    /// Identity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Hash of the token in the visitor's cookie. Unique.
    #[sea_orm(unique)]
    pub token_hash: String,
    /// The account in which the visitor was signed in when the conversation began.
    pub account_id: Option<Uuid>,
    /// Where answers go when the visitor is not there.
    pub email: Option<String>,
    /// Code of the language of the visitor's page.
    pub language: String,
    /// The path of the page from which the last question came.
    pub page: Option<String>,
    /// When it began.
    pub started_at: At,
    /// When something was said last.
    pub last_at: At,
    /// The number of what was said last.
    pub last_number: i32,
    /// The number of what a member of staff said last; 0 before that.
    pub answered_number: i32,
    /// What the visitor said up to this number went out as an e-mail.
    pub mailed_number: i32,
    /// Since when the visitor has waited for an answer.
    pub waiting_since: Option<At>,
    /// When a member of staff put it aside. The visitor's next words take it up again.
    pub closed_at: Option<At>,
    /// When the visitor's panel was connected last, by the machine's own time.
    pub visitor_seen_at: At,
}

impl std::fmt::Debug for Model {
    /// Without the hash and the address.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Conversation")
            .field("id", &self.id)
            .field("last_number", &self.last_number)
            .finish_non_exhaustive()
    }
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
