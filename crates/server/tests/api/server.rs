//! A server with a database file of its own, on a port of its own, for one test.
//!
//! With `ONEDESK_TEST_POSTGRES=postgres://user@host/postgres` in the environment each server gets a database of its own
//! there instead: the same tests, the other database.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Parser;
use onedesk_server::config::{Cli, Command, Config, DatabaseOptions};
use onedesk_server::{Server, StartError, migrate};
use reqwest::header::HeaderMap;
use reqwest::{Method, StatusCode};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// The password of every user that a test makes.
pub const PASSWORD: &str = "correct horse battery";

/// A folder in memory where that is to be had: the database file is as real there, every write is still waited for, and no test
/// waits for a disk.
fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() {
        tempfile::tempdir_in(memory)
    } else {
        tempfile::tempdir()
    };
    folder.expect("a temporary folder")
}

/// A running server.
pub struct TestServer {
    pub base: String,
    /// Holds the database; gone with the server.
    data: TempDir,
    flags: Vec<String>,
    stop: CancellationToken,
    running: JoinHandle<Result<(), StartError>>,
}

impl TestServer {
    /// In sandbox mode, without limits, without pages.
    pub async fn start() -> Self {
        Self::with(&["--sandbox"]).await
    }

    /// With these flags; limits are off unless a flag sets them.
    pub async fn with(flags: &[&str]) -> Self {
        let data = folder();
        let mut flags: Vec<String> = flags.iter().map(|&flag| flag.to_owned()).collect();
        if let Ok(url) = std::env::var("ONEDESK_TEST_POSTGRES") {
            flags.extend(["--database-url".to_owned(), own_database(&url).await]);
        }
        Self::on(data, flags).await
    }

    async fn on(data: TempDir, flags: Vec<String>) -> Self {
        let server = Server::start(config(data.path(), &flags))
            .await
            .expect("the server starts");
        let base = format!("http://{}", server.address());
        let stop = server.stop_handle();
        let running = tokio::spawn(server.run());
        Self {
            base,
            data,
            flags,
            stop,
            running,
        }
    }

    /// Stops the server as SIGTERM does and starts it again on the same data; on another port.
    pub async fn restarted(self) -> Self {
        self.stop.cancel();
        self.running.await.expect("no panic").expect("a clean end");
        Self::on(self.data, self.flags).await
    }

    /// Another server on the same database; on another port, and with a clock that starts where this one's is.
    pub async fn beside(&self) -> Self {
        let mut flags = self.flags.clone();
        if !flags.iter().any(|flag| flag == "--database-url") {
            flags.extend(["--database-url".to_owned(), self.database_url()]);
        }
        Self::on(folder(), flags).await
    }

    /// The address of its database.
    pub fn database_url(&self) -> String {
        let given = self.flags.iter().position(|flag| flag == "--database-url");
        given.map_or_else(
            || format!("sqlite://{}", self.data.path().join("subscribe.sqlite").display()),
            |index| self.flags[index + 1].clone(),
        )
    }

    /// The data folder, for a command beside the server.
    pub fn data(&self) -> &Path {
        self.data.path()
    }

    /// Runs SQL on the database.
    pub async fn run(&self, sql: &str) {
        let db = sea_orm::Database::connect(self.database_url())
            .await
            .expect("a connection");
        db.execute_unprepared(sql).await.expect("done");
        db.close().await.expect("a clean end");
    }

    /// The whole number that a query of the database gives.
    pub async fn number(&self, sql: &str) -> i64 {
        let db = sea_orm::Database::connect(self.database_url())
            .await
            .expect("a connection");
        let query = Statement::from_string(db.get_database_backend(), sql);
        let row = db.query_one_raw(query).await.expect("an answer").expect("a row");
        db.close().await.expect("a clean end");
        row.try_get_by_index(0).expect("a number")
    }

    /// Runs SQL on the server's database, past the server.
    pub async fn execute(&self, sql: &str) -> Result<(), sea_orm::DbErr> {
        let db = sea_orm::Database::connect(self.database_url())
            .await
            .expect("a connection");
        let outcome = db.execute_unprepared(sql).await;
        db.close().await.expect("a clean end");
        outcome.map(drop)
    }

