//! From an e-mail address to an activated account.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::server::{PASSWORD, TestServer, activation};

fn sign_up(email: &str) -> Value {
    json!({ "email": email, "language": "en" })
}

#[tokio::test]
async fn a_visitor_becomes_the_owner_of_an_account_in_its_trial() {
    let server = TestServer::start().await;
    let client = server.client();
    let choice = json!({ "plan": "premium", "seats": 12, "period": "annual", "currency": "EUR" });
    let body = json!({ "email": " Ada@Example.com ", "language": "fr", "choice": choice, "partner": "Partner & Co" });
    let answer = client.post("/api/sign-ups", &body).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED, "{answer:?}");
    assert_eq!(answer.body, json!({ "email": "ada@example.com" }));

    let letters = server.mail_to("ada@example.com").await;
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0]["kind"], "activation");
    assert_eq!(letters[0]["language"], "fr");
    assert!(
        letters[0]["links"][0]
            .as_str()
            .unwrap()
            .starts_with(&format!("{}/fr/activate?token=", server.base))
    );
    assert!(
        letters[0]["text"].as_str().unwrap().contains("14 jours"),
        "{}",
        letters[0]["text"]
    );

    let token = server.token("ada@example.com", "activation").await;
    let view = client.get(&format!("/api/activations/{token}")).await;
    assert_eq!(view.status, StatusCode::OK);
    assert_eq!(
        (&view.body["email"], &view.body["language"]),
        (&json!("ada@example.com"), &json!("fr"))
    );

    let answer = client
        .post(&format!("/api/activations/{token}"), &activation(json!({})))
        .await;
    assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
    let account = &answer.body;
    assert_eq!(account["company"], "Acme");
    assert!(
        account["address"].as_str().unwrap().starts_with("acme."),
        "{account}"
    );
    assert_eq!(account["user"]["role"], "owner");
    assert_eq!(account["user"]["language"], "fr");
    assert_eq!(account["active_users"], 1);
    assert_eq!(account["subscription"]["state"], "trial");
    assert_eq!(account["subscription"]["days_left"], 14);
    assert_eq!(account["preferred_choice"], choice);
    assert_eq!(
        client.get("/api/account").await.body["user"]["email"],
        "ada@example.com"
    );
}

#[tokio::test]
async fn a_known_address_is_answered_alike_and_told_by_mail() {
    let server = TestServer::start().await;
    let client = server.activated("ada@example.com").await;
    let unknown = client.post("/api/sign-ups", &sign_up("bob@example.com")).await;
    let known = client.post("/api/sign-ups", &sign_up("ada@example.com")).await;
    assert_eq!(
        (known.status, unknown.status),
        (StatusCode::ACCEPTED, StatusCode::ACCEPTED)
    );
    assert_eq!(known.body, json!({ "email": "ada@example.com" }));
    let letter = &server.mail_to("ada@example.com").await[0];
    assert_eq!(letter["kind"], "already_known");
    assert!(!letter["text"].as_str().unwrap().contains("token="), "{letter}");
    assert!(
        letter["text"].as_str().unwrap().contains("/app/sign-in"),
        "{letter}"
    );
}

#[tokio::test]
async fn what_is_no_sign_up_is_refused_with_its_fields() {
    let server = TestServer::start().await;
    let client = server.client();
    for (email, code) in [
        ("", "required"),
        ("ada", "invalid_email"),
        ("ada@example", "invalid_email"),
    ] {
        client
            .post("/api/sign-ups", &sign_up(email))
            .await
            .assert_field("email", code);
    }
    let long = format!("{}@example.com", "a".repeat(300));
    client
        .post("/api/sign-ups", &sign_up(&long))
        .await
        .assert_field("email", "too_long");
    let body = json!({ "email": "ada@example.com", "language": "xx" });
    client
        .post("/api/sign-ups", &body)
        .await
        .assert_field("language", "unknown_language");
    let body = json!({ "email": "ada@example.com", "language": "en", "partner": "p".repeat(65) });
    client
        .post("/api/sign-ups", &body)
        .await
        .assert_field("partner", "too_long");
    assert!(server.mail_to("ada@example.com").await.is_empty());
}

