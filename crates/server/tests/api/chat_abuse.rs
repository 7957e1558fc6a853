//! The live chat against those who mean harm.

use reqwest::Method;
use serde_json::json;

use crate::chat::{
    OPEN, SUPPORT, ask, question, question_from, server_at, server_with, staffed, staffed_with,
};
use crate::chat_events::Events;

/// With somebody there, what is said is no letter yet, and is not counted as one.
#[tokio::test]
async fn questions_that_are_ended_write_to_a_stranger_no_more_often_than_letters_may() {
    let (server, _member, _open) = staffed_with(&["--sandbox", "--limit-letters", "2/1h"]).await;
    for _conversation in 0..4 {
        let visitor = server.client();
        ask(&visitor, &question_from("Buy this!", "eve@example.com")).await;
        let ended = visitor.delete("/api/chat").await;
        assert_eq!(ended.status, 204, "{ended:?}");
    }
    assert_eq!(server.mail_to("eve@example.com").await.len(), 2);
    // No question is lost by that.
    assert_eq!(server.mail_to(SUPPORT).await.len(), 4);
}

#[tokio::test]
async fn questions_that_wait_too_long_write_to_a_stranger_no_more_often_than_letters_may() {
    let (server, _member, _open) = staffed_with(&["--sandbox", "--limit-letters", "2/1h"]).await;
    for _conversation in 0..4 {
        ask(&server.client(), &question_from("Buy this!", "eve@example.com")).await;
    }
    server
        .advance(json!({ "set": server.now_plus_minutes(6).await }))
        .await;
    assert_eq!(server.mail_to(SUPPORT).await.len(), 4);
    assert_eq!(server.mail_to("eve@example.com").await.len(), 2);
}

#[tokio::test]
async fn addresses_are_left_no_more_often_than_something_may_be_said() {
    let server = server_with(&["--sandbox", "--limit-chat", "3/1h"], OPEN).await;
    let visitor = server.client();
    ask(&visitor, &question_from("Hello?", "eve@example.com")).await;
    for email in ["one@example.com", "two@example.com"] {
        let left = visitor.put("/api/chat/email", &json!({ "email": email })).await;
        assert_eq!(left.status, 204, "{left:?}");
    }
    let refused = visitor
        .put("/api/chat/email", &json!({ "email": "three@example.com" }))
        .await;
    refused.assert_problem(429, "too-many-attempts");
}

#[tokio::test]
async fn one_conversation_does_not_take_every_connection_of_the_server() {
    let server = server_at(OPEN).await;
    let visitor = server.client();
    ask(&visitor, &question_from("Hello?", "eve@example.com")).await;
    let mut open = Vec::new();
    for _tab in 0..8 {
        open.push(Events::open(&visitor, "/api/chat/events", None).await);
    }
    let refused = visitor
        .send(visitor.request(Method::GET, "/api/chat/events"))
        .await;
    refused.assert_problem(429, "too-many-attempts");
    // Somebody else's is not concerned.
    let other = server.client();
    ask(&other, &question_from("Hello?", "ann@example.com")).await;
    Events::open(&other, "/api/chat/events", None).await;
}

#[tokio::test]
async fn a_conversation_that_is_full_is_read_and_what_comes_begins_another() {
    let server = server_at(OPEN).await;
    let visitor = server.client();
    ask(&visitor, &question_from("Hello?", "eve@example.com")).await;
    server.run("UPDATE conversations SET last_number = 1000").await;
    assert_eq!(
        visitor.get("/api/chat").await.body["messages"]
            .as_array()
            .map(Vec::len),
        Some(1)
    );
    let mut next = question("And another one");
    next["email"] = json!("eve@example.com");
    let said = ask(&visitor, &next).await;
    assert_eq!(said.body["number"], 1, "{said:?}");
    // Sent again, it is the same one.
    assert_eq!(ask(&visitor, &next).await.body, said.body);
    assert_eq!(server.number("SELECT count(*) FROM conversations").await, 2);
    let view = visitor.get("/api/chat").await.body;
    assert_eq!(view["messages"][0]["text"], "And another one", "{view:#}");
}

#[tokio::test]
async fn many_newer_questions_hide_none_that_waits_longer() {
    let (server, member, _open) = staffed().await;
    ask(&server.client(), &question("I was first")).await;
    server
        .advance(json!({ "set": server.now_plus_minutes(1).await }))
        .await;
    for number in 0..100 {
        ask(&server.client(), &question(&format!("Noise {number}"))).await;
    }
    let page = member.get("/staff/chat").await.text();
    assert!(page.contains("I was first"), "{page}");
}
