//! A real server on a real database file, with many accounts, whose lives go on side by side.
//!
//! All that happens to them is asked for over HTTP.

use std::time::Duration;

use futures_util::StreamExt;
use sea_orm::{ConnectionTrait, Database};
use serde_json::json;

use crate::acts::{Acts, Morning};
use crate::books;
use crate::households::Rows;
use crate::lives::trial_end;
use crate::person::{Desk, Person, Told};
use crate::reached::Reached;
use crate::running::{Running, folder};

/// How many people act at the same time.
const AT_ONCE: usize = 6;

/// A life that did not go as the model says.
#[derive(Debug)]
pub struct Failure {
    /// `None` if it cannot be said which one: the books of all do not balance.
    pub life: Option<u64>,
    pub told: Told,
}

/// How a world has gone.
#[derive(Debug, Default)]
pub struct Report {
    pub acts: u64,
    pub accepted: u64,
    pub invoices: u64,
    pub reached: Reached,
    pub failures: Vec<Failure>,
}

impl Report {
    pub fn add(&mut self, other: Self) {
        self.acts += other.acts;
        self.accepted += other.accepted;
        self.invoices += other.invoices;
        self.reached.add(&other.reached);
        self.failures.extend(other.failures);
    }
}

/// Lets lives go on from the first morning to the last, then proves the books. `lives` are numbered, with what is done on each
/// morning.
pub async fn go_on(mornings: &[Morning], lives: Vec<(u64, Vec<Acts>)>) -> Report {
    let folder = folder();
    let mut running = Running::start(folder.path(), mornings[0].edition).await;
    let file = folder.path().join("subscribe.sqlite");
    let db = Database::connect(format!("sqlite://{}", file.display()))
        .await
        .expect("a connection");
    let mut rows = Rows::new(mornings[0].at, trial_end(mornings));
    let staff = rows.staff();
    let mut people: Vec<(Person, Vec<Acts>)> = lives
        .into_iter()
        .map(|(life, acts)| (rows.account(life), acts))
        .collect();
    db.execute_unprepared("PRAGMA busy_timeout = 20000")
        .await
        .expect("SQLite");
    db.execute_unprepared(&rows.into_sql()).await.expect("accounts");
    let http = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        // Sooner than the server closes a connection that nothing is asked on: nobody shall ask on one that is being closed.
        .pool_idle_timeout(Duration::from_secs(2))
        .build()
        .expect("a client");

    let mut wrong = Vec::new();
    for (index, morning) in mornings.iter().enumerate() {
        if morning.restarts || !running.sells(morning.edition) {
            running.stop().await;
            running = Running::start(folder.path(), morning.edition).await;
        }
        let desk = Desk::new(http.clone(), running.base.clone(), db.clone(), staff.clone());
        desk.clock(&json!({ "set": morning.at })).await;
        let before = index.checked_sub(1).map(|before| mornings[before].at);
        let desk = &desk;
        people = futures_util::stream::iter(people)
            .map(|(mut person, acts)| async move {
                let desk = desk.of_another();
                person.lives(&desk, morning, before, &acts[index]).await;
                if index + 1 == mornings.len() {
                    person.ends(&desk).await;
                }
                (person, acts)
            })
            .buffer_unordered(AT_ONCE)
            .collect()
            .await;
        wrong = books::of_all(&db).await;
        // One is enough: it is told at once.
        if !wrong.is_empty() || people.iter().any(|(person, _)| person.failed.is_some()) {
            break;
        }
    }
    let mut report = Report::default();
    for (person, _) in people {
        report.acts += person.acts;
        report.accepted += person.accepted;
        report.invoices += person.account.bills.len() as u64;
        report.reached.add(&person.account.reached);
        let life = Some(person.life);
        report
            .failures
            .extend(person.failed.map(|told| Failure { life, told }));
    }
    report.failures.sort_by_key(|failure| failure.life);
    // With a life that stopped in the middle, the books of all say nothing more.
    if report.failures.is_empty() {
        if wrong.is_empty() {
            wrong = books::ledger(folder.path()).await;
        }
        report.failures.extend(wrong.into_iter().map(|wrong| Failure {
            life: None,
            told: Told {
                log: Vec::new(),
                wrong,
            },
        }));
    }
    db.close().await.expect("a clean end");
    running.stop().await;
    report
}