#[tokio::test]
async fn a_choice_that_is_not_sold_turns_nobody_away() {
    let server = TestServer::start().await;
    let client = server.client();
    let choice = json!({ "plan": "platinum", "seats": 12, "period": "annual", "currency": "EUR" });
    let body = json!({ "email": "ada@example.com", "language": "en", "choice": choice });
    assert_eq!(
        client.post("/api/sign-ups", &body).await.status,
        StatusCode::ACCEPTED
    );
    let token = server.token("ada@example.com", "activation").await;
    let account = client
        .post(&format!("/api/activations/{token}"), &activation(json!({})))
        .await;
    assert_eq!(account.body.get("preferred_choice"), None);
}

#[tokio::test]
async fn an_activation_link_works_once() {
    let server = TestServer::start().await;
    let client = server.client();
    client.post("/api/sign-ups", &sign_up("ada@example.com")).await;
    let first = server.token("ada@example.com", "activation").await;
    client.post("/api/sign-ups", &sign_up("ada@example.com")).await;
    let second = server.token("ada@example.com", "activation").await;
    assert_ne!(first, second);

    let form = activation(json!({}));
    assert_eq!(
        client
            .post(&format!("/api/activations/{second}"), &form)
            .await
            .status,
        StatusCode::CREATED
    );
    for token in [&first, &second] {
        client
            .post(&format!("/api/activations/{token}"), &form)
            .await
            .assert_problem(410, "link-used");
        client
            .get(&format!("/api/activations/{token}"))
            .await
            .assert_problem(410, "link-used");
    }
}

#[tokio::test]
async fn two_browsers_with_one_link_make_one_account() {
    let server = TestServer::start().await;
    let (one, other) = (server.client(), server.client());
    one.post("/api/sign-ups", &sign_up("ada@example.com")).await;
    let path = format!(
        "/api/activations/{}",
        server.token("ada@example.com", "activation").await
    );
    let form = activation(json!({}));
    let (first, second) = tokio::join!(one.post(&path, &form), other.post(&path, &form));
    let mut statuses = [first.status.as_u16(), second.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 410], "{first:?} {second:?}");
}

#[tokio::test]
async fn an_activation_link_expires_after_seven_days() {
    let server = TestServer::start().await;
    let client = server.client();
    client.post("/api/sign-ups", &sign_up("ada@example.com")).await;
    let path = format!(
        "/api/activations/{}",
        server.token("ada@example.com", "activation").await
    );
    server.advance(json!({ "advance_hours": 7 * 24 - 1 })).await;
    assert_eq!(client.get(&path).await.status, StatusCode::OK);
    server.advance(json!({ "advance_hours": 1 })).await;
    client.get(&path).await.assert_problem(410, "link-expired");
    client
        .post(&path, &activation(json!({})))
        .await
        .assert_problem(410, "link-expired");
    // A month later it is still told what it was.
    server.advance_days(30).await;
    client.get(&path).await.assert_problem(410, "link-expired");
}

#[tokio::test]
async fn links_of_another_kind_or_of_nobody_are_unknown() {
    let server = TestServer::start().await;
    let client = server.activated("ada@example.com").await;
    client
        .post("/api/password-resets", &json!({ "email": "ada@example.com" }))
        .await;
    let reset = server.token("ada@example.com", "password_reset").await;
    for token in [reset.as_str(), "nonsense", "%00", &"a".repeat(5000)] {
        client
            .get(&format!("/api/activations/{token}"))
            .await
            .assert_problem(404, "link-unknown");
        client
            .get(&format!("/api/invitations/{token}"))
            .await
            .assert_problem(404, "link-unknown");
        let answer = client
            .post(&format!("/api/activations/{token}"), &activation(json!({})))
            .await;
        answer.assert_problem(404, "link-unknown");
    }
}

#[tokio::test]
async fn every_mistake_of_the_activation_form_is_told_at_once() {
    let server = TestServer::start().await;
    let client = server.client();
    client
        .post("/api/sign-ups", &sign_up("ada.lovelace@example.com"))
        .await;
    let path = format!(
        "/api/activations/{}",
        server.token("ada.lovelace@example.com", "activation").await
    );
    let form = json!({ "name": " ", "company": "\u{7}", "password": "short", "country": "XX", "time_zone": "Mars/Olympus" });
    let answer = client.post(&path, &form).await;
    answer.assert_field("name", "required");
    answer.assert_field("company", "invalid_text");
    answer.assert_field("password", "too_short");
    answer.assert_field("country", "unknown_country");
    answer.assert_field("time_zone", "unknown_time_zone");
    answer.assert_field("terms", "not_accepted");
    for (password, code) in [
        ("password123", "password_too_common"),
        ("ada.lovelace1", "password_repeats_other"),
    ] {
        let answer = client
            .post(&path, &activation(json!({ "password": password })))
            .await;
        answer.assert_field("password", code);
    }
    let answer = client
        .post(&path, &activation(json!({ "time_zone": "Mars/Olympus" })))
        .await;
    answer.assert_field("time_zone", "unknown_time_zone");
    // Nothing was lost: the link still works.
    assert_eq!(
        client.post(&path, &activation(json!({}))).await.status,
        StatusCode::CREATED
    );
}

