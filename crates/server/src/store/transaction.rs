use std::sync::Arc;
use std::time::Duration;

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, IsolationLevel, QueryResult,
    RuntimeErr, SqlErr, SqliteTransactionMode, SqlxError, Statement, TransactionOptions, TransactionTrait,
};
use sea_orm_migration::async_trait;

use super::Store;
use crate::error::Error;

/// How often a transaction that lost to another one is tried.
const TRIES: u32 = 8;
/// How often it is asked anew when a unique index was faster than the question ([`is_duplicate`]).
pub const DUPLICATE_TRIES: u32 = 3;

/// Whether a unique index refused what was to be written: somebody else has written it since it was asked for.
pub fn is_duplicate(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}

/// A running transaction, handed to the work of [`Store::with_tx`].
///
/// An owned handle rather than a reference: an async closure that takes a reference cannot be shown to be `Send` once it
/// borrows from around it, and handlers have to be.
#[derive(Debug)]
pub struct Tx(Arc<DatabaseTransaction>);

#[async_trait::async_trait]
impl ConnectionTrait for Tx {
    fn get_database_backend(&self) -> DbBackend {
        self.0.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.0.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.0.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.0.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.0.query_all_raw(statement).await
    }
}

impl Store {
    /// Runs `work` in one transaction: all of it happens, or nothing.
    ///
    /// `work` runs again when the database says that it lost to another transaction, so it must do nothing but read
    /// and write this transaction: no mail, no call of a provider, no waiting. Letters are rows of the outbox. An
    /// `Err` rolls everything back and is handed on.
    pub async fn with_tx<T, F, Work>(&self, work: F) -> Result<T, Error>
    where
        F: Fn(Tx) -> Work,
        Work: Future<Output = Result<T, Error>>,
    {
        let mut tries = 1;
        loop {
            match self.once(&work).await {
                Err(Error::Database(error)) if tries < TRIES && lost_to_another(&error) => {
                    tracing::debug!(tries, %error, "transaction lost to another one, trying again");
                    tokio::time::sleep(pause(tries)).await;
                    tries += 1;
                }
                outcome => return outcome,
            }
        }
    }

    async fn once<T, F, Work>(&self, work: &F) -> Result<T, Error>
    where
        F: Fn(Tx) -> Work,
        Work: Future<Output = Result<T, Error>>,
    {
        let options = if self.is_sqlite() {
            TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                ..TransactionOptions::default()
            }
        } else {
            TransactionOptions {
                isolation_level: Some(IsolationLevel::Serializable),
                ..TransactionOptions::default()
            }
        };
        // Dropped without commit, it rolls back.
        let tx = Arc::new(self.write().begin_with_options(options).await?);
        let value = work(Tx(Arc::clone(&tx))).await?;
        let tx = Arc::into_inner(tx)
            .ok_or_else(|| Error::internal("a transaction outlived the work done in it"))?;
        tx.commit().await?;
        Ok(value)
    }
}

/// Waits grow, and differ, so that two that collided do not meet again.
fn pause(tries: u32) -> Duration {
    let ceiling = 10_u64 << tries.min(6);
    Duration::from_millis(rand::random_range(ceiling / 2..=ceiling))
}

/// Whether another transaction was in the way, so that the same work may succeed now: `SQLite` `BUSY` (5, with its
/// extended codes) and `LOCKED` (6); `PostgreSQL` `serialization_failure` and `deadlock_detected`.
fn lost_to_another(error: &DbErr) -> bool {
    let (DbErr::Exec(RuntimeErr::SqlxError(error))
    | DbErr::Query(RuntimeErr::SqlxError(error))
    | DbErr::Conn(RuntimeErr::SqlxError(error))) = error
    else {
        return false;
    };
    let SqlxError::Database(error) = error.as_ref() else {
        return false;
    };
    match error.code().as_deref() {
        Some("40001" | "40P01") => true,
        Some(code) => code
            .parse::<u32>()
            .is_ok_and(|code| matches!(code & 0xff, 5 | 6) && code < 10_000),
        None => false,
    }
}
