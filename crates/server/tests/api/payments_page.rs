//! The sandbox's hosted page: cards, 3-D Secure, leaving and coming back.

use axum::http::StatusCode;

use crate::orders_requests::{GOOD_CARD, id_of, pay_path, three_premium};
use crate::orders_shop::Shop;

const DECLINED: &str = "4000 0000 0000 0002";
const ASKS_HOLDER: &str = "4000002500003155";

#[tokio::test]
async fn the_page_says_what_is_paid_to_whom_and_that_it_is_a_test() {
    let shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    let order = shop.ordered(&ada, &three_premium()).await;
    let page = shop.api(None, "GET", &pay_path(&order)).await;
    assert_eq!(page.status, StatusCode::OK);
    let parts = [
        "TEST — no real card",
        "Pay OneDesk",
        "$733.97",
        "VAT 20%: $122.33",
        "Premium: 3 licences × $16.99 × 12 months",
    ];
    for part in parts
        .into_iter()
        .chain(["4242 4242 4242 4242", "cc-number", "cc-exp", "cc-csc", "cc-name"])
    {
        assert!(page.text.contains(part), "{part} is missing in {}", page.text);
    }
    assert!(
        !page.text.contains("<script") && !page.text.contains("style="),
        "{}",
        page.text
    );
    let policy = page.header("content-security-policy");
    assert!(
        policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
        "{policy}"
    );
    assert_eq!(page.header("cache-control"), "no-store");
    let style = shop.api(None, "GET", "/sandbox/pay.css").await;
    assert_eq!(
        (style.status, style.header("content-type")),
        (StatusCode::OK, "text/css; charset=utf-8")
    );
}

#[tokio::test]
async fn a_payment_leads_back_to_the_seller() {
    let shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    let order = shop.ordered(&ada, &three_premium()).await;
    let reply = shop.pay(&order, "5555-5555-5555-4444").await;
    let back = shop.url(&format!("/api/payments/return?order={}", id_of(&order)));
    assert_eq!(
        (reply.status, reply.header("location")),
        (StatusCode::SEE_OTHER, back.as_str())
    );
    assert_eq!(
        shop.seen(&ada, &order).await["receipt"]["payment_method"],
        "Mastercard •••• 4444"
    );
    let page = shop.api(None, "GET", &pay_path(&order)).await;
    assert!(page.text.contains("This payment is done"), "{}", page.text);
}

#[tokio::test]
async fn a_form_that_is_sent_twice_charges_once() {
    let shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    let order = shop.ordered(&ada, &three_premium()).await;
    let replies = futures_util::future::join_all((0..5).map(|_| shop.pay(&order, GOOD_CARD))).await;
    assert!(
        replies.iter().all(|reply| reply.status == StatusCode::SEE_OTHER),
        "{replies:?}"
    );
    assert_eq!(
        shop.number("SELECT count(*) FROM sandbox_events WHERE kind = 'checkout.paid'")
            .await,
        1
    );
    shop.come_back(&order).await;
    assert_eq!(shop.number("SELECT count(*) FROM charges").await, 1);
}

#[tokio::test]
async fn a_declined_card_says_why_and_another_one_pays() {
    let shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    let order = shop.ordered(&ada, &three_premium()).await;
    for (card, told) in [
        (DECLINED, "The card was declined. Nothing was charged."),
        (
            "4000 0000 0000 9995",
            "There is not enough money behind this card.",
        ),
        ("4000 0000 0000 0069", "says that it has expired."),
    ] {
        let reply = shop.pay(&order, card).await;
        assert_eq!(
            (reply.status, reply.header("location")),
            (StatusCode::SEE_OTHER, pay_path(&order).as_str())
        );
        let page = shop.api(None, "GET", &pay_path(&order)).await;
        assert!(
            page.text.contains(told) && page.text.contains("role=\"alert\""),
            "{}",
            page.text
        );
        assert_eq!(shop.seen(&ada, &order).await["status"], "pending");
    }
    shop.pay(&order, GOOD_CARD).await;
    assert_eq!(shop.seen(&ada, &order).await["status"], "paid");
}

#[tokio::test]
async fn a_mistyped_card_is_told_beside_its_field_and_is_not_kept() {
    let shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    let order = shop.ordered(&ada, &three_premium()).await;
    for (number, expiry, cvc, name, told) in [
        (
            "4242 4242 4242 4241",
            "12/49",
            "123",
            "Ada",
            "This is not a card number.",
        ),
        (
            "4111 1111 1111 1111",
            "12/49",
            "123",
            "Ada",
            "This is no test card",
        ),
        (GOOD_CARD, "01/20", "123", "Ada", "This month is over."),
        (GOOD_CARD, "13/49", "123", "Ada", "Write the month and the year"),
        (GOOD_CARD, "12/49", "12", "Ada", "The security code has 3 digits."),
        (GOOD_CARD, "12/49", "123", " ", "Fill in this field."),
    ] {
        let fields = [
            ("number", number),
            ("expiry", expiry),
            ("cvc", cvc),
            ("name", name),
        ];
        let page = shop.pay_form(&order, &fields).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(
            page.text.contains(told) && page.text.contains("1 field needs"),
            "{told} is missing in {}",
            page.text
        );
        assert_eq!(page.text.matches("aria-invalid").count(), 1);
    }
    let stranger = [("number", "4111 1111 1111 1111"), ("name", "Ada")];
    let page = shop.pay_form(&order, &stranger).await;
    assert!(
        !page.text.contains("4111"),
        "a number that may be somebody's is not repeated: {}",
        page.text
    );
    let page = shop.pay_form(&order, &[]).await;
    assert_eq!(page.text.matches("aria-invalid").count(), 4, "{}", page.text);
    assert_eq!(shop.seen(&ada, &order).await["status"], "pending");
}

