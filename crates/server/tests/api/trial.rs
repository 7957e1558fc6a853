//! What a trial is. Rule: *Trial*; its letters are in `trial_letters`, its end in `users` and `payments_users`.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::server::TestServer;

#[tokio::test]
async fn a_trial_lasts_14_days_from_activation_with_any_number_of_users_and_no_card() {
    let server = TestServer::start().await;
    server.advance(json!({ "set": "2030-06-01T10:00:00Z" })).await;
    let ada = server.activated("ada@example.com").await;
    let account = ada.get("/api/account").await.body;
    let subscription = &account["subscription"];
    assert_eq!(
        (&subscription["state"], &subscription["days_left"]),
        (&json!("trial"), &json!(14)),
        "{account}"
    );
    // Activated within seconds of ten o'clock.
    let ends_at = subscription["ends_at"].as_str().unwrap();
    assert!(ends_at.starts_with("2030-06-15T10:00:"), "{account}");
    // More than anybody has licences for, in two requests of as many as one may add.
    for half in 0..2 {
        let emails: Vec<String> = (0..100)
            .map(|n| format!("user{}@example.com", half * 100 + n))
            .collect();
        let body = json!({ "emails": emails.join(" "), "role": "member" });
        let answer = ada.post("/api/users", &body).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
    }
    let users = ada.get("/api/users").await.body;
    assert_eq!(
        (&users["active_users"], &users["licences"]),
        (&json!(201), &Value::Null)
    );
    for rows in ["orders", "charges", "payment_methods", "subscriptions"] {
        assert_eq!(
            server.number(&format!("SELECT count(*) FROM {rows}")).await,
            0,
            "{rows}"
        );
    }

    server.advance(json!({ "set": "2030-06-15T09:59:00Z" })).await;
    assert_eq!(
        ada.get("/api/account").await.body["subscription"]["state"],
        "trial"
    );
    server.advance(json!({ "set": ends_at })).await;
    assert_eq!(
        ada.get("/api/account").await.body["subscription"]["state"],
        "trial_over"
    );
}

/// The plan of a trial stands in the catalog: it is Enterprise, which lacks nothing that another plan has.
#[tokio::test]
async fn a_trial_has_all_enterprise_features() {
    let server = TestServer::start().await;
    let catalog = server.client().get("/api/catalog?lang=en").await.body;
    let trial = &catalog["price_list"]["trial"];
    assert_eq!(
        (&trial["plan"], &trial["days"]),
        (&json!("enterprise"), &json!(14)),
        "{trial}"
    );
    let groups = catalog["feature_groups"].as_array().unwrap().iter();
    let features: Vec<&Value> = groups
        .flat_map(|group| group["features"].as_array().unwrap())
        .collect();
    assert!(features.len() > 10, "{catalog}");
    for feature in features {
        let plans = feature["plans"].as_array().unwrap();
        assert!(plans.contains(&json!("enterprise")), "{feature}");
    }
}
