//! Orders without a card: how they wait, and what ends that.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::orders_requests::{new_key, order_body, pay, place};
use crate::orders_shop::copy_folder;
use crate::server::{Answer, Client, TestServer, catalog};

/// 3 licences of Standard for a year in euros, for a French buyer: 3 × €10.99 × 12, and 20 % of it.
pub fn three_standard() -> Value {
    order_body("standard", 3, "annual", "EUR", 47_477)
}

/// The same, to be paid by transfer.
pub fn by_transfer(body: Value) -> Value {
    let Value::Object(mut body) = body else {
        panic!("no object")
    };
    body.insert("payment".to_owned(), json!("transfer"));
    Value::Object(body)
}

async fn try_to_place(client: &Client, key: &str, body: &Value) -> Answer {
    let request = client
        .request(reqwest::Method::POST, "/api/orders")
        .header("Idempotency-Key", key);
    client.send(request.json(body)).await
}

fn reference_of(order: &Value) -> String {
    order["transfer"]["reference"].as_str().unwrap().to_owned()
}

async fn cancel(client: &Client, order: &Value) -> Answer {
    let path = format!("/api/orders/{}/cancellation", order["id"].as_str().unwrap());
    client.post(&path, &json!({})).await
}

async fn seen(client: &Client, order: &Value) -> Value {
    let answer = client
        .get(&format!("/api/orders/{}", order["id"].as_str().unwrap()))
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    answer.body
}

async fn pro_forma(client: &Client, order: &Value) -> Answer {
    let path = format!("/api/orders/{}/pro-forma.pdf", order["id"].as_str().unwrap());
    client.get(&path).await
}

#[tokio::test]
async fn not_paying_by_card_the_order_waits_as_awaiting_transfer() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let order = place(&ada, &by_transfer(three_standard())).await;
    assert_eq!(order["status"], "awaiting_transfer");
    assert_eq!(order["pay_url"], Value::Null);
    let transfer = &order["transfer"];
    assert_eq!(transfer["account_holder"], "Sample Seller SAS");
    assert_eq!(transfer["iban"], "FR76 3000 6000 0112 3456 7890 189");
    assert_eq!(
        (&transfer["bic"], &transfer["bank"]),
        (&json!("AGRIFRPP"), &json!("Sample Bank"))
    );
    let reference = reference_of(&order);
    assert!(
        reference.starts_with("RF") && reference.len() == 17,
        "{reference}"
    );
    let today: jiff::civil::Date = ada.get("/api/account").await.body["today"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    let pay_by = today.checked_add(jiff::Span::new().days(30)).unwrap();
    assert_eq!(transfer["pay_by"], pay_by.to_string());
    // The account's screen has it too, and no licence exists yet.
    let account = ada.get("/api/account").await.body;
    assert_eq!(account["pending_order"]["transfer"]["reference"], reference);
    assert_eq!(account["subscription"]["state"], "trial");
    assert_eq!(seen(&ada, &order).await["transfer"], order["transfer"]);
    assert_eq!(server.number("SELECT count(*) FROM subscriptions").await, 0);
    assert_eq!(server.number("SELECT count(*) FROM sandbox_checkouts").await, 0);
}

#[tokio::test]
async fn the_same_key_gets_the_same_order_and_one_letter() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let (key, body) = (new_key(), by_transfer(three_standard()));
    let first = try_to_place(&ada, &key, &body).await;
    let second = try_to_place(&ada, &key, &body).await;
    assert_eq!(first.status, StatusCode::CREATED, "{first:?}");
    assert_eq!(first.bytes, second.bytes);
    let letters = server.mail_to("ada@example.com").await;
    let told = letters
        .iter()
        .filter(|letter| letter["kind"] == "transfer_instructions");
    assert_eq!(told.count(), 1);
    // A card instead of a transfer is another order.
    try_to_place(&ada, &key, &three_standard())
        .await
        .assert_problem(422, "idempotency-key-reused");
}

#[tokio::test]
async fn an_account_has_one_open_order_and_a_card_replaces_the_transfer_by_cancelling_it() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let order = place(&ada, &by_transfer(three_standard())).await;
    for body in [three_standard(), by_transfer(three_standard())] {
        let refused = try_to_place(&ada, &new_key(), &body).await;
        let problem = refused.assert_problem(409, "order-pending");
        assert_eq!(problem["order_id"], order["id"]);
    }
    let cancelled = cancel(&ada, &order).await;
    assert_eq!(cancelled.status, StatusCode::OK, "{cancelled:?}");
    assert_eq!(cancelled.body["status"], "cancelled");
    assert_eq!(cancelled.body["transfer"], Value::Null);
    cancel(&ada, &order)
        .await
        .assert_problem(409, "order-not-pending");
    pro_forma(&ada, &order)
        .await
        .assert_problem(409, "order-not-pending");
    let by_card = place(&ada, &three_standard()).await;
    pay(&ada, &by_card).await;
    assert_eq!(seen(&ada, &by_card).await["status"], "paid");
    // Who cancelled needs no letter about it.
    let letters = server.mail_to("ada@example.com").await;
    assert!(letters.iter().all(|letter| letter["kind"] != "transfer_expired"));
}

