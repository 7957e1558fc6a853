//! Reminders before the end of a trial and the letters at its end: when, to whom, and in which words.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::orders_requests::{pay, place};
use crate::server::{Client, TestServer};

/// The kind of the letters before the end.
pub const REMINDER: &str = "trial_reminder";
/// The kind of the letters at the end.
pub const ENDED: &str = "trial_ended";
/// Hours.
pub const DAY: i64 = 24;

/// A server on a day from which two weeks hold no change of clocks, so that 24 hours are a day everywhere.
pub async fn in_june() -> TestServer {
    let server = TestServer::start().await;
    set(&server, "2030-06-01T10:00:00Z").await;
    server
}

pub async fn set(server: &TestServer, instant: &str) {
    server.advance(json!({ "set": instant })).await;
}

pub async fn advance_hours(server: &TestServer, hours: i64) {
    server.advance(json!({ "advance_hours": hours })).await;
}

/// Letters of a kind to an address, newest first.
pub async fn letters(server: &TestServer, email: &str, kind: &str) -> Vec<Value> {
    let mut letters = server.mail_to(email).await;
    letters.retain(|letter| letter["kind"] == kind);
    letters
}

/// The subjects of the letters of a kind to an address, oldest first.
pub async fn subjects(server: &TestServer, email: &str, kind: &str) -> Vec<String> {
    let letters = letters(server, email, kind).await;
    let subject = |letter: &Value| letter["subject"].as_str().unwrap().to_owned();
    letters.iter().rev().map(subject).collect()
}

/// The one letter of a kind to an address.
pub async fn letter(server: &TestServer, email: &str, kind: &str) -> Value {
    let mut letters = letters(server, email, kind).await;
    assert_eq!(letters.len(), 1, "{letters:#?}");
    letters.remove(0)
}

/// Asserts that a letter says all of this, in its text and in its HTML. No-break spaces are read as spaces.
#[track_caller]
pub fn assert_says(letter: &Value, parts: &[&str]) {
    for form in ["text", "html"] {
        let words = letter[form].as_str().unwrap();
        let words = words.replace(['\u{a0}', '\u{202f}'], " ");
        for part in parts {
            assert!(words.contains(part), "no {part:?} in the {form}\n{words}");
        }
    }
}

async fn speak_french(client: &Client) {
    let answer = client
        .patch("/api/account/language", &json!({ "language": "fr" }))
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
}

async fn invite(client: &Client, role: &str, email: &str) {
    let answer = client
        .post("/api/users", &json!({ "emails": email, "role": role }))
        .await;
    assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
}

async fn order(client: &Client, seats: u32) -> Value {
    let choice = json!({ "plan": "standard", "seats": seats, "period": "monthly", "currency": "USD" });
    let quote = client.post("/api/quotes", &choice).await.body;
    let body = json!({ "choice": choice, "expected_total": quote["taxed"]["gross"] });
    place(client, &body).await
}

#[tokio::test]
async fn reminders_by_e_mail_7_3_and_1_days_before_the_end_and_at_the_end() {
    let server = in_june().await;
    let ada = server.activated("ada@example.com").await;
    server.joined_as("admin", &ada, &["bob@example.com"]).await;
    server.joined(&ada, &["cyd@example.com"]).await;
    let expected = [
        (7 * DAY, "7 days left of your OneDesk trial"),
        (4 * DAY, "3 days left of your OneDesk trial"),
        (2 * DAY, "Your OneDesk trial ends tomorrow"),
    ];
    let mut told: Vec<&str> = Vec::new();
    for (hours, subject) in expected {
        advance_hours(&server, hours - 1).await;
        assert_eq!(subjects(&server, "ada@example.com", REMINDER).await, told);
        advance_hours(&server, 1).await;
        told.push(subject);
        for email in ["ada@example.com", "bob@example.com"] {
            assert_eq!(subjects(&server, email, REMINDER).await, told, "{email}");
        }
    }
    // Every move of the clock was a pass; here is another, on the last day, and one an instant later.
    advance_hours(&server, DAY - 1).await;
    advance_hours(&server, 0).await;
    assert_eq!(subjects(&server, "ada@example.com", REMINDER).await, told);
    assert!(letters(&server, "ada@example.com", ENDED).await.is_empty());

    advance_hours(&server, 1).await;
    advance_hours(&server, 1).await;
    server.advance_days(30).await;
    for email in ["ada@example.com", "bob@example.com"] {
        assert_eq!(subjects(&server, email, REMINDER).await, told);
        assert_eq!(
            subjects(&server, email, ENDED).await,
            ["Your OneDesk trial is over"]
        );
    }
    for kind in [REMINDER, ENDED] {
        assert!(letters(&server, "cyd@example.com", kind).await.is_empty());
    }
}

