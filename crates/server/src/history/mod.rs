//! The account's history as its admins read it: the audit trail, put into sentences when it is read.
//!
//! Rows hold words for programs and particulars ([`crate::audit::actions`]); the sentences are made here, in the language
//! of whoever reads. Everything that is shown is found through the account: entries, and the names of the users in them.

mod events;
mod people;
pub mod scheduled;
#[cfg(test)]
mod tests;
mod words;

use onedesk_contract::history::{HistoryEntry, HistoryView};
use onedesk_texts::{Language, history};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::Value;
use uuid::Uuid;

use crate::catalog::Catalog;
use crate::clock;
use crate::error::Error;
use crate::store::entities::{accounts, audit};

use people::People;
use words::Words;

/// A page of the history, newest first: what was done before an entry, or the newest of all.
///
/// Entries are in the order in which they were written, which their ids keep: the sandbox's clock can be set back.
pub async fn page(
    conn: &impl ConnectionTrait,
    catalog: &Catalog,
    account: &accounts::Model,
    language: Language,
    before: Option<Uuid>,
    limit: u32,
) -> Result<HistoryView, Error> {
    let mut query = audit::Entity::find()
        .filter(audit::Column::AccountId.eq(account.id))
        .order_by_desc(audit::Column::Id)
        // One more than is shown tells whether there is another page.
        .limit(u64::from(limit) + 1);
    if let Some(before) = before {
        query = query.filter(audit::Column::Id.lt(before));
    }
    let mut rows = query.all(conn).await?;
    let shown = usize::try_from(limit).map_err(Error::internal)?;
    let has_older = rows.len() > shown;
    rows.truncate(shown);
    let rows: Vec<(audit::Model, Value)> = rows
        .into_iter()
        .map(|row| {
            let detail = serde_json::from_str(&row.detail).unwrap_or_default();
            (row, detail)
        })
        .collect();
    let people = People::of(conn, account.id, &rows).await?;
    let words = Words {
        language,
        catalog,
        people: &people,
    };
    let zone = clock::zone(&account.time_zone);
    Ok(HistoryView {
        older_than: rows
            .last()
            .filter(|_| has_older)
            .map(|(row, _)| row.id.to_string()),
        entries: rows
            .iter()
            .map(|(row, detail)| {
                let at = row.at.timestamp();
                let here = at.to_zoned(zone.clone());
                HistoryEntry {
                    at,
                    on: here.date(),
                    time: here.strftime("%H:%M").to_string(),
                    actor: words.actor(row.user_id, detail),
                    action: row.action.clone(),
                    text: words
                        .sentence(&row.action, detail)
                        .unwrap_or_else(|| history::entry(language).other(&row.action)),
                }
            })
            .collect(),
    })
}
