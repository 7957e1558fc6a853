//! Licences and those who need one. Rules: *Licences and users*, *Trial*, *Orders and payment*.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::orders_requests::{new_key, order_body, pay, place};
use crate::server::{Answer, Client, TestServer};
use crate::transfers::{by_transfer, three_standard};

/// So many licences of Standard for a month, at $13.99 and 20 % of tax.
fn standard(seats: u32) -> Value {
    let net = 1399 * i64::from(seats);
    order_body("standard", seats, "monthly", "USD", net + (net * 2 + 5) / 10)
}

async fn add(client: &Client, emails: &str) -> Answer {
    client
        .post("/api/users", &json!({ "emails": emails, "role": "member" }))
        .await
}

async fn order(client: &Client, body: &Value) -> Answer {
    let request = client
        .request(reqwest::Method::POST, "/api/orders")
        .header("Idempotency-Key", new_key());
    client.send(request.json(body)).await
}

async fn preview(client: &Client, request: Value) -> Answer {
    let body = json!({ "request": request });
    client.post("/api/subscription/previews", &body).await
}

/// Asserts a refusal that says how many licences there would be, how many users are active, and both ways out.
#[track_caller]
fn assert_names_numbers_and_ways_out(answer: &Answer, status: u16, licences: u32, users: u32) {
    let problem = answer.assert_problem(status, "not-enough-licences");
    assert_eq!(
        (&problem["licences"], &problem["active_users"]),
        (&json!(licences), &json!(users))
    );
    let detail = problem["detail"].as_str().unwrap();
    for words in [
        format!("{licences} licences"),
        format!("{users} active users"),
        "add licences".to_owned(),
        "deactivate a user".to_owned(),
        "Nothing was done".to_owned(),
    ] {
        assert!(detail.contains(&words), "{words} in {detail}");
    }
}

/// When subscribing, when scheduling a decrease, when adding a user, when reactivating one or several.
#[tokio::test]
async fn the_refusal_names_the_numbers_and_the_ways_out_and_nothing_is_done() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    server.joined(&ada, &["bob@example.com", "cyd@example.com"]).await;
    assert_names_numbers_and_ways_out(&order(&ada, &standard(2)).await, 422, 2, 3);
    assert_eq!(server.number("SELECT count(*) FROM orders").await, 0);

    let placed = place(&ada, &standard(3)).await;
    pay(&ada, &placed).await;
    let decrease = preview(&ada, json!({ "change": { "seats": 2 } })).await;
    assert_names_numbers_and_ways_out(&decrease, 409, 2, 3);
    assert_names_numbers_and_ways_out(&add(&ada, "dan@example.com eve@example.com").await, 409, 3, 5);
    assert_eq!(server.number("SELECT count(*) FROM users").await, 3);

    // Bob makes room for Dan, and then there is none for Bob.
    let users = ada.get("/api/users").await.body;
    let bob = users["users"]
        .as_array()
        .unwrap()
        .iter()
        .find(|user| user["email"] == "bob@example.com");
    let bob = bob.unwrap()["id"].as_str().unwrap().to_owned();
    let path = |deed: &str| format!("/api/users/{bob}/{deed}");
    assert_eq!(
        ada.post(&path("deactivation"), &json!({})).await.status,
        StatusCode::OK
    );
    assert_eq!(add(&ada, "dan@example.com").await.status, StatusCode::CREATED);
    let one = ada.post(&path("reactivation"), &json!({})).await;
    assert_names_numbers_and_ways_out(&one, 409, 3, 4);
    let several = ada
        .post("/api/users/reactivations", &json!({ "users": [bob] }))
        .await;
    assert_names_numbers_and_ways_out(&several, 409, 3, 4);
    assert_eq!(ada.get("/api/users").await.body["active_users"], 3);
}

