//! Changes that are sent more than once, and servers that stop in the middle of one. Rule: *Orders and payment*.

use axum::http::StatusCode;
use serde_json::Value;

use crate::changes_requests::{seats, seen, shop_in_mid_april, usd};
use crate::orders_requests::{Reply, new_key, three_premium};
use crate::orders_shop::{Buyer, Shop};

#[tokio::test]
async fn the_same_key_and_body_give_the_same_answer_and_another_body_is_refused() {
    let (shop, ada) = shop_in_mid_april().await;
    let confirmation = seen(&seats(5), &shop.previewed(&ada, &seats(5)).await);
    let key = new_key();
    let first = shop.confirm(&ada, &key, &confirmation).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.text);
    shop.set_clock("2026-04-20T10:00:00Z").await;
    let again = shop.confirm(&ada, &key, &confirmation).await;
    assert_eq!((again.status, &again.text), (first.status, &first.text));
    let other = seen(&seats(6), &shop.previewed(&ada, &seats(6)).await);
    assert_eq!(
        shop.confirm(&ada, &key, &other).await.problem(),
        "idempotency-key-reused"
    );
    assert_eq!(
        shop.order(&ada, &key, &three_premium()).await.problem(),
        "idempotency-key-reused"
    );
    assert_eq!(shop.number("SELECT count(*) FROM sandbox_charges").await, 1);
    assert_eq!(shop.number("SELECT count(*) FROM invoices").await, 2);
}

#[tokio::test]
async fn the_same_key_many_times_at_once_charges_once() {
    let (shop, ada) = shop_in_mid_april().await;
    let confirmation = seen(&seats(5), &shop.previewed(&ada, &seats(5)).await);
    let key = new_key();
    let sent = (0..8).map(|_| shop.confirm(&ada, &key, &confirmation));
    for reply in futures_util::future::join_all(sent).await {
        assert!(
            reply.status == StatusCode::CREATED || reply.problem() == "idempotency-key-in-use",
            "{} {}",
            reply.status,
            reply.text
        );
    }
    assert_eq!(shop.number("SELECT count(*) FROM sandbox_charges").await, 1);
    shop.assert_books_balance().await;
}

/// Confirms five licences and leaves behind what a server does that stops after it has written the order; the card was
/// charged or was not. Gives the key and the confirmation.
async fn left_in_the_middle(shop: &Shop, buyer: &Buyer, charged: bool) -> (String, Value) {
    let confirmation = seen(&seats(5), &shop.previewed(buyer, &seats(5)).await);
    let key = new_key();
    let card = shop.text("SELECT reference FROM payment_methods").await.unwrap();
    let kept = "CREATE TABLE kept AS SELECT * FROM payment_methods";
    shop.run(kept).await;
    shop.run("DELETE FROM payment_methods").await;
    let reply = shop.confirm(buyer, &key, &confirmation).await;
    assert_eq!(reply.json()["order"]["status"], "pending", "{}", reply.text);
    shop.run("INSERT INTO payment_methods SELECT * FROM kept; DROP TABLE kept; DELETE FROM sandbox_checkouts WHERE status = 'open'")
        .await;
    shop.run(&format!(
        "UPDATE orders SET method = '{card}', checkout_id = NULL, checkout_url = NULL WHERE kind = 'change'; \
         UPDATE idempotency_keys SET answer_status = NULL, answer_body = NULL WHERE key = '{key}'"
    ))
    .await;
    if charged {
        let order = reply.json()["order"]["id"].as_str().unwrap().to_owned();
        shop.run(&format!(
            "INSERT INTO sandbox_charges (attempt, reference, card, method, lines, amount, currency, outcome, payment, at) \
             SELECT '{order}', id, '{card}', 'Visa •••• 4242', '[]', total, 'USD', 'paid', 'sandbox_pay_x', placed_at \
             FROM orders WHERE kind = 'change'"
        ))
        .await;
    }
    (key, confirmation)
}

/// As a browser does: the same again until it is answered for good.
async fn insist(shop: &Shop, buyer: &Buyer, key: &str, confirmation: &Value) -> Reply {
    for _ in 0..20 {
        let reply = shop.confirm(buyer, key, confirmation).await;
        if reply.status != StatusCode::CONFLICT || reply.problem() != "idempotency-key-in-use" {
            return reply;
        }
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    }
    panic!("the key stays in use");
}

#[tokio::test]
async fn a_server_that_stops_before_the_charge_goes_on_with_the_same_key() {
    let (shop, ada) = shop_in_mid_april().await;
    let (key, confirmation) = left_in_the_middle(&shop, &ada, false).await;
    let reply = insist(&shop, &ada, &key, &confirmation).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text);
    assert_eq!(reply.json()["order"]["status"], "paid");
    assert_eq!(shop.number("SELECT count(*) FROM sandbox_charges").await, 1);
    shop.assert_books_balance().await;
}

#[tokio::test]
async fn a_server_that_stops_after_the_charge_charges_nothing_a_second_time() {
    let (shop, ada) = shop_in_mid_april().await;
    let (key, confirmation) = left_in_the_middle(&shop, &ada, true).await;
    let reply = insist(&shop, &ada, &key, &confirmation).await;
    assert_eq!(reply.json()["order"]["status"], "paid", "{}", reply.text);
    assert_eq!(shop.number("SELECT count(*) FROM sandbox_charges").await, 1);
    shop.assert_books_balance().await;
}

#[tokio::test]
async fn a_charge_that_nobody_has_heard_of_is_found_by_time_alone() {
    let (shop, ada) = shop_in_mid_april().await;
    left_in_the_middle(&shop, &ada, true).await;
    shop.set_clock("2026-04-16T10:05:00Z").await;
    assert_eq!(shop.details(&ada).await["subscription"]["term"]["seats"], 5);
    shop.assert_books_balance().await;
}

#[tokio::test]
async fn an_order_that_was_never_charged_is_given_up_at_midnight_and_its_key_gets_a_fresh_preview() {
    let (shop, ada) = shop_in_mid_april().await;
    let (key, confirmation) = left_in_the_middle(&shop, &ada, false).await;
    shop.set_clock("2026-04-17T10:00:00Z").await;
    assert_eq!(
        shop.text("SELECT status FROM orders WHERE kind = 'change'")
            .await
            .as_deref(),
        Some("cancelled")
    );
    let reply = insist(&shop, &ada, &key, &confirmation).await;
    assert_eq!(reply.problem(), "preview-stale", "{}", reply.text);
    assert_eq!(reply.json()["preview"]["today"]["due"], usd(2_239));
    assert_eq!(shop.number("SELECT count(*) FROM sandbox_charges").await, 0);
}
