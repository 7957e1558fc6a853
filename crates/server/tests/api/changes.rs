//! Changes at once, charged to the stored card. Rule: *Changes*.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::changes_requests::{in_mid_april, plan, seats, seen, shop_in_mid_april, usd};
use crate::orders_requests::{GOOD_CARD, new_key, order_body, pay, place, three_premium};
use crate::orders_shop::Shop;
use crate::server::TestServer;

#[tokio::test]
async fn more_licences_are_charged_at_once_prorated_to_the_end_of_the_period_and_the_renewal_date_does_not_move()
 {
    let (shop, ada) = shop_in_mid_april().await;
    let before = shop.details(&ada).await;
    let preview = shop.previewed(&ada, &seats(5)).await;
    // 2 licences × $19.99 × 15/30 days, and 20 % of it.
    assert_eq!(preview["today"]["due"], usd(2_399));
    let reply = shop.confirm(&ada, &new_key(), &seen(&seats(5), &preview)).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text);
    let change = reply.json();

    let (order, subscription) = (&change["order"], &change["subscription"]["subscription"]);
    assert_eq!(
        (
            &order["kind"],
            &order["status"],
            &order["total"],
            &order["pay_url"]
        ),
        (&json!("change"), &json!("paid"), &usd(2_399), &Value::Null)
    );
    assert_eq!(order["receipt"]["payment_method"], "Visa •••• 4242");
    assert_eq!(
        (&order["receipt"]["period_start"], &order["receipt"]["renews_on"]),
        (&json!("2026-04-16"), &json!("2026-05-01"))
    );
    assert_eq!(
        (&subscription["term"]["seats"], &subscription["version"]),
        (&json!(5), &json!(2))
    );
    assert_eq!(
        subscription["term"]["current"],
        before["subscription"]["term"]["current"]
    );
    assert_eq!(shop.details(&ada).await, change["subscription"]);

    // One confirmation makes one invoice, however many licences it adds.
    assert_eq!(shop.number("SELECT count(*) FROM invoices").await, 2);
    assert_eq!(
        shop.text("SELECT text FROM invoice_lines JOIN invoices ON id = invoice_id WHERE number = 2")
            .await
            .as_deref(),
        Some("Premium, added licences: 2 licences × $19.99 × 1 month × 15/30 days")
    );
    let letter = shop
        .text("SELECT text FROM outbox WHERE kind = 'receipt' ORDER BY id DESC LIMIT 1")
        .await;
    assert!(
        letter
            .as_deref()
            .is_some_and(|text| text.contains("was changed") && text.contains("$23.99")),
        "{letter:?}"
    );
    shop.assert_books_balance().await;
}

/// The published examples of proration, sold and charged.
#[tokio::test]
async fn licences_are_prorated_as_in_the_worked_examples() {
    let examples: Value =
        serde_json::from_str(include_str!("../../../pricing/tests/data/worked-examples.json")).unwrap();
    // A licence at $228 a year, and one at $8 a month.
    for (index, period, price) in [(0, "annual", "19.00"), (4, "monthly", "8.00")] {
        let example = &examples["by_day"][index];
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let cents = |value: &Value| text(value).replace('.', "").parse::<i64>().unwrap();
        let mut shop = Shop::open().await;
        shop.restart_with_catalog(|file| {
            let priced = match period {
                "annual" => file.replace("annual = \"16.99\"", &format!("annual = \"{price}\"")),
                _ => file.replace(
                    "USD = { monthly = \"19.99\", annual = \"16.99\"",
                    &format!("USD = {{ monthly = \"{price}\", annual = \"{price}\""),
                ),
            };
            assert_ne!(priced, file);
            priced
        })
        .await;
        let full = cents(&example["amount"]);
        shop.set_clock(&format!("{}T10:00:00Z", text(&example["period"][0])))
            .await;
        let order = order_body("premium", 1, period, "USD", full + full / 5);
        let ada = shop.subscriber("ada", &order, GOOD_CARD).await;
        shop.set_clock(&format!("{}T10:00:00Z", text(&example["from"])))
            .await;
        let change = shop.changed(&ada, &seats(2)).await;
        let net = cents(&example["expected"]);
        assert_eq!(change["order"]["taxed"]["net"], usd(net), "{example}");
        assert_eq!(change["order"]["total"], usd(net + (net * 2 + 5) / 10));
        assert_eq!(
            change["subscription"]["subscription"]["term"]["current"]["end"],
            example["period"][1]
        );
    }
}

