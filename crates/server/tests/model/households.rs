//! Accounts, their admins and the vendor's staff, written as rows: how they come to be is tested elsewhere.

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::account::Account;
use crate::person::{Person, SignedIn};

/// Where accounts are, and the tax that they pay there: days begin between UTC+14 and UTC−12.
const PLACES: [(&str, &str, i64); 6] = [
    ("Europe/Paris", "FR", 20),
    ("UTC", "FR", 20),
    ("Pacific/Kiritimati", "US", 0),
    ("Etc/GMT+12", "US", 0),
    ("America/Santiago", "DE", 19),
    ("Europe/Berlin", "DE", 19),
];
/// When sessions end: never, however far the clock is moved.
const LASTING: i64 = 7_000_000_000_000;

/// The rows of a world before its first day.
#[derive(Debug)]
pub struct Rows {
    sql: String,
    now: Timestamp,
    trial_ends: Timestamp,
}

impl Rows {
    pub fn new(now: Timestamp, trial_ends: Timestamp) -> Self {
        let sql = String::from("BEGIN IMMEDIATE;");
        Self { sql, now, trial_ends }
    }

    /// A member of staff; gives the cookie.
    pub fn staff(&mut self) -> String {
        let (id, now) = (Uuid::now_v7().simple(), self.now.as_millisecond());
        let (token, hash) = session();
        write!(
            self.sql,
            "INSERT INTO staff (id, email, name, password_hash, created_at) \
             VALUES (X'{id}', 'grace@example.com', 'Grace', 'none', {now});\
             INSERT INTO staff_sessions (token_hash, staff_id, created_at, expires_at) \
             VALUES ('{hash}', X'{id}', {now}, {LASTING});"
        )
        .expect("a string");
        format!("staff={token}")
    }

    /// An account in its trial, with its owner and another admin, both signed in.
    pub fn account(&mut self, life: u64) -> Person {
        let (zone, country, percent) = PLACES[usize::try_from(life).expect("few") % PLACES.len()];
        let account = Uuid::now_v7();
        let (id, now) = (account.simple(), self.now.as_millisecond());
        let trial_ends = self.trial_ends.as_millisecond();
        write!(
            self.sql,
            "INSERT INTO accounts (id, address, company, country, time_zone, trial_ends_at, created_at) \
             VALUES (X'{id}', 'life-{life}', 'Life {life}', '{country}', '{zone}', {trial_ends}, {now});"
        )
        .expect("a string");
        let signed_in = SignedIn {
            account,
            owner: self.user(account, life, "owner"),
            admin: self.user(account, life, "admin"),
        };
        let model = Account::new(zone, percent, self.now, self.trial_ends);
        Person::new(life, signed_in, model)
    }

    fn user(&mut self, account: Uuid, life: u64, role: &str) -> String {
        let (account, user) = (account.simple(), Uuid::now_v7().simple());
        let now = self.now.as_millisecond();
        let (token, hash) = session();
        write!(
            self.sql,
            "INSERT INTO users (id, account_id, email, name, role, language, active, created_at, password_hash) \
             VALUES (X'{user}', X'{account}', '{role}-{life}@example.com', '{role}', '{role}', 'en', 1, {now}, 'joined');\
             INSERT INTO sessions (token_hash, user_id, created_at, expires_at) \
             VALUES ('{hash}', X'{user}', {now}, {LASTING});"
        )
        .expect("a string");
        format!("session={token}")
    }

    /// All of them in one transaction.
    pub fn into_sql(mut self) -> String {
        self.sql.push_str("COMMIT");
        self.sql
    }
}

/// A token, and its hash as it is stored.
fn session() -> (String, String) {
    let token = Uuid::now_v7().to_string();
    let hash = URL_SAFE_NO_PAD.encode(Sha256::digest(&token));
    (token, hash)
}
