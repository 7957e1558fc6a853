//! What holds for every address: bodies, methods, other sites, headers, documentation.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::server::TestServer;

#[tokio::test]
async fn bodies_that_are_no_request_are_refused() {
    let server = TestServer::start().await;
    let client = server.client();
    let post = async |body: &'static str, kind: &'static str| {
        client
            .send(
                client
                    .request(Method::POST, "/api/sign-ups")
                    .header("content-type", kind)
                    .body(body),
            )
            .await
    };
    for body in [
        "",
        "{",
        "[]",
        "null",
        "\"x\"",
        "{\"email\":5,\"language\":\"en\"}",
        "{\"email\":\"a@b.example\"}",
        "\u{0}",
    ] {
        post(body, "application/json")
            .await
            .assert_problem(400, "malformed-body");
    }
    let place = post("{\"email\":5,\"language\":\"en\"}", "application/json").await;
    assert!(
        place.body["detail"].as_str().unwrap().contains("email"),
        "{place:?}"
    );
    post("{}", "text/plain")
        .await
        .assert_problem(400, "malformed-body");
    post("email=a%40b.example", "application/x-www-form-urlencoded")
        .await
        .assert_problem(400, "malformed-body");
}

#[tokio::test]
async fn bodies_that_are_too_large_are_refused() {
    let server = TestServer::start().await;
    let client = server.client();
    let body = json!({ "email": "a".repeat(70 * 1024), "language": "en" });
    client
        .post("/api/sign-ups", &body)
        .await
        .assert_problem(413, "body-too-large");
    let owner = server.activated("ada@example.com").await;
    let body = json!({ "emails": "a@example.com,".repeat(8000), "role": "member" });
    owner
        .post("/api/users", &body)
        .await
        .assert_problem(413, "body-too-large");
}

#[tokio::test]
async fn choices_that_are_none_are_refused() {
    let server = TestServer::start().await;
    let client = server.client();
    let choice = |changes: Value| {
        let mut choice = json!({ "plan": "premium", "seats": 3, "period": "annual", "currency": "EUR" });
        choice
            .as_object_mut()
            .unwrap()
            .extend(changes.as_object().unwrap().clone());
        choice
    };
    let quote = client.post("/api/quotes", &choice(json!({}))).await;
    assert_eq!(quote.status, StatusCode::OK, "{quote:?}");
    let (unit, total) = (&quote.body["unit_price"]["minor"], &quote.body["total"]["minor"]);
    assert_eq!(unit.as_i64().unwrap() * 12 * 3, total.as_i64().unwrap());
    for wrong in [
        json!({ "seats": 0 }),
        json!({ "seats": -1 }),
        json!({ "seats": 1.5 }),
        json!({ "seats": "" }),
        json!({ "seats": "1e9" }),
        json!({ "period": "weekly" }),
        json!({ "currency": "" }),
        json!({ "plan": "../x" }),
    ] {
        client
            .post("/api/quotes", &choice(wrong.clone()))
            .await
            .assert_problem(400, "malformed-body");
    }
    client
        .post("/api/quotes", &choice(json!({ "plan": "platinum" })))
        .await
        .assert_field("plan", "unknown_plan");
    client
        .post("/api/quotes", &choice(json!({ "currency": "KWD" })))
        .await
        .assert_field("currency", "currency_not_sold");
    client
        .post("/api/quotes", &choice(json!({ "seats": 1_000_000 })))
        .await
        .assert_field("seats", "too_many");
}

