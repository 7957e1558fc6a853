//! What other sites' pages get: the widget's answer, quotes, the frame; and the partner, from the sign-up to the staff.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::orders_requests::{pay, place, three_premium};
use crate::pages::{built, serving};
use crate::server::{Answer, Client, TestServer, activation};
use crate::staff::staff;
use crate::transfers::{by_transfer, three_standard};

const QUOTE: &str = "/api/quotes?plan=premium&seats=12&period=annual&currency=EUR";

async fn get_with(client: &Client, path: &str, name: &str, value: &str) -> Answer {
    client
        .send(client.request(Method::GET, path).header(name, value))
        .await
}

#[tokio::test]
async fn the_widgets_answer_holds_prices_and_words_of_a_language() {
    let server = TestServer::start().await;
    let client = server.client();
    let french = client.get("/api/widget?lang=fr-CA").await;
    assert_eq!(french.status, StatusCode::OK, "{french:?}");
    assert_eq!(french.header("content-language"), "fr");
    assert_eq!(
        (&french.body["language"], &french.body["sign_up"]),
        (&json!("fr"), &json!("/fr/signup"))
    );
    let catalog = client.get("/api/catalog?lang=fr").await;
    assert_eq!(french.body["price_list"], catalog.body["price_list"]);
    assert_eq!(french.body["plans"], catalog.body["plans"]);
    assert_eq!(french.body["words"]["seats"], "Utilisateurs");
    assert_eq!(french.body["words"]["users_other"], "{count} utilisateurs");
    // Questions and features are the pricing page's.
    assert_eq!(french.body["faq"], Value::Null);
    for other in ["", "?lang=", "?lang=tlh", "?lang=%3Cscript%3E", "?lang=en-GB"] {
        let answer = client.get(&format!("/api/widget{other}")).await;
        assert_eq!(
            (answer.status, &answer.body["language"]),
            (StatusCode::OK, &json!("en")),
            "{other}"
        );
    }
}

#[tokio::test]
async fn a_quote_is_looked_up_by_address_the_same_for_everybody() {
    let server = TestServer::start().await;
    let client = server.client();
    let found = client.get(QUOTE).await;
    assert_eq!(found.status, StatusCode::OK, "{found:?}");
    let choice = json!({ "plan": "premium", "seats": 12, "period": "annual", "currency": "EUR" });
    let posted = client.post("/api/quotes", &choice).await;
    assert_eq!(found.body, posted.body);
    // Somebody who is signed in gets no tax here: what everybody may keep depends on nobody.
    let owner = server.activated("ada@example.com").await;
    assert_eq!(owner.get(QUOTE).await.body, found.body);
    assert_eq!(found.body["taxed"], Value::Null);

    for (query, field, code) in [
        (
            "plan=gold&seats=12&period=annual&currency=EUR",
            "plan",
            "unknown_plan",
        ),
        (
            "plan=GOLD&seats=12&period=annual&currency=EUR",
            "plan",
            "unknown_plan",
        ),
        (
            "plan=premium&seats=abc&period=annual&currency=EUR",
            "seats",
            "not_whole",
        ),
        (
            "plan=premium&seats=0&period=annual&currency=EUR",
            "seats",
            "not_whole",
        ),
        (
            "plan=premium&seats=10001&period=annual&currency=EUR",
            "seats",
            "too_many",
        ),
        (
            "plan=premium&seats=1&period=annual&currency=KWD",
            "currency",
            "currency_not_sold",
        ),
        (
            "plan=premium&seats=1&period=annual&currency=eur",
            "currency",
            "currency_not_sold",
        ),
        ("seats=1&period=annual&currency=EUR", "plan", "required"),
        ("plan=premium&period=annual&currency=EUR", "seats", "required"),
        ("plan=premium&seats=1&currency=EUR", "period", "required"),
        (
            "plan=premium&seats=1&period=annual&currency=",
            "currency",
            "required",
        ),
    ] {
        let answer = client.get(&format!("/api/quotes?{query}")).await;
        answer.assert_field(field, code);
        assert_eq!(answer.header("access-control-allow-origin"), "*");
    }
    client
        .get("/api/quotes?plan=premium&seats=1&period=weekly&currency=EUR")
        .await
        .assert_problem(400, "malformed-body");
}

