//! Questions that become e-mails.

use jiff::SignedDuration;
use onedesk_contract::fields::Email;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::conversation::{after, save};
use super::presence;
use crate::clock;
use crate::error::Error;
use crate::mail::{self, letters};
use crate::state::AppState;
use crate::store::At;
use crate::store::entities::accounts;
use crate::store::entities::conversations::{Column, Entity, Model as Conversation};

/// How long a question waits for somebody who is there.
const PATIENCE: SignedDuration = SignedDuration::from_mins(5);

/// Who gets a question as an e-mail.
///
/// Anybody can name anybody's address: a copy counts as a letter that strangers can set off, and without one left the question
/// goes to the support address alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Recipients {
    /// The support address, and a copy to the asker.
    SupportAndAsker,
    /// The support address alone.
    SupportAlone,
}

impl Recipients {
    /// Of what was not counted as a letter when it was said, because somebody was there. Counts it.
    pub(super) fn if_allowed(state: &AppState, conversation: &Conversation) -> Self {
        let allowed = |email: &str| state.throttles.copy_to(email).is_ok();
        if conversation.email.as_deref().is_some_and(allowed) {
            Self::SupportAndAsker
        } else {
            Self::SupportAlone
        }
    }
}

/// Writes the letters of what nobody has answered or mailed yet: to the support address, and a copy to the asker. The
/// conversation is changed, not saved.
pub(super) async fn send(
    tx: &impl ConnectionTrait,
    state: &AppState,
    conversation: &mut Conversation,
    to: Recipients,
) -> Result<(), Error> {
    let from = conversation.answered_number.max(conversation.mailed_number);
    let mut asked = after(tx, conversation.id, from).await?;
    asked.retain(|message| message.staff_id.is_none());
    conversation.waiting_since = None;
    if asked.is_empty() {
        return Ok(());
    }
    let company = match conversation.account_id {
        Some(id) => accounts::Entity::find_by_id(id)
            .one(tx)
            .await?
            .map(|account| account.company),
        None => None,
    };
    let now = state.clock.now();
    let company = company.as_deref();
    for letter in letters::chat_question(
        state,
        conversation,
        company,
        &asked,
        to == Recipients::SupportAndAsker,
    ) {
        mail::enqueue(tx, letter, now).await?;
    }
    conversation.mailed_number = conversation.last_number;
    Ok(())
}

/// Notes where answers go. What waits with nobody there goes out at once.
///
/// # Errors
/// [`Error::TooManyAttempts`]: it counts as something said.
pub async fn leave_address(
    state: &AppState,
    conversation: &Conversation,
    email: &Email,
    ip: &str,
) -> Result<(), Error> {
    state.throttles.chat(ip)?;
    let staffed = presence::presence(state).await?.staffed;
    if !staffed {
        state.throttles.letter(email.as_str(), ip)?;
    }
    state
        .store
        .with_tx(async |tx| {
            let found = Entity::find_by_id(conversation.id).one(&tx).await?;
            let mut found = found.ok_or(Error::NotFound)?;
            found.email = Some(email.as_str().to_owned());
            if !staffed && found.waiting_since.is_some() {
                send(&tx, state, &mut found, Recipients::SupportAndAsker).await?;
            }
            save(&tx, found).await
        })
        .await?;
    state.letters_waiting.notify_one();
    state.chat.changed(conversation.id);
    Ok(())
}

/// Sends what has waited too long for an answer, whoever was there. Without an address it goes on waiting.
pub async fn send_due(state: &AppState) -> Result<(), Error> {
    let due = At::from(clock::earlier(state.clock.now(), PATIENCE));
    let waiting = Entity::find()
        .filter(Column::WaitingSince.lte(due))
        .filter(Column::Email.is_not_null())
        .all(state.store.read())
        .await?;
    for conversation in &waiting {
        let to = Recipients::if_allowed(state, conversation);
        state
            .store
            .with_tx(async |tx| {
                let found = Entity::find_by_id(conversation.id).one(&tx).await?;
                let still = found.filter(|found| found.waiting_since.is_some_and(|since| since <= due));
                let Some(mut found) = still else { return Ok(()) };
                send(&tx, state, &mut found, to).await?;
                save(&tx, found).await
            })
            .await?;
        state.chat.changed(conversation.id);
    }
    if !waiting.is_empty() {
        state.letters_waiting.notify_one();
    }
    Ok(())
}
