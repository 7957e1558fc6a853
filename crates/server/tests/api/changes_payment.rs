//! How a change is paid when the stored card does not simply pay. Rule: *Orders and payment*.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::changes_requests::{
    ASKS_HOLDER, PAYS_ONCE, in_mid_april, plan, seats, seen, shop_in_mid_april, usd,
};
use crate::orders_requests::{GOOD_CARD, new_key, pay_path};
use crate::orders_shop::{Buyer, Shop};

async fn licences(shop: &Shop, buyer: &Buyer) -> Value {
    shop.details(buyer).await["subscription"]["term"]["seats"].clone()
}

#[tokio::test]
async fn a_declined_card_changes_nothing_and_the_refusal_is_repeated() {
    let (shop, ada) = in_mid_april(PAYS_ONCE).await;
    let confirmation = seen(&seats(5), &shop.previewed(&ada, &seats(5)).await);
    let before = shop.details(&ada).await;
    let key = new_key();
    let reply = shop.confirm(&ada, &key, &confirmation).await;
    assert_eq!(
        (reply.status, reply.problem().as_str()),
        (StatusCode::PAYMENT_REQUIRED, "card-declined"),
        "{}",
        reply.text
    );
    let order = json!({ "id": reply.json()["order_id"] });
    let order = shop.seen(&ada, &order).await;
    assert_eq!(
        (&order["status"], &order["kind"]),
        (&json!("failed"), &json!("change"))
    );
    assert_eq!(shop.details(&ada).await, before);
    assert_eq!(shop.number("SELECT count(*) FROM invoices").await, 1);
    assert_eq!(shop.number("SELECT count(*) FROM charges").await, 1);

    let again = shop.confirm(&ada, &key, &confirmation).await;
    assert_eq!((again.status, &again.text), (reply.status, &reply.text));
    assert_eq!(shop.number("SELECT count(*) FROM sandbox_charges").await, 1);
    let overview = shop.api(None, "GET", "/sandbox/payments").await.text;
    assert!(
        overview.contains("Charges of stored cards") && overview.contains("Visa •••• 0341: declined"),
        "{overview}"
    );
}

#[tokio::test]
async fn a_card_whose_month_is_over_is_declined() {
    let (shop, ada) = shop_in_mid_april().await;
    shop.run("UPDATE sandbox_cards SET expires = '2026-03'").await;
    assert_eq!(shop.change(&ada, &seats(4)).await.problem(), "card-declined");
    assert_eq!(licences(&shop, &ada).await, 3);
}

#[tokio::test]
async fn a_card_whose_holder_has_to_confirm_leads_to_the_page() {
    let (shop, ada) = in_mid_april(ASKS_HOLDER).await;
    let reply = shop.change(&ada, &seats(5)).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text);
    let change = reply.json();
    let order = &change["order"];
    assert_eq!(
        (&order["status"], &order["total"]),
        (&json!("pending"), &usd(2_399))
    );
    assert_eq!(change["subscription"]["subscription"]["term"]["seats"], 3);
    shop.pay(order, ASKS_HOLDER).await;
    shop.authenticate(order, "complete").await;
    shop.come_back(order).await;
    assert_eq!(shop.seen(&ada, order).await["status"], "paid");
    assert_eq!(licences(&shop, &ada).await, 5);
    shop.assert_books_balance().await;
}

#[tokio::test]
async fn without_a_stored_card_one_is_typed_on_the_page_and_kept() {
    let (shop, ada) = shop_in_mid_april().await;
    shop.run("DELETE FROM payment_methods").await;
    let change = shop.change(&ada, &seats(4)).await.json();
    let order = &change["order"];
    let page = shop.api(None, "GET", &pay_path(order)).await.text;
    assert!(page.contains("$12.00"), "{page}");
    assert_eq!(licences(&shop, &ada).await, 3);
    shop.pay(order, GOOD_CARD).await;
    shop.come_back(order).await;
    assert_eq!(licences(&shop, &ada).await, 4);
    // Kept: the next change is charged to it.
    shop.changed(&ada, &seats(5)).await;
    shop.assert_books_balance().await;
}

#[tokio::test]
async fn the_page_of_a_change_closes_at_midnight_of_the_account_as_its_amount_is_for_that_day() {
    let (shop, ada) = shop_in_mid_april().await;
    shop.run("DELETE FROM payment_methods").await;
    // 23:50 in Paris.
    shop.set_clock("2026-04-16T21:50:00Z").await;
    let change = shop.change(&ada, &seats(4)).await.json();
    let order = &change["order"];
    let page = shop.api(None, "GET", &pay_path(order)).await.text;
    assert!(page.contains("22:00 UTC"), "{page}");
    shop.set_clock("2026-04-16T22:00:00Z").await;
    assert_eq!(shop.seen(&ada, order).await["status"], "cancelled");
    shop.pay(order, GOOD_CARD).await;
    assert_eq!(licences(&shop, &ada).await, 3);
    assert_eq!(shop.number("SELECT count(*) FROM invoices").await, 1);
    // Earlier in the day there is half an hour.
    shop.set_clock("2026-04-17T10:00:00Z").await;
    let change = shop.change(&ada, &seats(4)).await.json();
    let page = shop.api(None, "GET", &pay_path(&change["order"])).await.text;
    assert!(page.contains("10:30 UTC"), "{page}");
}

#[tokio::test]
async fn a_payment_for_a_subscription_that_somebody_else_changed_goes_back() {
    let (shop, ada) = shop_in_mid_april().await;
    shop.run("DELETE FROM payment_methods").await;
    let change = shop.change(&ada, &plan("enterprise")).await.json();
    let order = &change["order"];
    shop.run("UPDATE subscriptions SET version = 7").await;
    shop.pay(order, GOOD_CARD).await;
    shop.come_back(order).await;
    assert_eq!(shop.seen(&ada, order).await["status"], "failed");
    assert_eq!(
        shop.text("SELECT failure FROM orders WHERE kind = 'change'")
            .await
            .as_deref(),
        Some("subscription-changed")
    );
    shop.wait_for("SELECT count(*) FROM refunds WHERE done_at IS NOT NULL", 1)
        .await;
    let subscription = shop.details(&ada).await["subscription"].clone();
    assert_eq!(
        (&subscription["version"], &subscription["term"]["plan"]),
        (&json!(7), &json!("premium"))
    );
    assert_eq!(shop.number("SELECT count(*) FROM invoices").await, 1);
}

#[tokio::test]
async fn a_charge_of_the_stored_card_goes_back_too() {
    let (shop, ada) = shop_in_mid_april().await;
    shop.changed(&ada, &seats(4)).await;
    // As if the money of another order had been taken with the same card.
    shop.run(
        "UPDATE orders SET status = 'failed' WHERE kind = 'change'; \
         INSERT INTO refunds (id, order_id, provider, reference, amount, currency, reason, created_at) \
         SELECT id, id, 'sandbox', (SELECT payment FROM sandbox_charges), total, 'USD', 'order-closed', 0 \
         FROM orders WHERE kind = 'change'",
    )
    .await;
    shop.set_clock("2026-04-16T10:05:00Z").await;
    shop.wait_for(
        "SELECT count(*) FROM sandbox_charges WHERE refunded_at IS NOT NULL",
        1,
    )
    .await;
    shop.wait_for("SELECT count(*) FROM refunds WHERE done_at IS NOT NULL", 1)
        .await;
}
