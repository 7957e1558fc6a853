//! `POST /api/subscription/recovery`: paying what is overdue.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::changes_requests::{ASKS_HOLDER, PAYS_ONCE, seats, usd};
use crate::orders_requests::{GOOD_CARD, new_key};
use crate::orders_shop::{Buyer, Shop, blob};
use crate::renewals_time::{monthly, shop_on};

/// A shop on 3 May, and a subscriber whose renewal of 1 May has failed twice.
async fn overdue(card: &str) -> (Shop, Buyer) {
    let shop = shop_on("2027-04-01T10:00:00Z").await;
    let ada = shop.renewing("ada", &monthly(), card).await;
    for day in [1, 2, 3] {
        shop.set_clock(&format!("2027-05-{day:02}T10:00:00Z")).await;
    }
    (shop, ada)
}

/// A subscriber with two colleagues who is suspended since 8 May; it is the 10th. A third one was deactivated by hand.
async fn suspended() -> (Shop, Buyer) {
    let shop = shop_on("2027-04-01T10:00:00Z").await;
    let ada = shop.renewing("ada", &monthly(), PAYS_ONCE).await;
    let dan = shop.colleague(&ada, "dan", "member").await;
    shop.run(&format!(
        "UPDATE users SET active = 0 WHERE id = {}",
        blob(dan.user)
    ))
    .await;
    shop.colleague(&ada, "cy", "member").await;
    shop.colleague(&ada, "bob", "admin").await;
    for day in [1, 2, 4, 6, 8, 10] {
        shop.set_clock(&format!("2027-05-{day:02}T10:00:00Z")).await;
    }
    assert_eq!(shop.active(&ada).await, 1);
    (shop, ada)
}

async fn working(shop: &Shop) -> Vec<String> {
    shop.texts("SELECT name FROM users WHERE active ORDER BY name")
        .await
}

#[tokio::test]
async fn paying_what_is_overdue_recovers_the_subscription_and_keeps_the_anchor() {
    let (shop, ada) = overdue(PAYS_ONCE).await;
    let details = shop.details(&ada).await;
    assert_eq!(
        (&details["overdue"]["on"], &details["overdue"]["totals"]["due"]),
        (&json!("2027-05-01"), &usd(7_196))
    );
    shop.cards_become(GOOD_CARD).await;
    let change = shop.recovered(&ada).await;
    assert_eq!(change["order"]["kind"], "recovery");
    let subscription = &change["subscription"]["subscription"];
    assert_eq!(
        (
            &subscription["standing"],
            &subscription["term"]["current"]["start"],
            &subscription["term"]["anchor"]
        ),
        (&json!("active"), &json!("2027-05-01"), &json!("2027-04-01"))
    );
    assert!(change["subscription"]["overdue"].is_null());
    // No more tries, and the next period as ever.
    shop.set_clock("2027-05-04T10:00:00Z").await;
    assert_eq!(shop.count("sandbox_charges WHERE outcome = 'paid'").await, 1);
    shop.set_clock("2027-06-01T10:00:00Z").await;
    assert_eq!(
        shop.invoiced().await[1..],
        [
            "2027-05-01 2027-06-01, 2027-05-03",
            "2027-06-01 2027-07-01, 2027-06-01"
        ]
    );
    assert_eq!(shop.count("orders WHERE status = 'pending'").await, 0);
    let receipt = shop.letter("ada@example.com", "receipt").await;
    assert!(receipt.contains("was renewed"), "{receipt}");
    shop.assert_ledger_balances().await;
}

#[tokio::test]
async fn those_whom_the_suspension_kept_out_come_back_and_nobody_else() {
    let (shop, ada) = suspended().await;
    shop.cards_become(GOOD_CARD).await;
    let change = shop.recovered(&ada).await;
    assert_eq!(
        change["subscription"]["subscription"]["term"]["current"]["start"],
        "2027-05-01"
    );
    assert_eq!(working(&shop).await, ["ada", "bob", "cy"]);
    assert_eq!(shop.count("suspended_users").await, 0);
    let detail = shop
        .text("SELECT detail FROM audit WHERE action = 'subscription.recovered'")
        .await;
    assert!(detail.unwrap().contains("reactivated"));
    shop.assert_ledger_balances().await;
}

