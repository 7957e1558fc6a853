//! What somebody with bad intentions tries with accounts, letters and sessions, and what comes of it.

use std::time::{Duration, Instant};

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::pages::{built, serving};
use crate::server::{Answer, Client, PASSWORD, TestServer, activation};

fn sign_up(email: &str) -> Value {
    json!({ "email": email, "language": "en" })
}

async fn add(client: &Client, emails: &str) -> Answer {
    client
        .post("/api/users", &json!({ "emails": emails, "role": "member" }))
        .await
}

/// Deactivates and reactivates a user, and gives the answer to the latter.
async fn off_and_on(client: &Client, email: &str) -> Answer {
    let view = client.get("/api/users").await.body;
    let users = view["users"].as_array().unwrap();
    let user = users.iter().find(|user| user["email"] == email).unwrap();
    let path = format!("/api/users/{}", user["id"].as_str().unwrap());
    let off = client.post(&format!("{path}/deactivation"), &json!({})).await;
    assert_eq!(off.status, StatusCode::OK, "{off:?}");
    client.post(&format!("{path}/reactivation"), &json!({})).await
}

/// The cookie that an answer sets, as a browser sends it back.
fn cookie(answer: &Answer) -> String {
    answer.header("set-cookie").split(';').next().unwrap().to_owned()
}

/// Who copied a cookie and uses it elsewhere.
async fn with_cookie(server: &TestServer, cookie: &str) -> Answer {
    let thief = server.client();
    let request = thief
        .request(Method::GET, "/api/account")
        .header("cookie", cookie);
    thief.send(request).await
}

#[tokio::test]
async fn a_strangers_invitation_keeps_nobody_from_an_account_of_their_own() {
    let server = TestServer::start().await;
    let stranger = server
        .activated_with("eve@elsewhere.example", json!({ "company": "Elsewhere" }))
        .await;
    for deactivated in [false, true] {
        let email = if deactivated {
            "ada@example.com"
        } else {
            "bob@example.com"
        };
        assert_eq!(add(&stranger, email).await.status, StatusCode::CREATED);
        let invitation = server.token(email, "invitation").await;
        if deactivated {
            let view = stranger.get("/api/users").await.body;
            let users = view["users"].as_array().unwrap();
            let id = users.iter().find(|user| user["email"] == email).unwrap()["id"].as_str();
            let path = format!("/api/users/{}/deactivation", id.unwrap());
            assert_eq!(stranger.post(&path, &json!({})).await.status, StatusCode::OK);
        }

        let victim = server.client();
        let answer = victim.post("/api/sign-ups", &sign_up(email)).await;
        assert_eq!(
            (answer.status, &answer.body),
            (StatusCode::ACCEPTED, &json!({ "email": email }))
        );
        assert_eq!(server.mail_to(email).await[0]["kind"], "activation");
        let path = format!("/api/activations/{}", server.token(email, "activation").await);
        assert_eq!(victim.get(&path).await.status, StatusCode::OK);
        let answer = victim.post(&path, &activation(json!({}))).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
        assert_eq!(answer.body["user"]["role"], "owner");
        assert_eq!(victim.sign_in(email).await.status, StatusCode::CREATED);

        // The invitation is withdrawn, and the stranger's account remembers that there was one.
        let view = stranger.get("/api/users").await.body;
        assert_eq!(view["users"].as_array().unwrap().len(), 1, "{view}");
        let body = json!({ "name": "Eve", "password": PASSWORD });
        server
            .client()
            .post(&format!("/api/invitations/{invitation}"), &body)
            .await
            .assert_problem(404, "link-unknown");
        assert_eq!(add(&stranger, email).await.body["elsewhere"], json!([email]));
    }
    let withdrawn = "SELECT COUNT(*) FROM audit WHERE action = 'user.invitation_withdrawn'";
    assert_eq!(server.number(withdrawn).await, 2);
}

#[tokio::test]
async fn who_has_joined_is_not_withdrawn_by_a_sign_up_of_before() {
    let server = TestServer::start().await;
    let owner = server.activated("ada@example.com").await;
    let bob = server.client();
    bob.post("/api/sign-ups", &sign_up("bob@example.com")).await;
    let path = format!(
        "/api/activations/{}",
        server.token("bob@example.com", "activation").await
    );
    let joined = server.joined(&owner, &["bob@example.com"]).await.remove(0);
    bob.get(&path).await.assert_problem(410, "link-used");
    bob.post(&path, &activation(json!({})))
        .await
        .assert_problem(410, "link-used");
    assert_eq!(joined.get("/api/account").await.status, StatusCode::OK);
}

