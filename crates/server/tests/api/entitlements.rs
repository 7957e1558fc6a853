//! `GET /api/account/entitlements`: what an account may use, from its first day to its last.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::changes_requests::{plan, shop_in_mid_april};
use crate::orders_requests::{GOOD_CARD, Reply, order_body};
use crate::orders_shop::{Buyer, Shop};
use crate::server::TestServer;

const PATH: &str = "/api/account/entitlements";

async fn entitlements(shop: &Shop, buyer: &Buyer) -> Value {
    let reply = shop.api(Some(buyer), "GET", PATH).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
    reply.json()
}

/// State, plan, what it is known to hold until, and what follows.
fn standing(entitlements: &Value) -> Value {
    ["state", "plan", "since", "until", "next_plan"]
        .into_iter()
        .map(|member| entitlements[member].clone())
        .collect()
}

/// `true` for a feature that is included, else the plan that unlocks it.
fn of(entitlements: &Value, key: &str) -> Value {
    let features = entitlements["features"].as_array().unwrap();
    let feature = features.iter().find(|feature| feature["key"] == key).unwrap();
    if feature["included"].as_bool().unwrap() {
        assert!(feature["unlocked_by"].is_null(), "{feature}");
        json!(true)
    } else {
        feature["unlocked_by"].clone()
    }
}

/// The same of one feature of each level.
fn levels(entitlements: &Value) -> Value {
    json!([
        of(entitlements, "tickets"),
        of(entitlements, "portfolios"),
        of(entitlements, "sso-saml")
    ])
}

#[tokio::test]
async fn a_trial_includes_everything_and_nothing_is_left_once_it_is_over() {
    let server = TestServer::start().await;
    server.advance(json!({ "set": "2030-06-01T10:00:00Z" })).await;
    let ada = server.activated("ada@example.com").await;
    let trial = ada.get(PATH).await.body;
    assert_eq!(
        (&trial["state"], &trial["plan"]),
        (&json!("trial"), &json!("enterprise"))
    );
    assert_eq!(trial["owner"], "Ada Lovelace");
    assert_eq!(
        trial["until"],
        ada.get("/api/account").await.body["subscription"]["ends_at"]
    );
    assert!(
        trial["since"].as_str().unwrap().starts_with("2030-06-01T10:00"),
        "{trial}"
    );
    assert_eq!(levels(&trial), json!([true, true, true]));

    server.advance(json!({ "set": trial["until"] })).await;
    let over = ada.get(PATH).await.body;
    assert_eq!(
        standing(&over),
        json!(["trial_over", null, trial["until"], null, null])
    );
    assert_eq!(levels(&over), json!(["standard", "premium", "enterprise"]));
}

#[tokio::test]
async fn each_plan_includes_what_the_catalog_says_and_the_lowest_other_one_unlocks_the_rest() {
    let shop = Shop::open().await;
    shop.set_clock("2026-04-01T10:00:00Z").await;
    let catalog = shop.api(None, "GET", "/api/catalog").await.json();
    let groups = catalog["feature_groups"].as_array().unwrap().iter();
    let sold: Vec<&Value> = groups
        .flat_map(|group| group["features"].as_array().unwrap())
        .collect();
    for (plan, total) in [("standard", 1_679), ("premium", 2_399), ("enterprise", 3_599)] {
        let order = order_body(plan, 1, "monthly", "USD", total);
        let buyer = shop.subscriber(plan, &order, GOOD_CARD).await;
        let held = entitlements(&shop, &buyer).await;
        assert_eq!(
            standing(&held),
            json!(["active", plan, "2026-03-31T22:00:00Z", null, null])
        );
        let features = held["features"].as_array().unwrap();
        assert_eq!(features.len(), sold.len());
        for (feature, sold) in features.iter().zip(&sold) {
            let plans = sold["plans"].as_array().unwrap();
            let included = plans.contains(&json!(plan));
            assert_eq!(feature["key"], sold["id"]);
            assert_eq!(feature["included"], included, "{plan} {feature}");
            assert_eq!(feature["in_menu"], sold["in_menu"].as_bool().unwrap_or(false));
            let unlocked_by = if included { &Value::Null } else { &plans[0] };
            assert_eq!(&feature["unlocked_by"], unlocked_by, "{plan} {feature}");
        }
    }
}

#[tokio::test]
async fn a_raised_plan_counts_at_once_and_gives_another_tag() {
    let (shop, ada) = shop_in_mid_april().await;
    let before = shop.api(Some(&ada), "GET", PATH).await;
    assert_eq!(levels(&before.json()), json!([true, true, "enterprise"]));
    assert_eq!(before.header("cache-control"), "private, no-cache");
    assert!(before.header("vary").to_lowercase().contains("cookie"));
    let again = asked_again(&shop, &ada, before.header("etag")).await;
    assert_eq!(
        (again.status, again.text.as_str()),
        (StatusCode::NOT_MODIFIED, "")
    );

    shop.changed(&ada, &plan("enterprise")).await;
    let after = asked_again(&shop, &ada, before.header("etag")).await;
    assert_eq!(after.status, StatusCode::OK);
    assert_ne!(after.header("etag"), before.header("etag"));
    assert_eq!(levels(&after.json()), json!([true, true, true]));
}

