//! Renewals, ends, and catching up. Rules: *Orders and payment*, *Billing period*, *Changes*, *Licences and users*.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::changes_requests::{ASKS_HOLDER, seats, usd};
use crate::orders_requests::{GOOD_CARD, three_premium};
use crate::orders_shop::blob;
use crate::renewals_time::{monthly, shop_on};

#[tokio::test]
async fn renewal_is_charged_at_the_end_of_the_period() {
    let shop = shop_on("2027-04-01T10:00:00Z").await;
    let ada = shop.renewing("ada", &monthly(), GOOD_CARD).await;
    assert_eq!(shop.at_the_turn_of("2027-05-01", "Europe/Paris").await, 1);

    assert_eq!(
        shop.invoiced().await,
        [
            "2027-04-01 2027-05-01, 2027-04-01",
            "2027-05-01 2027-06-01, 2027-05-01"
        ]
    );
    assert_eq!(shop.standing(&ada).await, "active");
    assert_eq!(shop.period(&ada).await, "2027-05-01 2027-06-01");
    assert_eq!(
        shop.texts("SELECT kind || ' ' || status || ' ' || total FROM orders ORDER BY id")
            .await,
        ["subscribe paid 7196", "renewal paid 7196"]
    );
    // The card that was stored at the first payment, charged once.
    assert_eq!(
        shop.texts("SELECT method FROM charges").await,
        ["Visa •••• 4242", "Visa •••• 4242"]
    );
    assert_eq!(shop.count("sandbox_charges").await, 1);
    let receipt = shop.letter("ada@example.com", "receipt").await;
    for words in [
        "was renewed",
        "$71.96",
        "May 1, 2027 to May 31, 2027",
        "June 1, 2027",
    ] {
        assert!(receipt.contains(words), "{words}: {receipt}");
    }
    // Nothing happens twice.
    shop.set_clock("2027-05-20T10:00:00Z").await;
    assert_eq!(shop.count("invoices").await, 2);
    shop.assert_ledger_balances().await;
}

#[tokio::test]
async fn after_downtime_exactly_the_periods_due_are_renewed_each_once_with_its_own_invoice() {
    let mut shop = shop_on("2027-04-01T10:00:00Z").await;
    let ada = shop.renewing("ada", &monthly(), GOOD_CARD).await;
    // Three months without a server.
    shop.restart_later(60 * 24 * 100).await;
    shop.wait_for("SELECT count(*) FROM invoices", 4).await;
    assert_eq!(
        shop.invoiced().await,
        [
            "2027-04-01 2027-05-01, 2027-04-01",
            "2027-05-01 2027-06-01, 2027-07-10",
            "2027-06-01 2027-07-01, 2027-07-10",
            "2027-07-01 2027-08-01, 2027-07-10",
        ]
    );
    shop.set_clock("2027-07-11T10:00:00Z").await;
    assert_eq!(
        (shop.count("invoices").await, shop.count("charges").await),
        (4, 4)
    );
    assert_eq!(shop.period(&ada).await, "2027-07-01 2027-08-01");
    shop.assert_ledger_balances().await;
}

#[tokio::test]
async fn account_credit_is_used_up_by_a_renewal_before_the_card_is() {
    let shop = shop_on("2027-04-01T10:00:00Z").await;
    let ada = shop.renewing("ada", &monthly(), GOOD_CARD).await;
    shop.give_credit(&ada, 10_000).await;
    shop.set_clock("2027-05-01T10:00:00Z").await;
    // All of it from credit: no provider is asked.
    assert_eq!(
        (shop.count("invoices").await, shop.count("charges").await),
        (2, 1)
    );
    assert_eq!(shop.count("sandbox_charges").await, 0);
    shop.set_clock("2027-06-01T10:00:00Z").await;
    assert_eq!(
        shop.numbers("SELECT amount FROM charges ORDER BY id").await,
        [7_196, 2 * 7_196 - 10_000]
    );
    assert_eq!(shop.standing(&ada).await, "active");
    shop.assert_ledger_balances().await;
}

