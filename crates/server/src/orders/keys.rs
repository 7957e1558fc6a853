//! Idempotency keys: the same key and body give the same answer.
//!
//! A request that works on a key holds a lease on it. The lease is short and stands in the database: when the server
//! stops in the middle, a retry some seconds later takes the key over and goes on where the first one stopped.

use axum::http::HeaderMap;
use jiff::{SignedDuration, Timestamp};
use onedesk_contract::orders::IDEMPOTENCY_KEY;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set, TryInsertResult};
use utoipa::IntoParams;
use utoipa::openapi::Required;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use uuid::Uuid;

use super::Answer;
use crate::error::Error;
use crate::store::At;
use crate::store::entities::idempotency_keys::{ActiveModel, Column, Entity, Model};

/// How long a request may work on a key before another one may take it over. Longer than a provider is waited for.
pub const LEASE: SignedDuration = SignedDuration::from_secs(5);

/// A key: a UUID, or 16 to 255 visible ASCII characters of the sender's making.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// The fewest characters: what is shorter is guessed or repeated too easily.
    pub const MIN_LENGTH: usize = 16;
    /// The most.
    pub const MAX_LENGTH: usize = 255;

    /// The key of a request.
    pub fn of(headers: &HeaderMap) -> Result<Self, Error> {
        let mut values = headers.get_all(IDEMPOTENCY_KEY).iter();
        match (values.next().map(|value| value.to_str()), values.next()) {
            (Some(Ok(text)), None) => Self::parse(text).ok_or(Error::IdempotencyKeyMissing),
            _ => Err(Error::IdempotencyKeyMissing),
        }
    }

    /// The key, if the text can be one.
    fn parse(text: &str) -> Option<Self> {
        let fits = (Self::MIN_LENGTH..=Self::MAX_LENGTH).contains(&text.len());
        (fits && text.bytes().all(|byte| byte.is_ascii_graphic())).then(|| Self(text.to_owned()))
    }

    /// The key as it was sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The header, as the API's description tells it.
impl IntoParams for IdempotencyKey {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let text = ObjectBuilder::new()
            .schema_type(Type::String)
            .min_length(Some(Self::MIN_LENGTH))
            .max_length(Some(Self::MAX_LENGTH));
        let header = ParameterBuilder::new()
            .name(IDEMPOTENCY_KEY)
            .parameter_in(ParameterIn::Header)
            .required(Required::True)
            .description(Some(
                "Made by the sender once for each order, change or payment: a UUID, or 16 to 255 visible ASCII characters",
            ))
            .schema(Some(text));
        vec![header.build()]
    }
}

/// What a request finds when it takes up a key.
#[derive(Debug, PartialEq, Eq)]
pub enum Claim {
    /// It is this request's turn. An earlier one may have done a part.
    Mine,
    /// It was answered already.
    Answered(Answer),
}

/// Takes up a key: notes it when it is new, takes it over when the one that had it stopped.
///
/// # Errors
/// [`Error::IdempotencyKeyReused`], [`Error::IdempotencyKeyInUse`].
pub async fn claim(
    tx: &impl ConnectionTrait,
    account_id: Uuid,
    key: &IdempotencyKey,
    request_hash: &str,
    now: Timestamp,
) -> Result<Claim, Error> {
    let row = ActiveModel {
        account_id: Set(account_id),
        key: Set(key.0.clone()),
        request_hash: Set(request_hash.to_owned()),
        leased_at: Set(Some(At::from(now))),
        answer_status: Set(None),
        answer_body: Set(None),
        created_at: Set(At::from(now)),
    };
    let once = OnConflict::columns([Column::AccountId, Column::Key])
        .do_nothing()
        .to_owned();
    let inserted = Entity::insert(row)
        .on_conflict(once)
        .try_insert()
        .exec_without_returning(tx)
        .await?;
    if matches!(inserted, TryInsertResult::Inserted(1..)) {
        return Ok(Claim::Mine);
    }
    let found = Entity::find_by_id((account_id, key.0.clone())).one(tx).await?;
    let found = found.ok_or_else(|| Error::internal("an idempotency key vanished"))?;
    if found.request_hash != request_hash {
        return Err(Error::IdempotencyKeyReused);
    }
    if let Some(answer) = answer_of(&found)? {
        return Ok(Claim::Answered(answer));
    }
    if found.leased_at.is_some_and(|since| lasts(since.timestamp(), now)) {
        return Err(Error::IdempotencyKeyInUse);
    }
    lease(tx, account_id, key, Some(now)).await?;
    Ok(Claim::Mine)
}

/// Keeps the final answer.
pub async fn answer(
    tx: &impl ConnectionTrait,
    account_id: Uuid,
    key: &IdempotencyKey,
    answer: &Answer,
) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::AnswerStatus, Expr::value(i32::from(answer.status)))
        .col_expr(Column::AnswerBody, Expr::value(answer.body.clone()))
        .col_expr(Column::LeasedAt, Expr::value(None::<i64>))
        .filter(Column::AccountId.eq(account_id))
        .filter(Column::Key.eq(key.as_str()))
        .exec(tx)
        .await?;
    Ok(())
}

/// Takes the lease, or gives it back, so that a retry need not wait for its end.
pub async fn lease(
    tx: &impl ConnectionTrait,
    account_id: Uuid,
    key: &IdempotencyKey,
    since: Option<Timestamp>,
) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(
            Column::LeasedAt,
            Expr::value(since.map(|since| At::from(since).0)),
        )
        .filter(Column::AccountId.eq(account_id))
        .filter(Column::Key.eq(key.as_str()))
        .exec(tx)
        .await?;
    Ok(())
}

/// Whether a lease still holds. One from the future does not: the sandbox's clock was moved back.
fn lasts(since: Timestamp, now: Timestamp) -> bool {
    let held = now.duration_since(since);
    !held.is_negative() && held < LEASE
}

fn answer_of(row: &Model) -> Result<Option<Answer>, Error> {
    let (Some(status), Some(body)) = (row.answer_status, &row.answer_body) else {
        return Ok(None);
    };
    Ok(Some(Answer {
        status: u16::try_from(status).map_err(Error::internal)?,
        body: body.clone(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_uuids_or_long_enough_visible_text() {
        for text in [
            "0195f3c8-7d2a-7c3e-9f4b-2a1b3c4d5e6f",
            "0123456789abcdef",
            &"~".repeat(255),
        ] {
            assert!(IdempotencyKey::parse(text).is_some(), "{text}");
        }
        for text in [
            "",
            "short",
            "0123456789 abcdef",
            "0123456789abcdéf",
            &"k".repeat(256),
        ] {
            assert!(IdempotencyKey::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_lease_lasts_some_seconds_and_not_in_a_clock_that_was_moved() {
        let at = |second| Timestamp::from_second(second).expect("an instant");
        assert!(lasts(at(100), at(100)) && lasts(at(100), at(104)));
        assert!(!lasts(at(100), at(105)) && !lasts(at(100), at(99)));
    }
}
