//! A real server on a real database file, with many accounts, whose lives go on side by side.
//!
//! Accounts and sessions are written as rows (how an account comes to be is tested elsewhere); all that happens to them is
//! asked for over HTTP.

use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use clap::Parser;
use futures_util::StreamExt;
use jiff::Timestamp;
use onedesk_server::Server;
use onedesk_server::config::{Cli, Command, Config, DatabaseOptions};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use serde_json::json;
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::acts::{Chapter, trial_end};
use crate::person::{Desk, Person, Told};

/// Where accounts are, and the tax that they pay there: days begin between UTC+14 and UTC−12.
const PLACES: [(&str, &str, i64); 6] = [
    ("Europe/Paris", "FR", 20),
    ("UTC", "FR", 20),
    ("Pacific/Kiritimati", "US", 0),
    ("Etc/GMT+12", "US", 0),
    ("America/Santiago", "DE", 19),
    ("Europe/Berlin", "DE", 19),
];
/// How many people act at the same time.
const AT_ONCE: usize = 6;

/// A life that did not go as the model says.
#[derive(Debug)]
pub struct Failure {
    pub life: u64,
    pub told: Told,
}

/// How a world has gone.
#[derive(Debug, Default)]
pub struct Report {
    pub acts: u64,
    pub invoices: u64,
    pub accepted: u64,
    pub failures: Vec<Failure>,
}

struct Running {
    base: String,
    stop: CancellationToken,
    task: JoinHandle<()>,
}

/// Lets lives go on from the first chapter to the last, then proves the books. `lives` are numbered, with their chapters.
pub async fn go_on(times: &[(Timestamp, bool)], lives: Vec<(u64, Vec<Chapter>)>) -> Report {
    let folder = folder();
    let mut running = start(folder.path()).await;
    let file = folder.path().join("subscribe.sqlite");
    let db = Database::connect(format!("sqlite://{}", file.display()))
        .await
        .expect("a connection");
    db.execute_unprepared("PRAGMA busy_timeout = 20000")
        .await
        .expect("SQLite");
    let http = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .expect("a client");

    let (first, trial_ends) = (times[0].0, trial_end(times));
    let mut people: Vec<(Person, Vec<Chapter>)> = Vec::new();
    let mut rows = String::from("BEGIN IMMEDIATE;");
    for (life, chapters) in lives {
        let (zone, country, percent) = PLACES[usize::try_from(life).expect("few") % PLACES.len()];
        let (account, cookie) = account_rows(&mut rows, life, zone, country, first, trial_ends);
        people.push((
            Person::new(life, account, cookie, zone, percent, first, trial_ends),
            chapters,
        ));
    }
    rows.push_str("COMMIT");
    db.execute_unprepared(&rows).await.expect("accounts");

    let mut report = Report::default();
    for (index, (at, restarts)) in times.iter().enumerate() {
        if *restarts {
            running.stop().await;
            running = start(folder.path()).await;
        }
        let desk = Desk {
            http: http.clone(),
            base: running.base.clone(),
            db: db.clone(),
        };
        desk.clock(&json!({ "set": at })).await;
        let desk = &desk;
        people = futures_util::stream::iter(people)
            .map(|(mut person, chapters)| async move {
                if let Some(chapter) = chapters.get(index) {
                    person.lives(desk, chapter).await;
                }
                if index + 1 == times.len() {
                    person.ends(desk).await;
                }
                (person, chapters)
            })
            .buffer_unordered(AT_ONCE)
            .collect()
            .await;
    }
    for (person, _) in people {
        report.acts += person.acts;
        report.accepted += person.accepted;
        report.invoices += person.account.bills.len() as u64;
        if let Some(told) = person.failed {
            report.failures.push(Failure {
                life: person.life,
                told,
            });
        }
    }
    report.failures.sort_by_key(|failure| failure.life);
    // With a life that failed, or stopped in the middle, the books say nothing more.
    if report.failures.is_empty() {
        for wrong in wrong_books(&db, folder.path(), report.invoices).await {
            report.failures.push(Failure {
                life: u64::MAX,
                told: Told {
                    log: Vec::new(),
                    wrong,
                },
            });
        }
    }
    db.close().await.expect("a clean end");
    running.stop().await;
    report
}

