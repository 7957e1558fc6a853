//! What a payment brings about, however the news of it arrive.

use axum::http::StatusCode;
use futures_util::future::join_all;
use jiff::Timestamp;
use serde_json::Value;

use crate::orders_requests::{GOOD_CARD, id_of, new_key, order_body, three_premium};
use crate::orders_shop::{Shop, blob};

/// Counts what a paid order consists of.
pub const CONSEQUENCES: [(&str, &str); 5] = [
    ("paid orders", "SELECT count(*) FROM orders WHERE status = 'paid'"),
    ("charges", "SELECT count(*) FROM charges"),
    ("invoices", "SELECT count(*) FROM invoices"),
    ("subscriptions", "SELECT count(*) FROM subscriptions"),
    ("receipts", "SELECT count(*) FROM outbox WHERE kind = 'receipt'"),
];

/// Asserts that so many orders were paid, with all that belongs to each of them.
pub async fn assert_consequences(shop: &Shop, count: i64) {
    for (what, sql) in CONSEQUENCES {
        assert_eq!(shop.number(sql).await, count, "{what}");
    }
}

#[tokio::test]
async fn a_paid_order_is_one_charge_one_invoice_one_subscription_one_letter() {
    let shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    let order = shop.ordered(&ada, &three_premium()).await;
    shop.pay(&order, GOOD_CARD).await;
    let back = shop.come_back(&order).await;
    assert_eq!(back.status, StatusCode::SEE_OTHER);
    let page = format!("/app/administration/subscription/orders/{}", id_of(&order));
    assert_eq!(back.header("location"), page);
    assert_consequences(&shop, 1).await;

    let paid = shop.seen(&ada, &order).await;
    assert_eq!(paid["status"], "paid");
    let receipt = &paid["receipt"];
    assert_eq!(receipt["invoice_number"], "INV-000001");
    assert_eq!(receipt["payment_method"], "Visa •••• 4242");
    let today = Timestamp::now().in_tz("Europe/Paris").unwrap().date();
    let in_a_year = today.checked_add(jiff::Span::new().years(1)).unwrap();
    assert_eq!(receipt["paid_on"], today.to_string());
    assert_eq!(receipt["period_start"], today.to_string());
    assert_eq!(receipt["renews_on"], in_a_year.to_string());

    let letter = shop
        .text("SELECT text FROM outbox WHERE kind = 'receipt'")
        .await
        .unwrap();
    assert!(
        letter.contains("Premium: 3 licences × $16.99 × 12 months"),
        "{letter}"
    );
    assert!(
        letter.contains("$733.97") && letter.contains("INV-000001"),
        "{letter}"
    );
    assert!(
        letter.contains("Total before tax: $611.64") && letter.contains("VAT 20%: $122.33"),
        "{letter}"
    );
    assert_eq!(
        shop.text("SELECT recipient FROM outbox WHERE kind = 'receipt'")
            .await
            .unwrap(),
        ada.email
    );
    let noted = format!(
        "SELECT count(*) FROM audit WHERE account_id = {}",
        blob(ada.account)
    );
    // order.placed, order.paid, subscription.begun
    assert_eq!(shop.number(&noted).await, 3);
}