#[tokio::test]
async fn what_was_scheduled_comes_true_at_the_renewal() {
    let shop = shop_on("2027-04-01T10:00:00Z").await;
    let ada = shop.renewing("ada", &monthly(), GOOD_CARD).await;
    shop.changed(&ada, &json!({ "change": { "seats": 2, "plan": "standard" } }))
        .await;
    shop.set_clock("2027-05-01T10:00:00Z").await;
    let details = shop.details(&ada).await;
    let term = &details["subscription"]["term"];
    assert_eq!((&term["plan"], &term["seats"]), (&json!("standard"), &json!(2)));
    assert_eq!(
        details["subscription"]["scheduled"],
        json!({ "plan": null, "seats": null, "period": null, "currency": null })
    );
    // 2 × $13.99, and 20 % of it.
    assert_eq!(
        shop.number("SELECT amount FROM charges ORDER BY id DESC").await,
        3_358
    );
    shop.assert_ledger_balances().await;
}

#[tokio::test]
async fn if_at_renewal_there_are_more_active_users_than_the_scheduled_number_of_licences_the_number_of_active_users_is_billed_and_the_admin_is_told()
 {
    let shop = shop_on("2027-04-01T10:00:00Z").await;
    let ada = shop.renewing("ada", &monthly(), GOOD_CARD).await;
    shop.changed(&ada, &seats(1)).await;
    shop.colleague(&ada, "bob", "admin").await;
    shop.set_clock("2027-05-01T10:00:00Z").await;
    assert_eq!(shop.details(&ada).await["subscription"]["term"]["seats"], 2);
    // 2 × $19.99, and 20 % of it.
    assert_eq!(
        shop.number("SELECT amount FROM charges ORDER BY id DESC").await,
        4_798
    );
    for admin in ["ada@example.com", "bob@example.com"] {
        let letter = shop.letter(admin, "renewal_raised").await;
        for words in ["1 licence", "2 licences", "$47.98"] {
            assert!(letter.contains(words), "{words}: {letter}");
        }
    }
    shop.assert_ledger_balances().await;
}

#[tokio::test]
async fn a_cancelled_subscription_ends_with_its_period_as_a_trial_does_and_a_new_one_can_begin() {
    let shop = shop_on("2027-04-01T10:00:00Z").await;
    let ada = shop.renewing("ada", &monthly(), GOOD_CARD).await;
    shop.colleague(&ada, "bob", "admin").await;
    shop.colleague(&ada, "cy", "member").await;
    shop.changed(&ada, &json!("cancel")).await;
    shop.set_clock("2027-04-30T21:00:00Z").await;
    assert_eq!(shop.active(&ada).await, 3);
    shop.set_clock("2027-04-30T22:00:00Z").await;

    assert_eq!(shop.active(&ada).await, 1);
    assert_eq!(shop.count("users").await, 3);
    assert_eq!(
        (
            shop.count("invoices").await,
            shop.count("audit WHERE action = 'subscription.ended'").await
        ),
        (1, 1)
    );
    let state = shop.api(Some(&ada), "GET", "/api/account").await.json()["subscription"].clone();
    assert_eq!(
        (&state["state"], &state["since"]),
        (&json!("ended"), &json!("2027-05-01"))
    );
    for (email, words) in [
        ("ada@example.com", "You can subscribe again at any time."),
        ("bob@example.com", "Your own access is deactivated too."),
    ] {
        let letter = shop.letter(email, "subscription_ended").await;
        assert!(
            letter.contains(words) && letter.contains("2 users were deactivated"),
            "{letter}"
        );
    }
    assert_eq!(
        shop.told("cy@example.com", &["subscription_ended"]).await,
        [""; 0]
    );

    shop.set_clock("2027-06-10T10:00:00Z").await;
    let order = shop.ordered(&ada, &monthly()).await;
    shop.pay(&order, GOOD_CARD).await;
    shop.come_back(&order).await;
    assert_eq!(shop.period(&ada).await, "2027-06-10 2027-07-10");
    shop.set_clock("2027-07-10T10:00:00Z").await;
    assert_eq!(shop.period(&ada).await, "2027-07-10 2027-08-10");
    shop.assert_ledger_balances().await;
}