    /// Stops the server as SIGTERM does and waits for its end.
    pub async fn stopped(self) {
        self.stop.cancel();
        self.running.await.expect("no panic").expect("a clean end");
    }

    /// A browser without cookies.
    pub fn client(&self) -> Client {
        let http = reqwest::Client::builder()
            .cookie_store(true)
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(20))
            .build()
            .expect("a client");
        Client {
            http,
            base: self.base.clone(),
        }
    }

    /// Signs up and activates an account of the company Acme; gives the owner's browser, signed in.
    pub async fn activated(&self, email: &str) -> Client {
        self.activated_with(email, json!({})).await
    }

    /// The same with other members of the activation form.
    pub async fn activated_with(&self, email: &str, changes: Value) -> Client {
        let client = self.client();
        let answer = client
            .post("/api/sign-ups", &json!({ "email": email, "language": "en" }))
            .await;
        assert_eq!(answer.status, StatusCode::ACCEPTED, "{answer:?}");
        let token = self.token(email, "activation").await;
        let answer = client
            .post(&format!("/api/activations/{token}"), &activation(changes))
            .await;
        assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
        client
    }

    /// Adds members, all of whom join; gives their browsers.
    pub async fn joined(&self, owner: &Client, emails: &[&str]) -> Vec<Client> {
        self.joined_as("member", owner, emails).await
    }

    /// Adds users of a role, all of whom join; gives their browsers.
    pub async fn joined_as(&self, role: &str, owner: &Client, emails: &[&str]) -> Vec<Client> {
        let body = json!({ "emails": emails.join(" "), "role": role });
        let answer = owner.post("/api/users", &body).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
        let mut clients = Vec::new();
        for email in emails {
            let token = self.token(email, "invitation").await;
            let client = self.client();
            let body = json!({ "name": "Member", "password": PASSWORD });
            let answer = client.post(&format!("/api/invitations/{token}"), &body).await;
            assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
            clients.push(client);
        }
        clients
    }

    /// Letters to an address, newest first.
    pub async fn mail_to(&self, email: &str) -> Vec<Value> {
        let answer = self
            .client()
            .get(&format!("/sandbox/mail.json?to={}", email.replace('+', "%2B")))
            .await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
        answer.body.as_array().expect("a list").clone()
    }

    /// The token of the newest letter of a kind.
    pub async fn token(&self, email: &str, kind: &str) -> String {
        let letters = self.mail_to(email).await;
        let letter = letters.iter().find(|letter| letter["kind"] == kind);
        let letter =
            letter.unwrap_or_else(|| panic!("no letter of kind {kind} to {email} among {letters:#?}"));
        let links = letter["links"].as_array().expect("links");
        let link = links
            .iter()
            .filter_map(Value::as_str)
            .find_map(|link| link.split_once("token="));
        link.expect("a link with a token").1.to_owned()
    }

    /// Moves the clock.
    pub async fn advance(&self, by: Value) {
        let answer = self.client().post("/sandbox/clock", &by).await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    }

    /// A time so many minutes after the one that the clock shows.
    pub async fn now_plus_minutes(&self, minutes: i64) -> String {
        let shown = self.client().get("/sandbox/clock.json").await;
        let now: jiff::Timestamp = shown.body["now"]
            .as_str()
            .expect("a time")
            .parse()
            .expect("a time");
        now.checked_add(jiff::SignedDuration::from_mins(minutes))
            .expect("a time")
            .to_string()
    }

    /// Moves the clock by days.
    pub async fn advance_days(&self, days: i64) {
        self.advance(json!({ "advance_days": days })).await;
    }
}

/// Makes a database with up-to-date tables and gives its address.
async fn own_database(url: &str) -> String {
    let (server, _) = url
        .rsplit_once('/')
        .expect("an address that ends with a database");
    let name = format!("test_{}", uuid::Uuid::now_v7().simple());
    let admin = sea_orm::Database::connect(url).await.expect("PostgreSQL answers");
    admin
        .execute_unprepared(&format!("CREATE DATABASE {name}"))
        .await
        .expect("a database");
    admin.close().await.expect("a clean end");
    let url = format!("{server}/{name}");
    let options = DatabaseOptions {
        data: PathBuf::new(),
        database_url: Some(url.clone()),
    };
    assert!(migrate(&options).await.expect("migrated") > 0);
    url
}

