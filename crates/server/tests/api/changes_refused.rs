//! Changes that are refused: nothing is charged and nothing is lost. Rules: *Changes*, *Licences and users*.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::changes_requests::{plan, seats, seen, shop_in_mid_april, usd};
use crate::orders_requests::{Reply, id_of, new_key};
use crate::orders_shop::{Buyer, Shop};

/// Expects a refusal with a fresh preview, and nothing changed.
async fn assert_stale(shop: &Shop, buyer: &Buyer, reply: &Reply) -> Value {
    assert_eq!(
        (reply.status, reply.problem().as_str()),
        (StatusCode::CONFLICT, "preview-stale"),
        "{}",
        reply.text
    );
    let fresh = reply.json()["preview"].clone();
    let details = shop.details(buyer).await;
    assert_eq!(
        fresh["preview"]["seen"]["version"],
        details["subscription"]["version"]
    );
    fresh
}

#[tokio::test]
async fn yesterdays_preview_is_refused_with_a_fresh_preview_and_nothing_is_charged() {
    let (shop, ada) = shop_in_mid_april().await;
    let preview = shop.previewed(&ada, &seats(5)).await;
    shop.set_clock("2026-04-17T10:00:00Z").await;
    let reply = shop.confirm(&ada, &new_key(), &seen(&seats(5), &preview)).await;
    let fresh = assert_stale(&shop, &ada, &reply).await;
    // 2 × $19.99 × 14/30, and 20 % of it.
    assert_eq!(fresh["today"]["due"], usd(2_239));
    assert_eq!(fresh["preview"]["seen"]["moment"]["on"], "2026-04-17");
    assert_eq!(shop.number("SELECT count(*) FROM orders").await, 1);

    // What is fresh can be confirmed.
    let reply = shop.confirm(&ada, &new_key(), &seen(&seats(5), &fresh)).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text);
    assert_eq!(reply.json()["order"]["total"], usd(2_239));
}

#[tokio::test]
async fn two_admins_change_at_once_and_the_second_is_refused_with_a_fresh_preview() {
    let (shop, ada) = shop_in_mid_april().await;
    let bob = shop.user(ada.account, "bob", "admin", "en").await;
    let (five, raised) = (seats(5), plan("enterprise"));
    let ours = shop.previewed(&ada, &five).await;
    let theirs = shop.previewed(&bob, &raised).await;
    let (keys, first, second) = ([new_key(), new_key()], seen(&five, &ours), seen(&raised, &theirs));
    let (first, second) = tokio::join!(
        shop.confirm(&ada, &keys[0], &first),
        shop.confirm(&bob, &keys[1], &second)
    );
    let (made, refused) = if first.status == StatusCode::CREATED {
        (first, second)
    } else {
        (second, first)
    };
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    assert_stale(&shop, &ada, &refused).await;
    assert_eq!(shop.number("SELECT count(*) FROM sandbox_charges").await, 1);
    assert_eq!(shop.number("SELECT count(*) FROM invoices").await, 2);
    shop.assert_books_balance().await;
}

#[tokio::test]
async fn a_price_that_changed_is_refused_with_a_fresh_preview() {
    let (mut shop, ada) = shop_in_mid_april().await;
    let raised = plan("enterprise");
    let preview = shop.previewed(&ada, &raised).await;
    shop.restart_with_catalog(|file| {
        file.replace("USD = { monthly = \"29.99\"", "USD = { monthly = \"31.99\"")
    })
    .await;
    let reply = shop.confirm(&ada, &new_key(), &seen(&raised, &preview)).await;
    let fresh = assert_stale(&shop, &ada, &reply).await;
    // 3 × ($31.99 − $19.99) × 15/30, each rounded, and 20 % of it.
    assert_eq!(fresh["today"]["net"], usd(1_800));
    assert_eq!(shop.number("SELECT count(*) FROM invoices").await, 1);
}

#[tokio::test]
async fn another_amount_than_was_seen_is_refused_with_a_fresh_preview() {
    let (shop, ada) = shop_in_mid_april().await;
    let preview = shop.previewed(&ada, &seats(5)).await;
    for due in [usd(2_398), usd(0), json!({ "minor": 2_399, "currency": "EUR" })] {
        let mut confirmation = seen(&seats(5), &preview);
        confirmation["expected_due"] = due;
        let reply = shop.confirm(&ada, &new_key(), &confirmation).await;
        let fresh = assert_stale(&shop, &ada, &reply).await;
        assert_eq!(fresh["today"]["due"], usd(2_399));
    }
    // What costs nothing is not confirmed with an amount either.
    let mut cancel = seen(&json!("cancel"), &shop.previewed(&ada, &json!("cancel")).await);
    cancel["expected_due"] = usd(1);
    let reply = shop.confirm(&ada, &new_key(), &cancel).await;
    assert_stale(&shop, &ada, &reply).await;
}

#[tokio::test]
async fn credit_that_was_used_meanwhile_is_refused_with_a_fresh_preview() {
    let (shop, ada) = shop_in_mid_april().await;
    shop.give_credit(&ada, 1_000).await;
    let preview = shop.previewed(&ada, &seats(5)).await;
    assert_eq!(preview["today"]["due"], usd(1_399));
    shop.run("UPDATE credits SET amount = 0").await;
    let reply = shop.confirm(&ada, &new_key(), &seen(&seats(5), &preview)).await;
    assert_eq!(
        assert_stale(&shop, &ada, &reply).await["today"]["due"],
        usd(2_399)
    );
}

