//! Requests, and what they are answered.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use reqwest::{Method, RequestBuilder};
use sea_orm::DatabaseConnection;
use serde_json::Value;

use super::wire::of_debug;
use super::{Outcome, Person, SignedIn};

/// How long the server lets a request take before it gives it up.
const REQUESTS_TAKE: Duration = Duration::from_secs(30);

/// Where the server is, as one person asks it.
#[derive(Clone, Debug)]
pub struct Desk {
    pub http: reqwest::Client,
    pub base: String,
    pub db: DatabaseConnection,
    /// The session of a member of staff.
    pub staff: String,
    asked: Arc<AtomicU64>,
}

impl Desk {
    pub fn new(http: reqwest::Client, base: String, db: DatabaseConnection, staff: String) -> Self {
        Self {
            http,
            base,
            db,
            staff,
            asked: Arc::default(),
        }
    }

    /// The same for somebody else, counted apart.
    pub fn of_another(&self) -> Self {
        Self {
            asked: Arc::default(),
            ..self.clone()
        }
    }

    /// How often the server was asked for something here.
    pub fn asked(&self) -> u64 {
        self.asked.load(Ordering::Relaxed)
    }

    /// Moves the clock; what is due by then is done when it answers.
    ///
    /// On a machine that has much else to do, a year of renewals of all accounts may take longer than a request may. What is
    /// not done by then is left to the next pass, as after a crash: so it is asked for again. Any other failure is one.
    pub async fn clock(&self, body: &Value) {
        loop {
            let began = Instant::now();
            let request = self.http.post(format!("{}/sandbox/clock", self.base)).json(body);
            let answer = request.send().await.expect("an answer");
            if answer.status().is_success() {
                return;
            }
            assert!(
                began.elapsed() >= REQUESTS_TAKE,
                "the clock is not moved to {body}: {answer:?}"
            );
        }
    }

    pub fn request(&self, method: Method, path: &str, cookie: &str) -> RequestBuilder {
        self.http
            .request(method, format!("{}{path}", self.base))
            .header("Cookie", cookie)
    }

    pub async fn send(&self, request: RequestBuilder) -> Outcome<Answer> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        let response = request.send().await.map_err(of_debug)?;
        let status = response.status().as_u16();
        let bytes = response.bytes().await.map_err(of_debug)?;
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        if status >= 500 {
            return Err(format!("the server fails: {status} {body}"));
        }
        Ok(Answer { status, body })
    }
}

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub body: Value,
}

impl Answer {
    /// The reason of a refusal, or its type; what was done else.
    pub fn said(&self) -> &str {
        if self.status < 300 {
            return "done";
        }
        let problem = self.body["type"].as_str().unwrap_or("no problem document");
        match problem.trim_start_matches("urn:onedesk:problem:") {
            "change-refused" => self.body["reason"].as_str().unwrap_or("no reason"),
            problem => problem,
        }
    }

    pub fn expect(&self, what: &str, said: &[&str]) -> Outcome {
        if said.contains(&self.said()) {
            Ok(())
        } else {
            Err(format!(
                "{what}: the server says {} {}, the model {}\n{}",
                self.status,
                self.said(),
                said.join(" or "),
                self.body
            ))
        }
    }
}

/// What the owner asks for.
impl Person {
    pub async fn get(&self, desk: &Desk, path: &str) -> Outcome<Answer> {
        desk.send(desk.request(Method::GET, path, &self.signed_in.owner))
            .await
    }

    pub async fn post(&self, desk: &Desk, path: &str, body: &Value) -> Outcome<Answer> {
        let request = desk.request(Method::POST, path, &self.signed_in.owner);
        desk.send(request.json(body)).await
    }

    pub async fn keyed(&self, desk: &Desk, path: &str, body: &Value, key: &str) -> Outcome<Answer> {
        let request = desk.request(Method::POST, path, &self.signed_in.owner).json(body);
        desk.send(request.header("Idempotency-Key", key)).await
    }

    /// The session of the other admin; that of the owner in another browser while the other one cannot work.
    pub async fn other_admin(&self, desk: &Desk) -> Outcome<&str> {
        let SignedIn { owner, admin, .. } = &self.signed_in;
        let answer = desk
            .send(desk.request(Method::GET, "/api/account", admin))
            .await?;
        Ok(if answer.status == 200 { admin } else { owner })
    }
}
