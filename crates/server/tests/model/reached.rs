//! What the lives of a run came to: a test that never gets to a rule says nothing about it.

use std::collections::BTreeMap;
use std::fmt;

/// What has to come about in a run of the usual length, so that nothing is passed over in silence.
pub const WANTED: [&str; 30] = [
    "annual renewals announced",
    "changes that left account credit",
    "charges that account credit paid for, or a part of them",
    "confirmations refused, as another admin was faster",
    "confirmations refused, as the day, the prices or the subscription are others",
    "confirmations sent twice",
    "declined cards",
    "ends of subscriptions",
    "ends of trials",
    "jumps of more than a year",
    "jumps of some hours",
    "old previews that still held",
    "orders at outdated prices refused",
    "pages of payments left open",
    "recoveries by transfer",
    "recoveries from a suspension",
    "recoveries of an overdue renewal",
    "renewals",
    "renewals raised to the active users",
    "renewals that were not paid",
    "renewals with what was scheduled",
    "stored cards replaced",
    "suspensions",
    "transfers marked again, or by two at once",
    "transfers marked on a later day",
    "transfers marked too late or with what does not fit",
    "transfers that did not come in time",
    "tries that failed again",
    "users refused, as there were too few licences",
    "withdrawals of what was scheduled",
];

/// Counts what came about, by its name.
#[derive(Clone, Debug, Default)]
pub struct Reached(BTreeMap<&'static str, u64>);

impl Reached {
    pub fn note(&mut self, what: &'static str) {
        *self.0.entry(what).or_default() += 1;
    }

    pub fn add(&mut self, other: &Self) {
        for (what, count) in &other.0 {
            *self.0.entry(what).or_default() += count;
        }
    }

    /// What should have come about and did not.
    pub fn missing(&self) -> Vec<&'static str> {
        let is_missing = |what: &&str| !self.0.contains_key(*what);
        WANTED.into_iter().filter(is_missing).collect()
    }
}

impl fmt::Display for Reached {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (what, count) in &self.0 {
            writeln!(f, "{count:>7} {what}")?;
        }
        Ok(())
    }
}