#[tokio::test]
async fn what_the_widget_needs_can_be_read_from_any_site_and_kept() {
    let folder = built();
    let server = serving(&folder).await;
    let client = server.client();
    for (path, caching) in [
        ("/api/widget?lang=en", "public, max-age=300"),
        ("/api/catalog?lang=en", "no-cache"),
        (QUOTE, "public, max-age=300"),
        ("/widget.js", "no-cache"),
        ("/embed.js", "no-cache"),
        (
            "/assets/widget-0123456789abcdef_bg.wasm",
            "public, max-age=31536000, immutable",
        ),
        (
            "/assets/widget-style-0123456789abcdef.css",
            "public, max-age=31536000, immutable",
        ),
    ] {
        let answer = get_with(&client, path, "origin", "https://partner.example").await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
        assert_eq!(answer.header("access-control-allow-credentials"), "", "{path}");
        assert_eq!(
            answer.header("cross-origin-resource-policy"),
            "cross-origin",
            "{path}"
        );
        assert_eq!(answer.header("cache-control"), caching, "{path}");
        assert_eq!(answer.header("set-cookie"), "", "{path}");
        let ask = client
            .request(Method::OPTIONS, path)
            .header("origin", "https://partner.example")
            .header("access-control-request-method", "GET")
            .header("access-control-request-headers", "if-none-match");
        let ask = client.send(ask).await;
        assert_eq!(ask.status, StatusCode::NO_CONTENT, "{path}");
        assert_eq!(ask.header("access-control-allow-methods"), "GET, HEAD");
        if path.starts_with("/api") {
            let again = get_with(&client, path, "if-none-match", answer.header("etag")).await;
            assert_eq!(
                (again.status, again.bytes.len()),
                (StatusCode::NOT_MODIFIED, 0),
                "{path}"
            );
        }
    }
    // Nothing else can be.
    for path in [
        "/api/account",
        "/api/openapi.json",
        "/pricing",
        "/assets/site-0123456789abcdef.js",
    ] {
        let answer = get_with(&client, path, "origin", "https://partner.example").await;
        assert_eq!(answer.header("access-control-allow-origin"), "", "{path}");
        assert_eq!(
            answer.header("cross-origin-resource-policy"),
            "same-origin",
            "{path}"
        );
    }
    // And nothing can be done from there.
    let choice = json!({ "plan": "premium", "seats": 12, "period": "annual", "currency": "EUR" });
    let request = client
        .request(Method::POST, "/api/quotes")
        .header("origin", "https://partner.example")
        .header("sec-fetch-site", "cross-site")
        .json(&choice);
    assert_eq!(client.send(request).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_frame_may_stand_anywhere_and_shows_prices_by_itself() {
    let server = TestServer::start().await;
    let client = server.client();
    let page = client
        .get(
            "/embed/pricing?plan=premium&seats=3&period=annual&currency=EUR&lang=fr&partner=acme&scheme=dark",
        )
        .await;
    assert_eq!(page.status, StatusCode::OK, "{page:?}");
    let policy = page.header("content-security-policy");
    assert!(policy.contains("frame-ancestors *"), "{policy}");
    assert!(!policy.contains("unsafe-inline"), "{policy}");
    let html = page.text();
    for part in [
        "<html lang=\"fr\">",
        "content=\"dark\"",
        "plan=\"premium\"",
        "seats=\"3\"",
        "partner=\"acme\"",
        "target=\"_top\"",
        "/fr/signup?plan=premium&amp;seats=3&amp;period=annual&amp;currency=EUR&amp;partner=acme",
        "<script type=\"module\" src=\"/widget.js\">",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    // What is not given is no attribute.
    let plain = client.get("/embed/pricing").await.text();
    assert!(
        !plain.contains(" plan=\"") && !plain.contains(" partner=\""),
        "{plain}"
    );
    for path in ["/embed/frame.js", "/embed/frame.css", "/embed.js"] {
        assert_eq!(client.get(path).await.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn what_stands_in_the_frames_address_is_no_markup() {
    let server = TestServer::start().await;
    let client = server.client();
    let long = "x".repeat(2000);
    for query in [
        "plan=%22%3E%3Cscript%3Ealert(1)%3C/script%3E".to_owned(),
        "lang=%22%3E%3Cscript%3Ealert(1)%3C/script%3E".to_owned(),
        "partner=%3Cimg%20src%3Dx%3E&seats=%00&currency=%FF&period=%FE".to_owned(),
        format!("partner={long}&seats={long}"),
    ] {
        let page = client.get(&format!("/embed/pricing?{query}")).await;
        assert_eq!(page.status, StatusCode::OK, "{query}");
        let html = page.text();
        assert!(!html.contains("<script>") && !html.contains("<img"), "{html}");
        assert!(html.len() < 10_000, "{}", html.len());
    }
}

#[tokio::test]
async fn the_partners_demo_is_part_of_the_sandbox_alone() {
    let server = TestServer::start().await;
    let page = server.client().get("/partner-demo").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains(&format!("{}/widget.js", server.base)));
    server.stopped().await;
    let server = TestServer::with(&["--smtp-url", "smtp://127.0.0.1:9"]).await;
    for path in ["/partner-demo", "/partner-demo/events.js"] {
        assert_eq!(
            server.client().get(path).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
}

/// The owner of an account that came from a partner's page.
async fn sent_by(server: &TestServer, partner: &str) -> Client {
    let client = server.client();
    let body = json!({ "email": "ada@example.com", "language": "en", "partner": partner });
    client.post("/api/sign-ups", &body).await;
    let token = server.token("ada@example.com", "activation").await;
    let answer = client
        .post(&format!("/api/activations/{token}"), &activation(json!({})))
        .await;
    assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
    client
}

#[tokio::test]
async fn the_partner_stands_on_the_orders_and_the_staffs_pages() {
    let server = TestServer::start().await;
    let client = sent_by(&server, "  Harbour  & Co ").await;
    let order = place(&client, &by_transfer(three_standard())).await;
    assert_eq!(order["partner"], "Harbour & Co");
    let staff = staff(&server).await;
    let list = staff.get("/staff").await.text();
    assert!(list.contains("through Harbour &amp; Co"), "{list}");
    let id = order["id"].as_str().unwrap();
    let page = staff.get(&format!("/staff/orders/{id}")).await.text();
    assert!(page.contains("<dd>Harbour &amp; Co</dd>"), "{page}");
    let account = page.split("/staff/accounts/").nth(1).unwrap();
    let account = account.split('"').next().unwrap();
    let page = staff.get(&format!("/staff/accounts/{account}")).await.text();
    assert!(page.contains("<dd>Harbour &amp; Co</dd>"), "{page}");
}

#[tokio::test]
async fn orders_that_follow_have_the_partner_too_and_others_have_none() {
    let server = TestServer::start().await;
    let client = sent_by(&server, "acme").await;
    let order = place(&client, &three_premium()).await;
    pay(&client, &order).await;
    server.advance_days(400).await;
    let renewals = "SELECT count(*) FROM orders WHERE kind = 'renewal' AND partner = 'acme'";
    assert_eq!(server.number(renewals).await, 1);
    let other = server.activated("grace@example.com").await;
    let order = place(&other, &three_premium()).await;
    assert_eq!(order["partner"], Value::Null);
}

#[tokio::test]
async fn a_partners_name_that_cannot_be_used_turns_no_visitor_away() {
    let server = TestServer::start().await;
    let client = server.client();
    let refused = json!({ "email": "ada@example.com", "language": "en", "partner": "https://evil.example" });
    client
        .post("/api/sign-ups", &refused)
        .await
        .assert_field("partner", "invalid_text");
    // The form that is sent without scripts has it from the address, where the visitor cannot mend it.
    let path = "/signup?partner=https%3A%2F%2Fevil.example";
    let answer = client.post_form(path, &[("email", "ada@example.com")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{answer:?}");
    let kept = "SELECT count(*) FROM sign_ups WHERE partner IS NOT NULL";
    assert_eq!(server.number(kept).await, 0);
}
