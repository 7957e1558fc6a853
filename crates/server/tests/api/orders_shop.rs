//! A running server with accounts that can order, for the tests of orders and payments.
//!
//! Accounts, users and sessions are written as rows: these tests place many orders for many accounts, and how an account
//! comes to be is tested elsewhere.

use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use clap::Parser;
use jiff::Timestamp;
use onedesk_server::Server;
use onedesk_server::config::{Cli, Command};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// When the sessions of buyers end, in Unix milliseconds: in 2191. The clock is moved by years before their first request, and
/// whoever was signed in until then would be signed out by the housekeeping, if it came first.
const SESSION_END: i64 = 7_000_000_000_000;

/// A server in sandbox mode with a data folder and a catalog of its own.
pub struct Shop {
    folder: TempDir,
    running: Option<Running>,
    pub http: reqwest::Client,
    pub db: DatabaseConnection,
}

struct Running {
    address: std::net::SocketAddr,
    stop: CancellationToken,
    task: JoinHandle<()>,
}

/// A signed-in user of an account.
#[derive(Clone, Debug)]
pub struct Buyer {
    pub account: Uuid,
    pub user: Uuid,
    pub email: String,
    pub cookie: String,
}

impl Shop {
    /// Opens with the catalog of the repository.
    pub async fn open() -> Self {
        Self::open_with(&["--sandbox"]).await
    }

    /// The same with other flags.
    pub async fn open_with(flags: &[&str]) -> Self {
        let folder = TempDir::new().unwrap();
        let catalog = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog");
        copy_folder(&catalog, &folder.path().join("catalog"));
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        let running = Some(start(folder.path(), "127.0.0.1:0", flags).await);
        let file = folder.path().join("data/subscribe.sqlite");
        let db = Database::connect(format!("sqlite://{}", file.display()))
            .await
            .unwrap();
        db.execute_unprepared("PRAGMA busy_timeout = 5000").await.unwrap();
        Self {
            folder,
            running,
            http,
            db,
        }
    }

    /// Stops the server and starts it again on the same data and at the same address.
    pub async fn restart(&mut self) {
        let address = self.stop().await;
        self.running = Some(start(self.folder.path(), &address, &["--sandbox"]).await);
    }

    /// The same, with the sandbox's clock moved forward.
    pub async fn restart_later(&mut self, minutes: i64) {
        let address = self.stop().await;
        let key = "sandbox.clock_offset_ms";
        let moved = self
            .text(&format!("SELECT value FROM settings WHERE key = '{key}'"))
            .await;
        let moved = moved.and_then(|text| text.parse::<i64>().ok()).unwrap_or(0) + minutes * 60_000;
        self.run(&format!(
            "INSERT OR REPLACE INTO settings (key, value) VALUES ('{key}', '{moved}')"
        ))
        .await;
        self.running = Some(start(self.folder.path(), &address, &["--sandbox"]).await);
    }

    /// The same, with a change made to the catalog file.
    pub async fn restart_with_catalog(&mut self, change: impl FnOnce(String) -> String) {
        let file = self.folder.path().join("catalog/onedesk.toml");
        let changed = change(std::fs::read_to_string(&file).unwrap());
        std::fs::write(&file, changed).unwrap();
        self.restart().await;
    }

    async fn stop(&mut self) -> String {
        let running = self.running.take().unwrap();
        running.stop.cancel();
        running.task.await.unwrap();
        running.address.to_string()
    }

    /// The server's catalog, for a command beside it.
    pub fn catalog(&self) -> PathBuf {
        self.folder.path().join("catalog/onedesk.toml")
    }

    /// Where the server's database is.
    pub fn database_url(&self) -> String {
        let file = self.folder.path().join("data/subscribe.sqlite");
        format!("sqlite://{}", file.display())
    }

