//! What is said, by whom, in which order.

use onedesk_contract::chat::{ChatMessage, MessageText, Said, Speaker};
use onedesk_contract::{FieldError, FieldErrors};
use onedesk_texts::Language;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    Set,
};
use uuid::Uuid;

use super::by_email::{self, Recipients};
use super::visitor::Visitor;
use super::{presence, still_there};
use crate::error::Error;
use crate::mail::{self, letters};
use crate::state::AppState;
use crate::store::entities::conversation_messages::{ActiveModel, Column, Entity, Model as Message};
use crate::store::entities::conversations::{self, Model as Conversation};
use crate::store::entities::staff;
use crate::store::{At, new_id};
use crate::token::Token;

/// As much as is said in one conversation: whoever opens it is sent all of it, and nobody reads more.
const MOST_SAID: i32 = 1000;

/// What became of a visitor's words.
#[derive(Debug)]
pub struct Spoken {
    /// As they stand in the conversation.
    pub message: ChatMessage,
    /// The token of the conversation, if these words began it.
    pub token: Option<Token>,
}

/// The visitor says something. With nobody there it goes out as an e-mail in the same transaction. Said again with the same
/// id, nothing is added.
///
/// # Errors
/// `email` is refused as missing when nobody is there and no address is known; [`Error::TooManyAttempts`].
pub async fn say(
    state: &AppState,
    visitor: &Visitor,
    said: &Said,
    language: Language,
    ip: &str,
) -> Result<Spoken, Error> {
    let known = visitor.conversation.as_ref().map(|conversation| conversation.id);
    if let Some((message, conversation)) = find(state, said.id).await? {
        // Another conversation's id can only be guessed: what is there is not told.
        return if known == Some(conversation.id) && message.staff_id.is_none() {
            Ok(Spoken {
                message: view(&message, &conversation),
                token: None,
            })
        } else {
            Err(Error::NotFound)
        };
    }
    state.throttles.chat(ip)?;
    // One that is full is read to its end still, and what comes now begins another.
    let going_on = visitor
        .conversation
        .as_ref()
        .filter(|conversation| conversation.last_number < MOST_SAID)
        .map(|conversation| conversation.id);
    let staffed = presence::presence(state).await?.staffed;
    let email = said.email.as_ref().map(ToString::to_string);
    let email = email.or_else(|| visitor.email().map(str::to_owned));
    if !staffed {
        let to = email
            .as_deref()
            .ok_or_else(|| Error::InvalidFields(FieldErrors::one("email", FieldError::Required)))?;
        state.throttles.letter(to, ip)?;
    }
    let (token, now) = (Token::new(), At::from(state.clock.now()));
    let account_id = visitor.signed_in.as_ref().map(|signed_in| signed_in.account.id);
    let (message, conversation, begun) = state
        .store
        .with_tx(async |tx| {
            let found = match going_on {
                Some(id) => conversations::Entity::find_by_id(id).one(&tx).await?,
                None => None,
            };
            let begun = found.is_none();
            let mut conversation = match found {
                Some(found) => found,
                None => begin(&tx, &token, account_id, language, now).await?,
            };
            let message = add(&tx, &mut conversation, said.id, None, said.text.as_str(), now).await?;
            conversation.email.clone_from(&email);
            conversation.page.clone_from(&said.page);
            language.code().clone_into(&mut conversation.language);
            conversation.waiting_since = conversation.waiting_since.or(Some(now));
            if begun || account_id.is_some() {
                conversation.account_id = account_id;
            }
            if !staffed {
                by_email::send(&tx, state, &mut conversation, Recipients::SupportAndAsker).await?;
            }
            save(&tx, conversation.clone()).await?;
            Ok((message, conversation, begun))
        })
        .await?;
    state.letters_waiting.notify_one();
    state.chat.changed(conversation.id);
    Ok(Spoken {
        message: view(&message, &conversation),
        token: begun.then_some(token),
    })
}

