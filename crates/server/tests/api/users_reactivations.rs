//! `POST /api/users/reactivations`: several users at once, or as many as the licences allow.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::orders_requests::{order_body, pay, place};
use crate::server::{Answer, Client, TestServer};

/// Everybody with the address before the `@`, and whether they are active.
fn active(view: &Value) -> Vec<&str> {
    let users = view["users"].as_array().expect("users").iter();
    users
        .filter(|user| user["active"] == true)
        .map(|user| user["email"].as_str().unwrap().split_once('@').unwrap().0)
        .collect()
}

async fn id(client: &Client, name: &str) -> String {
    let view = client.get("/api/users").await.body;
    let email = format!("{name}@example.com");
    let users = view["users"].as_array().unwrap();
    let user = users.iter().find(|user| user["email"] == email).expect("a user");
    user["id"].as_str().unwrap().to_owned()
}

async fn reactivate(client: &Client, users: &[&str]) -> Answer {
    client
        .post("/api/users/reactivations", &json!({ "users": users }))
        .await
}

async fn deactivate(client: &Client, name: &str) {
    let path = format!("/api/users/{}/deactivation", id(client, name).await);
    assert_eq!(client.post(&path, &json!({})).await.status, StatusCode::OK);
}

/// Pays for so many licences of Standard, for a month.
async fn subscribe(client: &Client, seats: u32) {
    let net = 1399 * i64::from(seats);
    let body = order_body("standard", seats, "monthly", "USD", net + (net * 2 + 5) / 10);
    let order = place(client, &body).await;
    pay(client, &order).await;
}

/// An account whose trial is over, with four users besides the owner, none of them active.
async fn after_the_trial() -> (TestServer, Client) {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let emails = [
        "dan@example.com",
        "bob@example.com",
        "eve@example.com",
        "cyd@example.com",
    ];
    server.joined(&ada, &emails).await;
    server.advance_days(14).await;
    (server, ada)
}