#[tokio::test]
async fn a_higher_plan_is_charged_at_once_with_a_credit_line_for_the_unused_part_of_the_old_one() {
    let (shop, ada) = shop_in_mid_april().await;
    let change = shop.changed(&ada, &plan("enterprise")).await;
    let lines: Vec<i64> = change["order"]["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["amount"]["minor"].as_i64().unwrap())
        .collect();
    // 3 × $19.99 × 15/30, half away from zero; 3 × $29.99 × 15/30.
    assert_eq!(lines, [-2_999, 4_499]);
    assert_eq!(change["order"]["total"], usd(1_800));
    let term = &change["subscription"]["subscription"]["term"];
    assert_eq!(
        (&term["plan"], &term["current"]["end"]),
        (&json!("enterprise"), &json!("2026-05-01"))
    );
    shop.assert_books_balance().await;
}

#[tokio::test]
async fn monthly_to_annual_starts_a_full_year_today_and_the_anchor_moves() {
    let (shop, ada) = shop_in_mid_april().await;
    let request = json!({ "change": { "period": "annual" } });
    let preview = shop.previewed(&ada, &request).await;
    assert_eq!(preview["preview"]["decision"]["charge"]["anchor_moves"], true);
    let change = shop.changed(&ada, &request).await;
    // 3 × $16.99 × 12 − 3 × $19.99 × 15/30 = $581.65, and 20 % of it.
    assert_eq!(change["order"]["total"], usd(69_798));
    let term = &change["subscription"]["subscription"]["term"];
    assert_eq!(
        (
            &term["anchor"],
            &term["current"]["start"],
            &term["current"]["end"]
        ),
        (&json!("2026-04-16"), &json!("2026-04-16"), &json!("2027-04-16"))
    );
    assert_eq!(
        (
            &change["order"]["receipt"]["period_start"],
            &change["order"]["receipt"]["renews_on"]
        ),
        (&json!("2026-04-16"), &json!("2027-04-16"))
    );
}

#[tokio::test]
async fn changes_on_the_first_and_last_day_of_a_period_and_twice_in_a_day() {
    let (shop, ada) = shop_in_mid_april().await;
    shop.set_clock("2026-04-01T11:00:00Z").await;
    // The whole month: 1 × $19.99, and 20 % of it; and the same once more.
    assert_eq!(shop.changed(&ada, &seats(4)).await["order"]["total"], usd(2_399));
    assert_eq!(shop.changed(&ada, &seats(5)).await["order"]["total"], usd(2_399));
    // In Paris it is 30 April until 22:00 UTC.
    shop.set_clock("2026-04-30T21:30:00Z").await;
    let last = shop.changed(&ada, &seats(6)).await;
    // 1 × $19.99 × 1/30 = $0.67.
    assert_eq!(last["order"]["taxed"]["net"], usd(67));
    shop.assert_books_balance().await;
}

#[tokio::test]
async fn a_change_is_told_in_the_history_with_who_made_it() {
    let (shop, ada) = in_mid_april(GOOD_CARD).await;
    shop.changed(&ada, &seats(4)).await;
    let user = crate::orders_shop::blob(ada.user);
    for action in ["order.placed", "order.paid", "subscription.changed"] {
        let who = if action == "order.paid" {
            String::new()
        } else {
            format!(" AND user_id = {user}")
        };
        let count = format!("SELECT count(*) FROM audit WHERE action = '{action}'{who}");
        assert!(shop.number(&count).await >= 1, "{action}");
    }
    let detail = shop
        .text("SELECT detail FROM audit WHERE action = 'subscription.changed'")
        .await
        .unwrap();
    assert!(
        detail.contains(r#""licences_added":{"added":1,"licences":4}"#),
        "{detail}"
    );
}

#[tokio::test]
async fn a_change_of_two_parts_is_charged_for_the_one_and_schedules_the_other() {
    let (shop, ada) = shop_in_mid_april().await;
    let request = json!({ "change": { "seats": 5, "plan": "standard" } });
    let change = shop.changed(&ada, &request).await;
    assert_eq!(change["order"]["total"], usd(2_399));
    let subscription = &change["subscription"]["subscription"];
    assert_eq!(
        (&subscription["term"]["seats"], &subscription["scheduled"]["plan"]),
        (&json!(5), &json!("standard"))
    );
    let letter = shop
        .text("SELECT text FROM outbox WHERE kind = 'receipt' ORDER BY id DESC LIMIT 1")
        .await
        .unwrap();
    assert!(
        letter.contains("From May 1, 2026 on") && letter.contains("the plan Standard"),
        "{letter}"
    );
}

#[tokio::test]
async fn where_the_catalog_prorates_by_second_the_moment_that_was_seen_is_charged() {
    let (mut shop, ada) = shop_in_mid_april().await;
    shop.restart_with_catalog(|file| file.replace("proration = \"day\"", "proration = \"second\""))
        .await;
    let preview = shop.previewed(&ada, &seats(5)).await;
    let moment = preview["preview"]["seen"]["moment"]["at"].clone();
    assert!(moment.is_i64(), "{preview}");
    shop.set_clock("2026-04-16T15:00:00Z").await;
    let reply = shop.confirm(&ada, &new_key(), &seen(&seats(5), &preview)).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text);
    assert_eq!(reply.json()["order"]["total"], preview["today"]["due"]);
    // A moment to come was seen by nobody.
    let mut ahead = seen(&seats(6), &shop.previewed(&ada, &seats(6)).await);
    ahead["seen"]["moment"]["at"] = json!(ahead["seen"]["moment"]["at"].as_i64().unwrap() + 3_600);
    assert_eq!(
        shop.confirm(&ada, &new_key(), &ahead).await.problem(),
        "preview-stale"
    );
}

/// On the other database, too: see `server.rs`.
#[tokio::test]
async fn changes_are_made_and_charged_whatever_the_database_is() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let order = place(&ada, &three_premium()).await;
    pay(&ada, &order).await;
    for (request, status, due) in [
        // 1 × $16.99 × 12 on the first day, and 20 % of it.
        (seats(4), StatusCode::CREATED, 24_466),
        (seats(2), StatusCode::OK, 0),
        (json!("cancel"), StatusCode::OK, 0),
        (json!("resume"), StatusCode::OK, 0),
    ] {
        let preview = ada
            .post("/api/subscription/previews", &json!({ "request": request }))
            .await
            .body;
        let confirmation = seen(&request, &preview);
        assert_eq!(confirmation["expected_due"]["minor"], due);
        let confirm = ada.request(reqwest::Method::POST, "/api/subscription/changes");
        let confirm = confirm.header("Idempotency-Key", new_key());
        let answer = ada.send(confirm.json(&confirmation)).await;
        assert_eq!(answer.status, status, "{answer:?}");
    }
    let replaced = ada.post("/api/payment-method/replacements", &Value::Null).await;
    assert_eq!(replaced.status, StatusCode::CREATED, "{replaced:?}");
    pay(&ada, &replaced.body).await;
    assert_eq!(server.number("SELECT count(*) FROM charges").await, 2);
    assert_eq!(server.number("SELECT count(*) FROM invoices").await, 2);
}