#[tokio::test]
async fn licences_are_not_reduced_below_the_active_users() {
    let (shop, ada) = shop_in_mid_april().await;
    let preview = shop.previewed(&ada, &seats(2)).await;
    for name in ["bob", "cleo"] {
        shop.user(ada.account, name, "member", "en").await;
    }
    let reply = shop.confirm(&ada, &new_key(), &seen(&seats(2), &preview)).await;
    let problem = reply.json();
    assert_eq!(
        (reply.status.as_u16(), reply.problem().as_str()),
        (422, "not-enough-licences")
    );
    assert_eq!(
        (&problem["licences"], &problem["active_users"]),
        (&json!(2), &json!(3))
    );
    assert!(shop.details(&ada).await["subscription"]["scheduled"]["seats"].is_null());
}

#[tokio::test]
async fn while_an_order_waits_nothing_is_changed_and_no_user_is_added_beyond_the_licences() {
    let (shop, ada) = shop_in_mid_april().await;
    shop.run("DELETE FROM payment_methods").await;
    let pending = shop.change(&ada, &seats(4)).await;
    assert_eq!(pending.status, StatusCode::CREATED, "{}", pending.text);
    let order = pending.json()["order"].clone();
    assert_eq!(order["status"], "pending");
    for request in [plan("enterprise"), seats(2), json!("cancel")] {
        let reply = shop.change(&ada, &request).await;
        assert_eq!(
            (reply.status, reply.problem().as_str()),
            (StatusCode::CONFLICT, "order-pending")
        );
        assert_eq!(reply.json()["order_id"], order["id"]);
    }
    for name in ["bob", "cleo"] {
        shop.user(ada.account, name, "member", "en").await;
    }
    let add = shop.http.post(shop.url("/api/users"));
    let add = add.json(&json!({ "emails": "dora@example.com", "role": "member" }));
    assert_eq!(shop.send(Some(&ada), add).await.problem(), "not-enough-licences");

    let given_up = format!("/api/orders/{}/cancellation", id_of(&order));
    assert_eq!(
        shop.api(Some(&ada), "POST", &given_up).await.status,
        StatusCode::OK
    );
    assert_eq!(shop.change(&ada, &json!("cancel")).await.status, StatusCode::OK);
}

#[tokio::test]
async fn amounts_that_would_overflow_are_refused_and_nothing_is_charged() {
    let (shop, ada) = shop_in_mid_april().await;
    // Bought when the plan was dearer than the higher one is today: the change gives back.
    shop.run("UPDATE subscriptions SET unit_price = 5000").await;
    let raised = plan("enterprise");
    let preview = shop.previewed(&ada, &raised).await;
    shop.give_credit(&ada, i64::MAX).await;
    let reply = shop.confirm(&ada, &new_key(), &seen(&raised, &preview)).await;
    assert_eq!(
        (reply.status, reply.problem().as_str()),
        (StatusCode::CONFLICT, "change-refused")
    );
    assert_eq!(reply.json()["reason"], "too-large");
    let mut huge = seen(&raised, &preview);
    huge["expected_due"] = usd(i64::MAX);
    assert_eq!(
        shop.confirm(&ada, &new_key(), &huge).await.problem(),
        "change-refused"
    );
    huge["expected_due"] = json!({ "minor": 1e300, "currency": "USD" });
    assert_eq!(
        shop.confirm(&ada, &new_key(), &huge).await.problem(),
        "malformed-body"
    );
    assert_eq!(shop.number("SELECT count(*) FROM orders").await, 1);
    assert_eq!(shop.details(&ada).await["subscription"]["version"], 1);
}

#[tokio::test]
async fn only_admins_of_a_subscribed_account_change_it() {
    let (shop, ada) = shop_in_mid_april().await;
    let cancel = seen(&json!("cancel"), &shop.previewed(&ada, &json!("cancel")).await);
    let member = shop.user(ada.account, "mia", "member", "en").await;
    let eve = shop.buyer("eve").await;
    assert_eq!(
        shop.confirm(&member, &new_key(), &cancel).await.problem(),
        "not-allowed"
    );
    assert_eq!(
        shop.confirm(&eve, &new_key(), &cancel).await.problem(),
        "not-found"
    );
    for key in ["", "short"] {
        assert_eq!(
            shop.confirm(&ada, key, &cancel).await.problem(),
            "idempotency-key-missing"
        );
    }
    for body in [
        json!({}),
        json!({ "request": "cancel" }),
        json!({ "request": "explode", "seen": cancel["seen"], "expected_due": usd(0) }),
    ] {
        assert_eq!(
            shop.confirm(&ada, &new_key(), &body).await.problem(),
            "malformed-body"
        );
    }
}

#[tokio::test]
async fn a_subscription_that_ended_is_not_changed_any_more() {
    let (shop, ada) = shop_in_mid_april().await;
    let cancel = seen(&json!("cancel"), &shop.previewed(&ada, &json!("cancel")).await);
    shop.run(
        "UPDATE subscriptions SET standing = '{\"ended\":{\"on\":\"2026-04-10\"}}', next_step_on = NULL",
    )
    .await;
    let reply = shop.confirm(&ada, &new_key(), &cancel).await;
    assert_eq!(
        (reply.problem().as_str(), &reply.json()["reason"]),
        ("change-refused", &json!("ended"))
    );
}
