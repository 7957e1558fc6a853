//! `POST /api/orders` and what can be done with an order before it is paid.

use axum::http::StatusCode;
use serde_json::json;
use uuid::Uuid;

use crate::orders_requests::{GOOD_CARD, id_of, new_key, order_body, pay_path, three_premium};
use crate::orders_shop::{Shop, blob};

#[tokio::test]
async fn an_order_waits_for_its_payment() {
    let shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    let reply = shop.order(&ada, &new_key(), &three_premium()).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text);
    assert_eq!(reply.header("content-type"), "application/json");
    let order = reply.json();
    assert_eq!(order["status"], "pending");
    let usd = |minor: i64| json!({ "minor": minor, "currency": "USD" });
    assert_eq!(order["total"], usd(73_397));
    assert_eq!(
        order["taxed"],
        json!({
            "net": usd(61_164),
            "tax": usd(12_233),
            "gross": usd(73_397),
            "treatment": { "kind": "domestic", "rate": 2000, "country": "FR" },
        })
    );
    assert_eq!(order["lines"][0]["amount"]["minor"], 61_164);
    assert!(
        order["pay_url"]
            .as_str()
            .unwrap()
            .starts_with(&shop.url("/sandbox/pay/")),
        "{order}"
    );
    assert!(order["receipt"].is_null());

    let seen = shop.seen(&ada, &order).await;
    assert_eq!(seen, order, "looking at an order changes nothing");
    assert_eq!(shop.number("SELECT count(*) FROM subscriptions").await, 0);
}

#[tokio::test]
async fn only_the_owner_and_admins_order() {
    let shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    let member = shop.user(ada.account, "mia", "member", "en").await;
    let reply = shop.order(&member, &new_key(), &three_premium()).await;
    assert_eq!(
        (reply.status, reply.problem().as_str()),
        (StatusCode::FORBIDDEN, "not-allowed")
    );

    let order = shop.ordered(&ada, &three_premium()).await;
    for (method, path) in [("GET", ""), ("POST", "/cancellation")] {
        let path = format!("/api/orders/{}{path}", id_of(&order));
        assert_eq!(
            shop.api(Some(&member), method, &path).await.status,
            StatusCode::FORBIDDEN
        );
        assert_eq!(
            shop.api(None, method, &path).await.status,
            StatusCode::UNAUTHORIZED
        );
    }
    assert_eq!(
        shop.order_raw(&ada, None, "{}").await.status,
        StatusCode::BAD_REQUEST
    );
}

#[tokio::test]
async fn an_order_of_another_account_is_not_found() {
    let shop = Shop::open().await;
    let (ada, bob) = (shop.buyer("ada").await, shop.buyer("bob").await);
    let order = shop.ordered(&ada, &three_premium()).await;
    for (method, path) in [("GET", ""), ("POST", "/cancellation")] {
        for id in [
            id_of(&order).to_string(),
            Uuid::now_v7().to_string(),
            "1".to_owned(),
        ] {
            let reply = shop
                .api(Some(&bob), method, &format!("/api/orders/{id}{path}"))
                .await;
            assert_eq!(
                (reply.status, reply.problem().as_str()),
                (StatusCode::NOT_FOUND, "not-found")
            );
        }
    }
    assert_eq!(shop.seen(&ada, &order).await["status"], "pending");
}

#[tokio::test]
async fn what_is_not_sold_is_told_field_by_field() {
    let shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    let order = |plan: &str, seats: &str, currency: &str| {
        format!(
            r#"{{"choice":{{"plan":"{plan}","seats":{seats},"period":"annual","currency":"{currency}"}},
                "expected_total":{{"minor":1,"currency":"USD"}}}}"#
        )
    };
    for (body, field, code) in [
        (order("gold", "3", "USD"), "plan", "unknown_plan"),
        (order("Premium!", "3", "USD"), "plan", "unknown_plan"),
        (order("premium", "3", "SEK"), "currency", "currency_not_sold"),
        (order("premium", "3", "usd"), "currency", "currency_not_sold"),
        (order("premium", "0", "USD"), "seats", "not_whole"),
        (order("premium", "-1", "USD"), "seats", "not_whole"),
        (order("premium", "1.5", "USD"), "seats", "not_whole"),
        (order("premium", "1e9", "USD"), "seats", "not_whole"),
        (order("premium", "10001", "USD"), "seats", "too_many"),
        (order("premium", "4294967296", "USD"), "seats", "too_many"),
        (
            order("premium", "18446744073709551615", "USD"),
            "seats",
            "too_many",
        ),
    ] {
        let reply = shop.order_raw(&ada, Some(&new_key()), &body).await;
        assert_eq!(
            (reply.status, reply.problem().as_str()),
            (StatusCode::UNPROCESSABLE_ENTITY, "invalid-fields")
        );
        assert_eq!(
            reply.json()["fields"][field][0]["code"],
            code,
            "{body} {}",
            reply.text
        );
    }
    // Every mistake at once.
    let reply = shop
        .order_raw(&ada, Some(&new_key()), &order("gold", "0", "SEK"))
        .await;
    assert_eq!(
        reply.json()["fields"].as_object().unwrap().len(),
        3,
        "{}",
        reply.text
    );
    assert_eq!(shop.number("SELECT count(*) FROM orders").await, 0);
}

