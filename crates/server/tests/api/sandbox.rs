//! The pages that stand in for the outside world, and their absence.

use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::server::TestServer;

#[tokio::test]
async fn outside_sandbox_mode_there_is_no_sandbox() {
    let server = TestServer::with(&["--smtp-url", "smtp://127.0.0.1:1"]).await;
    let client = server.client();
    for path in [
        "/sandbox",
        "/sandbox/mail",
        "/sandbox/mail.json",
        "/sandbox/clock",
        "/sandbox/pay/x",
        "/sandbox/pay",
    ] {
        client.get(path).await.assert_problem(404, "not-found");
        client
            .post(path, &json!({ "advance_days": 1 }))
            .await
            .assert_problem(404, "not-found");
    }
    client
        .post("/api/payments/notifications/sandbox", &json!({}))
        .await
        .assert_problem(404, "not-found");
}

#[tokio::test]
async fn letters_can_be_read_and_run_nothing() {
    let server = TestServer::start().await;
    let client = server.client();
    assert!(
        client
            .get("/sandbox/mail")
            .await
            .text()
            .contains("No letter was sent yet")
    );
    server
        .activated_with("ada@example.com", json!({ "company": "<b>Acme</b> & Sons" }))
        .await;
    client
        .post(
            "/api/sign-ups",
            &json!({ "email": "ada@example.com", "language": "en" }),
        )
        .await;
    let list = client.get("/sandbox/mail").await;
    assert!(
        list.text().contains("Activate your") && list.text().contains("ada@example.com"),
        "{list:?}"
    );

    let letter = &server.mail_to("ada@example.com").await[0];
    let path = format!("/sandbox/mail/{}", letter["id"].as_str().unwrap());
    let page = client.get(&path).await;
    assert!(
        page.text()
            .contains(&format!("<a href=\"{}/app/sign-in\">", server.base)),
        "{page:?}"
    );
    assert!(
        !page.text().contains("<b>Acme") && !page.text().contains("<script"),
        "{page:?}"
    );
    let html = client.get(&format!("{path}/html")).await;
    assert!(
        html.text().contains("<base target=\"_top\">") && html.text().contains("&lt;b&gt;Acme"),
        "{html:?}"
    );
    let policy = html.header("content-security-policy");
    assert!(
        policy.contains("sandbox allow-popups") && !policy.contains("script-src"),
        "{policy}"
    );
    client
        .get("/sandbox/mail/nonsense")
        .await
        .assert_problem(404, "not-found");
}

#[tokio::test]
async fn letters_are_delivered_soon() {
    let server = TestServer::start().await;
    server
        .client()
        .post(
            "/api/sign-ups",
            &json!({ "email": "ada@example.com", "language": "en" }),
        )
        .await;
    for _ in 0..100 {
        if !server.mail_to("ada@example.com").await[0]["delivered_at"].is_null() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("not delivered: {:?}", server.mail_to("ada@example.com").await);
}

#[tokio::test]
async fn the_clock_moves_and_stays_moved() {
    let server = TestServer::start().await;
    let client = server.client();
    let seconds = async |server: &TestServer| {
        server.client().get("/sandbox/clock.json").await.body["offset_seconds"]
            .as_i64()
            .unwrap()
    };
    let answer = client
        .post("/sandbox/clock", &json!({ "advance_days": 14 }))
        .await;
    assert_eq!(
        (answer.status, &answer.body["offset_seconds"]),
        (StatusCode::OK, &json!(14 * 86_400))
    );
    let answer = client
        .post_form("/sandbox/clock", &[("advance_hours", "2")])
        .await;
    assert_eq!(
        (answer.status, answer.header("location")),
        (StatusCode::SEE_OTHER, "/sandbox/clock")
    );
    assert_eq!(seconds(&server).await, 14 * 86_400 + 7200);
    let page = client.get("/sandbox/clock").await;
    assert!(page.text().contains("14 days and 2 hours"), "{page:?}");

    let server = server.restarted().await;
    assert_eq!(seconds(&server).await, 14 * 86_400 + 7200);
    let client = server.client();
    let answer = client
        .post("/sandbox/clock", &json!({ "set": "2030-01-02T03:04:05Z" }))
        .await;
    assert!(
        answer.body["now"]
            .as_str()
            .unwrap()
            .starts_with("2030-01-02T03:04:0"),
        "{answer:?}"
    );
    client.post("/sandbox/clock", &json!({ "reset": true })).await;
    assert_eq!(seconds(&server).await, 0);
}

#[tokio::test]
async fn a_clock_cannot_be_moved_to_nowhere() {
    let server = TestServer::start().await;
    let client = server.client();
    for body in [
        json!({}),
        json!({ "advance_days": 1, "advance_hours": 1 }),
        json!({ "advance_days": 1.5 }),
        json!({ "advance_days": "soon" }),
        json!({ "advance_days": i64::MAX }),
        json!({ "advance_hours": i64::MIN }),
        json!({ "advance_days": 100_000 }),
        json!({ "set": "tomorrow" }),
        json!({ "set": "1970-01-01T00:00:00Z" }),
        json!({ "reset": false }),
        json!({ "days": 1 }),
    ] {
        client
            .post("/sandbox/clock", &body)
            .await
            .assert_problem(400, "malformed-body");
    }
    let broken = client
        .request(Method::POST, "/sandbox/clock")
        .header("content-type", "application/json")
        .body("{");
    client.send(broken).await.assert_problem(400, "malformed-body");
    assert_eq!(client.get("/sandbox/clock.json").await.body["offset_seconds"], 0);
}

#[tokio::test]
async fn every_page_says_that_it_is_a_test() {
    let server = TestServer::start().await;
    let client = server.client();
    for path in ["/sandbox", "/sandbox/mail", "/sandbox/clock"] {
        let page = client.get(path).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text().contains("This is a test"), "{path}");
        assert!(page.header("content-type").starts_with("text/html"), "{path}");
    }
    let style = client.get("/server/style.css").await;
    assert_eq!(style.header("content-type"), "text/css; charset=utf-8");
}

/// The server's pages had a second palette of their own, with a blue accent.
#[tokio::test]
async fn the_servers_pages_are_dressed_in_the_tokens_of_the_site() {
    const TOKENS: &str = include_str!("../../../../style/tokens.css");
    let server = TestServer::start().await;
    let client = server.client();
    for path in ["/server/style.css", "/sandbox/pay.css", "/server/chat.css"] {
        let style = client.get(path).await.text();
        let own = style.strip_prefix(TOKENS).unwrap_or_else(|| panic!("{path}"));
        // Black and white apart, a colour has one place.
        let colours = own.replace("#fff", "").matches(": #").count();
        assert_eq!(colours, 0, "{path}");
    }
}
