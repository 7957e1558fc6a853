//! The live chat as the staff have it.

use reqwest::StatusCode;
use serde_json::json;
use uuid::Uuid;

use crate::chat::{answer_with, ask, conversation, question, question_from, staffed};
use crate::chat_events::Events;
use crate::server::TestServer;
use crate::staff::{command, told};

#[tokio::test]
async fn the_chat_of_the_staff_is_for_the_staff() {
    let server = TestServer::start().await;
    let owner = server.activated("ada@example.com").await;
    for path in [
        "/staff/chat",
        "/staff/chat/list",
        "/staff/chat/events",
        "/staff/chat/00000000-0000-0000-0000-000000000000",
    ] {
        let answer = owner.get(path).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}: {answer:?}");
        assert!(answer.header("location").starts_with("/staff/sign-in"), "{path}");
    }
    assert_eq!(
        server.client().get("/server/staff-chat.js").await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn whoever_waits_longest_stands_first_and_what_is_answered_last() {
    let (server, member, _open) = staffed().await;
    for (text, email) in [("First?", "one@example.com"), ("Second?", "two@example.com")] {
        ask(&server.client(), &question_from(text, email)).await;
        server
            .advance(json!({ "set": server.now_plus_minutes(1).await }))
            .await;
    }
    let page = member.get("/staff/chat").await.text();
    assert!(page.contains("2 visitors wait for an answer."), "{page}");
    assert!(page.find("First?") < page.find("Second?"), "{page}");
    let first = conversation(&member).await;
    answer_with(&member, &first, "Answered.").await;
    let page = member.get("/staff/chat").await.text();
    assert!(page.contains("1 visitor waits for an answer."), "{page}");
    assert!(page.find("Second?") < page.find("Answered."), "{page}");
}

#[tokio::test]
async fn an_answer_that_is_empty_or_too_long_is_refused_and_not_lost() {
    let (server, member, _open) = staffed().await;
    ask(&server.client(), &question("Hello?")).await;
    let path = conversation(&member).await;
    let empty = answer_with(&member, &path, "  ").await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY, "{empty:?}");
    let long = "é".repeat(2001);
    let refused = answer_with(&member, &path, &long).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{refused:?}");
    assert!(refused.text().contains("at most 2000 characters") && refused.text().contains(&long));
    assert_eq!(
        server.number("SELECT COUNT(*) FROM conversation_messages").await,
        1
    );
}

#[tokio::test]
async fn an_answer_sent_twice_is_said_once() {
    let (server, member, _open) = staffed().await;
    ask(&server.client(), &question("Hello?")).await;
    let path = conversation(&member).await;
    let id = Uuid::now_v7().to_string();
    for _twice in 0..2 {
        let fields = [("id", id.as_str()), ("text", "Hello.")];
        let answer = member.post_form(&format!("{path}/messages"), &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{answer:?}");
    }
    assert_eq!(
        server.number("SELECT COUNT(*) FROM conversation_messages").await,
        2
    );
}

#[tokio::test]
async fn a_conversation_put_aside_comes_back_with_the_visitors_next_words() {
    let (server, member, _open) = staffed().await;
    let visitor = server.client();
    ask(&visitor, &question("Thanks!")).await;
    let path = conversation(&member).await;
    let closed = member.post_form(&format!("{path}/closure"), &[]).await;
    assert_eq!(closed.header("location"), "/staff/chat", "{closed:?}");
    assert!(
        member
            .get("/staff/chat")
            .await
            .text()
            .contains("Nobody waits for an answer.")
    );
    ask(&visitor, &question("One more thing")).await;
    assert!(
        member
            .get("/staff/chat")
            .await
            .text()
            .contains("1 visitor waits for an answer.")
    );
}

#[tokio::test]
async fn nobody_is_there_once_the_page_is_closed() {
    let (server, _member, open) = staffed().await;
    let visitor = server.client();
    ask(&visitor, &question("Hello?")).await;
    let mut events = Events::open(&visitor, "/api/chat/events", None).await;
    assert_eq!(events.next("presence").await.data["staffed"], true);
    drop(open);
    assert_eq!(events.next("presence").await.data["staffed"], false);
}

#[tokio::test]
async fn a_member_who_is_disabled_reads_no_more() {
    let (server, _member, mut open) = staffed().await;
    let disabled = command(&server, &["staff", "disable", "grace@example.com"], "").await;
    assert!(disabled.status.success(), "{}", told(&disabled));
    assert!(open.ends().await);
}

#[tokio::test]
async fn an_unknown_conversation_is_not_found() {
    let (_server, member, _open) = staffed().await;
    let path = format!("/staff/chat/{}", Uuid::now_v7());
    assert_eq!(member.get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        answer_with(&member, &path, "Hello.").await.status,
        StatusCode::NOT_FOUND
    );
    let closed = member.post_form(&format!("{path}/closure"), &[]).await;
    assert_eq!(closed.status, StatusCode::NOT_FOUND);
}