#[tokio::test]
async fn a_body_that_is_no_order_is_malformed() {
    let shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    for body in [
        "",
        "{",
        "[]",
        "{}",
        r#"{"choice":{"plan":1,"seats":3,"period":"annual","currency":"USD"},"expected_total":{"minor":1,"currency":"USD"}}"#,
        r#"{"choice":{"plan":"premium","seats":"3","period":"annual","currency":"USD"},"expected_total":{"minor":1,"currency":"USD"}}"#,
        r#"{"choice":{"plan":"premium","seats":3,"period":"weekly","currency":"USD"},"expected_total":{"minor":1,"currency":"USD"}}"#,
        r#"{"choice":{"plan":"premium","seats":3,"period":"annual","currency":"USD"},"expected_total":{"minor":1.5,"currency":"USD"}}"#,
        r#"{"choice":{"plan":"premium","seats":3,"period":"annual","currency":"USD"}}"#,
    ] {
        let reply = shop.order_raw(&ada, Some(&new_key()), body).await;
        assert_eq!(
            (reply.status, reply.problem().as_str()),
            (StatusCode::BAD_REQUEST, "malformed-body"),
            "{body}"
        );
    }
}

#[tokio::test]
async fn fewer_licences_than_active_users_are_refused_with_the_numbers() {
    let shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    for name in ["b", "c", "d"] {
        shop.user(ada.account, name, "member", "en").await;
    }
    let reply = shop.order(&ada, &new_key(), &three_premium()).await;
    assert_eq!(
        (reply.status, reply.problem().as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, "not-enough-licences")
    );
    assert_eq!(
        (&reply.json()["licences"], &reply.json()["active_users"]),
        (&json!(3), &json!(4))
    );
    assert_eq!(reply.json()["status"], 422);

    // Exactly as many are enough; deactivated users and those of others do not count.
    shop.run("UPDATE users SET active = 0 WHERE name = 'd'").await;
    shop.ordered(&ada, &three_premium()).await;
}

#[tokio::test]
async fn a_price_that_changed_since_the_quote_is_refused_with_a_fresh_quote() {
    let mut shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    shop.restart_with_catalog(|catalog| catalog.replacen("annual = \"16.99\"", "annual = \"17.49\"", 1))
        .await;
    let key = new_key();
    let reply = shop.order(&ada, &key, &three_premium()).await;
    assert_eq!(
        (reply.status, reply.problem().as_str()),
        (StatusCode::CONFLICT, "price-changed")
    );
    let quote = reply.json()["quote"].clone();
    assert_eq!(quote["total"], json!({ "minor": 62_964, "currency": "USD" }));
    assert_eq!(shop.number("SELECT count(*) FROM orders").await, 0);

    let gross = reply.json()["taxed"]["gross"].clone();
    assert_eq!(gross, json!({ "minor": 75_557, "currency": "USD" }));

    let confirmed = json!({ "choice": quote["choice"], "expected_total": gross });
    assert_eq!(
        shop.order(&ada, &key, &confirmed).await.problem(),
        "idempotency-key-reused"
    );
    shop.ordered(&ada, &confirmed).await;
}

#[tokio::test]
async fn a_total_in_another_currency_is_another_price() {
    let shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    let mut body = three_premium();
    body["expected_total"]["currency"] = json!("EUR");
    assert_eq!(
        shop.order(&ada, &new_key(), &body).await.problem(),
        "price-changed"
    );
}

#[tokio::test]
async fn an_order_keeps_its_price_when_the_catalog_changes() {
    let mut shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    let order = shop.ordered(&ada, &three_premium()).await;
    shop.restart_with_catalog(|catalog| catalog.replacen("annual = \"16.99\"", "annual = \"17.49\"", 1))
        .await;
    shop.pay(&order, GOOD_CARD).await;
    let paid = shop.seen(&ada, &order).await;
    assert_eq!(
        (&paid["status"], &paid["total"]["minor"]),
        (&json!("paid"), &json!(73_397))
    );
    assert_eq!(shop.number("SELECT unit_price FROM subscriptions").await, 1699);
}