#[tokio::test]
async fn reactivating_more_than_the_licences_is_refused_and_nobody_comes_back() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let emails = ["bob@example.com", "cyd@example.com", "dan@example.com"];
    server.joined(&ada, &emails).await;
    server.advance_days(15).await;
    let placed = place(&ada, &standard(3)).await;
    pay(&ada, &placed).await;
    let view = ada.get("/api/users").await.body;
    let others: Vec<&Value> = view["users"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|user| user["role"] == "member")
        .map(|user| &user["id"])
        .collect();
    assert_eq!(others.len(), 3);
    let refused = ada
        .post("/api/users/reactivations", &json!({ "users": others }))
        .await;
    assert_names_numbers_and_ways_out(&refused, 409, 3, 4);
    assert_eq!(ada.get("/api/users").await.body["active_users"], 1);
    // As many as there are licences for come back.
    let fitting = ada
        .post("/api/users/reactivations", &json!({ "users": others[..2] }))
        .await;
    assert_eq!(fitting.body["active_users"], 3, "{fitting:?}");
}

/// A customer is nobody's user: there is no such role, so that none can be added, billed or counted.
#[tokio::test]
async fn customers_never_count() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let placed = place(&ada, &standard(1)).await;
    pay(&ada, &placed).await;
    let customer = json!({ "emails": "client@example.com", "role": "customer" });
    let answer = ada.post("/api/users", &customer).await;
    assert!(answer.status.is_client_error(), "{answer:?}");
    let account = ada.get("/api/account").await.body;
    assert_eq!(
        (&account["active_users"], &account["subscription"]["licences"]),
        (&json!(1), &json!(1))
    );
    let roles = "SELECT count(*) FROM users WHERE role NOT IN ('owner', 'admin', 'member')";
    assert_eq!(server.number(roles).await, 0);
}

/// Open, awaiting a transfer, given up and declined orders bring none.
#[tokio::test]
async fn licences_exist_only_when_paid() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let bob = server.joined(&ada, &["bob@example.com"]).await.remove(0);
    server.advance_days(15).await;
    let bring_back = async || ada.post("/api/users/reactivations", &json!({})).await;
    let without = async |order: &Value, status: &str| {
        let path = format!("/api/orders/{}", order["id"].as_str().unwrap());
        assert_eq!(ada.get(&path).await.body["status"], status);
        let account = ada.get("/api/account").await.body;
        assert_eq!(account["subscription"]["state"], "trial_over", "{status}");
        assert_eq!(ada.get("/api/users").await.body["licences"], 0, "{status}");
        assert_eq!(server.number("SELECT count(*) FROM subscriptions").await, 0);
        bring_back().await.assert_problem(409, "trial-over");
        bob.get("/api/account").await.assert_problem(401, "not-signed-in");
    };
    let cancel = async |order: &Value| {
        let path = format!("/api/orders/{}/cancellation", order["id"].as_str().unwrap());
        assert_eq!(ada.post(&path, &json!({})).await.status, StatusCode::OK);
    };
    let awaiting = place(&ada, &by_transfer(three_standard())).await;
    without(&awaiting, "awaiting_transfer").await;
    cancel(&awaiting).await;
    without(&awaiting, "cancelled").await;
    let pending = place(&ada, &standard(2)).await;
    without(&pending, "pending").await;
    let declined = [
        ("number", "4000 0000 0000 0002"),
        ("expiry", "12/49"),
        ("cvc", "123"),
        ("name", "Ada"),
    ];
    let page = crate::orders_requests::pay_path(&pending);
    ada.post_form(&page, &declined).await;
    without(&pending, "pending").await;

    pay(&ada, &pending).await;
    assert_eq!(ada.get("/api/users").await.body["licences"], 2);
    assert_eq!(bring_back().await.body["active_users"], 2);
}

/// Everybody with role, name and whether they are active, whatever the order.
async fn everybody(client: &Client) -> (Vec<String>, usize) {
    let view = client.get("/api/users").await.body;
    let users = view["users"].as_array().unwrap();
    let mut told: Vec<String> = users
        .iter()
        .map(|user| {
            format!(
                "{} {} {} {}",
                user["id"], user["email"], user["name"], user["role"]
            )
        })
        .collect();
    told.sort();
    (told, users.iter().filter(|user| user["active"] == true).count())
}