#[tokio::test]
async fn users_come_back_as_far_as_the_licences_allow() {
    let shop = shop_on("2027-04-01T10:00:00Z").await;
    let ada = shop.renewing("ada", &monthly(), PAYS_ONCE).await;
    shop.changed(&ada, &seats(2)).await;
    shop.colleague(&ada, "cy", "member").await;
    shop.colleague(&ada, "bob", "admin").await;
    for day in [1, 2, 4, 6, 8] {
        shop.set_clock(&format!("2027-05-{day:02}T10:00:00Z")).await;
    }
    shop.cards_become(GOOD_CARD).await;
    shop.recovered(&ada).await;
    // Two licences, as was scheduled: admins come first.
    assert_eq!(working(&shop).await, ["ada", "bob"]);
    assert_eq!(shop.details(&ada).await["subscription"]["term"]["seats"], 2);
}

#[tokio::test]
async fn suspended_beyond_the_period_that_was_due_a_new_term_begins_on_the_day_of_payment() {
    let (shop, ada) = suspended().await;
    shop.cards_become(GOOD_CARD).await;
    shop.set_clock("2027-07-20T10:00:00Z").await;
    shop.recovered(&ada).await;
    assert_eq!(shop.period(&ada).await, "2027-07-20 2027-08-20");
    assert_eq!(shop.invoiced().await[1..], ["2027-07-20 2027-08-20, 2027-07-20"]);
    shop.set_clock("2027-08-20T10:00:00Z").await;
    assert_eq!(shop.period(&ada).await, "2027-08-20 2027-09-20");
    shop.assert_ledger_balances().await;
}

#[tokio::test]
async fn a_declined_card_changes_nothing_and_counts_as_no_try() {
    let (shop, ada) = overdue(PAYS_ONCE).await;
    let before = shop.standing(&ada).await;
    let (key, body) = (new_key(), shop.overdue(&ada).await);
    let reply = shop.recovers(&ada, &key, &body).await;
    assert_eq!(
        (reply.status, reply.problem().as_str()),
        (StatusCode::PAYMENT_REQUIRED, "card-declined")
    );
    assert_eq!(shop.standing(&ada).await, before);
    assert_eq!(shop.told("ada@example.com", &["payment_failed"]).await.len(), 2);
    // The same key is answered the same, though the card would pay by now.
    shop.cards_become(GOOD_CARD).await;
    assert_eq!(shop.recovers(&ada, &key, &body).await.text, reply.text);
    shop.recovered(&ada).await;
    shop.assert_ledger_balances().await;
}

#[tokio::test]
async fn another_card_is_typed_on_the_providers_page_and_kept() {
    let (shop, ada) = overdue(PAYS_ONCE).await;
    let mut body = shop.overdue(&ada).await;
    body["other_card"] = json!(true);
    let reply = shop.recovers(&ada, &new_key(), &body).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text);
    let order = reply.json()["order"].clone();
    assert_eq!(order["status"], "pending");
    // Meanwhile time tries nothing, and nobody else pays.
    shop.set_clock("2027-05-03T10:05:00Z").await;
    let other = shop.recovers(&ada, &new_key(), &shop.overdue(&ada).await).await;
    assert_eq!(
        (other.status, other.problem().as_str()),
        (StatusCode::CONFLICT, "order-pending")
    );
    shop.pay(&order, GOOD_CARD).await;
    shop.come_back(&order).await;
    assert_eq!(shop.standing(&ada).await, "active");
    assert_eq!(
        shop.details(&ada).await["payment_method"]["label"],
        "Visa •••• 4242"
    );
    shop.assert_ledger_balances().await;
}

#[tokio::test]
async fn without_a_stored_card_and_when_its_holder_has_to_confirm_the_answer_says_where_to_pay() {
    let (shop, ada) = overdue(ASKS_HOLDER).await;
    let reply = shop.recovers(&ada, &new_key(), &shop.overdue(&ada).await).await;
    let order = reply.json()["order"].clone();
    assert_eq!(
        (reply.status, &order["status"]),
        (StatusCode::CREATED, &json!("pending"))
    );
    shop.pay(&order, ASKS_HOLDER).await;
    shop.authenticate(&order, "complete").await;
    shop.come_back(&order).await;
    assert_eq!(shop.standing(&ada).await, "active");

    shop.run("DELETE FROM payment_methods").await;
    shop.set_clock("2027-06-01T10:00:00Z").await;
    let reply = shop.recovers(&ada, &new_key(), &shop.overdue(&ada).await).await;
    assert!(reply.json()["order"]["pay_url"].is_string(), "{}", reply.text);
}