    /// Another server on the same database, at an address of its own, with a clock that starts where this one's is.
    pub async fn beside(&self) -> Neighbour {
        let folder = TempDir::new().unwrap();
        copy_folder(
            &self.folder.path().join("catalog"),
            &folder.path().join("catalog"),
        );
        let database = self.database_url();
        let flags = ["--sandbox", "--database-url", &database];
        let running = start(folder.path(), "127.0.0.1:0", &flags).await;
        Neighbour { folder, running }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.running.as_ref().unwrap().address)
    }

    /// An account in its trial, with its owner signed in.
    pub async fn buyer(&self, name: &str) -> Buyer {
        let account = Uuid::now_v7();
        let now = Timestamp::now().as_millisecond();
        let trial_ends = now + 14 * 24 * 3_600_000;
        self.run(&format!(
            "INSERT INTO accounts (id, address, company, country, time_zone, trial_ends_at, created_at) \
             VALUES ({}, '{name}', '{name} & Co', 'FR', 'Europe/Paris', {trial_ends}, {now})",
            blob(account)
        ))
        .await;
        self.user(account, name, "owner", "en").await
    }

    /// One more user of an account, active and signed in.
    pub async fn user(&self, account: Uuid, name: &str, role: &str, language: &str) -> Buyer {
        let user = Uuid::now_v7();
        let email = format!("{name}@example.com");
        let now = Timestamp::now().as_millisecond();
        self.run(&format!(
            "INSERT INTO users (id, account_id, email, name, role, language, active, created_at) \
             VALUES ({}, {}, '{email}', '{name}', '{role}', '{language}', 1, {now})",
            blob(user),
            blob(account)
        ))
        .await;
        let token = Uuid::now_v7().to_string();
        let hash = URL_SAFE_NO_PAD.encode(Sha256::digest(&token));
        self.run(&format!(
            "INSERT INTO sessions (token_hash, user_id, created_at, expires_at) \
             VALUES ('{hash}', {}, {now}, {SESSION_END})",
            blob(user)
        ))
        .await;
        Buyer {
            account,
            user,
            email,
            cookie: format!("session={token}"),
        }
    }

    /// Runs SQL on the server's database.
    pub async fn run(&self, sql: &str) {
        self.db
            .execute_unprepared(sql)
            .await
            .unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    /// The whole number that a query gives.
    pub async fn number(&self, sql: &str) -> i64 {
        let statement = Statement::from_string(DbBackend::Sqlite, sql);
        let row = self
            .db
            .query_one_raw(statement)
            .await
            .unwrap()
            .unwrap_or_else(|| panic!("{sql}: no row"));
        row.try_get_by_index(0)
            .unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    /// The numbers that a query gives.
    pub async fn numbers(&self, sql: &str) -> Vec<i64> {
        let rows = self
            .db
            .query_all_raw(Statement::from_string(DbBackend::Sqlite, sql))
            .await
            .unwrap();
        rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
    }

    /// The text that a query gives, if it gives a row.
    pub async fn text(&self, sql: &str) -> Option<String> {
        let row = self
            .db
            .query_one_raw(Statement::from_string(DbBackend::Sqlite, sql))
            .await
            .unwrap()?;
        row.try_get_by_index(0).unwrap()
    }

    /// Waits until a query gives a number, for what happens in the background.
    pub async fn wait_for(&self, sql: &str, number: i64) {
        for _ in 0..100 {
            if self.number(sql).await == number {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!(
            "{sql}: {} instead of {number} after 5 seconds",
            self.number(sql).await
        );
    }
}

/// Another server beside a [`Shop`].
pub struct Neighbour {
    /// Its catalog; gone with it.
    #[expect(dead_code, reason = "held for its end")]
    folder: TempDir,
    running: Running,
}

impl Neighbour {
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.running.address)
    }

    pub async fn stop(self) {
        self.running.stop.cancel();
        self.running.task.await.unwrap();
    }
}

async fn start(folder: &Path, listen: &str, flags: &[&str]) -> Running {
    let (data, catalog) = (folder.join("data"), folder.join("catalog/onedesk.toml"));
    let (data, catalog) = (data.display().to_string(), catalog.display().to_string());
    let mut arguments = vec![
        "subscribe",
        "serve",
        "--listen",
        listen,
        "--data",
        &data,
        "--catalog",
        &catalog,
    ];
    arguments.extend(flags);
    let Command::Serve(config) = Cli::try_parse_from(arguments).unwrap().command else {
        panic!("not serve")
    };
    let server = Server::start(*config).await.unwrap();
    let (address, stop) = (server.address(), server.stop_handle());
    let task = tokio::spawn(async move { server.run().await.unwrap() });
    Running { address, stop, task }
}

/// Copies a folder with all that is in it.
pub fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path: PathBuf = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}

/// A UUID as the database file holds it.
pub fn blob(id: Uuid) -> String {
    format!("X'{}'", id.simple())
}