#[tokio::test]
async fn ordered_invoiced_and_charged_amounts_are_the_same_in_every_currency() {
    let shop = Shop::open().await;
    for (index, (plan, seats, period, currency, net, gross)) in [
        ("standard", 1, "monthly", "JPY", 2_000, 2_400),
        // 26 023.2 of tax: rounded once.
        ("premium", 7, "annual", "EUR", 130_116, 156_139),
        ("enterprise", 9_999, "annual", "USD", 299_850_012, 359_820_014),
        ("standard", 10_000, "monthly", "CHF", 12_900_000, 15_480_000),
    ]
    .into_iter()
    .enumerate()
    {
        let buyer = shop.buyer(&format!("buyer{index}")).await;
        let order = shop
            .ordered(&buyer, &order_body(plan, seats, period, currency, gross))
            .await;
        shop.pay(&order, GOOD_CARD).await;
        shop.come_back(&order).await;
        let of_order = blob(id_of(&order));
        for (sql, minor) in [
            (format!("SELECT net FROM orders WHERE id = {of_order}"), net),
            (format!("SELECT gross FROM orders WHERE id = {of_order}"), gross),
            (format!("SELECT total FROM orders WHERE id = {of_order}"), gross),
            (
                format!("SELECT amount FROM charges WHERE order_id = {of_order} AND currency = '{currency}'"),
                gross,
            ),
            (
                format!("SELECT net FROM invoices WHERE order_id = {of_order} AND currency = '{currency}'"),
                net,
            ),
            (
                format!("SELECT gross FROM invoices WHERE order_id = {of_order}"),
                gross,
            ),
            (
                format!("SELECT net + tax FROM invoices WHERE order_id = {of_order}"),
                gross,
            ),
            (
                format!("SELECT due FROM invoices WHERE order_id = {of_order}"),
                gross,
            ),
            (
                format!(
                    "SELECT sum(amount) FROM invoice_lines JOIN invoices ON invoices.id = invoice_id WHERE order_id = {of_order}"
                ),
                net,
            ),
        ] {
            assert_eq!(shop.number(&sql).await, minor, "{sql}");
        }
    }
}

#[tokio::test]
async fn looking_at_the_order_settles_when_neither_return_nor_notification_arrived() {
    let shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    shop.hold_notifications(true).await;
    let order = shop.ordered(&ada, &three_premium()).await;
    shop.pay(&order, GOOD_CARD).await;
    assert_eq!(shop.seen(&ada, &order).await["status"], "paid");
    assert_consequences(&shop, 1).await;
}

#[tokio::test]
async fn a_return_proves_nothing() {
    let shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    let order = shop.ordered(&ada, &three_premium()).await;
    shop.come_back(&order).await;
    assert_eq!(shop.seen(&ada, &order).await["status"], "pending");
    for (query, to) in [
        ("", "/app/administration/subscription"),
        ("?order=", "/app/administration/subscription"),
        ("?order=//evil.example", "/app/administration/subscription"),
        (
            "?order=0195f3c8-7d2a-7c3e-9f4b-2a1b3c4d5e6f",
            "/app/administration/subscription/orders/0195f3c8-7d2a-7c3e-9f4b-2a1b3c4d5e6f",
        ),
    ] {
        let reply = shop
            .api(None, "GET", &format!("/api/payments/return{query}"))
            .await;
        assert_eq!(
            (reply.status, reply.header("location")),
            (StatusCode::SEE_OTHER, to),
            "{query}"
        );
    }
}

#[tokio::test]
async fn invoice_numbers_run_without_gaps_when_many_accounts_pay_at_once() {
    let shop = Shop::open().await;
    let mut orders = Vec::new();
    for index in 0..8 {
        let buyer = shop.buyer(&format!("buyer{index}")).await;
        orders.push(shop.ordered(&buyer, &three_premium()).await);
    }
    join_all(orders.iter().map(|order| async {
        shop.pay(order, GOOD_CARD).await;
        shop.come_back(order).await
    }))
    .await;
    assert_consequences(&shop, 8).await;
    let numbers = shop.numbers("SELECT number FROM invoices ORDER BY number").await;
    assert_eq!(numbers, (1..=8).collect::<Vec<i64>>());
}

#[tokio::test]
async fn a_payment_for_a_cancelled_order_goes_back() {
    let shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    let order = shop.ordered(&ada, &three_premium()).await;
    // Cancelled here, while the provider does not know of it.
    shop.run("UPDATE orders SET status = 'cancelled'").await;
    shop.pay(&order, GOOD_CARD).await;
    join_all((0..4).map(|_| shop.come_back(&order))).await;
    shop.wait_for(
        "SELECT count(*) FROM refunds WHERE done_at IS NOT NULL AND reason = 'order-closed'",
        1,
    )
    .await;
    assert_eq!(shop.number("SELECT amount FROM refunds").await, 73_397);
    assert_eq!(
        shop.number("SELECT count(*) FROM sandbox_checkouts WHERE refunded_at IS NOT NULL")
            .await,
        1
    );
    assert_consequences(&shop, 0).await;
    for action in ["payment.refund_due", "payment.refunded"] {
        assert_eq!(
            shop.number(&format!("SELECT count(*) FROM audit WHERE action = '{action}'"))
                .await,
            1,
            "{action}"
        );
    }
    assert_eq!(shop.seen(&ada, &order).await["status"], "cancelled");
}

