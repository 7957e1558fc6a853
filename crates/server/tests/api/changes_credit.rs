//! Account credit: what credit notes give, and the next charges use up. Rule: *Changes*.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::changes_requests::{plan, seats, shop_in_mid_april, usd};
use crate::orders_requests::{GOOD_CARD, order_body};
use crate::orders_shop::{Buyer, Shop};

/// A subscriber to whom a higher plan gives something back: Premium was bought at $50.
async fn bought_dearly() -> (Shop, Buyer) {
    let (shop, ada) = shop_in_mid_april().await;
    shop.run("UPDATE subscriptions SET unit_price = 5000").await;
    (shop, ada)
}

#[tokio::test]
async fn what_falls_below_zero_becomes_account_credit_and_the_document_is_a_credit_note() {
    let (shop, ada) = bought_dearly().await;
    let reply = shop.change(&ada, &plan("enterprise")).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    let change = reply.json();
    let order = &change["order"];
    // 3 × $29.99 × 15/30 − 3 × $50.00 × 15/30 = −$30.01, and 20 % of it.
    assert_eq!(
        (&order["status"], &order["taxed"]["gross"], &order["total"]),
        (&json!("paid"), &usd(-3_601), &usd(0))
    );
    assert_eq!(order["receipt"]["payment_method"], "Credited to your account");
    assert_eq!(change["subscription"]["credits"], json!([usd(3_601)]));
    let number = order["receipt"]["invoice_number"].as_str().unwrap();
    let invoice = shop
        .api(Some(&ada), "GET", &format!("/api/invoices/{number}"))
        .await
        .json();
    assert_eq!(
        (&invoice["kind"], &invoice["credit_added"], &invoice["due"]),
        (&json!("credit_note"), &usd(3_601), &usd(0))
    );
    let pdf = shop
        .api(Some(&ada), "GET", &format!("/api/invoices/{number}/pdf"))
        .await;
    assert_eq!(pdf.status, StatusCode::OK, "{}", pdf.text);
    let subject = shop
        .text("SELECT subject FROM outbox WHERE kind = 'receipt' ORDER BY id DESC LIMIT 1")
        .await;
    assert!(
        subject
            .as_deref()
            .is_some_and(|subject| subject.contains("credit note")),
        "{subject:?}"
    );
    assert_eq!(shop.number("SELECT count(*) FROM charges").await, 1);
    shop.assert_books_balance().await;
}

#[tokio::test]
async fn account_credit_is_used_up_by_the_next_charges_before_the_card_is() {
    let (shop, ada) = bought_dearly().await;
    shop.changed(&ada, &plan("enterprise")).await;

    // 2 × $29.99 × 15/30, and 20 % of it: all of it from the credit of $36.01.
    let reply = shop.change(&ada, &seats(5)).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    let change = reply.json();
    assert_eq!(
        (&change["order"]["credit_used"], &change["order"]["total"]),
        (&usd(3_599), &usd(0))
    );
    assert_eq!(change["order"]["receipt"]["payment_method"], "Account credit");
    assert_eq!(change["subscription"]["credits"], json!([usd(2)]));
    let number = change["order"]["receipt"]["invoice_number"].as_str().unwrap();
    let pdf = format!("/api/invoices/{number}/pdf");
    let pdf = shop.api(Some(&ada), "GET", &pdf).await;
    assert_eq!(pdf.status, StatusCode::OK, "{}", pdf.text);
    assert_eq!(shop.number("SELECT count(*) FROM sandbox_charges").await, 0);

    // 1 × $29.99 × 15/30, and 20 % of it: 2 cents from the credit, the rest from the card.
    let reply = shop.change(&ada, &seats(6)).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text);
    let change = reply.json();
    assert_eq!(
        (
            &change["order"]["taxed"]["gross"],
            &change["order"]["credit_used"],
            &change["order"]["total"]
        ),
        (&usd(1_800), &usd(2), &usd(1_798))
    );
    assert_eq!(change["subscription"]["credits"], json!([]));
    assert_eq!(shop.number("SELECT amount FROM sandbox_charges").await, 1_798);
    let letter = shop
        .text("SELECT text FROM outbox WHERE kind = 'receipt' ORDER BY id DESC LIMIT 1")
        .await
        .unwrap();
    for words in ["Account credit used", "$0.02", "$17.98", "Visa •••• 4242"] {
        assert!(letter.contains(words), "{words} in {letter}");
    }
    shop.assert_books_balance().await;
}

