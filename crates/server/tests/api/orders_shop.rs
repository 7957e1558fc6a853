//! A running server with accounts that can order, for the tests of orders and payments.
//!
//! Accounts, users and sessions are written as rows: these tests place many orders for many accounts, and how an account
//! comes to be is tested elsewhere.

use std::path::{Path, PathBuf};

use axum::http::{HeaderMap, StatusCode};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use clap::Parser;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use onedesk_server::Server;
use onedesk_server::config::{Cli, Command};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// Number of a test card that pays.
pub const GOOD_CARD: &str = "4242 4242 4242 4242";

/// A server in sandbox mode with a data folder and a catalog of its own.
pub struct Shop {
    folder: TempDir,
    running: Option<Running>,
    http: reqwest::Client,
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
    cookie: String,
}

/// An answer of the server.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {} {}", self.status, self.text))
    }

    /// The kind of problem, such as `price-changed`; empty for none.
    pub fn problem(&self) -> String {
        let value = self.json();
        value["type"]
            .as_str()
            .unwrap_or_default()
            .trim_start_matches("urn:onedesk:problem:")
            .to_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }
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
        let expires = now + 365 * 24 * 3_600_000;
        self.run(&format!(
            "INSERT INTO sessions (token_hash, user_id, created_at, expires_at) \
             VALUES ('{hash}', {}, {now}, {expires})",
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

    /// Places an order with a key of its own, and expects it to be taken.
    pub async fn ordered(&self, buyer: &Buyer, body: &Value) -> Value {
        let reply = self.order(buyer, &new_key(), body).await;
        assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text);
        reply.json()
    }

    /// Sends an order.
    pub async fn order(&self, buyer: &Buyer, key: &str, body: &Value) -> Reply {
        let request = self
            .http
            .post(self.url("/api/orders"))
            .header("Idempotency-Key", key)
            .json(body);
        self.send(Some(buyer), request).await
    }

    /// Sends any request to the API.
    pub async fn api(&self, buyer: Option<&Buyer>, method: &str, path: &str) -> Reply {
        let method = method.parse().unwrap();
        self.send(buyer, self.http.request(method, self.url(path))).await
    }

    /// Sends a request with a body of one's own making to `POST /api/orders`.
    pub async fn order_raw(&self, buyer: &Buyer, key: Option<&str>, body: &str) -> Reply {
        let mut request = self
            .http
            .post(self.url("/api/orders"))
            .header("Content-Type", "application/json");
        if let Some(key) = key {
            request = request.header("Idempotency-Key", key);
        }
        self.send(Some(buyer), request.body(body.to_owned())).await
    }

    async fn send(&self, buyer: Option<&Buyer>, mut request: reqwest::RequestBuilder) -> Reply {
        if let Some(buyer) = buyer {
            request = request.header("Cookie", &buyer.cookie);
        }
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        Reply {
            status,
            headers,
            text: response.text().await.unwrap(),
        }
    }

    /// The order as its buyer sees it.
    pub async fn seen(&self, buyer: &Buyer, order: &Value) -> Value {
        let reply = self
            .api(Some(buyer), "GET", &format!("/api/orders/{}", id_of(order)))
            .await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
        reply.json()
    }

    /// Types a card into the hosted page and sends the form.
    pub async fn pay(&self, order: &Value, number: &str) -> Reply {
        self.pay_form(
            order,
            &[
                ("number", number),
                ("expiry", "12/49"),
                ("cvc", "123"),
                ("name", "Ada"),
            ],
        )
        .await
    }

    /// Sends the hosted page's form with these fields.
    pub async fn pay_form(&self, order: &Value, fields: &[(&str, &str)]) -> Reply {
        self.send(None, self.http.post(self.url(&pay_path(order))).form(fields))
            .await
    }

    /// Answers the bank's question (3-D Secure): `complete` or `fail`.
    pub async fn authenticate(&self, order: &Value, outcome: &str) -> Reply {
        let path = format!("{}/authentication", pay_path(order));
        self.send(
            None,
            self.http.post(self.url(&path)).form(&[("outcome", outcome)]),
        )
        .await
    }

    /// Sends a form to a page of the sandbox.
    pub async fn form(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        self.send(None, self.http.post(self.url(path)).form(fields)).await
    }

    /// The buyer's browser on its way back from the provider.
    pub async fn come_back(&self, order: &Value) -> Reply {
        self.api(
            None,
            "GET",
            &format!("/api/payments/return?order={}", id_of(order)),
        )
        .await
    }

    /// Reports that something happened to an order, rightly signed.
    pub async fn notify(&self, order: &Value) -> Reply {
        let body =
            json!({ "id": Uuid::now_v7(), "type": "checkout.paid", "checkout": "any", "order": order["id"] });
        let body = body.to_string();
        let now = Timestamp::now().as_second();
        let signature = self.sign(now, &body).await;
        self.notify_raw(Some(&signature), &body).await
    }

    /// The signature of the sandbox over a body.
    pub async fn sign(&self, second: i64, body: &str) -> String {
        let key = self
            .text("SELECT value FROM settings WHERE key = 'sandbox.payment_key'")
            .await
            .unwrap();
        let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
        mac.update(format!("{second}.{body}").as_bytes());
        let code: String = mac
            .finalize()
            .into_bytes()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        format!("t={second},v1={code}")
    }

    /// Sends a notification with a signature of one's own making.
    pub async fn notify_raw(&self, signature: Option<&str>, body: &str) -> Reply {
        let mut request = self.http.post(self.url("/api/payments/notifications/sandbox"));
        if let Some(signature) = signature {
            request = request.header("Sandbox-Signature", signature);
        }
        self.send(None, request.body(body.to_owned())).await
    }

    /// Holds the sandbox's notifications back, or lets them go.
    pub async fn hold_notifications(&self, held: bool) {
        let held = if held { "yes" } else { "no" };
        let reply = self
            .form("/sandbox/payments/notifications", &[("held", held)])
            .await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER);
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

fn copy_folder(from: &Path, to: &Path) {
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

/// A UUID as SQLite holds it.
pub fn blob(id: Uuid) -> String {
    format!("X'{}'", id.simple())
}

/// The identity of an order.
pub fn id_of(order: &Value) -> Uuid {
    order["id"].as_str().unwrap().parse().unwrap()
}

/// The path of the hosted page of an order.
pub fn pay_path(order: &Value) -> String {
    let url = order["pay_url"].as_str().unwrap();
    url[url.find("/sandbox/pay/").unwrap()..].to_owned()
}

/// A key as a browser makes it.
pub fn new_key() -> String {
    Uuid::now_v7().to_string()
}

/// 3 licences of Premium for a year in US dollars: 3 × $16.99 × 12.
pub fn three_premium() -> Value {
    order_body("premium", 3, "annual", "USD", 61_164)
}

/// An order and the total that was seen.
pub fn order_body(plan: &str, seats: u32, period: &str, currency: &str, minor: i64) -> Value {
    json!({
        "choice": { "plan": plan, "seats": seats, "period": period, "currency": currency },
        "expected_total": { "minor": minor, "currency": currency },
    })
}