#[tokio::test]
async fn a_reminder_says_how_many_days_are_left_what_happens_to_whom_and_what_to_do() {
    let server = in_june().await;
    let ada = server.activated("ada@example.com").await;
    server.joined_as("admin", &ada, &["bob@example.com"]).await;
    invite(&ada, "member", "cyd@example.com").await;
    server.advance_days(7).await;
    for (email, name) in [("ada@example.com", "Ada Lovelace"), ("bob@example.com", "Member")] {
        let letter = letter(&server, email, REMINDER).await;
        assert_says(
            &letter,
            &[
                &format!("Hello {name},"),
                "The free trial of OneDesk for Acme ends in 7 days, on June 15, 2030.",
                "every user but the account owner is deactivated",
                "Nothing is deleted.",
                "As of today, 2 users would be deactivated.",
                "with at least 3 licences, one for each active user",
                "nothing is charged",
            ],
        );
        let screen = format!("{}/app/administration/subscription", server.base);
        assert_eq!(letter["links"], json!([screen]), "{letter}");
        assert!(
            letter["html"]
                .as_str()
                .unwrap()
                .contains(&format!("href=\"{screen}\""))
        );
    }
}

#[tokio::test]
async fn an_owner_alone_is_not_told_that_users_are_deactivated() {
    let server = in_june().await;
    server.activated("ada@example.com").await;
    server.advance_days(13).await;
    let reminder = letter(&server, "ada@example.com", REMINDER).await;
    assert_says(
        &reminder,
        &[
            "ends tomorrow, on June 15, 2030.",
            "nobody would be deactivated",
            "at least 1 licence,",
        ],
    );
    server.advance_days(1).await;
    let ended = letter(&server, "ada@example.com", ENDED).await;
    assert_says(&ended, &["nobody was deactivated", "Nothing was deleted"]);
}

#[tokio::test]
async fn the_letter_at_the_end_says_who_was_deactivated_that_all_is_kept_and_what_brings_it_back() {
    let server = in_june().await;
    let ada = server.activated("ada@example.com").await;
    server.joined_as("admin", &ada, &["bob@example.com"]).await;
    invite(&ada, "member", "cyd@example.com").await;
    server.advance_days(14).await;
    let told = [
        "The free trial of OneDesk for Acme ended on June 15, 2030.",
        "2 users were deactivated and can no longer sign in.",
        "Nothing was deleted: everything you had is still there.",
    ];
    let owners = letter(&server, "ada@example.com", ENDED).await;
    assert_says(&owners, &told);
    assert_says(
        &owners,
        &["Subscribe to go on.", "one by one or several at once", "licences"],
    );
    let screen = format!("{}/app/administration/subscription", server.base);
    assert_eq!(owners["links"], json!([screen]));

    // The admin cannot sign in any more, and is told who can.
    let admins = letter(&server, "bob@example.com", ENDED).await;
    assert_says(&admins, &told);
    assert_says(
        &admins,
        &[
            "Your own access is deactivated too.",
            "Ada Lovelace (ada@example.com)",
        ],
    );
    assert_eq!(admins["links"], json!([]));
}