#[tokio::test]
async fn credit_of_a_subscription_that_ended_pays_for_the_next_one() {
    let (shop, ada) = shop_in_mid_april().await;
    shop.give_credit(&ada, 1_000).await;
    shop.run(
        "UPDATE subscriptions SET standing = '{\"ended\":{\"on\":\"2026-04-10\"}}', next_step_on = NULL",
    )
    .await;
    let order = shop
        .ordered(&ada, &order_body("standard", 1, "monthly", "USD", 1_679))
        .await;
    assert_eq!((&order["credit_used"], &order["total"]), (&usd(1_000), &usd(679)));
    shop.pay(&order, GOOD_CARD).await;
    shop.come_back(&order).await;
    let details = shop.details(&ada).await;
    assert_eq!(details["subscription"]["term"]["plan"], "standard");
    assert_eq!(details["credits"], json!([]));
    shop.assert_books_balance().await;
}

#[tokio::test]
async fn an_order_that_credit_pays_for_needs_no_page() {
    let (shop, ada) = shop_in_mid_april().await;
    shop.give_credit(&ada, 10_000).await;
    shop.run(
        "UPDATE subscriptions SET standing = '{\"ended\":{\"on\":\"2026-04-10\"}}', next_step_on = NULL",
    )
    .await;
    let order = shop
        .ordered(&ada, &order_body("standard", 1, "monthly", "USD", 1_679))
        .await;
    assert_eq!(
        (&order["status"], &order["pay_url"]),
        (&json!("paid"), &Value::Null)
    );
    assert_eq!(shop.details(&ada).await["credits"], json!([usd(8_321)]));
    shop.assert_books_balance().await;
}

#[tokio::test]
async fn an_order_by_transfer_that_credit_pays_for_awaits_nothing() {
    let shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    shop.give_credit(&ada, 1_679).await;
    let mut body = order_body("standard", 1, "monthly", "USD", 1_679);
    body["payment"] = json!("transfer");
    let order = shop.ordered(&ada, &body).await;
    assert_eq!(
        (&order["status"], &order["total"], &order["transfer"]),
        (&json!("paid"), &usd(0), &Value::Null)
    );
    assert_eq!(order["receipt"]["payment_method"], "Account credit");
    assert_eq!(shop.details(&ada).await["credits"], json!([]));
    let letters = "SELECT count(*) FROM outbox WHERE kind = 'transfer_instructions'";
    assert_eq!(shop.number(letters).await, 0);
    shop.assert_books_balance().await;
}

#[tokio::test]
async fn the_sum_of_invoices_is_the_sum_of_charges_and_credit_used_after_all_kinds_of_changes() {
    let (shop, ada) = bought_dearly().await;
    for request in [
        seats(4),
        plan("enterprise"),
        seats(2),
        seats(7),
        json!({ "change": { "period": "annual" } }),
        json!({ "change": { "currency": "EUR" } }),
        seats(8),
        json!("cancel"),
        json!("resume"),
        json!({ "change": { "seats": 9, "plan": "standard" } }),
    ] {
        shop.changed(&ada, &request).await;
        shop.assert_books_balance().await;
    }
    let sums = "SELECT sum(gross) + sum(credit_added) - sum(credit_used) - (SELECT sum(amount) FROM charges) FROM invoices";
    assert_eq!(shop.number(sums).await, 0);
    assert_eq!(
        shop.number("SELECT sum(amount) FROM charges").await
            - shop
                .number("SELECT 7196 + sum(amount) FROM sandbox_charges WHERE outcome = 'paid'")
                .await,
        0
    );
}
