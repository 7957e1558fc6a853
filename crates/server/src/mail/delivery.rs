//! Delivers what stands in the outbox.
//!
//! A letter is claimed before it is sent, by putting its next try beyond the time that sending may take: two servers do
//! not send it both, and a server that dies while sending leaves it to be sent again. So a letter arrives at least once.

use std::time::Duration;

use jiff::SignedDuration;
use lettre::message::header::ContentType;
use lettre::message::{Attachment, Mailbox, MultiPart};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, UpdateMany};
use tokio_util::sync::CancellationToken;

use crate::clock;
use crate::error::Error;
use crate::invoices::{self, PdfFile};
use crate::state::AppState;
use crate::store::At;
use crate::store::entities::outbox::{Column, Entity, Model};

/// How long one try may take, after which the letter is free for another.
const LEASE: SignedDuration = SignedDuration::from_mins(5);
/// Pauses between the tries of one letter, in minutes; after the last the letter is given up.
const PAUSES: [i64; 8] = [1, 5, 15, 60, 3 * 60, 6 * 60, 12 * 60, 24 * 60];
/// Letters taken up at once.
const BATCH: u64 = 50;
/// How often is looked for letters that are due again.
const ROUND: Duration = Duration::from_secs(10);

/// Where letters go.
pub enum Carrier {
    /// Nowhere: they are read at `/sandbox/mail`.
    Sandbox,
    /// To a mail server.
    Smtp {
        /// The connections to it.
        transport: Box<AsyncSmtpTransport<Tokio1Executor>>,
        /// The sender.
        from: Mailbox,
    },
}

impl std::fmt::Debug for Carrier {
    /// Without the mail server's address, which may hold a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Sandbox => "Sandbox",
            Self::Smtp { .. } => "Smtp",
        })
    }
}

impl Carrier {
    /// A mail server by its address, such as `smtps://user:password@host`.
    pub fn smtp(url: &str, from: &str) -> Result<Self, String> {
        let from = from
            .parse()
            .map_err(|_| format!("{from:?} cannot be the sender of e-mails: give an e-mail address"))?;
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            // The cause may repeat the address, and with it the password.
            .map_err(|_| "the address of the mail server is not understood: give smtp://user:password@host:587?tls=required or smtps://user:password@host".to_owned())?
            .timeout(Some(Duration::from_secs(30)))
            .build();
        Ok(Self::Smtp {
            transport: Box::new(transport),
            from,
        })
    }

    async fn deliver(&self, state: &AppState, letter: &Model) -> Result<(), String> {
        let Self::Smtp { transport, from } = self else {
            return Ok(());
        };
        let attachment = attachment(state, letter)
            .await
            .map_err(|error| format!("the file that goes along: {error}"))?;
        transport
            .send(message(from, letter, attachment)?)
            .await
            .map(|_| ())
            .map_err(|error| error.to_string())
    }
}

/// The file that goes along with a letter, if one does.
pub async fn attachment(state: &AppState, letter: &Model) -> Result<Option<PdfFile>, Error> {
    let conn = state.store.read();
    if let Some(id) = letter.invoice_id {
        let invoice = invoices::by_id(conn, id).await?;
        return invoices::file(&invoice).await.map(Some);
    }
    match &letter.pro_forma {
        Some(wanted) => {
            let wanted = serde_json::from_str(wanted).map_err(Error::internal)?;
            invoices::pro_forma(conn, &state.catalog, &wanted).await.map(Some)
        }
        None => Ok(None),
    }
}

/// The letter as mail servers take it.
fn message(from: &Mailbox, letter: &Model, attachment: Option<PdfFile>) -> Result<Message, String> {
    let to: Mailbox = letter
        .recipient
        .parse()
        .map_err(|error| format!("recipient: {error}"))?;
    let words = MultiPart::alternative_plain_html(letter.text.clone(), letter.html.clone());
    let mut builder = Message::builder();
    if let Some(address) = &letter.reply_to {
        let address = address
            .parse()
            .map_err(|error| format!("address for answers: {error}"))?;
        builder = builder.reply_to(address);
    }
    let builder = builder
        .from(from.clone())
        .to(to)
        .subject(&letter.subject)
        // The same at every try, so that the receiving side can tell a repetition.
        .message_id(Some(format!("<{}@{}>", letter.id, from.email.domain())));
    let message = match attachment {
        Some(file) => {
            let media_type = ContentType::parse("application/pdf").map_err(|error| error.to_string())?;
            let file = Attachment::new(file.name).body(file.bytes, media_type);
            builder.multipart(MultiPart::mixed().multipart(words).singlepart(file))
        }
        None => builder.multipart(words),
    };
    message.map_err(|error| error.to_string())
}

/// Delivers letters until stopped: at once when told that some wait, and every few seconds those that are due again.
pub async fn run(state: AppState, carrier: Carrier, stop: CancellationToken) {
    loop {
        match round(&state, &carrier).await {
            Ok(0) => {}
            Ok(_) => continue,
            Err(error) => tracing::error!(%error, "letters could not be looked through"),
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = state.letters_waiting.notified() => {}
            () = tokio::time::sleep(ROUND) => {}
        }
    }
}

