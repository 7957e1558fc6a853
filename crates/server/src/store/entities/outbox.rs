//! Letters, written in the transaction that they tell of, delivered afterwards.

use sea_orm::entity::prelude::*;

use crate::store::At;

/// One letter.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    /// Identity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whom it goes to.
    pub recipient: String,
    /// What kind of letter it is, such as `activation`.
    pub kind: String,
    /// Code of its language.
    pub language: String,
    /// Where an answer goes, if not to the sender.
    pub reply_to: Option<String>,
    /// Subject line.
    pub subject: String,
    /// The letter as plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// The invoice that goes along as a file; made of it when the letter is delivered.
    pub invoice_id: Option<Uuid>,
    /// The pro-forma invoice that goes along in the same way, as JSON of `invoices::ProForma`.
    pub pro_forma: Option<String>,
    /// When it was written.
    pub created_at: At,
    /// When it is tried next; none once it is delivered or given up.
    pub next_attempt_at: Option<At>,
    /// How often it was tried.
    pub attempts: i32,
    /// When it was delivered.
    pub delivered_at: Option<At>,
    /// Why the last try failed.
    pub last_error: Option<String>,
}

impl std::fmt::Debug for Model {
    /// Without its words: letters hold links that let in.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Letter")
            .field("id", &self.id)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