#[tokio::test]
async fn three_d_secure_confirmed_pays() {
    let shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    let order = shop.ordered(&ada, &three_premium()).await;
    let reply = shop.pay(&order, ASKS_HOLDER).await;
    let bank = format!("{}/authentication", pay_path(&order));
    assert_eq!(
        (reply.status, reply.header("location")),
        (StatusCode::SEE_OTHER, bank.as_str())
    );
    let page = shop.api(None, "GET", &bank).await;
    assert!(
        page.text.contains("$733.97 to OneDesk with Visa •••• 3155"),
        "{}",
        page.text
    );
    let reply = shop.authenticate(&order, "complete").await;
    assert!(
        reply.header("location").contains("/api/payments/return"),
        "{}",
        reply.header("location")
    );
    assert_eq!(
        shop.seen(&ada, &order).await["receipt"]["payment_method"],
        "Visa •••• 3155"
    );
}

#[tokio::test]
async fn three_d_secure_refused_leaves_the_order_open_for_another_card() {
    let shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    let order = shop.ordered(&ada, &three_premium()).await;
    shop.pay(&order, ASKS_HOLDER).await;
    let reply = shop.authenticate(&order, "fail").await;
    assert_eq!(reply.header("location"), pay_path(&order));
    let page = shop.api(None, "GET", &pay_path(&order)).await;
    assert!(page.text.contains("not confirmed with the bank"), "{}", page.text);
    assert_eq!(shop.seen(&ada, &order).await["status"], "pending");
    // Confirming afterwards what was refused pays nothing.
    shop.authenticate(&order, "complete").await;
    assert_eq!(shop.seen(&ada, &order).await["status"], "pending");
    shop.pay(&order, GOOD_CARD).await;
    assert_eq!(shop.seen(&ada, &order).await["status"], "paid");
}

#[tokio::test]
async fn three_d_secure_left_open_expires_by_the_clock() {
    let mut shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    let order = shop.ordered(&ada, &three_premium()).await;
    shop.pay(&order, ASKS_HOLDER).await;
    shop.come_back(&order).await;
    assert_eq!(shop.seen(&ada, &order).await["status"], "pending");
    shop.restart_later(31).await;
    assert_eq!(shop.seen(&ada, &order).await["status"], "cancelled");
    // Confirmed too late: nothing is taken.
    shop.authenticate(&order, "complete").await;
    assert_eq!(
        shop.number("SELECT count(*) FROM sandbox_checkouts WHERE status = 'paid'")
            .await,
        0
    );
    assert_eq!(shop.number("SELECT count(*) FROM subscriptions").await, 0);
}

#[tokio::test]
async fn authentication_that_nobody_asked_for_is_nothing() {
    let shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    let order = shop.ordered(&ada, &three_premium()).await;
    shop.authenticate(&order, "complete").await;
    assert_eq!(shop.seen(&ada, &order).await["status"], "pending");
    let bank = shop
        .api(None, "GET", &format!("{}/authentication", pay_path(&order)))
        .await;
    assert_eq!(
        (bank.status, bank.header("location")),
        (StatusCode::SEE_OTHER, pay_path(&order).as_str())
    );
}

#[tokio::test]
async fn an_unknown_page_is_not_found() {
    let shop = Shop::open().await;
    let page = shop.api(None, "GET", "/sandbox/pay/sandbox_nothing").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.text.contains("There is no such payment"), "{}", page.text);
    let form = shop
        .form("/sandbox/pay/sandbox_nothing", &[("number", GOOD_CARD)])
        .await;
    assert_eq!(form.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn notifications_can_be_watched_and_sent_again() {
    let shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    let page = shop.api(None, "GET", "/sandbox/payments").await;
    assert!(page.text.contains("Nothing was paid yet"), "{}", page.text);
    let order = shop.ordered(&ada, &three_premium()).await;
    shop.pay(&order, GOOD_CARD).await;
    shop.wait_for(
        "SELECT count(*) FROM sandbox_events WHERE delivered_at IS NOT NULL",
        1,
    )
    .await;
    let page = shop.api(None, "GET", "/sandbox/payments").await;
    let start = page.text.find("/sandbox/payments/notifications/").unwrap();
    let again = page.text[start..].split('"').next().unwrap();
    assert_eq!(shop.form(again, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(shop.number("SELECT attempts FROM sandbox_events").await, 2);
    assert_eq!(shop.number("SELECT count(*) FROM charges").await, 1);
}
