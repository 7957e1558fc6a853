//! The tax of what is bought: on quotes, orders, the hosted page and the invoice, as the billing details have it.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::billing_details::{details, german, saved};
use crate::orders_requests::{GOOD_CARD, new_key, order_body};
use crate::orders_shop::Shop;
use crate::server::{Client, TestServer};

fn usd(minor: i64) -> Value {
    json!({ "minor": minor, "currency": "USD" })
}

/// Three licences of Premium for a year, for $611.64 without tax.
fn choice() -> Value {
    json!({ "plan": "premium", "seats": 3, "period": "annual", "currency": "USD" })
}

async fn order(client: &Client, gross: i64) -> crate::server::Answer {
    let body = order_body("premium", 3, "annual", "USD", gross);
    let request = client.request(reqwest::Method::POST, "/api/orders");
    client
        .send(request.header("Idempotency-Key", new_key()).json(&body))
        .await
}

#[tokio::test]
async fn a_quote_holds_the_tax_of_whoever_is_signed_in() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let visitor = server.client().post("/api/quotes", &choice()).await;
    assert_eq!(visitor.status, StatusCode::OK);
    assert_eq!(
        (&visitor.body["total"], &visitor.body["taxed"]),
        (&usd(61_164), &Value::Null)
    );

    let quote = ada.post("/api/quotes", &choice()).await.body;
    assert_eq!(quote["total"], usd(61_164), "prices are without tax");
    assert_eq!(quote["taxed"]["gross"], usd(73_397));

    saved(&ada, &german("")).await;
    let taxed = &ada.post("/api/quotes", &choice()).await.body["taxed"];
    // 611.64 × 19 % = 116.2116
    assert_eq!(
        (&taxed["tax"], &taxed["treatment"]["country"]),
        (&usd(11_621), &json!("DE"))
    );
}

#[tokio::test]
async fn a_business_in_another_member_state_is_charged_without_tax_and_told_why() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    saved(&ada, &german("DE100000008")).await;
    let placed = order(&ada, 61_164).await;
    assert_eq!(placed.status, StatusCode::CREATED, "{placed:?}");
    assert_eq!(placed.body["taxed"]["treatment"]["kind"], "reverse_charge");
    let url = placed.body["pay_url"].as_str().expect("a page to pay on");
    let page = ada
        .get(&url[url.find("/sandbox").expect("the sandbox")..])
        .await
        .text();
    assert!(page.contains("Reverse charge"), "{page}");
}

#[tokio::test]
async fn a_tax_that_changed_since_the_quote_is_refused_with_a_fresh_one() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    // Seen by a French buyer, who then turns out to be an American one.
    saved(&ada, &details(json!({ "country": "US", "vat_number": "" }))).await;
    let refused = order(&ada, 73_397).await;
    let problem = refused.assert_problem(409, "price-changed");
    assert_eq!(problem["quote"]["total"], usd(61_164));
    assert_eq!(problem["taxed"]["gross"], usd(61_164));
    assert_eq!(problem["taxed"]["treatment"]["kind"], "outside_scope");
    assert_eq!(order(&ada, 61_164).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn what_was_confirmed_is_charged_and_invoiced_though_the_details_change_before_the_payment() {
    let shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    let order = shop
        .ordered(&ada, &order_body("premium", 3, "annual", "USD", 73_397))
        .await;
    shop.run(&format!(
        "INSERT INTO billing_details (account_id, company, address, city, country, vat_tries, saved_at) \
         VALUES ({}, 'Ada Inc.', '[\"1 Main Street\"]', 'Boston', 'US', 0, 0)",
        crate::orders_shop::blob(ada.account)
    ))
    .await;
    shop.pay(&order, GOOD_CARD).await;
    shop.come_back(&order).await;
    let paid = shop.seen(&ada, &order).await;
    assert_eq!(
        (&paid["status"], &paid["taxed"]),
        (&json!("paid"), &order["taxed"])
    );
    assert_eq!(shop.number("SELECT gross FROM invoices").await, 73_397);
    assert_eq!(shop.number("SELECT tax FROM invoices").await, 12_233);
    // The renewal will be taxed by the details of then.
    let account = shop.api(Some(&ada), "GET", "/api/account").await.json();
    assert_eq!(account["subscription"]["renewal_amount"], usd(61_164));
}

#[tokio::test]
async fn a_receipt_goes_to_the_address_for_invoices_too() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    saved(&ada, &details(json!({}))).await;
    let placed = order(&ada, 73_397).await;
    crate::orders_requests::pay(&ada, &placed.body).await;
    for email in ["ada@example.com", "compta@example.com"] {
        let letters = server.mail_to(email).await;
        assert_eq!(letters[0]["kind"], "receipt", "{email}");
        let text = letters[0]["text"].as_str().expect("a text");
        assert!(
            text.contains("VAT 20%: $122.33") && text.contains("$733.97"),
            "{text}"
        );
    }
}
