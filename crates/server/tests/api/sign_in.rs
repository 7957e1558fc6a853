//! Sessions and forgotten passwords.

use std::time::Instant;

use reqwest::StatusCode;
use serde_json::json;

use crate::server::{PASSWORD, TestServer};

#[tokio::test]
async fn signing_in_and_out() {
    let server = TestServer::start().await;
    server.activated("ada@example.com").await;
    let client = server.client();
    client
        .get("/api/account")
        .await
        .assert_problem(401, "not-signed-in");
    let answer = client.sign_in(" ADA@example.com").await;
    assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
    assert_eq!(answer.body["user"]["email"], "ada@example.com");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(client.get("/api/account").await.status, StatusCode::OK);

    let answer = client.delete("/api/sessions/current").await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert!(
        answer.header("set-cookie").contains("Max-Age=0"),
        "{:?}",
        answer.headers
    );
    client
        .get("/api/account")
        .await
        .assert_problem(401, "not-signed-in");
    // Signing out twice is no error.
    assert_eq!(
        client.delete("/api/sessions/current").await.status,
        StatusCode::NO_CONTENT
    );
}

#[tokio::test]
async fn a_session_that_was_ended_is_ended_for_whoever_copied_the_cookie() {
    let server = TestServer::start().await;
    server.activated("ada@example.com").await;
    let client = server.client();
    let cookie = client
        .sign_in("ada@example.com")
        .await
        .header("set-cookie")
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    client.delete("/api/sessions/current").await;
    let thief = server.client();
    let request = thief
        .request(reqwest::Method::GET, "/api/account")
        .header("cookie", cookie);
    thief.send(request).await.assert_problem(401, "not-signed-in");
}

#[tokio::test]
async fn the_cookie_is_kept_from_scripts_and_other_sites() {
    let server = TestServer::start().await;
    server.activated("ada@example.com").await;
    let answer = server.client().sign_in("ada@example.com").await;
    let cookie = answer.header("set-cookie");
    let (pair, attributes) = cookie.split_once("; ").unwrap();
    assert!(
        pair.starts_with("session=") && pair.len() == "session=".len() + 43,
        "{cookie}"
    );
    assert_eq!(attributes, "Path=/; Max-Age=34560000; HttpOnly; SameSite=Lax");
}

#[tokio::test]
async fn over_https_the_cookie_is_bound_to_this_very_host() {
    let server = TestServer::with(&["--sandbox", "--public-url", "https://subscribe.example.com"]).await;
    let client = server.client();
    client
        .post(
            "/api/sign-ups",
            &json!({ "email": "ada@example.com", "language": "en" }),
        )
        .await;
    let token = server.token("ada@example.com", "activation").await;
    let form = crate::server::activation(json!({}));
    let answer = client.post(&format!("/api/activations/{token}"), &form).await;
    let cookie = answer.header("set-cookie");
    assert!(
        cookie.starts_with("__Host-session=")
            && cookie.ends_with("; Path=/; Max-Age=34560000; HttpOnly; SameSite=Lax; Secure"),
        "{cookie}"
    );
    assert_eq!(answer.header("strict-transport-security"), "max-age=63072000");
}

#[tokio::test]
async fn wrong_credentials_are_told_alike_and_take_alike_long() {
    let server = TestServer::start().await;
    let owner = server.activated("ada@example.com").await;
    owner
        .post(
            "/api/users",
            &json!({ "emails": "invited@example.com", "role": "member" }),
        )
        .await;
    let client = server.client();
    let mut answers = Vec::new();
    // The first attempt at an unknown user also makes the hash that such attempts are compared with.
    client.sign_in("warm-up@example.com").await;
    for (email, password) in [
        ("ada@example.com", "not the password"),
        ("nobody@example.com", PASSWORD),
        ("invited@example.com", PASSWORD),
    ] {
        let start = Instant::now();
        let answer = client
            .post("/api/sessions", &json!({ "email": email, "password": password }))
            .await;
        answer.assert_problem(401, "wrong-credentials");
        answers.push((answer.text(), start.elapsed()));
    }
    assert!(
        answers.windows(2).all(|pair| pair[0].0 == pair[1].0),
        "{answers:?}"
    );
    let (fastest, slowest) = (
        answers.iter().map(|a| a.1).min().unwrap(),
        answers.iter().map(|a| a.1).max().unwrap(),
    );
    // Hashing takes tens of milliseconds, everything else a few: without it an answer would be ten times as fast.
    assert!(slowest < fastest * 5, "{answers:?}");
}

