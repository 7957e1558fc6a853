//! Taking in what is asked for with an idempotency key and may have to be paid: a first order, a change, a recovery.
//!
//! Three steps, so that no provider is called inside a transaction:
//! 1. one transaction takes up the key, decides, and writes the order as pending. What costs nothing is done in it;
//! 2. the order is paid outside of any transaction: by the stored card, or on a page that the provider opens for it;
//! 3. the answer is kept for the key.
//!
//! A server that stops between them leaves a pending order without an answer. A retry with the same key finds it and goes on
//! with step 2, which the provider answers as it did before.

use std::time::Duration;

use jiff::Timestamp;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::keys::{self, Claim, IdempotencyKey};
use super::{Answer, follow, refused};
use crate::error::Error;
use crate::state::AppState;
use crate::store::entities::orders::{Column, Entity, Model};
use crate::store::{DUPLICATE_TRIES, Tx, is_duplicate};

/// How often, and how long each time, an order is waited for whose stored card is being charged.
const WAITS: u32 = 30;
const WAIT: Duration = Duration::from_millis(100);

/// Something that is asked for.
pub trait Asked: Sync {
    /// What tells it from another one with the same key ([`super::fingerprint`]).
    fn fingerprint(&self) -> String;

    /// Step 1, in the transaction that has taken up the key. It may be decided again, in another transaction.
    fn decide(&self, tx: &Tx, now: Timestamp) -> impl Future<Output = Result<Decided, Error>> + Send;

    /// Step 2: has the order paid, and says what it came to. It may be asked for again, of an order that has ended meanwhile.
    fn pay(&self, order: Model) -> impl Future<Output = Result<Answer, Error>> + Send;
}

/// What step 1 came to.
#[derive(Debug)]
pub enum Decided {
    /// It is done, or refused for good.
    Answer(Answer),
    /// The order is to be paid.
    Pay(Box<Model>),
    /// Another order's card is being charged this moment: it is waited for, and refused if that takes long.
    After(Uuid),
}

impl Decided {
    /// What an order that waits already means for whatever is asked for beside it: somebody else's, whose stored card is being
    /// charged, is waited for, as in a moment it is known what came of it; any other refuses this. `None` where none waits.
    pub async fn beside_another(tx: &impl ConnectionTrait, account_id: Uuid) -> Result<Option<Self>, Error> {
        let Some(other) = super::pending(tx, account_id).await? else {
            return Ok(None);
        };
        if super::is_being_charged(&other) {
            return Ok(Some(Self::After(other.id)));
        }
        Self::refused(Error::OrderPending(other.id)).map(Some)
    }

    /// Refused for good.
    pub fn refused(refusal: Error) -> Result<Self, Error> {
        self::refusal(refusal).map(Self::Answer)
    }
}

/// A refusal as it is answered and kept.
pub fn refusal(refusal: Error) -> Result<Answer, Error> {
    Answer::refused(&refused(refusal))
}

/// Does what is asked for, or gives the answer that the same request got before.
///
/// # Errors
/// What may be different when the same request comes again, and is therefore not kept:
/// [`Error::IdempotencyKeyInUse`], [`Error::IdempotencyKeyReused`], [`Error::NotFound`], [`Error::PaymentUnavailable`],
/// and failures of the server. Everything else is an [`Answer`] and stays the same for this key.
pub async fn take_in(
    state: &AppState,
    account_id: Uuid,
    key: &IdempotencyKey,
    asked: &impl Asked,
) -> Result<Answer, Error> {
    // An order whose time is over must not stand in the way until the next pass comes by.
    follow::expire_of(state, account_id).await?;
    let (mut tries, mut waits) = (1, 0);
    let decided = loop {
        match decide(state, account_id, key, asked, waits < WAITS).await {
            // Two orders at once, and the unique index was faster than the question. Asked again, it is answered.
            Err(Error::Database(error)) if tries < DUPLICATE_TRIES && is_duplicate(&error) => tries += 1,
            Ok(Decided::After(_)) => {
                waits += 1;
                tokio::time::sleep(WAIT).await;
            }
            decided => break decided?,
        }
    };
    let answer = match decided {
        Decided::Answer(answer) => answer,
        Decided::Pay(order) => match asked.pay(*order).await {
            Ok(answer) => keep(state, account_id, key, answer).await?,
            Err(error) => {
                give_back(state, account_id, key).await?;
                return Err(error);
            }
        },
        Decided::After(order) => return Err(Error::internal(format!("{order} was waited for in vain"))),
    };
    state.letters_waiting.notify_one();
    Ok(answer)
}

/// Step 1. `may_wait` for another order: then nothing is kept.
async fn decide(
    state: &AppState,
    account_id: Uuid,
    key: &IdempotencyKey,
    asked: &impl Asked,
    may_wait: bool,
) -> Result<Decided, Error> {
    let (now, hash) = (state.clock.now(), asked.fingerprint());
    let decided = state
        .store
        .with_tx(async |tx| {
            if let Claim::Answered(answer) = keys::claim(&tx, account_id, key, &hash, now).await? {
                return Ok(Decided::Answer(answer));
            }
            if let Some(order) = by_key(&tx, account_id, key).await? {
                return Ok(Decided::Pay(Box::new(order)));
            }
            let answer = match asked.decide(&tx, now).await? {
                Decided::Answer(answer) => answer,
                // The error takes the claim back with it.
                Decided::After(order) if may_wait => return Err(Error::OrderPending(order)),
                Decided::After(order) => refusal(Error::OrderPending(order))?,
                pay @ Decided::Pay(_) => return Ok(pay),
            };
            keys::answer(&tx, account_id, key, &answer).await?;
            Ok(Decided::Answer(answer))
        })
        .await;
    match decided {
        Err(Error::OrderPending(order)) if may_wait => Ok(Decided::After(order)),
        decided => decided,
    }
}

/// Step 3.
async fn keep(
    state: &AppState,
    account_id: Uuid,
    key: &IdempotencyKey,
    answer: Answer,
) -> Result<Answer, Error> {
    state
        .store
        .with_tx(async |tx| keys::answer(&tx, account_id, key, &answer).await)
        .await?;
    Ok(answer)
}

/// Gives the lease on a key back, so that a retry need not wait for its end.
async fn give_back(state: &AppState, account_id: Uuid, key: &IdempotencyKey) -> Result<(), Error> {
    state
        .store
        .with_tx(async |tx| keys::lease(&tx, account_id, key, None).await)
        .await
}

/// The order that came with a key.
async fn by_key(
    tx: &impl ConnectionTrait,
    account_id: Uuid,
    key: &IdempotencyKey,
) -> Result<Option<Model>, Error> {
    let (account, key) = (
        Column::AccountId.eq(account_id),
        Column::IdempotencyKey.eq(key.as_str()),
    );
    Ok(Entity::find().filter(account).filter(key).one(tx).await?)
}
