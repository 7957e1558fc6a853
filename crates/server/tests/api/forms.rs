//! Sign-up and activation without scripts.

use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::pages::{built, serving};
use crate::server::{PASSWORD, TestServer};

#[tokio::test]
async fn sign_up_works_without_scripts() {
    let folder = built();
    let server = serving(&folder).await;
    let client = server.client();
    let answer = client
        .post_form(
            "/fr/signup?plan=premium&seats=12&period=annual&currency=EUR",
            &[("email", "ada@example.com")],
        )
        .await;
    assert_eq!(
        (answer.status, answer.header("location")),
        (StatusCode::SEE_OTHER, "/fr/signup/sent"),
        "{answer:?}"
    );
    let letter = &server.mail_to("ada@example.com").await[0];
    assert_eq!(letter["language"], "fr");

    let answer = client.post_form("/signup", &[("email", "ada")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        answer.text().contains("<title>signup/invalid</title>"),
        "{answer:?}"
    );
    let answer = client.post_form("/fr/signup", &[]).await;
    assert!(
        answer.text().contains("<title>fr signup/invalid</title>"),
        "{answer:?}"
    );
    // A broken choice is passed over.
    let answer = client
        .post_form("/signup?seats=1e9&plan=", &[("email", "bob@example.com")])
        .await;
    assert_eq!(answer.header("location"), "/signup/sent");

    // From the letter on, without scripts too.
    let token = server.token("ada@example.com", "activation").await;
    let path = format!("/fr/activate?token={token}");
    let fields = [
        ("name", "Ada"),
        ("company", "Acme"),
        ("password", "court"),
        ("country", "FR"),
        ("time_zone", "Europe/Paris"),
        ("terms", "true"),
    ];
    let refused = client.post_form(&path, &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{refused:?}");
    assert!(
        refused.text().contains("lang=\"fr\"") && refused.text().contains("Mot de passe"),
        "{refused:?}"
    );
    assert!(
        refused
            .text()
            .contains(&format!("href=\"/fr/activate?token={token}\"")),
        "{refused:?}"
    );
    assert!(
        refused
            .header("content-security-policy")
            .contains("style-src 'self'")
    );
    let fields = fields.map(|(name, value)| (name, if name == "password" { PASSWORD } else { value }));
    let answer = client.post_form(&path, &fields).await;
    assert_eq!(
        (answer.status, answer.header("location")),
        (StatusCode::SEE_OTHER, "/app"),
        "{answer:?}"
    );
    let account = client.get("/api/account").await.body;
    assert_eq!(account["preferred_choice"]["seats"], 12, "{account}");

    let used = client.post_form(&path, &fields).await;
    assert_eq!(used.status, StatusCode::GONE);
    assert!(used.text().contains("/app/sign-in"), "{used:?}");
    let unknown = client.post_form("/activate?token=nonsense", &fields).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert!(unknown.text().contains("lang=\"en\""), "{unknown:?}");
}

#[tokio::test]
async fn sign_up_without_scripts_is_guarded_too() {
    let folder = built();
    let flags = [
        "--sandbox",
        "--pages",
        folder.path().to_str().unwrap(),
        "--limit-letters",
        "1/1h",
    ];
    let server = TestServer::with(&flags).await;
    let client = server.client();
    assert_eq!(
        client
            .post_form("/signup", &[("email", "ada@example.com")])
            .await
            .status,
        StatusCode::SEE_OTHER
    );
    let answer = client
        .post_form("/fr/signup", &[("email", "ada@example.com")])
        .await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(
        answer.text().contains("lang=\"fr\"") && !answer.header("retry-after").is_empty(),
        "{answer:?}"
    );
    let request = client
        .request(Method::POST, "/signup")
        .form(&[("email", "b@example.com")])
        .header("origin", "https://evil.example");
    client
        .send(request)
        .await
        .assert_problem(403, "cross-site-request");
    let long = "a".repeat(70 * 1024);
    client
        .post_form("/signup", &[("email", &long)])
        .await
        .assert_problem(413, "body-too-large");
    client
        .post("/signup", &json!({ "email": "b@example.com" }))
        .await
        .assert_problem(400, "malformed-body");
}
