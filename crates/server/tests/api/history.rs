//! `/api/history`: what was done to an account, by whom and when, for its admins.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::billing_details::{details, saved};
use crate::orders_requests::{order_body, pay, place};
use crate::server::{Client, TestServer};

/// What happened, newest first: who, and what.
async fn told(client: &Client) -> Vec<(String, String)> {
    let answer = client.get("/api/history?limit=100").await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    let entries = answer.body["entries"].as_array().unwrap();
    let text = |entry: &Value, member: &str| {
        let text = entry[member].as_str().unwrap();
        text.replace(['\u{a0}', '\u{202f}'], " ")
    };
    entries
        .iter()
        .map(|entry| (text(entry, "actor"), text(entry, "text")))
        .collect()
}

fn said(actor: &str, text: &str) -> (String, String) {
    (actor.to_owned(), text.to_owned())
}

#[tokio::test]
async fn admins_read_who_did_what_and_when() {
    let server = TestServer::start().await;
    server.advance(json!({ "set": "2030-06-01T22:30:00Z" })).await;
    let ada = server.activated("ada@example.com").await;
    let bob = server
        .joined_as("admin", &ada, &["bob@example.com"])
        .await
        .remove(0);
    saved(&ada, &details(json!({}))).await;
    let placed = place(&ada, &order_body("premium", 3, "annual", "USD", 73_397)).await;
    pay(&ada, &placed).await;

    let expected = [
        said(
            "Automatically",
            "The subscription began: Premium, 3 licences, billed annually. It renews on June 2, 2031.",
        ),
        said("Automatically", "$733.97 was paid. Invoice INV-000001."),
        said(
            "Ada Lovelace",
            "Ordered: Premium, 3 licences, billed annually. Due: $733.97.",
        ),
        said(
            "Automatically",
            "The register confirmed the VAT number FR40303265045.",
        ),
        said(
            "Ada Lovelace",
            "Billing details saved: Atelier Lumière, France, VAT number FR40303265045.",
        ),
        said("Member", "The invitation was accepted."),
        said("Ada Lovelace", "User added: Member (Administrator)."),
        said(
            "Ada Lovelace",
            "The account was activated, and the free trial began.",
        ),
    ];
    assert_eq!(told(&ada).await, expected);
    assert_eq!(told(&bob).await, expected, "an admin reads the same as the owner");

    // Half past midnight in Paris, on the day that the account's calendar shows.
    let oldest = ada.get("/api/history").await.body["entries"][7].clone();
    assert_eq!(oldest["action"], "account.activated");
    assert_eq!(
        (&oldest["on"], &oldest["time"]),
        (&json!("2030-06-02"), &json!("00:30"))
    );
    assert!(
        oldest["at"].as_str().unwrap().starts_with("2030-06-01T22:30:"),
        "{oldest}"
    );
}

#[tokio::test]
async fn everybody_reads_in_their_own_language() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    ada.patch("/api/account/language", &json!({ "language": "fr" }))
        .await;
    assert_eq!(
        told(&ada).await,
        [said(
            "Ada Lovelace",
            "Activation du compte et début de l’essai gratuit."
        )]
    );
}

#[tokio::test]
async fn it_is_read_page_by_page() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    for count in 0..4 {
        let email = format!("user{count}@example.com");
        ada.post("/api/users", &json!({ "emails": email, "role": "member" }))
            .await;
    }
    let all = told(&ada).await;
    assert_eq!(all.len(), 5);
    let (mut pages, mut before) = (Vec::new(), String::new());
    loop {
        let page = ada.get(&format!("/api/history?limit=2{before}")).await.body;
        let texts = page["entries"].as_array().unwrap().iter();
        pages.push(texts.map(|entry| entry["text"].clone()).collect::<Vec<_>>());
        match page["older_than"].as_str() {
            Some(entry) => before = format!("&before={entry}"),
            None => break,
        }
    }
    assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2, 1]);
    let texts: Vec<Value> = all.into_iter().map(|(_, text)| json!(text)).collect();
    assert_eq!(pages.concat(), texts);

    for query in ["limit=0", "limit=101", "limit=x", "before=yesterday"] {
        ada.get(&format!("/api/history?{query}"))
            .await
            .assert_problem(400, "malformed-body");
    }
}

#[tokio::test]
async fn the_history_is_for_admins_of_the_account_alone() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let member = server.joined(&ada, &["bob@example.com"]).await.remove(0);
    member
        .get("/api/history")
        .await
        .assert_problem(403, "not-allowed");
    server
        .client()
        .get("/api/history")
        .await
        .assert_problem(401, "not-signed-in");

    let eve = server
        .activated_with(
            "eve@elsewhere.example",
            json!({ "company": "Elsewhere", "name": "Eve" }),
        )
        .await;
    let of_eve = [said(
        "Eve",
        "The account was activated, and the free trial began.",
    )];
    assert_eq!(told(&eve).await, of_eve);
    // Not by pages either: an entry of another account is nothing but a place in the order of time.
    let newest = ada.get("/api/history?limit=1").await.body["older_than"].clone();
    let path = format!("/api/history?before={}", newest.as_str().unwrap());
    assert_eq!(eve.get(&path).await.body["entries"], json!([]));
}

#[tokio::test]
async fn who_is_not_a_user_any_more_is_not_named() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    ada.post(
        "/api/users",
        &json!({ "emails": "eve@example.com", "role": "member" }),
    )
    .await;
    assert_eq!(told(&ada).await[0].1, "User added: eve@example.com (User).");
    server
        .activated_with(
            "eve@example.com",
            json!({ "company": "Elsewhere", "name": "Eve" }),
        )
        .await;
    let told = told(&ada).await;
    assert_eq!(
        told[0],
        said(
            "Automatically",
            "An invitation was withdrawn, as its address belongs to another account by now."
        )
    );
    assert_eq!(told[1].1, "User added: Former user (User).");
}

#[tokio::test]
async fn an_entry_without_words_does_not_break_the_screen() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    server
        .execute(
            "INSERT INTO audit (id, account_id, action, detail, at) \
             SELECT account_id, account_id, 'moon.landed', 'no JSON', at FROM audit",
        )
        .await
        .expect("rows can be added");
    let told = told(&ada).await;
    assert!(
        told.contains(&said("Automatically", "Something else was done (moon.landed).")),
        "{told:?}"
    );
}

#[tokio::test]
async fn the_trail_is_append_only() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let before = ada.get("/api/history").await.body;
    for sql in [
        "UPDATE audit SET action = 'session.started'",
        "UPDATE audit SET user_id = NULL",
        "DELETE FROM audit",
    ] {
        let refused = server.execute(sql).await.expect_err(sql).to_string();
        assert!(refused.contains("only ever added"), "{sql}: {refused}");
    }
    assert_eq!(ada.get("/api/history").await.body, before);
}