#[tokio::test]
async fn reactivating_an_invited_user_over_and_over_floods_no_mailbox() {
    for (limits, email) in [
        (["--sandbox", "--limit-invitations", "3/1h"], "ada@example.com"),
        (["--sandbox", "--limit-letters", "3/1h"], "bob@example.com"),
    ] {
        let server = TestServer::with(&limits).await;
        let stranger = server.activated("eve@elsewhere.example").await;
        add(&stranger, email).await;
        for _ in 0..2 {
            assert_eq!(off_and_on(&stranger, email).await.status, StatusCode::OK);
        }
        off_and_on(&stranger, email)
            .await
            .assert_problem(429, "too-many-attempts");
        assert_eq!(server.mail_to(email).await.len(), 3);
        // Nothing was done: the user is as inactive as before.
        assert_eq!(stranger.get("/api/users").await.body["active_users"], 1);
    }
}

#[tokio::test]
async fn several_accounts_together_flood_no_mailbox() {
    let server = TestServer::with(&["--sandbox", "--limit-letters", "1/1h"]).await;
    server
        .client()
        .post("/api/sign-ups", &sign_up("ada@example.com"))
        .await;
    let stranger = server.activated("eve@elsewhere.example").await;
    add(&stranger, "ada@example.com")
        .await
        .assert_problem(429, "too-many-attempts");
    assert_eq!(server.mail_to("ada@example.com").await.len(), 1);
    assert_eq!(stranger.get("/api/users").await.body["active_users"], 1);
}

#[tokio::test]
async fn links_are_not_tried_without_end() {
    let folder = built();
    let pages = folder.path().to_str().unwrap();
    let server = TestServer::with(&["--sandbox", "--pages", pages, "--limit-sign-in-ip", "3/1h"]).await;
    let client = server.client();
    let password = json!({ "name": "Eve", "password": PASSWORD });
    let form = activation(json!({}));
    for (path, body) in [
        ("/api/activations/nonsense", &form),
        ("/api/invitations/nonsense", &password),
        ("/api/password-resets/nonsense", &password),
    ] {
        client.post(path, body).await.assert_problem(404, "link-unknown");
    }
    for (path, body) in [
        ("/api/activations/nonsense", &form),
        ("/api/invitations/nonsense", &password),
        ("/api/password-resets/nonsense", &password),
    ] {
        let answer = client.post(path, body).await;
        answer.assert_problem(429, "too-many-attempts");
        assert!(!answer.header("retry-after").is_empty(), "{answer:?}");
    }
    let answer = client.post_form("/fr/activate?token=nonsense", &[]).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS, "{answer:?}");
    assert!(answer.text().contains("lang=\"fr\""), "{answer:?}");
}

#[tokio::test]
async fn a_session_begun_with_the_old_password_does_not_survive_a_new_one() {
    let server = TestServer::start().await;
    server.activated("ada@example.com").await;
    let mut old = PASSWORD.to_owned();
    for turn in 0..4 {
        let client = server.client();
        client
            .post("/api/password-resets", &json!({ "email": "ada@example.com" }))
            .await;
        let path = format!(
            "/api/password-resets/{}",
            server.token("ada@example.com", "password_reset").await
        );
        let new = format!("a completely different one {turn}");
        let body = json!({ "password": new });
        let thief = server.client();
        let signing_in = async {
            // Verified before the change, let in after it: both take as long, so a little later is late enough.
            tokio::time::sleep(Duration::from_millis(15)).await;
            thief
                .post(
                    "/api/sessions",
                    &json!({ "email": "ada@example.com", "password": old }),
                )
                .await
        };
        let (changed, _) = tokio::join!(client.post(&path, &body), signing_in);
        assert_eq!(changed.status, StatusCode::NO_CONTENT, "{changed:?}");
        thief
            .get("/api/account")
            .await
            .assert_problem(401, "not-signed-in");
        old = new;
    }
}

#[tokio::test]
async fn a_name_carries_no_link_into_our_letters() {
    let server = TestServer::start().await;
    let client = server.client();
    client.post("/api/sign-ups", &sign_up("eve@example.com")).await;
    let path = format!(
        "/api/activations/{}",
        server.token("eve@example.com", "activation").await
    );
    for name in [
        "Acme https://evil.example/pay now",
        "ftp://evil.example",
        "Acme \u{202e}elpmaxe.live",
        "Ac\u{200b}me",
        "Acme \u{2066}x\u{2069}",
        "\u{feff}Acme",
        "Acme\u{e0041}",
    ] {
        let answer = client
            .post(&path, &activation(json!({ "company": name, "name": name })))
            .await;
        answer.assert_field("company", "invalid_text");
        answer.assert_field("name", "invalid_text");
    }
    // Names that look unusual and are none the worse for it: a joiner belongs to the writing of Persian and Sinhala.
    let names = json!({ "company": "A/S Köln: Söhne // Töchter", "name": "می\u{200c}نا" });
    let answer = client.post(&path, &activation(names)).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
}

