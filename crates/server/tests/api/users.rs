//! Adding, deactivating and reactivating users, and the end of the trial.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::server::{Client, PASSWORD, TestServer};

async fn add(client: &Client, emails: &str) -> crate::server::Answer {
    client
        .post("/api/users", &json!({ "emails": emails, "role": "member" }))
        .await
}

/// The id of a user.
async fn id(client: &Client, email: &str) -> String {
    let view = client.get("/api/users").await.body;
    let users = view["users"].as_array().expect("users");
    let user = users
        .iter()
        .find(|user| user["email"] == email)
        .unwrap_or_else(|| panic!("no {email} in {view}"));
    user["id"].as_str().expect("an id").to_owned()
}

#[tokio::test]
async fn several_users_are_added_at_once_and_join() {
    let server = TestServer::start().await;
    let owner = server.activated("ada@example.com").await;
    server
        .activated_with("eve@elsewhere.example", json!({ "company": "Elsewhere" }))
        .await;
    let pasted = "bob@example.com; Cyd@example.com,\n bob@example.com\teve@elsewhere.example ada@example.com";
    let answer = owner
        .post("/api/users", &json!({ "emails": pasted, "role": "admin" }))
        .await;
    assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
    assert_eq!(
        answer.body["added"],
        json!(["bob@example.com", "cyd@example.com"])
    );
    assert_eq!(answer.body["already_here"], json!(["ada@example.com"]));
    assert_eq!(answer.body["elsewhere"], json!(["eve@elsewhere.example"]));
    let view = &answer.body["view"];
    assert_eq!((&view["active_users"], view.get("licences")), (&json!(3), None));
    let order: Vec<&Value> = view["users"]
        .as_array()
        .unwrap()
        .iter()
        .map(|user| &user["email"])
        .collect();
    assert_eq!(order, ["ada@example.com", "bob@example.com", "cyd@example.com"]);
    assert_eq!(view["users"][1]["invited"], true);

    let token = server.token("bob@example.com", "invitation").await;
    let bob = server.client();
    let invitation = bob.get(&format!("/api/invitations/{token}")).await;
    assert_eq!(
        invitation.body,
        json!({ "email": "bob@example.com", "company": "Acme", "language": "en" })
    );
    let path = format!("/api/invitations/{token}");
    let refused = bob.post(&path, &json!({ "name": "", "password": "short" })).await;
    refused.assert_field("name", "required");
    refused.assert_field("password", "too_short");
    let joined = bob
        .post(&path, &json!({ "name": "Bob", "password": PASSWORD }))
        .await;
    assert_eq!(joined.status, StatusCode::CREATED, "{joined:?}");
    assert_eq!(
        (&joined.body["user"]["role"], &joined.body["user"]["name"]),
        (&json!("admin"), &json!("Bob"))
    );
    bob.post(&path, &json!({ "name": "Bob", "password": PASSWORD }))
        .await
        .assert_problem(410, "link-used");
    // An admin manages users too.
    assert_eq!(bob.get("/api/users").await.status, StatusCode::OK);
}