#[tokio::test]
async fn two_tabs_at_once_make_one_order() {
    let shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    let keys: Vec<String> = (0..6).map(|_| new_key()).collect();
    let body = three_premium();
    let replies = futures_util::future::join_all(keys.iter().map(|key| shop.order(&ada, key, &body))).await;
    let placed: Vec<_> = replies
        .iter()
        .filter(|reply| reply.status == StatusCode::CREATED)
        .collect();
    assert_eq!(placed.len(), 1);
    let order = placed[0].json();
    for reply in replies.iter().filter(|reply| reply.status != StatusCode::CREATED) {
        assert_eq!(
            (reply.status, reply.problem().as_str()),
            (StatusCode::CONFLICT, "order-pending")
        );
        assert_eq!(reply.json()["order_id"], order["id"]);
    }
    assert_eq!(shop.number("SELECT count(*) FROM orders").await, 1);
    assert_eq!(shop.number("SELECT count(*) FROM sandbox_checkouts").await, 1);
}

#[tokio::test]
async fn accounts_do_not_stand_in_each_others_way() {
    let shop = Shop::open().await;
    let (ada, bob) = (shop.buyer("ada").await, shop.buyer("bob").await);
    let (key, body) = (new_key(), three_premium());
    let first = shop.order(&ada, &key, &body).await;
    let second = shop.order(&bob, &key, &body).await;
    assert_eq!(
        (first.status, second.status),
        (StatusCode::CREATED, StatusCode::CREATED)
    );
    assert_ne!(first.json()["id"], second.json()["id"]);
}

#[tokio::test]
async fn a_subscribed_account_orders_no_second_subscription() {
    let shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    let order = shop.ordered(&ada, &three_premium()).await;
    shop.pay(&order, GOOD_CARD).await;
    shop.come_back(&order).await;
    let reply = shop.order(&ada, &new_key(), &three_premium()).await;
    assert_eq!(
        (reply.status, reply.problem().as_str()),
        (StatusCode::CONFLICT, "already-subscribed")
    );
}

#[tokio::test]
async fn an_order_that_was_given_up_makes_room_for_another() {
    let shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    let order = shop.ordered(&ada, &three_premium()).await;
    let path = format!("/api/orders/{}/cancellation", id_of(&order));
    let reply = shop.api(Some(&ada), "POST", &path).await;
    assert_eq!(
        (reply.status, &reply.json()["status"]),
        (StatusCode::OK, &json!("cancelled"))
    );
    assert!(reply.json()["pay_url"].is_null());
    let again = shop.api(Some(&ada), "POST", &path).await;
    assert_eq!(
        (again.status, again.problem().as_str()),
        (StatusCode::CONFLICT, "order-not-pending")
    );

    // Its page takes no card any more.
    shop.pay(&order, GOOD_CARD).await;
    assert_eq!(shop.seen(&ada, &order).await["status"], "cancelled");
    assert_eq!(
        shop.number("SELECT count(*) FROM sandbox_checkouts WHERE status = 'paid'")
            .await,
        0
    );

    let next = shop
        .ordered(&ada, &order_body("standard", 1, "monthly", "JPY", 2400))
        .await;
    assert_ne!(pay_path(&next), pay_path(&order));
    let noted = format!(
        "SELECT count(*) FROM audit WHERE action = 'order.cancelled' AND user_id = {}",
        blob(ada.user)
    );
    assert_eq!(shop.number(&noted).await, 1);
}

#[tokio::test]
async fn an_order_that_is_left_open_expires_by_the_clock() {
    let mut shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    let order = shop.ordered(&ada, &three_premium()).await;
    shop.restart_later(29).await;
    assert_eq!(shop.seen(&ada, &order).await["status"], "pending");
    shop.restart_later(1).await;
    assert_eq!(shop.seen(&ada, &order).await["status"], "cancelled");
    let page = shop.api(None, "GET", &pay_path(&order)).await;
    assert!(page.text.contains("can no longer be paid on"), "{}", page.text);
    shop.ordered(&ada, &three_premium()).await;
}

#[tokio::test]
async fn an_expired_order_does_not_stand_in_the_way_though_nobody_looked_at_it() {
    let mut shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    let order = shop.ordered(&ada, &three_premium()).await;
    shop.restart_later(31).await;
    let next = shop.ordered(&ada, &three_premium()).await;
    assert_ne!(next["id"], order["id"]);
}

#[tokio::test]
async fn without_a_payment_provider_people_take_the_order() {
    let shop = Shop::open_with(&["--smtp-url", "smtp://127.0.0.1:9"]).await;
    let ada = shop.buyer("ada").await;
    let reply = shop.order(&ada, &new_key(), &three_premium()).await;
    assert_eq!(
        (reply.status, reply.problem().as_str()),
        (StatusCode::SERVICE_UNAVAILABLE, "payment-unavailable")
    );
    assert!(
        reply.json()["detail"]
            .as_str()
            .unwrap()
            .contains("hello@onedesk.com"),
        "{}",
        reply.text
    );
    assert_eq!(
        shop.api(None, "GET", "/sandbox/payments").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(shop.notify_raw(None, "{}").await.status, StatusCode::NOT_FOUND);
}