/// Tries every letter that is due; tells how many were.
async fn round(state: &AppState, carrier: &Carrier) -> Result<usize, Error> {
    let now = state.clock.now();
    let due = Entity::find()
        .filter(Column::NextAttemptAt.lte(At::from(now)))
        .order_by_asc(Column::NextAttemptAt)
        .limit(BATCH)
        .all(state.store.read())
        .await?;
    let mut tried = 0;
    for letter in due {
        if claim(state, &letter).await? {
            tried += 1;
            let outcome = carrier.deliver(state, &letter).await;
            note(state, carrier, &letter, outcome).await?;
        }
    }
    Ok(tried)
}

/// Takes a letter for this try; false if another server was faster.
async fn claim(state: &AppState, letter: &Model) -> Result<bool, Error> {
    let until = At::from(clock::later(state.clock.now(), LEASE));
    state
        .store
        .with_tx(async |tx| {
            let taken = Entity::update_many()
                .col_expr(Column::NextAttemptAt, Expr::value(until))
                .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
                .filter(Column::Id.eq(letter.id))
                .filter(Column::Attempts.eq(letter.attempts))
                .filter(Column::NextAttemptAt.eq(letter.next_attempt_at))
                .exec(&tx)
                .await?;
            Ok(taken.rows_affected == 1)
        })
        .await
}

async fn note(
    state: &AppState,
    carrier: &Carrier,
    letter: &Model,
    outcome: Result<(), String>,
) -> Result<(), Error> {
    let now = state.clock.now();
    let next = usize::try_from(letter.attempts)
        .ok()
        .and_then(|tries| PAUSES.get(tries));
    match &outcome {
        Ok(()) => tracing::info!(letter = %letter.id, kind = letter.kind, "letter delivered"),
        Err(error) if next.is_some() => {
            tracing::warn!(letter = %letter.id, kind = letter.kind, error, "letter not delivered, will be tried again");
        }
        Err(error) => tracing::error!(letter = %letter.id, kind = letter.kind, error, "letter given up"),
    }
    state
        .store
        .with_tx(async |tx| {
            let update = Entity::update_many().filter(Column::Id.eq(letter.id));
            let update = match &outcome {
                Ok(()) => {
                    let update = update
                        .col_expr(Column::DeliveredAt, Expr::value(At::from(now)))
                        .col_expr(Column::NextAttemptAt, Expr::value(None::<i64>))
                        .col_expr(Column::LastError, Expr::value(None::<String>));
                    match carrier {
                        Carrier::Sandbox => update,
                        Carrier::Smtp { .. } => without_words(update),
                    }
                }
                Err(error) => {
                    let next = next
                        .map(|minutes| At::from(clock::later(now, SignedDuration::from_mins(*minutes))).0);
                    let update = update
                        .col_expr(Column::NextAttemptAt, Expr::value(next))
                        .col_expr(Column::LastError, Expr::value(error.as_str()));
                    if next.is_some() {
                        update
                    } else {
                        without_words(update)
                    }
                }
            };
            update.exec(&tx).await?;
            Ok(())
        })
        .await
}

/// The words have done their work, or never will, and links that let in are kept as hashes only.
fn without_words(update: UpdateMany<Entity>) -> UpdateMany<Entity> {
    update
        .col_expr(Column::Text, Expr::value(""))
        .col_expr(Column::Html, Expr::value(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_in_a_wrong_address_is_not_told() {
        let Err(error) = Carrier::smtp("smtp//user:hunter2@host", "a@example.com") else {
            panic!("accepted")
        };
        assert!(!error.contains("hunter2"), "{error}");
        assert!(Carrier::smtp("smtps://user:x@mail.example.com", "no address").is_err());
    }

    #[test]
    fn a_file_goes_along_under_its_name() {
        let letter = Model {
            id: uuid::Uuid::nil(),
            recipient: "ada@example.com".into(),
            kind: "receipt".into(),
            language: "en".into(),
            reply_to: Some("help@example.com".into()),
            subject: "Receipt".into(),
            text: "Thank you".into(),
            html: "<p>Thank you</p>".into(),
            invoice_id: None,
            pro_forma: None,
            created_at: At(0),
            next_attempt_at: None,
            attempts: 0,
            delivered_at: None,
            last_error: None,
        };
        let from: Mailbox = "shop@example.com".parse().expect("an address");
        let told = |file| {
            let message = message(&from, &letter, file).expect("a message");
            String::from_utf8(message.formatted()).expect("ASCII")
        };
        let file = PdfFile {
            name: "INV-000042.pdf".into(),
            bytes: b"%PDF-1.7".to_vec(),
        };
        let with = told(Some(file));
        assert!(
            with.contains("multipart/mixed") && with.contains("multipart/alternative"),
            "{with}"
        );
        assert!(
            with.contains("filename=\"INV-000042.pdf\"") && with.contains("application/pdf"),
            "{with}"
        );
        let without = told(None);
        assert!(!without.contains("multipart/mixed"), "{without}");
    }
}
