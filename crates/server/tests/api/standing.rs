//! Accounts whose subscription is overdue, suspended or ended.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::changes_requests::{shop_in_mid_april, usd};
use crate::orders_shop::{Buyer, Shop};

async fn stands(shop: &Shop, standing: &Value) {
    shop.run(&format!(
        "UPDATE subscriptions SET standing = '{standing}', next_step_on = NULL"
    ))
    .await;
}

async fn account(shop: &Shop, buyer: &Buyer) -> Value {
    shop.api(Some(buyer), "GET", "/api/account").await.json()["subscription"].clone()
}

#[tokio::test]
async fn a_suspended_account_has_no_licences_and_shows_what_would_recover_it() {
    let (shop, ada) = shop_in_mid_april().await;
    stands(&shop, &json!({ "suspended": { "since": "2026-05-08" } })).await;
    shop.set_clock("2026-05-10T10:00:00Z").await;
    assert_eq!(
        account(&shop, &ada).await,
        json!({ "state": "suspended", "since": "2026-05-08" })
    );
    let users = shop.api(Some(&ada), "GET", "/api/users").await.json();
    assert_eq!(users["licences"], 0);
    let add = shop.http.post(shop.url("/api/users"));
    let add = add.json(&json!({ "emails": "bob@example.com", "role": "member" }));
    let reply = shop.send(Some(&ada), add).await;
    assert_eq!(
        (reply.problem().as_str(), &reply.json()["licences"]),
        ("not-enough-licences", &json!(0))
    );
    let details = shop.details(&ada).await;
    assert_eq!(details["overdue"]["on"], "2026-05-01");
    assert_eq!(details["overdue"]["totals"]["due"], usd(7_196));
    assert!(details["next_renewal"].is_null(), "{details}");
}

#[tokio::test]
async fn an_overdue_subscription_works_on_and_shows_what_is_to_be_paid() {
    let (shop, ada) = shop_in_mid_april().await;
    let past_due = json!({ "since": "2026-05-01", "failures": 1, "next_retry": "2026-05-02" });
    shop.run("UPDATE subscriptions SET next_step_on = NULL").await;
    shop.set_clock("2026-05-01T10:00:00Z").await;
    stands(&shop, &json!({ "past_due": past_due })).await;
    let seen = account(&shop, &ada).await;
    assert_eq!(
        (&seen["state"], &seen["overdue_since"]),
        (&json!("active"), &json!("2026-05-01"))
    );
    let details = shop.details(&ada).await;
    assert_eq!(details["overdue"]["totals"]["due"], usd(7_196));
    assert_eq!(details["next_renewal"]["on"], "2026-05-02");
    // Changes at once wait for it.
    let request = json!({ "request": { "change": { "seats": 4 } } });
    let preview = shop.http.post(shop.url("/api/subscription/previews"));
    let refused = shop.send(Some(&ada), preview.json(&request)).await;
    assert_eq!(refused.json()["reason"], "payment-overdue");
}

#[tokio::test]
async fn a_cancelled_subscription_whose_period_is_over_has_ended_whether_anybody_noted_it_or_not() {
    let (shop, ada) = shop_in_mid_april().await;
    shop.run("UPDATE subscriptions SET cancels_at_period_end = 1, next_step_on = NULL")
        .await;
    assert_eq!(account(&shop, &ada).await["state"], "active");
    // Midnight in Paris.
    shop.set_clock("2026-04-30T22:00:00Z").await;
    let ended = json!({ "state": "ended", "since": "2026-05-01" });
    assert_eq!(account(&shop, &ada).await, ended);
    stands(&shop, &json!({ "ended": { "on": "2026-05-01" } })).await;
    assert_eq!(account(&shop, &ada).await, ended);
    let users = shop.api(Some(&ada), "GET", "/api/users").await;
    assert_eq!(
        (users.status, &users.json()["licences"]),
        (StatusCode::OK, &json!(0))
    );
}

#[tokio::test]
async fn cancelling_while_the_renewal_is_overdue_ends_the_subscription_and_keeps_out_all_but_the_owner() {
    let (shop, ada) = shop_in_mid_april().await;
    let bob = shop.user(ada.account, "bob", "admin", "en").await;
    shop.run("UPDATE subscriptions SET next_step_on = NULL").await;
    shop.set_clock("2026-05-02T10:00:00Z").await;
    let past_due = json!({ "since": "2026-05-01", "failures": 1, "next_retry": "2026-05-04" });
    stands(&shop, &json!({ "past_due": past_due })).await;
    let reply = shop.change(&bob, &json!("cancel")).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    let ended = json!({ "ended": { "on": "2026-05-02" } });
    assert_eq!(reply.json()["subscription"]["subscription"]["standing"], ended);
    assert_eq!(
        account(&shop, &ada).await,
        json!({ "state": "ended", "since": "2026-05-02" })
    );
    let out = shop.api(Some(&bob), "GET", "/api/account").await;
    assert_eq!(out.problem(), "not-signed-in");
    let detail = shop
        .text("SELECT detail FROM audit WHERE action = 'subscription.ended'")
        .await;
    assert!(detail.is_some_and(|detail| detail.contains("deactivated")));
    let letter = shop
        .text("SELECT text FROM outbox WHERE kind = 'change_confirmed'")
        .await;
    assert!(letter.is_some_and(|letter| letter.contains("ended on May 2, 2026")));
}