#[tokio::test]
async fn what_is_no_sign_in_is_refused_with_its_fields() {
    let server = TestServer::start().await;
    let answer = server
        .client()
        .post("/api/sessions", &json!({ "email": "", "password": "" }))
        .await;
    answer.assert_field("email", "required");
    answer.assert_field("password", "required");
}

#[tokio::test]
async fn sessions_last_while_they_are_used() {
    let server = TestServer::start().await;
    let client = server.activated("ada@example.com").await;
    for _ in 0..3 {
        server.advance_days(20).await;
        assert_eq!(client.get("/api/account").await.status, StatusCode::OK);
    }
    server.advance_days(30).await;
    client
        .get("/api/account")
        .await
        .assert_problem(401, "not-signed-in");
}

#[tokio::test]
async fn sessions_survive_a_restart() {
    let server = TestServer::start().await;
    server.activated("ada@example.com").await;
    let cookie = server
        .client()
        .sign_in("ada@example.com")
        .await
        .header("set-cookie")
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let server = server.restarted().await;
    let client = server.client();
    let request = client
        .request(reqwest::Method::GET, "/api/account")
        .header("cookie", cookie);
    assert_eq!(client.send(request).await.status, StatusCode::OK);
}

#[tokio::test]
async fn sign_in_is_throttled_by_address_and_network() {
    let server = TestServer::with(&[
        "--sandbox",
        "--limit-sign-in",
        "3/15m",
        "--limit-sign-in-ip",
        "6/15m",
    ])
    .await;
    // Using the link from the letter counts as well.
    server.activated("ada@example.com").await;
    let client = server.client();
    let wrong = json!({ "email": "ada@example.com", "password": "not the password" });
    for _ in 0..3 {
        client
            .post("/api/sessions", &wrong)
            .await
            .assert_problem(401, "wrong-credentials");
    }
    // Now the right password does not help either: guessing on goes nowhere.
    let answer = client.sign_in("ada@example.com").await;
    answer.assert_problem(429, "too-many-attempts");
    assert!(
        (1..=300).contains(&answer.header("retry-after").parse::<u64>().unwrap()),
        "{answer:?}"
    );
    // Another user is let through until the network's allowance is used up.
    client
        .sign_in("bob@example.com")
        .await
        .assert_problem(401, "wrong-credentials");
    client
        .sign_in("cyd@example.com")
        .await
        .assert_problem(429, "too-many-attempts");
}

