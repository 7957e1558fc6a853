//! The account's history: who did what and when.

use serde::{Deserialize, Serialize};

use crate::Instant;

/// The most entries in one answer.
pub const MAX_ENTRIES_AT_ONCE: u32 = 100;
/// How many there are in one answer when nobody says otherwise.
pub const ENTRIES_AT_ONCE: u32 = 50;

/// `GET /api/history`: a page of it, newest first. Entries are only ever added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HistoryView {
    /// The page.
    pub entries: Vec<HistoryEntry>,
    /// What to ask the next page `before`; absent on the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub older_than: Option<String>,
}

/// One deed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HistoryEntry {
    /// When.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    #[serde(with = "crate::time::instant")]
    pub at: Instant,
    /// The day, in the account's time zone.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    #[serde(with = "crate::time::date")]
    pub on: crate::Date,
    /// The time of that day, `14:05`.
    pub time: String,
    /// Who: a user's name or address, the vendor's staff, or the system itself, in the reader's language.
    pub actor: String,
    /// What, for programs: `subscription.changed`.
    pub action: String,
    /// What, for people, in the reader's language.
    pub text: String,
}
