//! The proof that the books balance: orders, charges, invoices, account credit and refunds, read as they stand.
//!
//! Nothing is written, and nothing is taken from what the server would compute: the proof adds up what is stored. The rule
//! is *Orders and payment* ("a paid order is exactly one charge, one invoice"; "invoice numbers run without gaps"), and the
//! equation of every invoice: gross = net + tax = due + credit used − credit added.

mod books;
mod proof;
mod report;

pub use report::Report;

use crate::config::DatabaseOptions;
use crate::store::{ConnectError, Store};
use books::Books;

/// Why the books could not be read. Nothing is known of them then.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// There is no database, or it does not answer.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// It is of another version, or damaged.
    #[error("the books cannot be read: {0}")]
    Read(#[from] sea_orm::DbErr),
}

/// Reads the books of a database, which may be in use, and proves them.
///
/// # Errors
/// [`LedgerError`]; discrepancies are no error but the [`Report`]'s answer.
pub async fn check(options: &DatabaseOptions) -> Result<Report, LedgerError> {
    let store = Store::open_to_read(&options.data, options.database_url.as_deref()).await?;
    let books = Books::read(store.read()).await;
    store.close().await?;
    Ok(proof::prove(&books?))
}
