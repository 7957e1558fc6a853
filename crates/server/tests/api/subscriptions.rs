//! `/api/subscription`: what is subscribed to, and what a change of it would lead to.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::billing_details::{german, saved};
use crate::orders_requests::pay;
use crate::orders_requests::{GOOD_CARD, new_key, order_body, three_premium};
use crate::orders_shop::{Buyer, Shop, blob};
use crate::server::{Answer, Client, TestServer};

const PATH: &str = "/api/subscription";

fn usd(minor: i64) -> Value {
    json!({ "minor": minor, "currency": "USD" })
}

/// An owner who has bought three licences of Premium for a year: $611.64, and 20 % of tax.
async fn subscribed(server: &TestServer) -> Client {
    let ada = server.activated("ada@example.com").await;
    let request = ada.request(reqwest::Method::POST, "/api/orders");
    let order = ada
        .send(
            request
                .header("Idempotency-Key", new_key())
                .json(&three_premium()),
        )
        .await;
    assert_eq!(order.status, StatusCode::CREATED, "{order:?}");
    pay(&ada, &order.body).await;
    ada
}

async fn asked(client: &Client, request: Value) -> Answer {
    client
        .post("/api/subscription/previews", &json!({ "request": request }))
        .await
}

async fn previewed(client: &Client, request: Value) -> Value {
    let answer = asked(client, request.clone()).await;
    assert_eq!(answer.status, StatusCode::OK, "{request} {answer:?}");
    answer.body
}

#[tokio::test]
async fn a_subscription_is_shown_with_its_next_renewal() {
    let server = TestServer::start().await;
    let ada = subscribed(&server).await;
    let details = ada.get(PATH).await.body;
    let subscription = &details["subscription"];
    assert_eq!(
        (&subscription["version"], &subscription["standing"]),
        (&json!(1), &json!("active"))
    );
    assert_eq!(subscription["term"]["seats"], 3);
    assert_eq!(subscription["cancels_at_period_end"], false);
    let renewal = &details["next_renewal"];
    assert_eq!(renewal["on"], subscription["term"]["current"]["end"]);
    assert_eq!(
        (
            &renewal["totals"]["net"],
            &renewal["totals"]["tax"],
            &renewal["totals"]["due"]
        ),
        (&usd(61_164), &usd(12_233), &usd(73_397))
    );
    assert_eq!(
        (&details["credits"], &details["treatment"]["kind"]),
        (&json!([]), &json!("domestic"))
    );
    let account = ada.get("/api/account").await.body;
    assert_eq!(account["subscription"]["renewal_amount"], usd(73_397));
}

#[tokio::test]
async fn a_change_is_previewed_line_by_line_with_its_tax_and_changes_nothing() {
    let server = TestServer::start().await;
    let ada = subscribed(&server).await;
    let before = ada.get(PATH).await.body;
    // On the first day the whole period is left: 2 licences × $16.99 × 12 months.
    let preview = previewed(&ada, json!({ "change": { "seats": 5 } })).await;
    let charge = &preview["preview"]["decision"]["charge"];
    assert_eq!(
        (&charge["kind"], &charge["net"]),
        (&json!("change_now"), &usd(40_776))
    );
    assert_eq!(charge["lines"].as_array().expect("lines").len(), 1);
    assert_eq!(
        (
            &preview["today"]["net"],
            &preview["today"]["tax"],
            &preview["today"]["due"]
        ),
        (&usd(40_776), &usd(8_155), &usd(48_931))
    );
    // 5 × $16.99 × 12 = $1019.40, and 20 % of it.
    assert_eq!(preview["next_renewal"]["totals"]["due"], usd(122_328));
    assert_eq!(preview["next_renewal"]["choice"]["seats"], 5);
    assert_eq!(preview["preview"]["seen"]["version"], 1);
    assert_eq!(ada.get(PATH).await.body, before);
}