/// A filled-in activation form, with changes.
pub fn activation(changes: Value) -> Value {
    let mut form = json!({
        "name": "Ada Lovelace",
        "company": "Acme",
        "password": PASSWORD,
        "country": "FR",
        "time_zone": "Europe/Paris",
        "terms": true,
    });
    let (Value::Object(form_members), Value::Object(changes)) = (&mut form, changes) else {
        panic!("no objects")
    };
    form_members.extend(changes);
    form
}

/// What `subscribe serve` with these flags is told.
pub fn config(data: &Path, flags: &[String]) -> Config {
    let mut arguments = vec![
        "subscribe".to_owned(),
        "serve".to_owned(),
        "--listen".to_owned(),
        "127.0.0.1:0".to_owned(),
    ];
    arguments.extend(["--data".to_owned(), data.display().to_string()]);
    let has = |name: &str| flags.iter().any(|flag| flag == name);
    if !has("--catalog") {
        arguments.extend(["--catalog".to_owned(), catalog().display().to_string()]);
    }
    for limit in [
        "--limit-sign-in",
        "--limit-sign-in-ip",
        "--limit-letters",
        "--limit-letters-ip",
        "--limit-invitations",
        "--limit-chat",
    ] {
        if !has(limit) {
            arguments.extend([limit.to_owned(), "off".to_owned()]);
        }
    }
    arguments.extend(flags.iter().cloned());
    match Cli::try_parse_from(arguments)
        .expect("flags that are understood")
        .command
    {
        Command::Serve(config) => *config,
        other => panic!("{other:?}"),
    }
}

/// The catalog of the project.
pub fn catalog() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog/onedesk.toml")
}

/// A browser: keeps cookies, follows no redirection.
pub struct Client {
    pub http: reqwest::Client,
    pub base: String,
}

impl Client {
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(self.request(Method::POST, path).json(body)).await
    }

    pub async fn patch(&self, path: &str, body: &Value) -> Answer {
        self.send(self.request(Method::PATCH, path).json(body)).await
    }

    pub async fn put(&self, path: &str, body: &Value) -> Answer {
        self.send(self.request(Method::PUT, path).json(body)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send(self.request(Method::DELETE, path)).await
    }

    /// A form as a browser without scripts posts it.
    pub async fn post_form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(self.request(Method::POST, path).form(fields)).await
    }

    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base))
    }

    pub async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        let response = request.send().await.expect("an answer");
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = response.bytes().await.expect("a body").to_vec();
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Answer {
            status,
            headers,
            body,
            bytes,
        }
    }

    pub async fn sign_in(&self, email: &str) -> Answer {
        self.post("/api/sessions", &json!({ "email": email, "password": PASSWORD }))
            .await
    }
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    /// The body, if it is JSON.
    pub body: Value,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().expect("ASCII"))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// Asserts a refusal: status, media type and type of the problem, such as `link-used`.
    #[track_caller]
    pub fn assert_problem(&self, status: u16, problem: &str) -> &Value {
        assert_eq!(self.status.as_u16(), status, "{self:?}");
        assert_eq!(
            self.header("content-type"),
            "application/problem+json",
            "{self:?}"
        );
        assert_eq!(
            self.body["type"],
            format!("urn:onedesk:problem:{problem}"),
            "{self:?}"
        );
        assert_eq!(self.body["status"], status);
        assert!(
            self.body["detail"]
                .as_str()
                .is_some_and(|detail| detail.len() > 20),
            "{self:?}"
        );
        &self.body
    }

    /// Asserts that a field was refused with a code.
    #[track_caller]
    pub fn assert_field(&self, field: &str, code: &str) {
        let problem = self.assert_problem(422, "invalid-fields");
        let codes = problem["fields"][field].as_array().cloned().unwrap_or_default();
        assert!(codes.iter().any(|error| error["code"] == code), "{self:?}");
    }
}

impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} {}",
            self.status,
            self.text().chars().take(2000).collect::<String>()
        )
    }
}
