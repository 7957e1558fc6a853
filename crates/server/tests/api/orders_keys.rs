//! Orders that are sent more than once.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::orders_requests::{GOOD_CARD, Reply, id_of, new_key, order_body, three_premium};
use crate::orders_shop::{Buyer, Shop};

#[tokio::test]
async fn the_same_key_and_body_give_the_same_answer_to_the_byte() {
    let shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    let key = new_key();
    let first = shop.order(&ada, &key, &three_premium()).await;
    assert_eq!(first.status, StatusCode::CREATED);
    let order = first.json();
    let again = shop.order(&ada, &key, &three_premium()).await;
    assert_eq!((again.status, &again.text), (first.status, &first.text));

    // Spaced otherwise, it is the same body; paid meanwhile, it is the same answer.
    shop.pay(&order, GOOD_CARD).await;
    shop.come_back(&order).await;
    let spaced = serde_json::to_string_pretty(&three_premium()).unwrap();
    let late = shop.order_raw(&ada, Some(&key), &spaced).await;
    assert_eq!((late.status, &late.text), (first.status, &first.text));
    assert_eq!(late.header("content-type"), "application/json");
    assert_eq!(shop.number("SELECT count(*) FROM orders").await, 1);
}

#[tokio::test]
async fn a_refusal_is_repeated_too() {
    let shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    let (key, body) = (new_key(), order_body("premium", 3, "annual", "USD", 1));
    let first = shop.order(&ada, &key, &body).await;
    assert_eq!(first.problem(), "price-changed");
    let again = shop.order(&ada, &key, &body).await;
    assert_eq!((again.status, &again.text), (first.status, &first.text));
    assert_eq!(again.header("content-type"), "application/problem+json");
}

#[tokio::test]
async fn the_same_key_with_another_body_is_refused() {
    let shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    let key = new_key();
    let order = shop.order(&ada, &key, &three_premium()).await.json();
    for body in [
        order_body("premium", 4, "annual", "USD", 81_552),
        order_body("standard", 3, "annual", "USD", 43_164),
        order_body("premium", 3, "annual", "USD", 61_165),
    ] {
        let reply = shop.order(&ada, &key, &body).await;
        assert_eq!(
            (reply.status, reply.problem().as_str()),
            (StatusCode::UNPROCESSABLE_ENTITY, "idempotency-key-reused")
        );
    }
    assert_eq!(shop.seen(&ada, &order).await["status"], "pending");
}

#[tokio::test]
async fn a_body_that_was_no_order_does_not_use_the_key_up() {
    let shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    let key = new_key();
    let wrong = order_body("gold", 3, "annual", "USD", 61_164);
    assert_eq!(shop.order(&ada, &key, &wrong).await.problem(), "invalid-fields");
    assert_eq!(
        shop.order(&ada, &key, &three_premium()).await.status,
        StatusCode::CREATED
    );
}

#[tokio::test]
async fn an_order_needs_a_key() {
    let shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    let body = three_premium().to_string();
    let (long, spaced) = ("k".repeat(256), "0123456789 abcdef");
    for key in [None, Some(""), Some("short"), Some(spaced), Some(long.as_str())] {
        let reply = shop.order_raw(&ada, key, &body).await;
        assert_eq!(
            (reply.status, reply.problem().as_str()),
            (StatusCode::BAD_REQUEST, "idempotency-key-missing")
        );
    }
    assert_eq!(
        shop.order_raw(&ada, Some("0123456789abcdef"), &body).await.status,
        StatusCode::CREATED
    );
}

#[tokio::test]
async fn a_key_that_is_still_being_worked_on_is_told_to_come_again() {
    let shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    let (key, body) = (new_key(), three_premium());
    let first = shop.order(&ada, &key, &body).await;
    // As if the first request had not come to its end: it holds the key.
    let now = jiff::Timestamp::now().as_millisecond();
    shop.run(&format!(
        "UPDATE idempotency_keys SET answer_status = NULL, answer_body = NULL, leased_at = {now}"
    ))
    .await;
    let again = shop.order(&ada, &key, &body).await;
    assert_eq!(
        (
            again.status,
            again.problem().as_str(),
            again.header("retry-after")
        ),
        (StatusCode::CONFLICT, "idempotency-key-in-use", "1")
    );
    // It stopped: the next one takes the key over, and goes on with its order.
    shop.run("UPDATE idempotency_keys SET leased_at = leased_at - 6000")
        .await;
    let late = shop.order(&ada, &key, &body).await;
    assert_eq!((late.status, &late.text), (first.status, &first.text));
    assert_eq!(shop.number("SELECT count(*) FROM orders").await, 1);
}