#[tokio::test]
async fn a_payment_of_another_amount_fails_the_order_and_goes_back() {
    let shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    let order = shop.ordered(&ada, &three_premium()).await;
    shop.run("UPDATE sandbox_checkouts SET amount = 1").await;
    shop.pay(&order, GOOD_CARD).await;
    shop.come_back(&order).await;
    assert_eq!(shop.seen(&ada, &order).await["status"], "failed");
    assert_eq!(
        shop.number("SELECT amount FROM refunds WHERE done_at IS NOT NULL")
            .await,
        1
    );
    assert_consequences(&shop, 0).await;
    shop.ordered(&ada, &three_premium()).await;
}

#[tokio::test]
async fn giving_up_what_was_paid_just_before_settles_it() {
    let shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    shop.hold_notifications(true).await;
    let order = shop.ordered(&ada, &three_premium()).await;
    shop.pay(&order, GOOD_CARD).await;
    let reply = shop
        .api(
            Some(&ada),
            "POST",
            &format!("/api/orders/{}/cancellation", id_of(&order)),
        )
        .await;
    assert_eq!(
        (reply.status, reply.problem().as_str()),
        (StatusCode::CONFLICT, "order-not-pending")
    );
    assert_consequences(&shop, 1).await;
}

#[tokio::test]
async fn what_was_paid_in_time_is_settled_though_nobody_heard_of_it_for_hours() {
    let mut shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    shop.hold_notifications(true).await;
    let order = shop.ordered(&ada, &three_premium()).await;
    let paid_on = Timestamp::now().in_tz("Europe/Paris").unwrap().date();
    shop.pay(&order, GOOD_CARD).await;
    shop.restart_later(3 * 24 * 60).await;
    let paid = shop.seen(&ada, &order).await;
    assert_eq!(paid["status"], "paid");
    // The period starts on the day of payment, not on the day of the news.
    assert_eq!(paid["receipt"]["period_start"], paid_on.to_string());
}

#[tokio::test]
async fn a_failed_settlement_leaves_nothing_behind_and_is_made_up_for() {
    let shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    let order = shop.ordered(&ada, &three_premium()).await;
    shop.run("CREATE TRIGGER stumble BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'stumbled'); END")
        .await;
    shop.pay(&order, GOOD_CARD).await;
    assert_eq!(shop.come_back(&order).await.status, StatusCode::SEE_OTHER);
    assert_consequences(&shop, 0).await;
    shop.wait_for(
        "SELECT count(*) FROM sandbox_events WHERE attempts > 0 AND last_error IS NOT NULL",
        1,
    )
    .await;

    shop.run("DROP TRIGGER stumble").await;
    shop.come_back(&order).await;
    assert_consequences(&shop, 1).await;
    assert_eq!(
        shop.seen(&ada, &order).await["receipt"]["invoice_number"],
        "INV-000001"
    );
}

#[tokio::test]
async fn a_french_buyer_gets_page_invoice_and_letter_in_french() {
    let shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    let admin = shop.user(ada.account, "zoe", "admin", "fr").await;
    let reply = shop.order(&admin, &new_key(), &three_premium()).await;
    let order: Value = reply.json();
    let page = shop
        .api(None, "GET", &crate::orders_requests::pay_path(&order))
        .await;
    assert!(
        page.text.contains("<html lang=\"fr\">") && page.text.contains("733,97\u{a0}$US"),
        "{}",
        page.text
    );
    shop.pay(&order, GOOD_CARD).await;
    shop.come_back(&order).await;
    let line = shop.text("SELECT text FROM invoice_lines").await.unwrap();
    assert_eq!(line, "Premium\u{a0}: 3 licences × 16,99\u{a0}$US × 12 mois");
    let subject = shop
        .text("SELECT subject FROM outbox WHERE kind = 'receipt'")
        .await
        .unwrap();
    assert_eq!(subject, "Votre abonnement à OneDesk\u{a0}: facture INV-000001");
}