/// A member of staff answers. A visitor who is not there gets the answer as an e-mail too, if an address is known.
pub async fn answer(
    state: &AppState,
    conversation: Uuid,
    member: &staff::Model,
    id: Uuid,
    text: &MessageText,
) -> Result<(), Error> {
    let now = At::from(state.clock.now());
    state
        .store
        .with_tx(async |tx| {
            let found = conversations::Entity::find_by_id(conversation).one(&tx).await?;
            let mut conversation = found.ok_or(Error::NotFound)?;
            if Entity::find_by_id(id).one(&tx).await?.is_some() {
                return Ok(());
            }
            let message = add(&tx, &mut conversation, id, Some(member), text.as_str(), now).await?;
            conversation.answered_number = message.number;
            conversation.waiting_since = None;
            if !still_there(conversation.visitor_seen_at)
                && let Some(letter) = letters::chat_answer(state, &conversation, &member.name, text.as_str())
            {
                mail::enqueue(&tx, letter, now.timestamp()).await?;
            }
            save(&tx, conversation).await
        })
        .await?;
    state.letters_waiting.notify_one();
    state.chat.changed(conversation);
    Ok(())
}

/// What was said after a number, oldest first.
pub async fn after(
    conn: &impl ConnectionTrait,
    conversation: Uuid,
    number: i32,
) -> Result<Vec<Message>, Error> {
    Ok(Entity::find()
        .filter(Column::ConversationId.eq(conversation))
        .filter(Column::Number.gt(number))
        .order_by_asc(Column::Number)
        .all(conn)
        .await?)
}

/// A message as visitors are told it.
pub fn view(message: &Message, conversation: &Conversation) -> ChatMessage {
    let from = if message.staff_id.is_some() {
        Speaker::Staff
    } else {
        Speaker::Visitor
    };
    ChatMessage {
        id: message.id,
        number: u32::try_from(message.number).unwrap_or_default(),
        from,
        name: message.staff_name.clone(),
        text: message.text.clone(),
        at: message.at.timestamp(),
        mailed: from == Speaker::Visitor && message.number <= conversation.mailed_number,
    }
}

/// Writes what was changed in a conversation.
pub(super) async fn save(tx: &impl ConnectionTrait, conversation: Conversation) -> Result<(), Error> {
    conversation.into_active_model().reset_all().update(tx).await?;
    Ok(())
}

async fn find(state: &AppState, message: Uuid) -> Result<Option<(Message, Conversation)>, Error> {
    let conn = state.store.read();
    let Some(message) = Entity::find_by_id(message).one(conn).await? else {
        return Ok(None);
    };
    let conversation = conversations::Entity::find_by_id(message.conversation_id)
        .one(conn)
        .await?;
    Ok(conversation.map(|conversation| (message, conversation)))
}

async fn begin(
    tx: &impl ConnectionTrait,
    token: &Token,
    account_id: Option<Uuid>,
    language: Language,
    now: At,
) -> Result<Conversation, Error> {
    let row = Conversation {
        id: new_id(),
        token_hash: token.hash(),
        account_id,
        email: None,
        language: language.code().to_owned(),
        page: None,
        started_at: now,
        last_at: now,
        last_number: 0,
        answered_number: 0,
        mailed_number: 0,
        waiting_since: None,
        closed_at: None,
        visitor_seen_at: At::from(super::machine_time()),
    };
    Ok(row.into_active_model().reset_all().insert(tx).await?)
}

async fn add(
    tx: &impl ConnectionTrait,
    conversation: &mut Conversation,
    id: Uuid,
    member: Option<&staff::Model>,
    text: &str,
    now: At,
) -> Result<Message, Error> {
    conversation.last_number += 1;
    conversation.last_at = now;
    conversation.closed_at = None;
    let row = ActiveModel {
        id: Set(id),
        conversation_id: Set(conversation.id),
        number: Set(conversation.last_number),
        staff_id: Set(member.map(|member| member.id)),
        staff_name: Set(member.map(|member| member.name.clone())),
        text: Set(text.to_owned()),
        at: Set(now),
    };
    Ok(row.insert(tx).await?)
}