#[tokio::test]
async fn the_rest_of_the_period_is_prorated_by_the_days_that_are_left() {
    let server = TestServer::start().await;
    let ada = subscribed(&server).await;
    server.advance_days(45).await;
    // The clock moved on, and with it the sessions: signed in anew.
    ada.sign_in("ada@example.com").await;
    let term = ada.get(PATH).await.body["subscription"]["term"].clone();
    let day = |name: &str| -> jiff::civil::Date { term["current"][name].as_str().unwrap().parse().unwrap() };
    let days = day("start").until(day("end")).unwrap().get_days();
    let preview = previewed(&ada, json!({ "change": { "seats": 4 } })).await;
    let line = &preview["preview"]["decision"]["charge"]["lines"][0];
    assert_eq!(
        (&line["fraction"]["numerator"], &line["fraction"]["denominator"]),
        (&json!(days - 45), &json!(days))
    );
    let full = i64::from(1699 * 12);
    let (left, days) = (i64::from(days - 45), i64::from(days));
    let net = (full * left * 2 + days) / (2 * days);
    assert_eq!(preview["today"]["net"], usd(net));
    assert_eq!(preview["today"]["due"], usd(net + (net * 2 + 5) / 10));
}

#[tokio::test]
async fn what_waits_for_the_renewal_charges_nothing_today() {
    let server = TestServer::start().await;
    let ada = subscribed(&server).await;
    for (request, due) in [
        (json!({ "change": { "seats": 1 } }), 24_466),
        (json!({ "change": { "plan": "standard" } }), 51_797),
        (json!({ "change": { "period": "monthly" } }), 7_196),
    ] {
        let preview = previewed(&ada, request.clone()).await;
        assert!(preview["today"].is_null(), "{request} {preview}");
        assert_eq!(preview["next_renewal"]["totals"]["due"], usd(due), "{request}");
    }
    let euros = previewed(&ada, json!({ "change": { "currency": "EUR" } })).await;
    // 3 × €15.49 × 12 = €557.64, and 20 % of it.
    assert_eq!(
        euros["next_renewal"]["totals"]["due"],
        json!({ "minor": 66_917, "currency": "EUR" })
    );
    let cancelled = previewed(&ada, json!("cancel")).await;
    assert!(
        cancelled["next_renewal"].is_null() && cancelled["today"].is_null(),
        "{cancelled}"
    );
}

#[tokio::test]
async fn a_preview_is_taxed_by_the_billing_details_of_today() {
    let server = TestServer::start().await;
    let ada = subscribed(&server).await;
    saved(&ada, &german("DE100000008")).await;
    let preview = previewed(&ada, json!({ "change": { "plan": "enterprise" } })).await;
    assert_eq!(preview["treatment"]["kind"], "reverse_charge");
    // 3 × ($24.99 − $16.99) × 12 on the first day.
    assert_eq!(
        (&preview["today"]["tax"], &preview["today"]["due"]),
        (&usd(0), &usd(28_800))
    );
}

#[tokio::test]
async fn what_cannot_be_is_refused_with_its_reason() {
    let server = TestServer::start().await;
    let ada = subscribed(&server).await;
    server.joined(&ada, &["bob@example.com"]).await;
    for (request, reason) in [
        (json!({ "change": {} }), "no-change"),
        (json!({ "change": { "seats": 3 } }), "no-change"),
        (json!("resume"), "not-cancelled"),
        (json!({ "withdraw": "seats" }), "nothing-scheduled"),
    ] {
        let answer = asked(&ada, request.clone()).await;
        let problem = answer.assert_problem(409, "change-refused");
        assert_eq!(problem["reason"], reason, "{request}");
    }
    let fewer = asked(&ada, json!({ "change": { "seats": 1 } })).await;
    let problem = fewer.assert_problem(409, "not-enough-licences");
    assert_eq!(
        (&problem["licences"], &problem["active_users"]),
        (&json!(1), &json!(2))
    );
    for (change, field, code) in [
        (json!({ "plan": "gold" }), "plan", "unknown_plan"),
        (json!({ "currency": "KWD" }), "currency", "currency_not_sold"),
        (json!({ "seats": 10_001 }), "seats", "too_many"),
    ] {
        asked(&ada, json!({ "change": change }))
            .await
            .assert_field(field, code);
    }
    for request in [
        json!("explode"),
        json!({ "change": { "seats": 0 } }),
        json!({ "change": { "seats": "5" } }),
        json!({ "change": { "period": "weekly" } }),
        json!({ "withdraw": "everything" }),
        Value::Null,
    ] {
        asked(&ada, request).await.assert_problem(400, "malformed-body");
    }
}

