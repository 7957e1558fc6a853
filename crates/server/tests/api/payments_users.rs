//! Payment and the people of an account, through the doors that people use.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::orders_requests::{GOOD_CARD, new_key, order_body, pay, pay_path, place};
use crate::server::TestServer;

/// So many licences of Standard for a month in US dollars, at $13.99 and 20 % of tax.
fn standard(seats: u32) -> Value {
    let net = 1399 * i64::from(seats);
    order_body("standard", seats, "monthly", "USD", net + (net * 2 + 5) / 10)
}

#[tokio::test]
async fn the_account_shows_the_open_order_and_then_the_subscription() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    assert_eq!(
        ada.get("/api/account").await.body["subscription"]["state"],
        "trial"
    );
    let placed = place(&ada, &standard(2)).await;
    let account = ada.get("/api/account").await.body;
    assert_eq!(account["pending_order"], placed);
    assert_eq!(account["subscription"]["state"], "trial");

    pay(&ada, &placed).await;
    let account = ada.get("/api/account").await.body;
    assert!(account["pending_order"].is_null());
    let subscription = &account["subscription"];
    assert_eq!(subscription["state"], "active");
    assert_eq!(subscription["licences"], 2);
    assert_eq!(subscription["period_start"], account["today"]);
    assert_eq!(
        subscription["renewal_amount"],
        json!({ "minor": 3358, "currency": "USD" })
    );
    let letters = server.mail_to("ada@example.com").await;
    assert_eq!(letters[0]["kind"], "receipt", "{letters:#?}");
}

#[tokio::test]
async fn while_an_order_waits_no_more_users_join_than_it_pays_for() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let placed = place(&ada, &standard(2)).await;
    let add = async |email: &str| {
        ada.post("/api/users", &json!({ "emails": email, "role": "member" }))
            .await
    };
    assert_eq!(add("bob@example.com").await.status, StatusCode::CREATED);
    let refused = add("eve@example.com").await;
    assert_eq!(
        refused.assert_problem(409, "order-pending")["order_id"],
        placed["id"]
    );

    let id = placed["id"].as_str().expect("an identity");
    let answer = ada
        .post(&format!("/api/orders/{id}/cancellation"), &json!({}))
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    assert_eq!(add("eve@example.com").await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn a_member_can_neither_order_nor_see_orders() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let bob = server.joined(&ada, &["bob@example.com"]).await.remove(0);
    let placed = place(&ada, &standard(2)).await;
    let id = placed["id"].as_str().expect("an identity");
    bob.get(&format!("/api/orders/{id}"))
        .await
        .assert_problem(403, "not-allowed");
    let request = bob
        .request(reqwest::Method::POST, "/api/orders")
        .header("Idempotency-Key", new_key());
    bob.send(request.json(&standard(2)))
        .await
        .assert_problem(403, "not-allowed");
}

#[tokio::test]
async fn an_order_that_is_left_open_is_cancelled_when_the_clock_passes_its_time() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    place(&ada, &standard(1)).await;
    server.advance(json!({ "advance_hours": 1 })).await;
    assert!(ada.get("/api/account").await.body["pending_order"].is_null());
    place(&ada, &standard(1)).await;
}

#[tokio::test]
async fn after_the_trial_the_owner_can_still_subscribe_and_reactivate() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let bob = server.joined(&ada, &["bob@example.com"]).await.remove(0);
    server.advance_days(15).await;
    assert_eq!(
        ada.get("/api/account").await.body["subscription"]["state"],
        "trial_over"
    );
    assert_eq!(bob.get("/api/account").await.status, StatusCode::UNAUTHORIZED);

    let placed = place(&ada, &standard(2)).await;
    pay(&ada, &placed).await;
    let users = ada.get("/api/users").await.body;
    assert_eq!(
        (&users["active_users"], &users["licences"]),
        (&json!(1), &json!(2))
    );
    let bobs = users["users"]
        .as_array()
        .expect("users")
        .iter()
        .find(|user| user["email"] == "bob@example.com");
    let id = bobs.expect("bob is kept")["id"]
        .as_str()
        .expect("an identity")
        .to_owned();
    let answer = ada
        .post(&format!("/api/users/{id}/reactivation"), &json!({}))
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
}

#[tokio::test]
async fn subscribing_before_the_end_of_the_trial_deactivates_nobody() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let bob = server.joined(&ada, &["bob@example.com"]).await.remove(0);
    let placed = place(&ada, &standard(2)).await;
    pay(&ada, &placed).await;
    server.advance_days(15).await;
    let account = bob.get("/api/account").await.body;
    assert_eq!(
        (&account["active_users"], &account["subscription"]["state"]),
        (&json!(2), &json!("active"))
    );
}

#[tokio::test]
async fn the_api_description_names_orders_and_payments() {
    let server = TestServer::start().await;
    let description = server.client().get("/api/openapi.json").await.body;
    for (path, method) in [
        ("/api/orders", "post"),
        ("/api/orders/{id}", "get"),
        ("/api/orders/{id}/cancellation", "post"),
        ("/api/payments/return", "get"),
        ("/api/payments/notifications/sandbox", "post"),
    ] {
        assert!(
            description["paths"][path][method]["responses"].is_object(),
            "{method} {path}"
        );
    }
}

#[tokio::test]
async fn who_paid_before_the_end_of_the_trial_keeps_every_user_though_nobody_heard_of_it() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let bob = server.joined(&ada, &["bob@example.com"]).await.remove(0);
    ada.post_form("/sandbox/payments/notifications", &[("held", "yes")])
        .await;
    let placed = place(&ada, &standard(2)).await;
    let card = [
        ("number", GOOD_CARD),
        ("expiry", "12/49"),
        ("cvc", "123"),
        ("name", "Ada"),
    ];
    ada.post_form(&pay_path(&placed), &card).await;
    server.advance_days(15).await;
    let account = bob.get("/api/account").await.body;
    assert_eq!(
        (&account["active_users"], &account["subscription"]["state"]),
        (&json!(2), &json!("active"))
    );
}
