//! How a conversation comes to rest: put aside by the staff, or ended by its visitor.

use sea_orm::EntityTrait;
use uuid::Uuid;

use super::by_email::{self, Recipients};
use super::conversation::save;
use crate::error::Error;
use crate::state::AppState;
use crate::store::At;
use crate::store::entities::conversations::{Entity, Model as Conversation};
use crate::token::Token;

/// A member of staff puts a conversation aside: nothing waits in it until the visitor says something again.
pub async fn close(state: &AppState, conversation: Uuid) -> Result<(), Error> {
    let now = At::from(state.clock.now());
    state
        .store
        .with_tx(async |tx| {
            let found = Entity::find_by_id(conversation).one(&tx).await?;
            let mut conversation = found.ok_or(Error::NotFound)?;
            conversation.closed_at = Some(now);
            conversation.waiting_since = None;
            save(&tx, conversation).await
        })
        .await?;
    state.chat.changed(conversation);
    Ok(())
}

/// The visitor ends it. What waits for an answer and has an address still gets one: by e-mail.
pub async fn end(state: &AppState, conversation: &Conversation) -> Result<(), Error> {
    let token = Token::new();
    let waits =
        |conversation: &Conversation| conversation.email.is_some() && conversation.waiting_since.is_some();
    let to = if waits(conversation) {
        Recipients::if_allowed(state, conversation)
    } else {
        Recipients::SupportAlone
    };
    state
        .store
        .with_tx(async |tx| {
            let found = Entity::find_by_id(conversation.id).one(&tx).await?;
            let mut conversation = found.ok_or(Error::NotFound)?;
            if waits(&conversation) {
                by_email::send(&tx, state, &mut conversation, to).await?;
            }
            // Nobody holds the token of another one: the cookie leads nowhere any more.
            conversation.token_hash = token.hash();
            conversation.waiting_since = None;
            conversation.closed_at = Some(At::from(state.clock.now()));
            conversation.visitor_seen_at = At(0);
            save(&tx, conversation).await
        })
        .await?;
    state.letters_waiting.notify_one();
    state.chat.changed(conversation.id);
    Ok(())
}