#[tokio::test]
async fn only_admins_of_a_subscribed_account_see_it() {
    let server = TestServer::start().await;
    let eve = server
        .activated_with("eve@example.com", json!({ "company": "Eve" }))
        .await;
    let member = server.joined(&eve, &["mia@example.com"]).await.remove(0);
    let cancel = json!({ "request": "cancel" });
    let previews = "/api/subscription/previews";
    for (client, status, problem) in [
        (&eve, 404, "not-found"),
        (&member, 403, "not-allowed"),
        (&server.client(), 401, "not-signed-in"),
    ] {
        client.get(PATH).await.assert_problem(status, problem);
        client
            .post(previews, &cancel)
            .await
            .assert_problem(status, problem);
    }
}

/// A shop with one subscriber, for what has to be put into the database.
async fn shop() -> (Shop, Buyer) {
    let shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    let order = shop.ordered(&ada, &three_premium()).await;
    shop.pay(&order, GOOD_CARD).await;
    shop.come_back(&order).await;
    (shop, ada)
}

#[tokio::test]
async fn account_credit_pays_after_the_tax_and_before_the_card() {
    let (shop, ada) = shop().await;
    let account = blob(ada.account);
    shop.run(&format!(
        "INSERT INTO credits (account_id, currency, amount) VALUES ({account}, 'USD', 80000), ({account}, 'EUR', 500)"
    ))
    .await;
    let details = shop.api(Some(&ada), "GET", PATH).await.json();
    assert_eq!(
        details["credits"],
        json!([{ "minor": 500, "currency": "EUR" }, { "minor": 80_000, "currency": "USD" }])
    );
    let totals = &details["next_renewal"]["totals"];
    assert_eq!(
        (
            &totals["gross"],
            &totals["credit_used"],
            &totals["due"],
            &totals["credit_left"]
        ),
        (&usd(73_397), &usd(73_397), &usd(0), &usd(6_603))
    );
}

#[tokio::test]
async fn the_card_of_the_last_payment_is_kept_for_later_charges_and_its_number_is_not() {
    let (shop, ada) = shop().await;
    let method = |details: &Value| details["payment_method"].clone();
    let details = shop.api(Some(&ada), "GET", PATH).await.json();
    assert_eq!(
        method(&details),
        json!({ "label": "Visa •••• 4242", "expires": "2049-12" })
    );

    // Confirmed by its holder, it replaces the one before.
    shop.run("UPDATE subscriptions SET standing = '{\"ended\":{\"on\":\"2026-01-01\"}}'")
        .await;
    let order = shop.ordered(&ada, &three_premium()).await;
    shop.pay(&order, "4000002500003155").await;
    shop.authenticate(&order, "complete").await;
    shop.come_back(&order).await;
    let details = shop.api(Some(&ada), "GET", PATH).await.json();
    assert_eq!(
        method(&details),
        json!({ "label": "Visa •••• 3155", "expires": "2049-12" })
    );
    assert_eq!(shop.number("SELECT count(*) FROM payment_methods").await, 1);
}

#[tokio::test]
async fn a_card_that_was_declined_is_not_kept() {
    let shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    let order = shop.ordered(&ada, &three_premium()).await;
    shop.pay(&order, "4000 0000 0000 0002").await;
    shop.come_back(&order).await;
    assert_eq!(shop.number("SELECT count(*) FROM payment_methods").await, 0);
}

#[tokio::test]
async fn an_account_whose_subscription_ended_may_subscribe_anew() {
    let (shop, ada) = shop().await;
    assert_eq!(
        shop.order(&ada, &new_key(), &three_premium()).await.problem(),
        "already-subscribed"
    );
    shop.run(
        "UPDATE subscriptions SET standing = '{\"ended\":{\"on\":\"2026-01-01\"}}', next_step_on = NULL",
    )
    .await;
    assert_eq!(
        shop.api(Some(&ada), "GET", PATH).await.status,
        StatusCode::NOT_FOUND
    );
    let order = shop
        .ordered(&ada, &order_body("standard", 1, "monthly", "USD", 1_679))
        .await;
    shop.pay(&order, GOOD_CARD).await;
    shop.come_back(&order).await;
    let details = shop.api(Some(&ada), "GET", PATH).await.json();
    assert_eq!(details["subscription"]["term"]["plan"], "standard");
    assert_eq!(shop.number("SELECT count(*) FROM subscriptions").await, 1);
    assert_eq!(shop.number("SELECT count(*) FROM invoices").await, 2);
}