#[tokio::test]
async fn only_our_own_addresses_can_be_clicked_in_a_letter() {
    let server = TestServer::start().await;
    let client = server.activated("ada@example.com").await;
    // A name from before names were looked at.
    let name = "Acme https://evil.example/pay now";
    server
        .number(&format!(
            "UPDATE accounts SET company = '{name}' RETURNING CAST(1 AS BIGINT)"
        ))
        .await;
    client.post("/api/sign-ups", &sign_up("ada@example.com")).await;
    let letter = &server.mail_to("ada@example.com").await[0];
    assert_eq!(letter["kind"], "already_known");
    let html = letter["html"].as_str().unwrap();
    assert!(
        html.contains("https://evil.example/pay") && !html.contains("href=\"https://evil.example"),
        "{html}"
    );
    for path in ["/app/sign-in", "/app/forgot-password"] {
        assert!(
            html.contains(&format!("<a href=\"{}{path}\"", server.base)),
            "{html}"
        );
    }
}

#[tokio::test]
async fn a_list_of_nonsense_is_answered_in_brief() {
    let server = TestServer::start().await;
    let owner = server.activated("ada@example.com").await;
    let different: Vec<String> = (0..10_000).map(|n| format!("w{n}")).collect();
    let many: Vec<String> = (0..3000).map(|n| format!("w{n}@example.com")).collect();
    for emails in ["a ".repeat(30_000), different.join(" "), many.join(",")] {
        let start = Instant::now();
        let answer = add(&owner, &emails).await;
        let problem = answer.assert_problem(422, "invalid-fields");
        let errors = problem["fields"]["emails"].as_array().unwrap().len();
        assert!((1..=10).contains(&errors), "{errors}");
        assert!(answer.bytes.len() < 5000, "{} bytes", answer.bytes.len());
        assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    }
}

#[tokio::test]
async fn a_member_sees_nothing_of_the_payment_that_is_open() {
    let server = TestServer::start().await;
    let owner = server.activated("ada@example.com").await;
    let member = server.joined(&owner, &["bob@example.com"]).await.remove(0);
    let admin = server
        .joined_as("admin", &owner, &["cyd@example.com"])
        .await
        .remove(0);
    let choice = json!({ "plan": "premium", "seats": 3, "period": "annual", "currency": "EUR" });
    let quote = owner.post("/api/quotes", &choice).await.body;
    let order = owner
        .request(Method::POST, "/api/orders")
        .header("idempotency-key", "0123456789abcdef")
        .json(&json!({ "choice": choice, "expected_total": quote["taxed"]["gross"] }));
    let order = owner.send(order).await;
    assert_eq!(order.status, StatusCode::CREATED, "{order:?}");
    for client in [&owner, &admin] {
        let account = client.get("/api/account").await.body;
        assert_eq!(account["pending_order"]["pay_url"], order.body["pay_url"]);
    }
    let account = member.get("/api/account").await;
    assert_eq!(account.status, StatusCode::OK);
    assert!(!account.text().contains("pay_url"), "{account:?}");
    assert_eq!(account.body.get("pending_order"), None, "{account:?}");
}

#[tokio::test]
async fn who_was_signed_in_before_is_out_when_another_joins_in_the_same_browser() {
    let folder = built();
    let server = serving(&folder).await;
    server.activated("ada@example.com").await;
    for (turn, email) in ["bob@example.com", "cyd@example.com", "dan@example.com"]
        .into_iter()
        .enumerate()
    {
        let browser = server.client();
        let before = cookie(&browser.sign_in("ada@example.com").await);
        assert_eq!(with_cookie(&server, &before).await.status, StatusCode::OK);
        let joined = if turn == 0 {
            add(&browser, email).await;
            let token = server.token(email, "invitation").await;
            let body = json!({ "name": "Bob", "password": PASSWORD });
            browser.post(&format!("/api/invitations/{token}"), &body).await
        } else {
            browser.post("/api/sign-ups", &sign_up(email)).await;
            let token = server.token(email, "activation").await;
            if turn == 1 {
                browser
                    .post(&format!("/api/activations/{token}"), &activation(json!({})))
                    .await
            } else {
                let fields = [
                    ("name", "Dan"),
                    ("company", "Acme"),
                    ("password", PASSWORD),
                    ("country", "FR"),
                    ("time_zone", "Europe/Paris"),
                    ("terms", "true"),
                ];
                browser
                    .post_form(&format!("/activate?token={token}"), &fields)
                    .await
            }
        };
        assert!(
            joined.status.is_success() || joined.status.is_redirection(),
            "{joined:?}"
        );
        with_cookie(&server, &before)
            .await
            .assert_problem(401, "not-signed-in");
        assert_eq!(
            browser.get("/api/account").await.body["user"]["email"],
            email,
            "{joined:?}"
        );
    }
}