#[tokio::test]
async fn the_same_key_many_times_at_once_makes_one_order() {
    let shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    let (key, body) = (new_key(), three_premium());
    let replies = futures_util::future::join_all((0..10).map(|_| shop.order(&ada, &key, &body))).await;
    let first = replies
        .iter()
        .find(|reply| reply.status == StatusCode::CREATED)
        .expect("one is answered");
    for reply in &replies {
        if reply.status == StatusCode::CONFLICT {
            assert_eq!(reply.problem(), "idempotency-key-in-use");
            assert_eq!(reply.header("retry-after"), "1");
        } else {
            assert_eq!((reply.status, &reply.text), (first.status, &first.text));
        }
    }
    assert_eq!(shop.number("SELECT count(*) FROM orders").await, 1);
    assert_eq!(shop.number("SELECT count(*) FROM sandbox_checkouts").await, 1);
}

/// As a browser does: the same again until it is answered for good.
async fn insist(shop: &Shop, buyer: &Buyer, key: &str, body: &Value) -> Reply {
    for _ in 0..20 {
        let reply = shop.order(buyer, key, body).await;
        if reply.status != StatusCode::CONFLICT || reply.problem() != "idempotency-key-in-use" {
            return reply;
        }
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    }
    panic!("the key stays in use");
}

/// What a server leaves behind that stops after step 1 (`checkout_known` false) or step 2 of placing an order.
async fn left_in_the_middle(shop: &mut Shop, checkout_known: bool) {
    shop.run("UPDATE orders SET checkout_id = NULL, checkout_url = NULL")
        .await;
    if !checkout_known {
        shop.run("DELETE FROM sandbox_checkouts").await;
    }
    let taken = "leased_at = (SELECT placed_at FROM orders)";
    shop.run(&format!(
        "UPDATE idempotency_keys SET answer_status = NULL, answer_body = NULL, {taken}"
    ))
    .await;
    shop.restart().await;
}

#[tokio::test]
async fn a_server_that_stops_before_the_checkout_is_opened_goes_on_with_the_order() {
    let mut shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    let key = new_key();
    let order = shop.order(&ada, &key, &three_premium()).await.json();
    left_in_the_middle(&mut shop, false).await;

    let reply = insist(&shop, &ada, &key, &three_premium()).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text);
    assert_eq!(reply.json()["id"], order["id"]);
    shop.pay(&reply.json(), GOOD_CARD).await;
    assert_eq!(shop.seen(&ada, &order).await["status"], "paid");
    assert_eq!(shop.number("SELECT count(*) FROM orders").await, 1);
}

#[tokio::test]
async fn a_server_that_stops_after_the_checkout_was_opened_finds_it_again() {
    let mut shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    let key = new_key();
    let first = shop.order(&ada, &key, &three_premium()).await;
    left_in_the_middle(&mut shop, true).await;

    let reply = insist(&shop, &ada, &key, &three_premium()).await;
    assert_eq!((reply.status, &reply.text), (StatusCode::CREATED, &first.text));
    assert_eq!(shop.number("SELECT count(*) FROM sandbox_checkouts").await, 1);
}

#[tokio::test]
async fn an_order_left_in_the_middle_can_be_looked_at_paid_and_given_up() {
    let mut shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    let order = shop.ordered(&ada, &three_premium()).await;
    left_in_the_middle(&mut shop, false).await;
    let seen = shop.seen(&ada, &order).await;
    assert!(seen["pay_url"].is_string(), "{seen}");

    left_in_the_middle(&mut shop, false).await;
    let reply = shop
        .api(
            Some(&ada),
            "POST",
            &format!("/api/orders/{}/cancellation", id_of(&order)),
        )
        .await;
    assert_eq!(reply.json()["status"], json!("cancelled"));
}