#[tokio::test]
async fn other_sites_change_nothing() {
    let server = TestServer::start().await;
    let client = server.activated("ada@example.com").await;
    let body = json!({ "emails": "bob@example.com", "role": "member" });
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
    ] {
        let request = client
            .request(Method::POST, "/api/users")
            .json(&body)
            .header(name, value);
        client
            .send(request)
            .await
            .assert_problem(403, "cross-site-request");
        let request = client
            .request(Method::DELETE, "/api/sessions/current")
            .header(name, value);
        client
            .send(request)
            .await
            .assert_problem(403, "cross-site-request");
        let request = client
            .request(Method::POST, "/sandbox/clock")
            .form(&[("advance_days", "1")])
            .header(name, value);
        client
            .send(request)
            .await
            .assert_problem(403, "cross-site-request");
    }
    assert_eq!(client.get("/api/users").await.body["active_users"], 1);
    // Reading is no harm: following a link from another site works.
    let request = client
        .request(Method::GET, "/api/account")
        .header("sec-fetch-site", "cross-site");
    assert_eq!(client.send(request).await.status, StatusCode::OK);
    let request = client
        .request(Method::POST, "/api/users")
        .json(&body)
        .header("sec-fetch-site", "same-origin");
    assert_eq!(client.send(request).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn addresses_that_do_not_exist_and_wrong_methods_are_told() {
    let server = TestServer::start().await;
    let client = server.client();
    for path in [
        "/api",
        "/api/",
        "/api/nothing",
        "/api/accounts/1",
        "/nothing",
        "/pricing",
    ] {
        client.get(path).await.assert_problem(404, "not-found");
        client
            .post(path, &json!({}))
            .await
            .assert_problem(404, "not-found");
    }
    let answer = client.delete("/api/catalog").await;
    answer.assert_problem(405, "method-not-allowed");
    assert!(answer.header("allow").contains("GET"), "{:?}", answer.headers);
    client
        .get("/api/sign-ups")
        .await
        .assert_problem(405, "method-not-allowed");
    client
        .post("/healthz", &json!({}))
        .await
        .assert_problem(405, "method-not-allowed");
}

#[tokio::test]
async fn every_answer_carries_the_guards() {
    let server = TestServer::start().await;
    let client = server.client();
    for path in [
        "/api/catalog",
        "/api/account",
        "/api/nothing",
        "/healthz",
        "/sandbox/mail",
    ] {
        let answer = client.get(path).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(
            answer.header("cross-origin-opener-policy"),
            "same-origin",
            "{path}"
        );
        assert!(
            answer.header("permissions-policy").contains("camera=()"),
            "{path}"
        );
        assert!(
            answer
                .header("content-security-policy")
                .contains("default-src 'none'"),
            "{path}"
        );
        assert!(
            answer
                .header("content-security-policy")
                .contains("frame-ancestors 'none'"),
            "{path}"
        );
        assert_eq!(answer.header("strict-transport-security"), "", "{path}");
        assert_eq!(answer.header("x-request-id").len(), 36, "{path}");
    }
    let (one, other) = (client.get("/healthz").await, client.get("/healthz").await);
    assert_ne!(one.header("x-request-id"), other.header("x-request-id"));
}

#[tokio::test]
async fn the_catalog_is_asked_for_again_only_when_it_changed() {
    let server = TestServer::start().await;
    let client = server.client();
    let english = client.get("/api/catalog").await;
    assert_eq!(
        (english.status, &english.body["language"]),
        (StatusCode::OK, &json!("en"))
    );
    assert_eq!(english.header("cache-control"), "no-cache");
    let french = client.get("/api/catalog?lang=fr").await;
    assert_eq!(french.body["language"], "fr");
    assert_eq!(french.body["price_list"], english.body["price_list"]);
    assert_ne!(english.header("etag"), french.header("etag"));
    let again = client
        .request(Method::GET, "/api/catalog")
        .header("if-none-match", english.header("etag"));
    let again = client.send(again).await;
    assert_eq!((again.status, again.bytes.len()), (StatusCode::NOT_MODIFIED, 0));
    assert_eq!(again.header("etag"), english.header("etag"));
    client
        .get("/api/catalog?lang=xx")
        .await
        .assert_field("lang", "unknown_language");
    client
        .get("/api/catalog?lang=en&lang=fr")
        .await
        .assert_problem(400, "malformed-body");
}

#[tokio::test]
async fn the_server_says_how_it_is() {
    let server = TestServer::start().await;
    let client = server.client();
    assert_eq!(client.get("/healthz").await.text(), "ok\n");
    assert_eq!(client.get("/readyz").await.text(), "ready\n");
}