/// “Subscribe, and then reactivate users (one by one, or as many as the licences allow in one step).”
#[tokio::test]
async fn as_many_as_the_licences_allow_come_back_in_one_step() {
    let (_server, ada) = after_the_trial().await;
    subscribe(&ada, 3).await;
    let answer = reactivate(&ada, &[]).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    assert_eq!(
        (&answer.body["active_users"], &answer.body["licences"]),
        (&json!(3), &json!(3))
    );
    // Deactivated at one time and of one name: by address.
    assert_eq!(active(&answer.body), ["ada", "bob", "cyd"]);

    let history = ada.get("/api/history?limit=2").await.body;
    let texts: Vec<&Value> = history["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| &entry["action"])
        .collect();
    assert_eq!(
        texts,
        ["user.reactivated", "user.reactivated"],
        "an entry for each"
    );

    // No room is left: that is said, and not answered by doing nothing.
    let refused = reactivate(&ada, &[]).await;
    let problem = refused.assert_problem(409, "not-enough-licences");
    assert_eq!(
        (&problem["licences"], &problem["active_users"]),
        (&json!(3), &json!(4))
    );
}

#[tokio::test]
async fn who_was_deactivated_last_comes_back_first() {
    let (server, ada) = after_the_trial().await;
    subscribe(&ada, 4).await;
    reactivate(&ada, &[&id(&ada, "dan").await, &id(&ada, "eve").await]).await;
    deactivate(&ada, "eve").await;
    server.advance(json!({ "advance_hours": 1 })).await;
    deactivate(&ada, "dan").await;
    // Three places: Dan, then Eve, then the first by name of those whom the end of the trial deactivated.
    let answer = reactivate(&ada, &[]).await;
    assert_eq!(active(&answer.body), ["ada", "bob", "dan", "eve"], "{answer:?}");
    deactivate(&ada, "bob").await;
    server.advance(json!({ "advance_hours": 1 })).await;
    deactivate(&ada, "eve").await;
    ada.post(
        "/api/users",
        &json!({ "emails": "new@example.com", "role": "member" }),
    )
    .await;
    let answer = reactivate(&ada, &[]).await;
    assert_eq!(active(&answer.body), ["ada", "dan", "eve", "new"], "{answer:?}");
}

#[tokio::test]
async fn those_who_are_named_come_back_all_or_none() {
    let (server, ada) = after_the_trial().await;
    subscribe(&ada, 3).await;
    let (bob, dan, eve) = (
        id(&ada, "bob").await,
        id(&ada, "dan").await,
        id(&ada, "eve").await,
    );
    let refused = reactivate(&ada, &[&bob, &dan, &eve]).await;
    let problem = refused.assert_problem(409, "not-enough-licences");
    assert_eq!(
        (&problem["licences"], &problem["active_users"]),
        (&json!(3), &json!(4))
    );
    assert_eq!(
        active(&ada.get("/api/users").await.body),
        ["ada"],
        "nobody came back"
    );

    // Named twice is named once; who is active stays so.
    let answer = reactivate(&ada, &[&dan, &eve, &dan]).await;
    assert_eq!(active(&answer.body), ["ada", "dan", "eve"]);
    let again = reactivate(&ada, &[&dan, &eve]).await;
    assert_eq!(
        (again.status, active(&again.body)),
        (StatusCode::OK, vec!["ada", "dan", "eve"])
    );
    let reactivations = "SELECT COUNT(*) FROM audit WHERE action = 'user.reactivated'";
    assert_eq!(
        server.number(reactivations).await,
        2,
        "what changed nothing is not noted"
    );
}

#[tokio::test]
async fn users_of_another_account_do_not_exist() {
    let (server, ada) = after_the_trial().await;
    subscribe(&ada, 5).await;
    let other = server
        .activated_with("zoe@elsewhere.example", json!({ "company": "Elsewhere" }))
        .await;
    server.joined(&other, &["max@example.com"]).await;
    deactivate(&other, "max").await;
    let (bob, max) = (id(&ada, "bob").await, id(&other, "max").await);
    reactivate(&ada, &[&bob, &max])
        .await
        .assert_problem(404, "not-found");
    assert_eq!(active(&ada.get("/api/users").await.body), ["ada"]);
    assert_eq!(other.get("/api/users").await.body["active_users"], 1);
    reactivate(&ada, &["nonsense"])
        .await
        .assert_problem(400, "malformed-body");
}

#[tokio::test]
async fn only_a_trial_or_a_subscription_brings_users_back() {
    let (_server, ada) = after_the_trial().await;
    let bob = id(&ada, "bob").await;
    reactivate(&ada, &[&bob]).await.assert_problem(409, "trial-over");
    reactivate(&ada, &[]).await.assert_problem(409, "trial-over");

    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let bob = server.joined(&ada, &["bob@example.com"]).await.remove(0);
    bob.post("/api/users/reactivations", &json!({ "users": [] }))
        .await
        .assert_problem(403, "not-allowed");
    deactivate(&ada, "bob").await;
    // A trial sets no limit.
    assert_eq!(active(&reactivate(&ada, &[]).await.body), ["ada", "bob"]);
    assert_eq!(
        reactivate(&ada, &[]).await.status,
        StatusCode::OK,
        "there is nobody left to bring back"
    );
}

#[tokio::test]
async fn who_never_joined_is_invited_again() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    ada.post(
        "/api/users",
        &json!({ "emails": "new@example.com", "role": "member" }),
    )
    .await;
    deactivate(&ada, "new").await;
    assert_eq!(server.mail_to("new@example.com").await.len(), 1);
    reactivate(&ada, &[]).await;
    assert_eq!(server.mail_to("new@example.com").await.len(), 2);
}

/// “Licences ≥ active users, always: … when adding or reactivating a user.”
#[tokio::test]
async fn of_adding_and_reactivating_at_once_only_one_gets_the_last_licence() {
    let (server, ada) = after_the_trial().await;
    subscribe(&ada, 2).await;
    let add = json!({ "emails": "new@example.com", "role": "member" });
    for _ in 0..3 {
        let (added, reactivated) = tokio::join!(ada.post("/api/users", &add), reactivate(&ada, &[]));
        let won = [
            added.status == StatusCode::CREATED,
            reactivated.status == StatusCode::OK,
        ];
        assert_eq!(
            won.iter().filter(|won| **won).count(),
            1,
            "{added:?} {reactivated:?}"
        );
        let loser = if won[0] { &reactivated } else { &added };
        loser.assert_problem(409, "not-enough-licences");
        let view = ada.get("/api/users").await.body;
        let names = active(&view);
        assert_eq!(names.len(), 2, "{view}");
        deactivate(&ada, names[1]).await;
        server
            .execute("DELETE FROM links WHERE subject_id IN (SELECT id FROM users WHERE email = 'new@example.com')")
            .await
            .unwrap();
        server
            .execute("DELETE FROM users WHERE email = 'new@example.com'")
            .await
            .unwrap();
    }
}