/// Who was invited by a stranger and has not joined there is not kept from the account of their own company.
#[tokio::test]
async fn an_address_that_two_accounts_invite_joins_one_and_leaves_the_other_a_note() {
    let server = TestServer::start().await;
    let eve = server
        .activated_with("eve@elsewhere.example", json!({ "company": "Elsewhere" }))
        .await;
    let ada = server.activated("ada@example.com").await;
    let mut links = Vec::new();
    for owner in [&eve, &ada] {
        let answer = add(owner, "bob@example.com").await;
        assert_eq!(answer.body["added"], json!(["bob@example.com"]), "{answer:?}");
        assert_eq!(answer.body["view"]["active_users"], 2);
        links.push(server.token("bob@example.com", "invitation").await);
        let again = add(owner, "bob@example.com").await;
        assert_eq!(again.body["already_here"], json!(["bob@example.com"]));
    }
    let paths: Vec<String> = links
        .iter()
        .map(|link| format!("/api/invitations/{link}"))
        .collect();
    for (path, company) in paths.iter().zip(["Elsewhere", "Acme"]) {
        assert_eq!(server.client().get(path).await.body["company"], company);
    }
    // Asked for again, it is the invitation that came last; without a password nobody signs in.
    let bob = server.client();
    bob.sign_in("bob@example.com")
        .await
        .assert_problem(401, "wrong-credentials");
    bob.post("/api/password-resets", &json!({ "email": "bob@example.com" }))
        .await;
    let newest = server.token("bob@example.com", "invitation").await;
    let shown = bob.get(&format!("/api/invitations/{newest}")).await.body;
    assert_eq!(shown["company"], "Acme");

    let body = json!({ "name": "Bob", "password": PASSWORD });
    let joined = bob.post(&paths[1], &body).await;
    assert_eq!(joined.status, StatusCode::CREATED, "{joined:?}");
    assert_eq!(bob.sign_in("bob@example.com").await.body["company"], "Acme");
    bob.post(&paths[0], &body)
        .await
        .assert_problem(404, "link-unknown");
    let view = eve.get("/api/users").await.body;
    assert_eq!(view["users"].as_array().map(Vec::len), Some(1), "{view}");
    let history = eve.get("/api/history").await.body;
    assert_eq!(history["entries"][0]["action"], "user.invitation_withdrawn");
    let refused = add(&eve, "bob@example.com").await;
    assert_eq!(refused.body["elsewhere"], json!(["bob@example.com"]));
}

#[tokio::test]
async fn of_two_invitations_that_are_accepted_at_once_one_is() {
    let server = TestServer::start().await;
    let eve = server
        .activated_with("eve@elsewhere.example", json!({ "company": "Elsewhere" }))
        .await;
    let ada = server.activated("ada@example.com").await;
    add(&eve, "bob@example.com").await;
    let first = server.token("bob@example.com", "invitation").await;
    add(&ada, "bob@example.com").await;
    let second = server.token("bob@example.com", "invitation").await;
    let accept = async |token: String| {
        let body = json!({ "name": "Bob", "password": PASSWORD });
        server
            .client()
            .post(&format!("/api/invitations/{token}"), &body)
            .await
            .status
    };
    let answers = tokio::join!(accept(first), accept(second));
    let (won, lost) = if answers.0 == StatusCode::CREATED {
        answers
    } else {
        (answers.1, answers.0)
    };
    assert_eq!(won, StatusCode::CREATED);
    assert!(
        lost == StatusCode::NOT_FOUND || lost == StatusCode::GONE,
        "{lost}"
    );
    let bobs = "SELECT count(*) FROM users WHERE email = 'bob@example.com'";
    assert_eq!(server.number(bobs).await, 1);
}

#[tokio::test]
async fn what_is_no_list_of_addresses_is_refused() {
    let server = TestServer::start().await;
    let owner = server.activated("ada@example.com").await;
    add(&owner, " ,; ").await.assert_field("emails", "required");
    let answer = add(&owner, "bob@example.com bob").await;
    answer.assert_field("emails", "invalid_email_in_list");
    assert_eq!(answer.body["fields"]["emails"][0]["word"], "bob");
    let many: Vec<String> = (0..101).map(|n| format!("user{n}@example.com")).collect();
    add(&owner, &many.join(","))
        .await
        .assert_field("emails", "too_many");
    let answer = owner
        .post(
            "/api/users",
            &json!({ "emails": "bob@example.com", "role": "owner" }),
        )
        .await;
    answer.assert_problem(400, "malformed-body");
    assert_eq!(owner.get("/api/users").await.body["active_users"], 1);
}