#[tokio::test]
async fn behind_a_proxy_each_visitor_has_an_allowance() {
    let server = TestServer::with(&["--sandbox", "--behind-proxy", "--limit-sign-in-ip", "1/1h"]).await;
    let client = server.client();
    let body = json!({ "email": "ada@example.com", "password": "x" });
    let from = async |forwarded: &str| {
        let request = client.request(reqwest::Method::POST, "/api/sessions").json(&body);
        client
            .send(request.header("x-forwarded-for", forwarded))
            .await
            .status
            .as_u16()
    };
    assert_eq!(from("203.0.113.1").await, 401);
    // What a visitor claims stands in front of what the proxy saw.
    assert_eq!(from("198.51.100.9, 203.0.113.1").await, 429);
    assert_eq!(from("203.0.113.2").await, 401);
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_once() {
    let server = TestServer::start().await;
    let signed_in = server.activated("ada@example.com").await;
    let client = server.client();
    let answer = client
        .post("/api/password-resets", &json!({ "email": "Ada@example.com" }))
        .await;
    assert_eq!(answer.status, StatusCode::ACCEPTED);
    let path = format!(
        "/api/password-resets/{}",
        server.token("ada@example.com", "password_reset").await
    );
    assert_eq!(
        client.get(&path).await.body,
        json!({ "email": "ada@example.com" })
    );

    client
        .post(&path, &json!({ "password": "short" }))
        .await
        .assert_field("password", "too_short");
    client
        .post(&path, &json!({ "password": "ada@example.com" }))
        .await
        .assert_field("password", "password_repeats_other");
    let new = "a completely different one";
    assert_eq!(
        client.post(&path, &json!({ "password": new })).await.status,
        StatusCode::NO_CONTENT
    );

    // Every session ended, the old password with them; the user is told.
    signed_in
        .get("/api/account")
        .await
        .assert_problem(401, "not-signed-in");
    client
        .sign_in("ada@example.com")
        .await
        .assert_problem(401, "wrong-credentials");
    let answer = client
        .post(
            "/api/sessions",
            &json!({ "email": "ada@example.com", "password": new }),
        )
        .await;
    assert_eq!(answer.status, StatusCode::CREATED);
    assert_eq!(
        server.mail_to("ada@example.com").await[0]["kind"],
        "password_changed"
    );

    client
        .post(&path, &json!({ "password": new }))
        .await
        .assert_problem(410, "link-used");
    client.get(&path).await.assert_problem(410, "link-used");
}

#[tokio::test]
async fn a_link_for_a_new_password_works_for_an_hour() {
    let server = TestServer::start().await;
    server.activated("ada@example.com").await;
    let client = server.client();
    client
        .post("/api/password-resets", &json!({ "email": "ada@example.com" }))
        .await;
    let path = format!(
        "/api/password-resets/{}",
        server.token("ada@example.com", "password_reset").await
    );
    server.advance(json!({ "advance_hours": 1 })).await;
    client.get(&path).await.assert_problem(410, "link-expired");
    client
        .post(&path, &json!({ "password": "a completely different one" }))
        .await
        .assert_problem(410, "link-expired");
    client
        .get("/api/password-resets/nonsense")
        .await
        .assert_problem(404, "link-unknown");
}

#[tokio::test]
async fn an_unknown_address_gets_no_letter_and_the_same_answer() {
    let server = TestServer::start().await;
    server.activated("ada@example.com").await;
    let client = server.client();
    let known = client
        .post("/api/password-resets", &json!({ "email": "ada@example.com" }))
        .await;
    let unknown = client
        .post("/api/password-resets", &json!({ "email": "nobody@example.com" }))
        .await;
    assert_eq!((known.status, &known.bytes), (unknown.status, &unknown.bytes));
    assert!(server.mail_to("nobody@example.com").await.is_empty());
    client
        .post("/api/password-resets", &json!({ "email": "nobody" }))
        .await
        .assert_field("email", "invalid_email");
}

#[tokio::test]
async fn the_language_can_be_changed() {
    let server = TestServer::start().await;
    let client = server.activated("ada@example.com").await;
    let answer = client
        .patch("/api/account/language", &json!({ "language": "fr" }))
        .await;
    assert_eq!(answer.body["user"]["language"], "fr", "{answer:?}");
    client
        .post("/api/password-resets", &json!({ "email": "ada@example.com" }))
        .await;
    assert_eq!(server.mail_to("ada@example.com").await[0]["language"], "fr");
    let answer = client
        .patch("/api/account/language", &json!({ "language": "xx" }))
        .await;
    answer.assert_field("language", "unknown_language");
    let stranger = server
        .client()
        .patch("/api/account/language", &json!({ "language": "fr" }))
        .await;
    stranger.assert_problem(401, "not-signed-in");
}
