//! Renewals that are not paid. Rules: *Orders and payment*, *Trial*.

use serde_json::json;

use crate::changes_requests::{ASKS_HOLDER, PAYS_ONCE, seats};
use crate::orders_requests::{GOOD_CARD, three_premium};
use crate::renewals_time::{monthly, shop_on};

const KINDS: [&str; 2] = ["payment_failed", "suspended"];

#[tokio::test]
async fn failing_renewal_is_retried_after_1_3_5_and_7_days_with_an_email_each_time_while_the_users_keep_working_then_suspended_as_at_the_end_of_a_trial()
 {
    let shop = shop_on("2027-04-01T10:00:00Z").await;
    let ada = shop.renewing("ada", &monthly(), PAYS_ONCE).await;
    shop.colleague(&ada, "bob", "admin").await;
    shop.colleague(&ada, "cy", "member").await;
    let mut failures = 0;
    for (day, next_retry) in [(1, 2), (2, 4), (3, 4), (4, 6), (5, 6), (6, 8), (7, 8)] {
        shop.set_clock(&format!("2027-05-{day:02}T10:00:00Z")).await;
        failures += i64::from([1, 2, 4, 6].contains(&day));
        assert_eq!(
            shop.standing(&ada).await,
            json!({ "past_due": {
                "since": "2027-05-01", "failures": failures, "next_retry": format!("2027-05-{next_retry:02}")
            } }),
            "{day}"
        );
        assert_eq!(shop.count("sandbox_charges").await, failures, "{day}");
        for admin in ["ada@example.com", "bob@example.com"] {
            assert_eq!(
                shop.told(admin, &KINDS).await.len(),
                usize::try_from(failures).unwrap()
            );
        }
        assert_eq!(shop.active(&ada).await, 3);
        let account = shop.api(Some(&ada), "GET", "/api/account").await.json();
        assert_eq!(account["subscription"]["overdue_since"], "2027-05-01");
    }
    let letter = shop.letter("bob@example.com", "payment_failed").await;
    for words in [
        "to Visa •••• 0341",
        "$71.96",
        "try again on May 8, 2027",
        "keep working",
    ] {
        assert!(letter.contains(words), "{words}: {letter}");
    }

    shop.set_clock("2027-05-08T10:00:00Z").await;
    assert_eq!(
        shop.standing(&ada).await,
        json!({ "suspended": { "since": "2027-05-08" } })
    );
    assert_eq!((shop.active(&ada).await, shop.count("users").await), (1, 3));
    assert_eq!(
        shop.told("bob@example.com", &KINDS).await,
        [
            "payment_failed",
            "payment_failed",
            "payment_failed",
            "payment_failed",
            "suspended"
        ]
    );
    assert_eq!(shop.told("cy@example.com", &KINDS).await, [""; 0]);
    let letter = shop.letter("ada@example.com", "suspended").await;
    for words in [
        "suspended on May 8, 2027",
        "2 users were deactivated",
        "Pay the open renewal",
    ] {
        assert!(letter.contains(words), "{words}: {letter}");
    }
    let state = shop.api(Some(&ada), "GET", "/api/account").await.json()["subscription"].clone();
    assert_eq!(
        (&state["state"], &state["since"]),
        (&json!("suspended"), &json!("2027-05-08"))
    );

    // Nothing more is tried.
    shop.set_clock("2027-09-01T10:00:00Z").await;
    assert_eq!(
        (shop.count("sandbox_charges").await, shop.count("invoices").await),
        (5, 1)
    );
    assert_eq!(shop.count("orders WHERE status = 'pending'").await, 0);
    assert_eq!(
        shop.count("audit WHERE action IN ('subscription.payment_failed', 'subscription.suspended')")
            .await,
        5
    );
    shop.assert_ledger_balances().await;
}

#[tokio::test]
async fn a_retry_that_is_paid_recovers_the_subscription_and_keeps_the_anchor() {
    let shop = shop_on("2027-04-01T10:00:00Z").await;
    let ada = shop.renewing("ada", &monthly(), PAYS_ONCE).await;
    shop.set_clock("2027-05-01T10:00:00Z").await;
    shop.cards_become(GOOD_CARD).await;
    shop.set_clock("2027-05-02T10:00:00Z").await;
    assert_eq!(shop.standing(&ada).await, "active");
    assert_eq!(shop.invoiced().await[1], "2027-05-01 2027-06-01, 2027-05-02");
    // One order for the period, through both tries.
    assert_eq!(shop.count("orders WHERE kind = 'renewal'").await, 1);
    shop.set_clock("2027-06-01T10:00:00Z").await;
    assert_eq!(shop.period(&ada).await, "2027-06-01 2027-07-01");
    shop.assert_ledger_balances().await;
}

#[tokio::test]
async fn a_card_that_is_replaced_while_past_due_is_charged_by_the_next_try() {
    let shop = shop_on("2027-04-01T10:00:00Z").await;
    let ada = shop.renewing("ada", &monthly(), PAYS_ONCE).await;
    shop.set_clock("2027-05-01T10:00:00Z").await;
    let path = "/api/payment-method/replacements";
    let order = shop.api(Some(&ada), "POST", path).await.json();
    shop.pay(&order, GOOD_CARD).await;
    shop.come_back(&order).await;
    // Nothing is charged by that. When the next try is, letter and screen say.
    let letter = shop.letter("ada@example.com", "payment_failed").await;
    assert!(letter.contains("try again on May 2, 2027"), "{letter}");
    let details = shop.details(&ada).await;
    assert_eq!(
        (
            &details["subscription"]["standing"]["past_due"]["next_retry"],
            &details["payment_method"]["label"]
        ),
        (&json!("2027-05-02"), &json!("Visa •••• 4242"))
    );
    assert_eq!(
        (shop.count("sandbox_charges").await, shop.count("charges").await),
        (1, 1)
    );

    shop.set_clock("2027-05-02T10:00:00Z").await;
    assert_eq!(shop.standing(&ada).await, "active");
    let newest = "SELECT method FROM charges ORDER BY id DESC LIMIT 1";
    assert_eq!(shop.text(newest).await.as_deref(), Some("Visa •••• 4242"));
    assert_eq!(shop.count("charges").await, 2);
    shop.assert_ledger_balances().await;
}