#[tokio::test]
async fn one_that_was_resumed_is_renewed() {
    let shop = shop_on("2027-04-01T10:00:00Z").await;
    let ada = shop.renewing("ada", &monthly(), GOOD_CARD).await;
    shop.changed(&ada, &json!("cancel")).await;
    shop.changed(&ada, &json!("resume")).await;
    shop.set_clock("2027-05-01T10:00:00Z").await;
    assert_eq!(shop.period(&ada).await, "2027-05-01 2027-06-01");
}

#[tokio::test]
async fn a_failing_account_holds_up_no_other_one() {
    let shop = shop_on("2027-04-01T10:00:00Z").await;
    let broken = shop.renewing("broken", &monthly(), GOOD_CARD).await;
    let ada = shop.renewing("ada", &three_premium(), GOOD_CARD).await;
    let bob = shop.renewing("bob", &monthly(), GOOD_CARD).await;
    // Damage that the server cannot read, in the account that comes first.
    shop.run(&format!(
        "UPDATE subscriptions SET plan = 'No Plan!' WHERE account_id = {}",
        blob(broken.account)
    ))
    .await;
    shop.set_clock("2028-04-01T10:00:00Z").await;
    assert_eq!(shop.period(&ada).await, "2028-04-01 2029-04-01");
    assert_eq!(shop.period(&bob).await, "2028-04-01 2028-05-01");
}

#[tokio::test]
async fn tax_and_price_are_those_of_the_day_of_the_renewal() {
    let mut shop = shop_on("2027-04-01T10:00:00Z").await;
    let ada = shop.renewing("ada", &monthly(), GOOD_CARD).await;
    shop.restart_with_catalog(|file| file.replace("monthly = \"19.99\"", "monthly = \"21.00\""))
        .await;
    shop.set_clock("2027-05-01T10:00:00Z").await;
    assert_eq!(
        shop.number("SELECT amount FROM charges ORDER BY id DESC").await,
        7_560
    );
    assert_eq!(
        shop.details(&ada).await["subscription"]["term"]["unit_price"],
        usd(2_100)
    );
}

#[tokio::test]
async fn nobody_cancels_the_order_of_a_renewal() {
    let shop = shop_on("2027-04-01T10:00:00Z").await;
    let ada = shop.renewing("ada", &monthly(), GOOD_CARD).await;
    shop.provider_answers(false).await;
    shop.set_clock("2027-05-01T10:00:00Z").await;
    let id = shop.order_of("renewal").await;
    let reply = shop
        .api(Some(&ada), "POST", &format!("/api/orders/{id}/cancellation"))
        .await;
    assert_eq!(
        (reply.status, reply.problem().as_str()),
        (StatusCode::CONFLICT, "order-not-pending")
    );
    let seen = shop
        .api(Some(&ada), "GET", &format!("/api/orders/{id}"))
        .await
        .json();
    assert_eq!(
        (&seen["status"], &seen["pay_url"]),
        (&json!("pending"), &Value::Null)
    );
}

#[tokio::test]
async fn a_change_that_was_not_paid_by_the_renewal_does_not_hold_it_up() {
    let shop = shop_on("2027-04-01T10:00:00Z").await;
    let ada = shop.renewing("ada", &monthly(), ASKS_HOLDER).await;
    shop.set_clock("2027-04-30T21:50:00Z").await;
    let change = shop.change(&ada, &seats(5)).await.json();
    assert_eq!(change["order"]["status"], "pending");
    shop.cards_become(GOOD_CARD).await;
    shop.set_clock("2027-04-30T22:00:00Z").await;
    assert_eq!(shop.period(&ada).await, "2027-05-01 2027-06-01");
    assert_eq!(shop.seen(&ada, &change["order"]).await["status"], "cancelled");
    assert_eq!(shop.details(&ada).await["subscription"]["term"]["seats"], 3);
}