#[tokio::test]
async fn members_manage_nobody() {
    let server = TestServer::start().await;
    let owner = server.activated("ada@example.com").await;
    let bob = server.joined(&owner, &["bob@example.com"]).await.remove(0);
    let ada = id(&owner, "ada@example.com").await;
    bob.get("/api/users").await.assert_problem(403, "not-allowed");
    add(&bob, "x@example.com")
        .await
        .assert_problem(403, "not-allowed");
    bob.post(&format!("/api/users/{ada}/deactivation"), &json!({}))
        .await
        .assert_problem(403, "not-allowed");
    assert_eq!(bob.get("/api/account").await.status, StatusCode::OK);
    server
        .client()
        .get("/api/users")
        .await
        .assert_problem(401, "not-signed-in");
}

#[tokio::test]
async fn a_deactivated_user_is_out_at_once_and_comes_back_with_everything() {
    let server = TestServer::start().await;
    let owner = server.activated("ada@example.com").await;
    let bob = server.joined(&owner, &["bob@example.com"]).await.remove(0);
    let user = id(&owner, "bob@example.com").await;
    let (deactivation, reactivation) = (
        format!("/api/users/{user}/deactivation"),
        format!("/api/users/{user}/reactivation"),
    );
    for _ in 0..2 {
        let answer = owner.post(&deactivation, &json!({})).await;
        assert_eq!(
            (answer.status, &answer.body["active_users"]),
            (StatusCode::OK, &json!(1)),
            "{answer:?}"
        );
    }
    bob.get("/api/account").await.assert_problem(401, "not-signed-in");
    bob.sign_in("bob@example.com")
        .await
        .assert_problem(401, "wrong-credentials");
    // Asking for a way in tells whom to ask, and lets nobody in.
    bob.post("/api/password-resets", &json!({ "email": "bob@example.com" }))
        .await;
    bob.post(
        "/api/sign-ups",
        &json!({ "email": "bob@example.com", "language": "fr" }),
    )
    .await;
    let letters = server.mail_to("bob@example.com").await;
    assert_eq!(
        (&letters[0]["kind"], &letters[1]["kind"]),
        (&json!("deactivated"), &json!("deactivated"))
    );
    assert_eq!(letters[0]["language"], "fr");
    assert!(!letters[0]["text"].as_str().unwrap().contains("token="));

    for _ in 0..2 {
        assert_eq!(
            owner.post(&reactivation, &json!({})).await.body["active_users"],
            2
        );
    }
    assert_eq!(bob.sign_in("bob@example.com").await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn a_link_for_a_new_password_ends_with_the_user() {
    let server = TestServer::start().await;
    let owner = server.activated("ada@example.com").await;
    let bob = server.joined(&owner, &["bob@example.com"]).await.remove(0);
    bob.post("/api/password-resets", &json!({ "email": "bob@example.com" }))
        .await;
    let path = format!(
        "/api/password-resets/{}",
        server.token("bob@example.com", "password_reset").await
    );
    let user = id(&owner, "bob@example.com").await;
    owner
        .post(&format!("/api/users/{user}/deactivation"), &json!({}))
        .await;
    bob.post(&path, &json!({ "password": "a completely different one" }))
        .await
        .assert_problem(410, "link-expired");
}

#[tokio::test]
async fn an_invited_user_who_was_deactivated_cannot_join_until_reactivated() {
    let server = TestServer::start().await;
    let owner = server.activated("ada@example.com").await;
    add(&owner, "bob@example.com").await;
    let first = server.token("bob@example.com", "invitation").await;
    let user = id(&owner, "bob@example.com").await;
    owner
        .post(&format!("/api/users/{user}/deactivation"), &json!({}))
        .await;
    let bob = server.client();
    let body = json!({ "name": "Bob", "password": PASSWORD });
    bob.post(&format!("/api/invitations/{first}"), &body)
        .await
        .assert_problem(410, "link-expired");
    owner
        .post(&format!("/api/users/{user}/reactivation"), &json!({}))
        .await;
    let second = server.token("bob@example.com", "invitation").await;
    assert_ne!(first, second);
    assert_eq!(
        bob.post(&format!("/api/invitations/{second}"), &body)
            .await
            .status,
        StatusCode::CREATED
    );
}

#[tokio::test]
async fn the_owner_stays_and_users_of_others_do_not_exist() {
    let server = TestServer::start().await;
    let owner = server.activated("ada@example.com").await;
    let stranger = server
        .activated_with("eve@elsewhere.example", json!({ "company": "Elsewhere" }))
        .await;
    let ada = id(&owner, "ada@example.com").await;
    owner
        .post(&format!("/api/users/{ada}/deactivation"), &json!({}))
        .await
        .assert_problem(409, "owner-stays");
    for action in ["deactivation", "reactivation"] {
        stranger
            .post(&format!("/api/users/{ada}/{action}"), &json!({}))
            .await
            .assert_problem(404, "not-found");
        owner
            .post(&format!("/api/users/nonsense/{action}"), &json!({}))
            .await
            .assert_problem(404, "not-found");
    }
}

#[tokio::test]
async fn at_the_end_of_the_trial_only_the_owner_is_left_and_nothing_is_lost() {
    let server = TestServer::start().await;
    let owner = server.activated("ada@example.com").await;
    let bob = server.joined(&owner, &["bob@example.com"]).await.remove(0);
    add(&owner, "invited@example.com").await;
    server.advance(json!({ "advance_hours": 14 * 24 - 1 })).await;
    let account = owner.get("/api/account").await.body;
    assert_eq!(account["subscription"]["days_left"], 1, "{account}");
    assert_eq!(account["active_users"], 3);
    assert_eq!(bob.get("/api/account").await.status, StatusCode::OK);

    server.advance(json!({ "advance_hours": 1 })).await;
    let account = owner.get("/api/account").await.body;
    assert_eq!(account["subscription"]["state"], "trial_over", "{account}");
    assert_eq!(account["active_users"], 1);
    bob.get("/api/account").await.assert_problem(401, "not-signed-in");
    bob.sign_in("bob@example.com")
        .await
        .assert_problem(401, "wrong-credentials");
    assert_eq!(owner.sign_in("ada@example.com").await.status, StatusCode::CREATED);
    let view = owner.get("/api/users").await.body;
    assert_eq!(view["users"].as_array().unwrap().len(), 3, "{view}");
    assert_eq!(view["licences"], 0);

    // Until something is bought nobody is added or comes back.
    add(&owner, "new@example.com")
        .await
        .assert_problem(409, "trial-over");
    let user = id(&owner, "bob@example.com").await;
    owner
        .post(&format!("/api/users/{user}/reactivation"), &json!({}))
        .await
        .assert_problem(409, "trial-over");
    let token = server.token("invited@example.com", "invitation").await;
    let body = json!({ "name": "Late", "password": PASSWORD });
    let late = server
        .client()
        .post(&format!("/api/invitations/{token}"), &body)
        .await;
    assert_eq!(late.status.as_u16(), 410, "{late:?}");
}

#[tokio::test]
async fn a_trial_that_ended_while_the_server_was_stopped_ends_at_its_start() {
    let server = TestServer::start().await;
    let owner = server.activated("ada@example.com").await;
    server.joined(&owner, &["bob@example.com"]).await;
    server.advance_days(14).await;
    let server = server.restarted().await;
    let bob = server.client();
    bob.sign_in("bob@example.com")
        .await
        .assert_problem(401, "wrong-credentials");
    assert_eq!(
        server.client().sign_in("ada@example.com").await.body["active_users"],
        1
    );
}

#[tokio::test]
async fn inviting_strangers_has_a_limit() {
    let server = TestServer::with(&["--sandbox", "--limit-invitations", "3/1h"]).await;
    let owner = server.activated("ada@example.com").await;
    assert_eq!(
        add(&owner, "a@example.com b@example.com").await.status,
        StatusCode::CREATED
    );
    add(&owner, "c@example.com d@example.com")
        .await
        .assert_problem(429, "too-many-attempts");
    add(&owner, "c@example.com d@example.com e@example.com f@example.com")
        .await
        .assert_problem(429, "too-many-attempts");
    assert_eq!(add(&owner, "c@example.com").await.status, StatusCode::CREATED);
}