#[tokio::test]
async fn a_retry_charges_what_is_due_by_then() {
    let shop = shop_on("2027-04-01T10:00:00Z").await;
    let ada = shop.renewing("ada", &monthly(), PAYS_ONCE).await;
    shop.set_clock("2027-05-01T10:00:00Z").await;
    // Scheduled while it was overdue, and credit given.
    shop.changed(&ada, &seats(2)).await;
    shop.give_credit(&ada, 798).await;
    shop.cards_become(GOOD_CARD).await;
    shop.set_clock("2027-05-02T10:00:00Z").await;
    // 2 × $19.99, and 20 % of it, without the credit.
    assert_eq!(
        shop.number("SELECT amount FROM charges ORDER BY id DESC").await,
        4_000
    );
    assert_eq!(shop.details(&ada).await["subscription"]["term"]["seats"], 2);
    shop.assert_ledger_balances().await;
}

#[tokio::test]
async fn no_card_an_expired_one_and_one_whose_holder_has_to_confirm_count_as_a_failure_in_words_of_their_own()
{
    let shop = shop_on("2027-04-01T10:00:00Z").await;
    shop.renewing("none", &monthly(), GOOD_CARD).await;
    shop.run("DELETE FROM payment_methods").await;
    shop.renewing("holder", &monthly(), ASKS_HOLDER).await;
    shop.renewing("expired", &monthly(), GOOD_CARD).await;
    shop.run("UPDATE sandbox_cards SET expires = '2027-04' WHERE number = '4242424242424242'")
        .await;
    shop.set_clock("2027-05-01T10:00:00Z").await;
    for (name, words) in [
        ("none", "no card is stored"),
        ("holder", "wants its holder to confirm"),
        ("expired", "The card has expired."),
    ] {
        let letter = shop
            .letter(&format!("{name}@example.com"), "payment_failed")
            .await;
        assert!(letter.contains(words), "{words}: {letter}");
        assert!(letter.contains("try again on May 2, 2027"), "{letter}");
    }
    assert_eq!(
        shop.count("subscriptions WHERE standing LIKE '%past_due%'").await,
        3
    );
    // Nobody was asked to charge a card that is not there.
    assert_eq!(shop.count("sandbox_charges").await, 2);
}

#[tokio::test]
async fn tries_that_were_missed_are_not_made_up_for() {
    let mut shop = shop_on("2027-04-01T10:00:00Z").await;
    let ada = shop.renewing("ada", &monthly(), PAYS_ONCE).await;
    shop.set_clock("2027-05-01T10:00:00Z").await;
    // Away until 21 May: one try is made, which stands for the others.
    shop.restart_later(60 * 24 * 20).await;
    shop.wait_for("SELECT count(*) FROM sandbox_charges", 2).await;
    shop.set_clock("2027-05-21T11:00:00Z").await;
    assert_eq!(
        shop.standing(&ada).await,
        json!({ "suspended": { "since": "2027-05-21" } })
    );
    assert_eq!(
        shop.told("ada@example.com", &KINDS).await,
        ["payment_failed", "suspended"]
    );
}

#[tokio::test]
async fn a_last_try_that_is_not_answered_suspends_on_the_day_after() {
    let shop = shop_on("2027-04-01T10:00:00Z").await;
    let ada = shop.renewing("ada", &monthly(), PAYS_ONCE).await;
    for day in [1, 2, 4, 6] {
        shop.set_clock(&format!("2027-05-{day:02}T10:00:00Z")).await;
    }
    shop.provider_answers(false).await;
    shop.set_clock("2027-05-08T21:59:00Z").await;
    assert_eq!(shop.standing(&ada).await["past_due"]["failures"], 4);
    shop.set_clock("2027-05-08T22:00:00Z").await;
    assert_eq!(
        shop.standing(&ada).await,
        json!({ "suspended": { "since": "2027-05-09" } })
    );
    // What became of the try is found out as soon as somebody answers, and the order comes to its end.
    shop.provider_answers(true).await;
    shop.set_clock("2027-05-09T10:00:00Z").await;
    assert_eq!(shop.count("orders WHERE status = 'pending'").await, 0);
    assert_eq!(shop.count("invoices").await, 1);
}

#[tokio::test]
async fn cancelling_while_the_renewal_is_overdue_ends_it_the_same_day_and_nothing_is_charged() {
    let shop = shop_on("2027-04-01T10:00:00Z").await;
    let ada = shop.renewing("ada", &three_premium(), PAYS_ONCE).await;
    shop.set_clock("2028-04-01T10:00:00Z").await;
    shop.changed(&ada, &json!("cancel")).await;
    shop.cards_become(GOOD_CARD).await;
    shop.set_clock("2028-04-09T10:00:00Z").await;
    let state = shop.api(Some(&ada), "GET", "/api/account").await.json()["subscription"].clone();
    assert_eq!(state["state"], "ended");
    assert_eq!(
        (
            shop.count("invoices").await,
            shop.count("orders WHERE status = 'pending'").await
        ),
        (1, 0)
    );
}