/// Each of the colleagues signs in with the old password, or cannot.
async fn colleagues_sign_in(server: &TestServer, status: StatusCode) {
    for email in ["bob@example.com", "cyd@example.com", "dan@example.com"] {
        let answer = server.client().sign_in(email).await;
        assert_eq!(answer.status, status, "{email} {answer:?}");
    }
}

#[tokio::test]
async fn no_user_is_ever_lost_by_the_end_of_a_trial_a_suspension_or_the_end_of_a_subscription() {
    let server = TestServer::start().await;
    server.advance(json!({ "set": "2030-06-01T10:00:00Z" })).await;
    let ada = server.activated("ada@example.com").await;
    server.joined_as("admin", &ada, &["bob@example.com"]).await;
    server.joined(&ada, &["cyd@example.com", "dan@example.com"]).await;
    let (all, _) = everybody(&ada).await;
    assert_eq!(all.len(), 4);
    let only_ada = async |when: &str| {
        ada.sign_in("ada@example.com").await;
        assert_eq!(everybody(&ada).await, (all.clone(), 1), "{when}");
        colleagues_sign_in(&server, StatusCode::UNAUTHORIZED).await;
    };
    let all_of_them = async |when: &str| {
        assert_eq!(everybody(&ada).await, (all.clone(), 4), "{when}");
        colleagues_sign_in(&server, StatusCode::CREATED).await;
    };
    let bring_back = async || {
        let answer = ada.post("/api/users/reactivations", &json!({})).await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    };

    server.advance_days(15).await;
    only_ada("the trial is over").await;
    let order = place(&ada, &standard(4)).await;
    let pays_once = [
        ("number", "4000 0000 0000 0341"),
        ("expiry", "12/49"),
        ("cvc", "123"),
        ("name", "Ada"),
    ];
    let page = crate::orders_requests::pay_path(&order);
    let paid = ada.post_form(&page, &pays_once).await;
    let back = paid.header("location").strip_prefix(&ada.base).unwrap();
    assert_eq!(ada.get(back).await.status, StatusCode::SEE_OTHER, "{paid:?}");
    assert_eq!(everybody(&ada).await, (all.clone(), 1), "subscribed");
    bring_back().await;
    all_of_them("reactivated").await;

    // The renewal fails, and each of its retries.
    for days in [30, 1, 2, 2, 2] {
        server.advance_days(days).await;
    }
    only_ada("suspended").await;
    let overdue = ada.get("/api/subscription").await.body["overdue"]["totals"]["due"].clone();
    let request = ada
        .request(reqwest::Method::POST, "/api/subscription/recovery")
        .header("Idempotency-Key", new_key())
        .json(&json!({ "expected_due": overdue, "other_card": true }));
    let recovery = ada.send(request).await;
    assert_eq!(recovery.status, StatusCode::CREATED, "{recovery:?}");
    pay(&ada, &recovery.body["order"]).await;
    all_of_them("recovered").await;

    let cancel = json!({ "request": "cancel" });
    let seen = ada.post("/api/subscription/previews", &cancel).await.body["preview"]["seen"].clone();
    let nothing = json!({ "minor": 0, "currency": "USD" });
    let request = ada
        .request(reqwest::Method::POST, "/api/subscription/changes")
        .header("Idempotency-Key", new_key())
        .json(&json!({ "request": "cancel", "seen": seen, "expected_due": nothing }));
    assert_eq!(ada.send(request).await.status, StatusCode::OK);
    server.advance_days(40).await;
    only_ada("ended").await;
    let order = place(&ada, &standard(4)).await;
    pay(&ada, &order).await;
    bring_back().await;
    all_of_them("subscribed anew").await;
}
