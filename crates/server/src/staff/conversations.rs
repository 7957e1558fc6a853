//! The conversations of the live chat, as the staff's list shows them.

use std::collections::HashMap;

use sea_orm::sea_query::NullOrdering;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::error::Error;
use crate::store::entities::conversations::{Column, Entity, Model};
use crate::store::entities::{accounts, conversation_messages};

/// A conversation with what the list tells of it.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The conversation.
    pub conversation: Model,
    /// The company whose user it is, if the visitor was signed in.
    pub company: Option<String>,
    /// What was said last.
    pub last_words: String,
}

impl Listed {
    /// Whether the visitor waits for an answer, by e-mail or in the chat.
    pub fn is_unanswered(&self) -> bool {
        let conversation = &self.conversation;
        conversation.closed_at.is_none() && conversation.answered_number < conversation.last_number
    }
}

/// Conversations: unanswered ones first, the one that has waited longest before all others; then the rest, the latest words
/// first. Where there are more than are listed, those that wait are listed before others, so that nobody's question is hidden
/// by many newer ones.
pub async fn list(conn: &impl ConnectionTrait, most: u64) -> Result<Vec<Listed>, Error> {
    let found = Entity::find()
        .order_by_with_nulls(Column::WaitingSince, Order::Asc, NullOrdering::Last)
        .order_by_desc(Column::LastAt)
        .limit(most)
        .all(conn)
        .await?;
    let mut listed = Vec::with_capacity(found.len());
    let companies = companies(conn, &found).await?;
    for conversation in found {
        listed.push(Listed {
            company: conversation.account_id.and_then(|id| companies.get(&id).cloned()),
            last_words: last_words(conn, &conversation).await?,
            conversation,
        });
    }
    listed.sort_by_key(|one| {
        let at = one.conversation.last_at.0;
        let unanswered = one.is_unanswered();
        (!unanswered, if unanswered { at } else { -at })
    });
    Ok(listed)
}

/// One of them.
pub async fn one(conn: &impl ConnectionTrait, id: Uuid) -> Result<Listed, Error> {
    let conversation = Entity::find_by_id(id).one(conn).await?.ok_or(Error::NotFound)?;
    let companies = companies(conn, std::slice::from_ref(&conversation)).await?;
    Ok(Listed {
        company: companies.into_values().next(),
        last_words: last_words(conn, &conversation).await?,
        conversation,
    })
}

async fn companies(conn: &impl ConnectionTrait, of: &[Model]) -> Result<HashMap<Uuid, String>, Error> {
    let ids = of.iter().filter_map(|conversation| conversation.account_id);
    let found = accounts::Entity::find()
        .filter(accounts::Column::Id.is_in(ids))
        .all(conn)
        .await?;
    Ok(found
        .into_iter()
        .map(|account| (account.id, account.company))
        .collect())
}

async fn last_words(conn: &impl ConnectionTrait, conversation: &Model) -> Result<String, Error> {
    use conversation_messages::{Column, Entity};
    let last = Entity::find()
        .filter(Column::ConversationId.eq(conversation.id))
        .filter(Column::Number.eq(conversation.last_number))
        .one(conn)
        .await?;
    Ok(last.map(|message| message.text).unwrap_or_default())
}