async fn asked_again(shop: &Shop, buyer: &Buyer, etag: &str) -> Reply {
    let request = shop.http.get(shop.url(PATH)).header("if-none-match", etag);
    shop.send(Some(buyer), request).await
}

#[tokio::test]
async fn a_scheduled_lower_plan_takes_nothing_away_before_its_day() {
    let (shop, ada) = shop_in_mid_april().await;
    shop.changed(&ada, &plan("standard")).await;
    let since = "2026-03-31T22:00:00Z";
    // Midnight in Paris.
    let until = "2026-04-30T22:00:00Z";
    let scheduled = json!(["active", "premium", since, until, "standard"]);
    for instant in ["2026-04-16T10:00:00Z", "2026-04-30T21:59:00Z"] {
        shop.set_clock(instant).await;
        let held = entitlements(&shop, &ada).await;
        assert_eq!(standing(&held), scheduled, "{instant}");
        assert_eq!(levels(&held), json!([true, true, "enterprise"]), "{instant}");
    }
    shop.set_clock("2026-05-01T10:00:00Z").await;
    shop.wait_for("SELECT count(*) FROM subscriptions WHERE plan = 'standard'", 1)
        .await;
    let held = entitlements(&shop, &ada).await;
    assert_eq!(standing(&held), json!(["active", "standard", until, null, null]));
    assert_eq!(levels(&held), json!([true, "premium", "enterprise"]));
}

#[tokio::test]
async fn what_was_cancelled_stays_included_to_the_end_of_its_period() {
    let (shop, ada) = shop_in_mid_april().await;
    // What will not come is not announced.
    shop.changed(&ada, &plan("standard")).await;
    shop.changed(&ada, &json!("cancel")).await;
    shop.run("UPDATE subscriptions SET next_step_on = NULL").await;
    let until = "2026-04-30T22:00:00Z";
    shop.set_clock("2026-04-30T21:59:00Z").await;
    let held = entitlements(&shop, &ada).await;
    assert_eq!(
        standing(&held),
        json!(["active", "premium", "2026-03-31T22:00:00Z", until, null])
    );
    assert_eq!(levels(&held), json!([true, true, "enterprise"]));
    // Nobody has come by to note the end.
    shop.set_clock(until).await;
    let ended = entitlements(&shop, &ada).await;
    assert_eq!(standing(&ended), json!(["ended", null, until, null, null]));
    assert_eq!(levels(&ended), json!(["standard", "premium", "enterprise"]));
}

#[tokio::test]
async fn an_overdue_renewal_takes_nothing_away_and_a_suspension_everything() {
    let (shop, ada) = shop_in_mid_april().await;
    shop.run("UPDATE subscriptions SET next_step_on = NULL").await;
    shop.set_clock("2026-05-02T10:00:00Z").await;
    let past_due =
        json!({ "past_due": { "since": "2026-05-01", "failures": 1, "next_retry": "2026-05-04" } });
    shop.run(&format!("UPDATE subscriptions SET standing = '{past_due}'"))
        .await;
    let held = entitlements(&shop, &ada).await;
    assert_eq!(
        standing(&held),
        json!(["past_due", "premium", "2026-03-31T22:00:00Z", null, null])
    );
    assert_eq!(levels(&held), json!([true, true, "enterprise"]));

    shop.set_clock("2026-05-10T10:00:00Z").await;
    let suspended = json!({ "suspended": { "since": "2026-05-08" } });
    shop.run(&format!("UPDATE subscriptions SET standing = '{suspended}'"))
        .await;
    let held = entitlements(&shop, &ada).await;
    assert_eq!(
        standing(&held),
        json!(["suspended", "premium", "2026-05-07T22:00:00Z", null, null])
    );
    // The own plan has to be paid for; what it never held takes a higher one.
    assert_eq!(levels(&held), json!(["premium", "premium", "enterprise"]));
}

#[tokio::test]
async fn a_user_is_told_in_their_language_whom_to_ask_and_a_stranger_nothing() {
    let (shop, ada) = shop_in_mid_april().await;
    let bob = shop.user(ada.account, "bob", "member", "fr").await;
    let own = shop.api(Some(&bob), "GET", PATH).await;
    assert_eq!(
        (own.status, own.header("content-language")),
        (StatusCode::OK, "fr")
    );
    assert_eq!(own.json()["owner"], "ada");
    let german = shop.api(Some(&bob), "GET", &format!("{PATH}?lang=de")).await;
    assert_eq!(german.header("content-language"), "de");
    let name = |reply: &Reply| reply.json()["features"][0]["name"].clone();
    assert_ne!(name(&own), Value::Null);
    assert_ne!(own.header("etag"), german.header("etag"));

    let unknown = shop.api(Some(&bob), "GET", &format!("{PATH}?lang=xx")).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    let stranger = shop.api(None, "GET", PATH).await;
    assert_eq!(
        (stranger.status, stranger.problem().as_str()),
        (StatusCode::UNAUTHORIZED, "not-signed-in")
    );
    assert_eq!(stranger.header("cache-control"), "no-store");
}
