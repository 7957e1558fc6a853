//! The outbox.

use jiff::Timestamp;
use onedesk_texts::Language;
use sea_orm::{ActiveModelTrait, ConnectionTrait, Set};
use uuid::Uuid;

use crate::error::Error;
use crate::invoices::ProForma;
use crate::store::entities::outbox;
use crate::store::{At, new_id};

/// A letter that is ready to be sent.
#[derive(Clone)]
pub struct Letter {
    /// Whom it goes to.
    pub to: String,
    /// What kind of letter it is, such as `activation`: for the outbox and the log.
    pub kind: &'static str,
    /// Its language.
    pub language: Language,
    /// Where an answer goes, if not to whoever sends it.
    pub reply_to: Option<String>,
    /// Subject line.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// HTML.
    pub html: String,
    /// The invoice that goes along as a file.
    pub invoice: Option<Uuid>,
    /// The pro-forma invoice that goes along as a file.
    pub pro_forma: Option<ProForma>,
}

/// Puts a letter into the outbox, in the caller's transaction. Call `state.letters_waiting.notify_one()` once it is
/// committed, or it waits for the next round of the delivery.
pub async fn enqueue(tx: &impl ConnectionTrait, letter: Letter, now: Timestamp) -> Result<Uuid, Error> {
    let id = new_id();
    let pro_forma = letter.pro_forma.as_ref().map(serde_json::to_string).transpose();
    let row = outbox::ActiveModel {
        id: Set(id),
        recipient: Set(letter.to),
        kind: Set(letter.kind.to_owned()),
        language: Set(letter.language.code().to_owned()),
        reply_to: Set(letter.reply_to),
        subject: Set(letter.subject),
        text: Set(letter.text),
        html: Set(letter.html),
        invoice_id: Set(letter.invoice),
        pro_forma: Set(pro_forma.map_err(Error::internal)?),
        created_at: Set(At::from(now)),
        next_attempt_at: Set(Some(At::from(now))),
        attempts: Set(0),
        delivered_at: Set(None),
        last_error: Set(None),
    };
    row.insert(tx).await?;
    Ok(id)
}