#[tokio::test]
async fn everybody_is_written_to_in_their_own_language() {
    let server = in_june().await;
    let ada = server.activated("ada@example.com").await;
    let bob = server
        .joined_as("admin", &ada, &["bob@example.com"])
        .await
        .remove(0);
    server.joined(&ada, &["cyd@example.com"]).await;
    speak_french(&bob).await;
    server.advance_days(7).await;
    assert_eq!(
        letter(&server, "ada@example.com", REMINDER).await["language"],
        "en"
    );
    let french = letter(&server, "bob@example.com", REMINDER).await;
    assert_eq!(french["language"], "fr");
    assert_eq!(french["subject"], "Plus que 7 jours d’essai OneDesk");
    assert_says(
        &french,
        &[
            "Bonjour Member,",
            "se termine dans 7 jours, le 15 juin 2030.",
            "Rien ne sera supprimé.",
            "À ce jour, 2 utilisateurs seraient désactivés.",
            "avec au moins 3 licences",
            "S’abonner",
        ],
    );
    server.advance_days(4).await;
    server.advance_days(2).await;
    assert_eq!(
        subjects(&server, "bob@example.com", REMINDER).await,
        [
            "Plus que 7 jours d’essai OneDesk",
            "Plus que 3 jours d’essai OneDesk",
            "Votre essai OneDesk se termine demain",
        ]
    );
    speak_french(&ada).await;
    server.advance_days(1).await;
    let owners = letter(&server, "ada@example.com", ENDED).await;
    assert_eq!(owners["subject"], "Votre essai OneDesk est terminé");
    assert_says(
        &owners,
        &[
            "2 utilisateurs ont été désactivés",
            "Rien n’a été supprimé",
            "réactiver vos utilisateurs",
        ],
    );
    assert_says(
        &letter(&server, "bob@example.com", ENDED).await,
        &["Le propriétaire du compte, Ada Lovelace (ada@example.com), peut s’abonner"],
    );
}

#[tokio::test]
async fn only_admins_who_are_active_and_have_joined_are_written_to() {
    let server = in_june().await;
    let ada = server.activated("ada@example.com").await;
    server.joined_as("admin", &ada, &["bob@example.com"]).await;
    invite(&ada, "admin", "invited@example.com").await;
    let users = ada.get("/api/users").await.body;
    let bob = users["users"].as_array().unwrap();
    let bob = bob
        .iter()
        .find(|user| user["email"] == "bob@example.com")
        .unwrap();
    let path = format!("/api/users/{}/deactivation", bob["id"].as_str().unwrap());
    let answer = ada.post(&path, &json!({})).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    server.advance_days(7).await;
    server.advance_days(7).await;
    for kind in [REMINDER, ENDED] {
        letter(&server, "ada@example.com", kind).await;
        for email in ["bob@example.com", "invited@example.com"] {
            assert!(letters(&server, email, kind).await.is_empty(), "{email} {kind}");
        }
    }
    // Who was deactivated before is not counted among those who were deactivated now.
    assert_says(
        &letter(&server, "ada@example.com", ENDED).await,
        &["1 user was deactivated"],
    );
}

#[tokio::test]
async fn who_has_subscribed_is_reminded_of_nothing() {
    let server = in_june().await;
    let ada = server.activated("ada@example.com").await;
    server.advance_days(7).await;
    let placed = order(&ada, 2).await;
    pay(&ada, &placed).await;
    for days in [4, 2, 1, 1] {
        server.advance_days(days).await;
    }
    assert_eq!(letters(&server, "ada@example.com", REMINDER).await.len(), 1);
    assert!(letters(&server, "ada@example.com", ENDED).await.is_empty());
}

#[tokio::test]
async fn an_open_order_stops_no_reminder() {
    let server = in_june().await;
    let ada = server.activated("ada@example.com").await;
    advance_hours(&server, 7 * DAY - 1).await;
    server.advance(json!({ "set": "2030-06-08T09:50:00Z" })).await;
    order(&ada, 2).await;
    server.advance(json!({ "set": "2030-06-08T10:10:00Z" })).await;
    assert!(ada.get("/api/account").await.body["pending_order"].is_object());
    letter(&server, "ada@example.com", REMINDER).await;
}
