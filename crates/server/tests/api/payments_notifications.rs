//! What the payment provider reports: signed, twice, late, all at once.

use axum::http::StatusCode;
use futures_util::future::join_all;
use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

use crate::orders_requests::{GOOD_CARD, three_premium};
use crate::orders_shop::Shop;
use crate::payments::{CONSEQUENCES, assert_consequences};

#[tokio::test]
async fn a_notification_without_a_right_signature_is_refused() {
    let shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    let order = shop.ordered(&ada, &three_premium()).await;
    shop.notify_raw(None, "{}").await;
    let body =
        json!({ "id": Uuid::now_v7(), "type": "checkout.paid", "checkout": "any", "order": order["id"] });
    let body = body.to_string();
    let now = Timestamp::now().as_second();
    let right = shop.sign(now, &body).await;
    let (old, early) = (
        shop.sign(now - 600, &body).await,
        shop.sign(now + 600, &body).await,
    );
    let forged = format!("t={now},v1={}", "0".repeat(64));
    for signature in [
        None,
        Some(""),
        Some("x"),
        Some(forged.as_str()),
        Some(old.as_str()),
        Some(early.as_str()),
    ] {
        let reply = shop.notify_raw(signature, &body).await;
        assert_eq!(
            (reply.status, reply.problem().as_str()),
            (StatusCode::UNAUTHORIZED, "bad-signature"),
            "{signature:?}"
        );
    }
    let other_body = body.replace("checkout.paid", "checkout.lost");
    assert_eq!(
        shop.notify_raw(Some(&right), &other_body).await.problem(),
        "bad-signature"
    );
    assert_eq!(
        shop.notify_raw(Some(&right), &body).await.status,
        StatusCode::NO_CONTENT
    );

    // Rightly signed, but no notification.
    let signature = shop.sign(now, "{}").await;
    assert_eq!(
        shop.notify_raw(Some(&signature), "{}").await.problem(),
        "malformed-body"
    );
    // Nothing was paid: a notification that claims so changes nothing.
    assert_eq!(shop.seen(&ada, &order).await["status"], "pending");
}

#[tokio::test]
async fn a_notification_about_an_unknown_order_is_received() {
    let shop = Shop::open().await;
    shop.notify_raw(None, "{}").await;
    let reply = shop.notify(&json!({ "id": Uuid::now_v7() })).await;
    assert_eq!(reply.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn returns_and_notifications_all_at_once_settle_once() {
    let shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    let order = shop.ordered(&ada, &three_premium()).await;
    shop.hold_notifications(true).await;
    shop.pay(&order, GOOD_CARD).await;
    // The key is made by the first notification that is received.
    shop.notify_raw(None, "{}").await;

    let notifications = join_all((0..10).map(|_| shop.notify(&order)));
    let returns = join_all((0..10).map(|_| shop.come_back(&order)));
    let views = join_all((0..5).map(|_| shop.seen(&ada, &order)));
    let (notified, returned, seen) = futures_util::join!(notifications, returns, views);
    assert!(
        notified
            .iter()
            .all(|reply| reply.status == StatusCode::NO_CONTENT),
        "{notified:?}"
    );
    assert!(
        returned.iter().all(|reply| reply.status == StatusCode::SEE_OTHER),
        "{returned:?}"
    );
    assert!(seen.iter().all(|order| order["status"] == "paid"), "{seen:?}");
    assert_consequences(&shop, 1).await;
    assert_eq!(shop.number("SELECT count(*) FROM refunds").await, 0);
}

#[tokio::test]
async fn the_notification_alone_settles() {
    let shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    let order = shop.ordered(&ada, &three_premium()).await;
    shop.pay(&order, GOOD_CARD).await;
    shop.wait_for(CONSEQUENCES[0].1, 1).await;
    assert_consequences(&shop, 1).await;
    shop.wait_for(
        "SELECT count(*) FROM sandbox_events WHERE delivered_at IS NOT NULL",
        1,
    )
    .await;
}

#[tokio::test]
async fn the_return_alone_settles_and_the_notification_may_come_late() {
    let shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    shop.hold_notifications(true).await;
    let order = shop.ordered(&ada, &three_premium()).await;
    shop.pay(&order, GOOD_CARD).await;
    assert_consequences(&shop, 0).await;
    shop.come_back(&order).await;
    assert_consequences(&shop, 1).await;

    shop.hold_notifications(false).await;
    shop.wait_for(
        "SELECT count(*) FROM sandbox_events WHERE delivered_at IS NOT NULL",
        1,
    )
    .await;
    assert_consequences(&shop, 1).await;
}