/// What of the books is not as it has to be, read from the database past the server.
async fn wrong_books(db: &DatabaseConnection, data: &Path, invoices: u64) -> Vec<String> {
    let mut wrong = Vec::new();
    for (rule, sql) in [
        (
            "licences ≥ active users",
            "SELECT count(*) FROM subscriptions WHERE standing NOT LIKE '%suspended%' AND standing NOT LIKE '%ended%' \
             AND seats < (SELECT count(*) FROM users WHERE users.account_id = subscriptions.account_id AND active)",
        ),
        (
            "one charge for each paid order that something was due of, and no other charge",
            "SELECT count(*) FROM orders WHERE (SELECT count(*) FROM charges WHERE order_id = orders.id) <> \
             (status = 'paid' AND total > 0)",
        ),
        (
            "one invoice for each paid order",
            "SELECT count(*) FROM orders WHERE kind <> 'payment_method' AND \
             (SELECT count(*) FROM invoices WHERE order_id = orders.id) <> (status = 'paid')",
        ),
        (
            "sum of invoices = sum of charges + credit used − credit given",
            "SELECT (SELECT coalesce(sum(gross - credit_used + credit_added), 0) FROM invoices) - \
             (SELECT coalesce(sum(amount), 0) FROM charges)",
        ),
        (
            "credit is what was given without what was used",
            "SELECT count(*) FROM credits WHERE amount < 0 OR amount <> (SELECT sum(amount) FROM credit_movements \
             WHERE credit_movements.account_id = credits.account_id AND credit_movements.currency = credits.currency)",
        ),
        (
            "no gap in the numbers of invoices, and none twice",
            "SELECT coalesce(max(number), 0) - count(DISTINCT number) + count(*) - count(DISTINCT number) FROM invoices",
        ),
        (
            "what the provider has taken from stored cards is what was charged to them, or paid back",
            "SELECT count(*) FROM sandbox_charges WHERE outcome = 'paid' AND payment NOT IN \
             (SELECT reference FROM charges UNION ALL SELECT reference FROM refunds)",
        ),
        ("nobody had to be paid back", "SELECT count(*) FROM refunds"),
    ] {
        let found = number(db, sql).await;
        if found != 0 {
            wrong.push(format!("{rule}: {found} ({sql})"));
        }
    }
    let stored = number(db, "SELECT count(*) FROM invoices").await;
    if u64::try_from(stored) != Ok(invoices) {
        wrong.push(format!("{stored} invoices, and {invoices} by the model"));
    }
    let options = DatabaseOptions {
        data: data.to_path_buf(),
        database_url: None,
    };
    match onedesk_server::ledger::check(&options).await {
        Ok(report) if report.discrepancies.is_empty() => {}
        Ok(report) => wrong.push(format!("the ledger: {report}")),
        Err(error) => wrong.push(format!("the ledger: {error}")),
    }
    wrong
}

async fn number(db: &DatabaseConnection, sql: &str) -> i64 {
    let row = db
        .query_one_raw(Statement::from_string(DbBackend::Sqlite, sql))
        .await
        .unwrap_or_else(|error| panic!("{sql}: {error}"))
        .expect("a row");
    row.try_get_by_index(0).expect("a number")
}

/// The rows of an account in its trial, with its owner, who stays signed in however far the clock is moved.
fn account_rows(
    rows: &mut String,
    life: u64,
    zone: &str,
    country: &str,
    now: Timestamp,
    trial_ends: Timestamp,
) -> (Uuid, String) {
    use std::fmt::Write;
    let (account, user, token) = (Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7().to_string());
    let hash = URL_SAFE_NO_PAD.encode(Sha256::digest(&token));
    let (now, trial_ends) = (now.as_millisecond(), trial_ends.as_millisecond());
    let (account_id, user_id) = (account.simple(), user.simple());
    write!(
        rows,
        "INSERT INTO accounts (id, address, company, country, time_zone, trial_ends_at, created_at) \
         VALUES (X'{account_id}', 'life-{life}', 'Life {life}', '{country}', '{zone}', {trial_ends}, {now});\
         INSERT INTO users (id, account_id, email, name, role, language, active, created_at, password_hash) VALUES \
         (X'{user_id}', X'{account_id}', 'owner-{life}@example.com', 'Owner', 'owner', 'en', 1, {now}, 'joined');\
         INSERT INTO sessions (token_hash, user_id, created_at, expires_at) \
         VALUES ('{hash}', X'{user_id}', {now}, 7000000000000);"
    )
    .expect("a string");
    (account, format!("session={token}"))
}

/// In memory where that is to be had: the file is as real there, and nobody waits for a disk.
fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir()
        && let Ok(folder) = tempfile::tempdir_in(memory)
    {
        return folder;
    }
    tempfile::tempdir().expect("a temporary folder")
}

async fn start(data: &Path) -> Running {
    let server = Server::start(config(data)).await.expect("the server starts");
    let (base, stop) = (format!("http://{}", server.address()), server.stop_handle());
    let task = tokio::spawn(async move { server.run().await.expect("a clean end") });
    Running { base, stop, task }
}

impl Running {
    async fn stop(self) {
        self.stop.cancel();
        self.task.await.expect("no panic");
    }
}

fn config(data: &Path) -> Config {
    let catalog: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog/onedesk.toml");
    let (data, catalog) = (data.display().to_string(), catalog.display().to_string());
    let mut arguments = vec!["subscribe", "serve", "--sandbox", "--listen", "127.0.0.1:0"];
    arguments.extend(["--data", &data, "--catalog", &catalog]);
    for limit in ["--limit-letters", "--limit-letters-ip", "--limit-invitations"] {
        arguments.extend([limit, "off"]);
    }
    match Cli::try_parse_from(arguments)
        .expect("flags that are understood")
        .command
    {
        Command::Serve(config) => *config,
        other => panic!("{other:?}"),
    }
}
