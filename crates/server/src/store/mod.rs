//! The database: one code path for `SQLite` and `PostgreSQL`.
//!
//! - **Writes go through [`Store::with_tx`]**, reads that need no more than one consistent answer through
//!   [`Store::read`]. With `SQLite` there is one writer connection and every transaction is `BEGIN IMMEDIATE`: a
//!   transaction that starts as a reader and then writes fails at once with `BUSY_SNAPSHOT`, and the busy timeout does
//!   not help. With `PostgreSQL` every transaction is serialisable. So on both, what a transaction read still holds when
//!   it commits: "licences ≥ active users" needs no lock of its own.
//! - **Amounts** are whole minor units (`i64`) beside their currency: `SQLite` would bind a decimal as a float.
//! - **Instants** are whole milliseconds since 1970 ([`At`]): both databases compare and index them alike, which
//!   text or `timestamptz` would not give. Dates of the civil calendar are ISO text, `2026-07-28`.
//! - **Ids** are `UUIDv7`: in order of creation, and made before anything is sent.

mod at;
mod connect;
pub mod entities;
pub mod schema;
pub mod settings;
mod transaction;

pub use at::At;
pub use connect::{ConnectError, Store};
pub use transaction::{DUPLICATE_TRIES, Tx, is_duplicate};

/// A new identity, later ones sorting after earlier ones.
pub fn new_id() -> uuid::Uuid {
    uuid::Uuid::now_v7()
}