#[tokio::test]
async fn addresses_are_unique() {
    let server = TestServer::start().await;
    let first = server.activated("a@example.com").await.get("/api/account").await;
    let client = server.client();
    client.post("/api/sign-ups", &sign_up("b@example.com")).await;
    let token = server.token("b@example.com", "activation").await;
    let address = |company: &str| format!("/api/activations/{token}/address?company={company}");
    assert_eq!(
        client.get(&address("Acme")).await.body,
        json!({ "address": "acme-2" })
    );
    assert_eq!(
        client.get(&address("Admin")).await.body,
        json!({ "address": "admin-2" })
    );
    assert_eq!(
        client.get(&address("%E6%A0%AA")).await.body,
        json!({ "address": "team" })
    );
    client.get(&address("")).await.assert_field("company", "required");
    client
        .get("/api/activations/nonsense/address?company=Acme")
        .await
        .assert_problem(404, "link-unknown");
    let second = client
        .post(&format!("/api/activations/{token}"), &activation(json!({})))
        .await;
    let domain = first.body["address"]
        .as_str()
        .unwrap()
        .strip_prefix("acme.")
        .unwrap();
    assert_eq!(second.body["address"], format!("acme-2.{domain}"));
}

#[tokio::test]
async fn a_user_who_was_invited_can_ask_for_the_invitation_again() {
    let server = TestServer::start().await;
    let owner = server.activated("ada@example.com").await;
    owner
        .post(
            "/api/users",
            &json!({ "emails": "bob@example.com", "role": "member" }),
        )
        .await;
    let first = server.token("bob@example.com", "invitation").await;
    // The letter of a sign-up offers an account of one's own; the invitation stands beside it, until that is activated.
    let client = server.client();
    client.post("/api/sign-ups", &sign_up("bob@example.com")).await;
    assert_eq!(server.mail_to("bob@example.com").await[0]["kind"], "activation");
    client
        .post("/api/password-resets", &json!({ "email": "bob@example.com" }))
        .await;
    let second = server.token("bob@example.com", "invitation").await;
    assert_ne!(first, second);
    let body = json!({ "name": "Bob", "password": PASSWORD });
    assert_eq!(
        client
            .post(&format!("/api/invitations/{second}"), &body)
            .await
            .status,
        StatusCode::CREATED
    );
    client
        .post(&format!("/api/invitations/{first}"), &body)
        .await
        .assert_problem(410, "link-used");
}

#[tokio::test]
async fn sign_up_is_throttled_by_address_and_by_network() {
    let server = TestServer::with(&[
        "--sandbox",
        "--limit-letters",
        "2/1h",
        "--limit-letters-ip",
        "3/1h",
    ])
    .await;
    let client = server.client();
    for _ in 0..2 {
        assert_eq!(
            client
                .post("/api/sign-ups", &sign_up("ada@example.com"))
                .await
                .status,
            StatusCode::ACCEPTED
        );
    }
    let answer = client.post("/api/sign-ups", &sign_up("ada@example.com")).await;
    let problem = answer.assert_problem(429, "too-many-attempts");
    let wait: u64 = answer.header("retry-after").parse().unwrap();
    assert!((1..=1800).contains(&wait), "{wait}");
    assert_eq!(problem["retry_after_seconds"], wait);
    assert_eq!(server.mail_to("ada@example.com").await.len(), 2);
    // The network's allowance is used up too, by whomever it was.
    client
        .post("/api/sign-ups", &sign_up("bob@example.com"))
        .await
        .assert_problem(429, "too-many-attempts");
    let answer = client
        .post("/api/password-resets", &json!({ "email": "cy@example.com" }))
        .await;
    answer.assert_problem(429, "too-many-attempts");
}
