//! Changes that cost nothing now: they wait for the renewal, are withdrawn, or end the subscription. Rule: *Changes*.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::changes_requests::{plan, seats, seen, shop_in_mid_april, usd};
use crate::orders_requests::{GOOD_CARD, Reply, new_key, three_premium};
use crate::orders_shop::{Buyer, Shop};

/// Confirms a change and expects it to be made without an order.
async fn made(shop: &Shop, buyer: &Buyer, request: &Value) -> Value {
    let reply = shop.change(buyer, request).await;
    assert_eq!(reply.status, StatusCode::OK, "{request} {}", reply.text);
    let change = reply.json();
    assert!(change["order"].is_null(), "{change}");
    change["subscription"].clone()
}

#[tokio::test]
async fn fewer_licences_a_lower_plan_and_another_currency_wait_for_the_renewal_and_charge_nothing_now() {
    let (shop, ada) = shop_in_mid_april().await;
    made(&shop, &ada, &seats(2)).await;
    made(&shop, &ada, &plan("standard")).await;
    let details = made(&shop, &ada, &json!({ "change": { "currency": "EUR" } })).await;
    let subscription = &details["subscription"];
    assert_eq!(
        subscription["scheduled"],
        json!({ "plan": "standard", "seats": 2, "currency": "EUR", "period": null })
    );
    assert_eq!(
        (&subscription["term"]["seats"], &subscription["term"]["plan"]),
        (&json!(3), &json!("premium"))
    );
    // 2 × €12.99, and 20 % of it.
    assert_eq!(
        details["next_renewal"]["totals"]["due"],
        json!({ "minor": 3_118, "currency": "EUR" })
    );
    assert_eq!(shop.number("SELECT count(*) FROM orders").await, 1);
    assert_eq!(shop.number("SELECT count(*) FROM invoices").await, 1);
}

#[tokio::test]
async fn annual_to_monthly_waits_for_the_renewal() {
    let shop = Shop::open().await;
    let ada = shop.subscriber("ada", &three_premium(), GOOD_CARD).await;
    let details = made(&shop, &ada, &json!({ "change": { "period": "monthly" } })).await;
    assert_eq!(details["subscription"]["scheduled"]["period"], "monthly");
    assert_eq!(details["subscription"]["term"]["period"], "annual");
    assert_eq!(details["next_renewal"]["totals"]["due"], usd(7_196));
}

#[tokio::test]
async fn scheduled_changes_survive_other_changes_and_are_withdrawn_one_by_one() {
    let (shop, ada) = shop_in_mid_april().await;
    made(&shop, &ada, &plan("standard")).await;
    made(&shop, &ada, &json!({ "change": { "currency": "EUR" } })).await;
    let added = shop.changed(&ada, &seats(5)).await;
    let scheduled = &added["subscription"]["subscription"]["scheduled"];
    assert_eq!(
        (&scheduled["plan"], &scheduled["currency"]),
        (&json!("standard"), &json!("EUR"))
    );
    let cancelled = made(&shop, &ada, &json!("cancel")).await;
    assert_eq!(cancelled["subscription"]["scheduled"]["plan"], "standard");
    made(&shop, &ada, &json!("resume")).await;

    let details = made(&shop, &ada, &json!({ "withdraw": "plan" })).await;
    let scheduled = &details["subscription"]["scheduled"];
    assert!(
        scheduled["plan"].is_null() && scheduled["currency"] == "EUR",
        "{scheduled}"
    );
    let details = made(&shop, &ada, &json!({ "withdraw": "currency" })).await;
    assert!(details["subscription"]["scheduled"]["currency"].is_null());
    // 5 × $19.99, and 20 % of it.
    assert_eq!(details["next_renewal"]["totals"]["due"], usd(11_994));
}

#[tokio::test]
async fn a_cancelled_subscription_ends_with_its_period_and_can_be_resumed_until_then() {
    let (shop, ada) = shop_in_mid_april().await;
    let details = made(&shop, &ada, &json!("cancel")).await;
    assert_eq!(details["subscription"]["cancels_at_period_end"], true);
    assert!(details["next_renewal"].is_null(), "{details}");
    let account = shop.api(Some(&ada), "GET", "/api/account").await.json();
    assert_eq!(
        (
            &account["subscription"]["state"],
            &account["subscription"]["cancelled"]
        ),
        (&json!("active"), &json!(true))
    );

    let details = made(&shop, &ada, &json!("resume")).await;
    assert_eq!(details["next_renewal"]["on"], "2026-05-01");
    assert_eq!(shop.number("SELECT count(*) FROM invoices").await, 1);
}

/// By the same request again, by an admin who saw it before, by two at once, and by one who asks for a preview.
#[tokio::test]
async fn cancelling_twice_is_refused_and_nothing_happens_twice() {
    let (shop, ada) = shop_in_mid_april().await;
    let bob = shop.user(ada.account, "bob", "admin", "en").await;
    let cancel = seen(&json!("cancel"), &shop.previewed(&ada, &json!("cancel")).await);
    let (ours, theirs) = (new_key(), new_key());
    let (first, second) = tokio::join!(
        shop.confirm(&ada, &ours, &cancel),
        shop.confirm(&bob, &theirs, &cancel)
    );
    let refused = |reply: &Reply| {
        assert_eq!(
            (reply.status, reply.problem().as_str()),
            (StatusCode::CONFLICT, "change-refused"),
            "{}",
            reply.text
        );
        assert_eq!(reply.json()["reason"], "already-cancelled");
    };
    let (made, lost, key) = if first.status == StatusCode::OK {
        (first, second, ours)
    } else {
        (second, first, theirs)
    };
    assert_eq!(made.status, StatusCode::OK, "{}", made.text);
    refused(&lost);
    refused(&shop.confirm(&ada, &new_key(), &cancel).await);
    let previews = shop.http.post(shop.url("/api/subscription/previews"));
    let preview = previews.json(&json!({ "request": "cancel" }));
    refused(&shop.send(Some(&ada), preview).await);
    // The request that was answered is answered as before.
    assert_eq!(shop.confirm(&ada, &key, &cancel).await.text, made.text);

    assert_eq!(shop.details(&ada).await["subscription"]["version"], 2);
    let letters = "SELECT count(*) FROM outbox WHERE kind = 'change_confirmed'";
    assert_eq!(shop.number(letters).await, 1);
    assert_eq!(shop.number("SELECT count(*) FROM orders").await, 1);
}

#[tokio::test]
async fn a_change_without_a_charge_is_confirmed_by_a_letter() {
    let (shop, ada) = shop_in_mid_april().await;
    let french = shop.user(ada.account, "fanny", "admin", "fr").await;
    made(&shop, &ada, &seats(2)).await;
    made(&shop, &french, &json!("cancel")).await;
    let letter = async |to: &str| {
        let sql = format!("SELECT text FROM outbox WHERE kind = 'change_confirmed' AND recipient = '{to}'");
        shop.text(&sql).await.unwrap()
    };
    let english = letter(&ada.email).await;
    for words in [
        "Nothing was charged",
        "May 1, 2026",
        "2 licences",
        "Next renewal",
        "$47.98",
    ] {
        assert!(english.contains(words), "{words} in {english}");
    }
    let french = letter(&french.email).await;
    assert!(
        french.contains("résilié") && french.contains("1 mai 2026") || french.contains("1er mai 2026"),
        "{french}"
    );
}