#[tokio::test]
async fn a_retry_waits_while_a_person_pays_and_an_abandoned_page_does_not_stop_it() {
    let (shop, ada) = overdue(PAYS_ONCE).await;
    shop.set_clock("2027-05-03T21:50:00Z").await;
    let mut body = shop.overdue(&ada).await;
    body["other_card"] = json!(true);
    let order = shop.recovers(&ada, &new_key(), &body).await.json()["order"].clone();
    // The next day, on which it would be tried again: the page has run out at midnight.
    shop.set_clock("2027-05-03T22:00:00Z").await;
    assert_eq!(shop.seen(&ada, &order).await["status"], "cancelled");
    assert_eq!(shop.standing(&ada).await["past_due"]["failures"], 3);
}

#[tokio::test]
async fn what_is_not_what_was_seen_is_refused_and_nothing_is_charged() {
    let (shop, ada) = overdue(GOOD_CARD).await;
    // Paid in time: nothing is overdue.
    let reply = shop
        .recovers(&ada, &new_key(), &json!({ "expected_due": usd(7_196) }))
        .await;
    assert_eq!(
        (reply.status, reply.problem().as_str(), &reply.json()["reason"]),
        (StatusCode::CONFLICT, "change-refused", &json!("nothing-overdue"))
    );
    let (shop, ada) = overdue(PAYS_ONCE).await;
    shop.cards_become(GOOD_CARD).await;
    for expected in [usd(7_195), json!({ "minor": 7_196, "currency": "EUR" })] {
        let reply = shop
            .recovers(&ada, &new_key(), &json!({ "expected_due": expected }))
            .await;
        assert_eq!(
            (reply.status, reply.problem().as_str()),
            (StatusCode::CONFLICT, "preview-stale")
        );
        assert_eq!(reply.json()["preview"], Value::Null);
    }
    let key = new_key();
    let body = shop.overdue(&ada).await;
    let first = shop.recovers(&ada, &key, &body).await;
    assert_eq!(shop.recovers(&ada, &key, &body).await.text, first.text);
    let reused = shop
        .recovers(&ada, &key, &json!({ "expected_due": usd(1) }))
        .await;
    assert_eq!(reused.problem(), "idempotency-key-reused");
    let member = shop.colleague(&ada, "bob", "member").await;
    let reply = shop.recovers(&member, &new_key(), &body).await;
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
    assert_eq!(shop.count("sandbox_charges WHERE outcome = 'paid'").await, 1);
}

#[tokio::test]
async fn credit_pays_what_is_overdue_without_a_card() {
    let (shop, ada) = overdue(PAYS_ONCE).await;
    shop.give_credit(&ada, 8_000).await;
    let change = shop.recovered(&ada).await;
    assert_eq!(
        (&change["order"]["total"], &change["order"]["credit_used"]),
        (&usd(0), &usd(7_196))
    );
    assert_eq!(shop.standing(&ada).await, "active");
    shop.assert_ledger_balances().await;
}

#[tokio::test]
async fn a_retry_and_a_recovery_at_the_same_moment_charge_once() {
    for _ in 0..4 {
        let (shop, ada) = overdue(PAYS_ONCE).await;
        shop.cards_become(GOOD_CARD).await;
        let body = shop.overdue(&ada).await;
        let key = new_key();
        // Half a minute before midnight in Paris; the retry comes with the new day.
        shop.set_clock("2027-05-03T21:59:30Z").await;
        let (reply, ()) = tokio::join!(
            shop.recovers(&ada, &key, &body),
            shop.set_clock("2027-05-03T22:00:00Z"),
        );
        let was_paid = reply.status == StatusCode::CREATED;
        assert!(
            was_paid
                || ["change-refused", "preview-stale", "order-pending"].contains(&reply.problem().as_str()),
            "{}",
            reply.text
        );
        shop.set_clock("2027-05-03T22:05:00Z").await;
        assert_eq!(shop.standing(&ada).await, "active");
        assert_eq!(shop.period(&ada).await, "2027-05-01 2027-06-01");
        assert_eq!(shop.count("sandbox_charges WHERE outcome = 'paid'").await, 1);
        assert_eq!(
            (shop.count("invoices").await, shop.count("refunds").await),
            (2, 0)
        );
        shop.assert_ledger_balances().await;
    }
}