#[tokio::test]
async fn the_letter_says_how_to_pay_with_the_pro_forma_attached() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let order = place(&ada, &by_transfer(three_standard())).await;
    let letters = server.mail_to("ada@example.com").await;
    let letter = letters
        .iter()
        .find(|letter| letter["kind"] == "transfer_instructions")
        .unwrap();
    let text = letter["text"].as_str().unwrap();
    for part in [
        "€474.77",
        "FR76 3000 6000 0112 3456 7890 189",
        "Sample Seller SAS",
        "AGRIFRPP",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(text.contains(&reference_of(&order)), "{text}");
    let file = ada.get(letter["attachment"].as_str().unwrap()).await;
    assert_eq!(file.header("content-type"), "application/pdf");
    let own = pro_forma(&ada, &order).await;
    assert_eq!(own.header("content-type"), "application/pdf");
    assert!(own.bytes.starts_with(b"%PDF-"));
    assert_eq!(own.bytes, file.bytes);
    let name = own.header("content-disposition");
    assert!(name.contains("filename=\"RF"), "{name}");
}

#[tokio::test]
async fn a_pro_forma_uses_up_no_number_of_an_invoice_and_is_its_own_accounts_alone() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let eve = server.activated("eve@example.com").await;
    let order = place(&ada, &by_transfer(three_standard())).await;
    pro_forma(&ada, &order).await;
    assert_eq!(server.number("SELECT count(*) FROM invoices").await, 0);
    assert_eq!(server.number("SELECT count(*) FROM counters").await, 0);
    pro_forma(&eve, &order).await.assert_problem(404, "not-found");
    pro_forma(&server.client(), &order)
        .await
        .assert_problem(401, "not-signed-in");
    let by_card = place(&eve, &three_standard()).await;
    pro_forma(&eve, &by_card).await.assert_problem(404, "not-found");
}

#[tokio::test]
async fn a_seller_without_an_iban_takes_no_transfers() {
    let folder = tempfile::tempdir().unwrap();
    let source = catalog();
    let text = std::fs::read_to_string(&source).unwrap();
    let kept: Vec<&str> = text
        .lines()
        .filter(|line| {
            !["iban", "bic", "bank"]
                .iter()
                .any(|key| line.starts_with(&format!("{key} =")))
        })
        .collect();
    copy_folder(source.parent().unwrap(), folder.path());
    let copy = folder.path().join("onedesk.toml");
    std::fs::write(&copy, kept.join("\n")).unwrap();
    let server = TestServer::with(&["--sandbox", "--catalog", copy.to_str().unwrap()]).await;
    let ada = server.activated("ada@example.com").await;
    try_to_place(&ada, &new_key(), &by_transfer(three_standard()))
        .await
        .assert_problem(422, "transfer-unavailable");
    assert_eq!(server.number("SELECT count(*) FROM orders").await, 0);
    place(&ada, &three_standard()).await;
}

#[tokio::test]
async fn without_a_transfer_in_time_the_order_is_cancelled_with_a_letter() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let order = place(&ada, &by_transfer(three_standard())).await;
    server.advance_days(29).await;
    assert_eq!(seen(&ada, &order).await["status"], "awaiting_transfer");
    server.advance_days(3).await;
    ada.sign_in("ada@example.com").await;
    assert_eq!(seen(&ada, &order).await["status"], "cancelled");
    let letters = server.mail_to("ada@example.com").await;
    let told: Vec<&Value> = letters
        .iter()
        .filter(|letter| letter["kind"] == "transfer_expired")
        .collect();
    assert_eq!(told.len(), 1, "{letters:#?}");
    let text = told[0]["text"].as_str().unwrap();
    assert!(
        text.contains("€474.77") && text.contains("Nothing was charged"),
        "{text}"
    );
    // Another order is possible.
    place(&ada, &by_transfer(three_standard())).await;
}

#[tokio::test]
async fn a_trial_that_ends_while_an_order_awaits_its_transfer_ends_as_always() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let bob = server.joined(&ada, &["bob@example.com"]).await.remove(0);
    let order = place(&ada, &by_transfer(three_standard())).await;
    server.advance_days(15).await;
    bob.get("/api/account").await.assert_problem(401, "not-signed-in");
    let account = ada.get("/api/account").await.body;
    assert_eq!(account["subscription"]["state"], "trial_over");
    assert_eq!(account["active_users"], 1);
    assert_eq!(seen(&ada, &order).await["status"], "awaiting_transfer");
}

#[tokio::test]
async fn while_it_waits_no_more_users_become_active_than_it_has_licences() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    place(&ada, &by_transfer(three_standard())).await;
    let add = |emails: &str| json!({ "emails": emails, "role": "member" });
    let answer = ada.post("/api/users", &add("b@example.com c@example.com")).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
    ada.post("/api/users", &add("d@example.com"))
        .await
        .assert_problem(409, "order-pending");
}

#[tokio::test]
async fn the_letters_are_in_the_buyers_language() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let answer = ada
        .patch("/api/account/language", &json!({ "language": "fr" }))
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    place(&ada, &by_transfer(three_standard())).await;
    let letters = server.mail_to("ada@example.com").await;
    let letter = letters
        .iter()
        .find(|letter| letter["kind"] == "transfer_instructions")
        .unwrap();
    assert_eq!(letter["language"], "fr");
    let text = letter["text"].as_str().unwrap();
    assert!(text.contains("À recevoir au plus tard le"), "{text}");
}
