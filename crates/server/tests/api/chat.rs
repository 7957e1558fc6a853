//! The live chat as visitors have it.

use reqwest::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::chat_events::Events;
use crate::server::{Answer, Client, TestServer};
use crate::staff::staff;

/// Wednesday noon in New York, within the hours of the catalog.
pub const OPEN: &str = "2027-06-16T16:00:00Z";
/// The Saturday after.
const CLOSED: &str = "2027-06-19T16:00:00Z";
pub const SUPPORT: &str = "support@onedesk.com";

pub async fn server_at(instant: &str) -> TestServer {
    server_with(&["--sandbox"], instant).await
}

/// A server with these flags, at an instant.
pub async fn server_with(flags: &[&str], instant: &str) -> TestServer {
    let server = TestServer::with(flags).await;
    server.advance(json!({ "set": instant })).await;
    server
}

/// A server within the hours, and a member of staff with the chat open.
pub async fn staffed() -> (TestServer, Client, Events) {
    staffed_with(&["--sandbox"]).await
}

/// The same with these flags.
pub async fn staffed_with(flags: &[&str]) -> (TestServer, Client, Events) {
    let server = server_with(flags, OPEN).await;
    let member = staff(&server).await;
    let mut open = Events::open(&member, "/staff/chat/events", None).await;
    open.next("changed").await;
    (server, member, open)
}

pub fn question(text: &str) -> Value {
    json!({ "id": Uuid::now_v7(), "text": text, "language": "en", "page": "/pricing" })
}

pub fn question_from(text: &str, email: &str) -> Value {
    let mut body = question(text);
    body["email"] = json!(email);
    body
}

pub async fn ask(client: &Client, body: &Value) -> Answer {
    let answer = client.post("/api/chat/messages", body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
    answer
}

/// The path of the only conversation on the staff's page.
pub async fn conversation(member: &Client) -> String {
    let list = member.get("/staff/chat").await.text();
    let (_, rest) = list.split_once("href=\"/staff/chat/").expect("a conversation");
    format!("/staff/chat/{}", &rest[..36])
}

pub async fn answer_with(member: &Client, conversation: &str, text: &str) -> Answer {
    let id = Uuid::now_v7().to_string();
    let fields = [("id", id.as_str()), ("text", text)];
    member
        .post_form(&format!("{conversation}/messages"), &fields)
        .await
}

fn texts(view: &Answer) -> Vec<&str> {
    let messages = view.body["messages"].as_array().unwrap();
    messages
        .iter()
        .map(|message| message["text"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn a_question_and_its_answer_are_live_at_both_ends() {
    let (server, member, mut at_staff) = staffed().await;
    let visitor = server.client();
    let empty = visitor.get("/api/chat").await;
    assert_eq!(empty.body["presence"]["staffed"], true, "{empty:?}");
    assert_eq!(empty.body["messages"], json!([]));
    let asked = ask(&visitor, &question("Is SSO in Premium?")).await;
    assert!(
        asked.header("set-cookie").contains("HttpOnly; SameSite=Strict"),
        "{:?}",
        asked.headers
    );
    assert_eq!(
        (&asked.body["number"], &asked.body["from"]),
        (&json!(1), &json!("visitor"))
    );
    assert_eq!(at_staff.next("changed").await.data, json!(1));
    let mut at_visitor = Events::open(&visitor, "/api/chat/events?after=1", None).await;
    let path = conversation(&member).await;
    assert!(member.get(&path).await.text().contains("Is SSO in Premium?"));
    let answered = answer_with(&member, &path, "No, in Enterprise.").await;
    assert_eq!(
        (answered.status, answered.header("location")),
        (StatusCode::SEE_OTHER, &*path)
    );
    let event = at_visitor.next("message").await;
    assert_eq!(
        (event.id.as_str(), &event.data["text"]),
        ("2", &json!("No, in Enterprise."))
    );
    assert_eq!(
        (&event.data["from"], &event.data["name"]),
        (&json!("staff"), &json!("Grace Hopper"))
    );
    assert_eq!(at_staff.next("changed").await.data, json!(0));
    assert!(server.mail_to(SUPPORT).await.is_empty());
    let view = visitor.get("/api/chat").await;
    assert_eq!(texts(&view), ["Is SSO in Premium?", "No, in Enterprise."]);
}

#[tokio::test]
async fn a_dropped_connection_is_gone_on_from_where_it_was() {
    let (server, member, _at_staff) = staffed().await;
    let visitor = server.client();
    ask(&visitor, &question("One?")).await;
    let path = conversation(&member).await;
    let mut events = Events::open(&visitor, "/api/chat/events", None).await;
    assert_eq!(events.next("message").await.id, "1");
    drop(events);
    answer_with(&member, &path, "Two.").await;
    answer_with(&member, &path, "Three.").await;
    let mut events = Events::open(&visitor, "/api/chat/events?after=0", Some("1")).await;
    assert_eq!(events.next("message").await.data["text"], "Two.");
    assert_eq!(events.next("message").await.data["text"], "Three.");
}

#[tokio::test]
async fn a_conversation_survives_a_restart_of_the_server() {
    let server = server_at(CLOSED).await;
    let visitor = server.client();
    ask(&visitor, &question_from("Still there?", "eve@example.com")).await;
    let http = visitor.http.clone();
    let server = server.restarted().await;
    let visitor = Client {
        http,
        base: server.base.clone(),
    };
    assert_eq!(texts(&visitor.get("/api/chat").await), ["Still there?"]);
}

#[tokio::test]
async fn out_of_hours_a_question_becomes_an_email_with_a_copy_to_the_asker() {
    let server = server_at(CLOSED).await;
    let visitor = server.client();
    let view = visitor.get("/api/chat").await;
    assert_eq!(
        view.body["presence"],
        json!({ "staffed": false, "opens_at": "2027-06-21T13:00:00Z" })
    );
    let answer = visitor.post("/api/chat/messages", &question("Anybody?")).await;
    answer.assert_field("email", "required");
    let asked = ask(
        &visitor,
        &question_from("Do you take\npurchase orders?", "Eve@Example.com"),
    )
    .await;
    assert_eq!(asked.body["mailed"], true, "{asked:?}");
    let letters = server.mail_to(SUPPORT).await;
    assert_eq!(letters.len(), 1, "{letters:#?}");
    assert_eq!(letters[0]["reply_to"], "eve@example.com");
    assert_eq!(
        letters[0]["subject"],
        "Question from the chat: Do you take purchase orders?"
    );
    let text = letters[0]["text"].as_str().unwrap();
    for words in [
        "Do you take",
        "purchase orders?",
        "eve@example.com",
        "/pricing",
        "/staff/chat/",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let copies = server.mail_to("eve@example.com").await;
    assert_eq!((copies.len(), &copies[0]["kind"]), (1, &json!("chat_copy")));
    assert!(copies[0]["text"].as_str().unwrap().contains("purchase orders?"));
    // The address is known by now, and only what is new is sent.
    ask(&visitor, &question("And SEPA?")).await;
    let letters = server.mail_to(SUPPORT).await;
    assert_eq!(letters.len(), 2);
    assert!(
        !letters[0]["text"].as_str().unwrap().contains("purchase"),
        "{letters:#?}"
    );
}

#[tokio::test]
async fn with_nobody_there_within_the_hours_a_question_becomes_an_email_too() {
    let server = server_at(OPEN).await;
    let visitor = server.client();
    let view = visitor.get("/api/chat").await;
    assert_eq!(view.body["presence"], json!({ "staffed": false }));
    ask(&visitor, &question_from("Hello?", "eve@example.com")).await;
    assert_eq!(server.mail_to(SUPPORT).await.len(), 1);
}

#[tokio::test]
async fn a_question_that_waits_too_long_becomes_an_email_once() {
    let (server, _member, _open) = staffed().await;
    let visitor = server.client();
    ask(&visitor, &question("Hello?")).await;
    server.advance(json!({ "advance_hours": 1 })).await;
    assert!(
        server.mail_to(SUPPORT).await.is_empty(),
        "nobody could be answered"
    );
    let left = visitor
        .put("/api/chat/email", &json!({ "email": "eve@example.com" }))
        .await;
    assert_eq!(left.status, StatusCode::NO_CONTENT, "{left:?}");
    for _pass in 0..2 {
        server.advance(json!({ "advance_hours": 1 })).await;
        assert_eq!(server.mail_to(SUPPORT).await.len(), 1);
        assert_eq!(server.mail_to("eve@example.com").await.len(), 1);
    }
    assert_eq!(visitor.get("/api/chat").await.body["messages"][0]["mailed"], true);
}

#[tokio::test]
async fn an_answer_reaches_a_visitor_who_has_left_by_email() {
    let server = server_at(CLOSED).await;
    let visitor = server.client();
    let body =
        json!({ "id": Uuid::now_v7(), "text": "Bonjour ?", "language": "fr", "email": "eve@example.com" });
    ask(&visitor, &body).await;
    // As if the visitor's panel had been closed for a while.
    server.run("UPDATE conversations SET visitor_seen_at = 0").await;
    let member = staff(&server).await;
    let path = conversation(&member).await;
    let page = member.get(&path).await.text();
    assert!(page.contains("your answer also goes out as an e-mail"), "{page}");
    answer_with(&member, &path, "Bonjour !").await;
    let letters = server.mail_to("eve@example.com").await;
    let letter = letters
        .iter()
        .find(|letter| letter["kind"] == "chat_answer")
        .unwrap();
    assert_eq!(letter["language"], "fr");
    assert!(
        letter["text"].as_str().unwrap().contains("Bonjour !"),
        "{letter:#?}"
    );
}

#[tokio::test]
async fn the_same_message_sent_again_is_said_once() {
    let server = server_at(CLOSED).await;
    let visitor = server.client();
    let body = question_from("Once?", "eve@example.com");
    let first = ask(&visitor, &body).await;
    let again = ask(&visitor, &body).await;
    assert_eq!(first.body, again.body);
    assert_eq!(texts(&visitor.get("/api/chat").await), ["Once?"]);
    assert_eq!(server.mail_to(SUPPORT).await.len(), 1);
    // Its id tells a stranger nothing.
    let stranger = server.client();
    let stolen = stranger.post("/api/chat/messages", &body).await;
    stolen.assert_problem(404, "not-found");
}

#[tokio::test]
async fn nobody_reads_a_conversation_but_its_browser() {
    let server = server_at(CLOSED).await;
    let visitor = server.client();
    ask(&visitor, &question_from("Private", "eve@example.com")).await;
    let stranger = server.client();
    assert_eq!(stranger.get("/api/chat").await.body["messages"], json!([]));
    stranger
        .get("/api/chat/events")
        .await
        .assert_problem(404, "not-found");
    let body = json!({ "email": "mallory@example.com" });
    stranger
        .put("/api/chat/email", &body)
        .await
        .assert_problem(404, "not-found");
}

#[tokio::test]
async fn what_was_asked_signed_in_is_not_shown_once_signed_out() {
    let server = server_at(CLOSED).await;
    let owner = server.activated("ada@example.com").await;
    let view = owner.get("/api/chat").await;
    assert_eq!(view.body["email"], "ada@example.com", "{view:?}");
    ask(&owner, &question("About our invoice")).await;
    let letters = server.mail_to(SUPPORT).await;
    assert!(
        letters[0]["text"].as_str().unwrap().contains("Acme"),
        "{letters:#?}"
    );
    assert_eq!(
        owner.delete("/api/sessions/current").await.status,
        StatusCode::NO_CONTENT
    );
    let view = owner.get("/api/chat").await;
    assert_eq!(
        (&view.body["messages"], &view.body["email"]),
        (&json!([]), &Value::Null)
    );
}

#[tokio::test]
async fn ending_a_conversation_forgets_it_in_the_browser_and_keeps_it_for_the_staff() {
    let (server, member, _open) = staffed().await;
    let visitor = server.client();
    ask(&visitor, &question_from("Bye?", "eve@example.com")).await;
    let mut events = Events::open(&visitor, "/api/chat/events", None).await;
    events.next("message").await;
    let ended = visitor.delete("/api/chat").await;
    assert_eq!(ended.status, StatusCode::NO_CONTENT, "{ended:?}");
    assert!(
        ended.header("set-cookie").contains("Max-Age=0"),
        "{:?}",
        ended.headers
    );
    assert_eq!(visitor.get("/api/chat").await.body["messages"], json!([]));
    assert!(member.get("/staff/chat").await.text().contains("Bye?"));
    assert_eq!(
        server.mail_to(SUPPORT).await.len(),
        1,
        "it still waits for an answer"
    );
}

#[tokio::test]
async fn what_is_typed_is_never_markup() {
    let server = server_at(CLOSED).await;
    let visitor = server.client();
    let markup = "<img src=x onerror=alert(1)><script>alert(2)</script>";
    ask(&visitor, &question_from(markup, "eve@example.com")).await;
    assert_eq!(texts(&visitor.get("/api/chat").await), [markup]);
    let member = staff(&server).await;
    let path = conversation(&member).await;
    for page in [
        "/staff/chat",
        "/staff/chat/list",
        &path,
        &format!("{path}/messages"),
    ] {
        let shown = member.get(page).await;
        assert!(!shown.text().contains("<img"), "{page}: {shown:?}");
        assert!(shown.text().contains("&lt;img src=x"), "{page}: {shown:?}");
    }
    let policy = member.get(&path).await;
    assert!(
        policy
            .header("content-security-policy")
            .contains("script-src 'self';"),
        "{:?}",
        policy.headers
    );
    for letter in server.mail_to(SUPPORT).await {
        assert!(!letter["html"].as_str().unwrap().contains("<img"), "{letter:#?}");
    }
}

#[tokio::test]
async fn bad_messages_are_refused_field_by_field() {
    let server = server_at(CLOSED).await;
    let visitor = server.client();
    let said = async |changes: Value| {
        let mut body = question_from("Hello?", "eve@example.com");
        body.as_object_mut()
            .unwrap()
            .extend(changes.as_object().unwrap().clone());
        visitor.post("/api/chat/messages", &body).await
    };
    said(json!({ "text": " \n " }))
        .await
        .assert_field("text", "required");
    said(json!({ "text": "x".repeat(2001) }))
        .await
        .assert_field("text", "too_long");
    said(json!({ "email": "eve at home" }))
        .await
        .assert_field("email", "invalid_email");
    said(json!({ "language": "tlh" }))
        .await
        .assert_field("language", "unknown_language");
    said(json!({ "id": "1" }))
        .await
        .assert_problem(400, "malformed-body");
    said(json!({ "text": "x".repeat(70_000) }))
        .await
        .assert_problem(413, "body-too-large");
    let left = visitor.put("/api/chat/email", &json!({ "email": "" })).await;
    left.assert_field("email", "required");
    assert!(server.mail_to("eve@example.com").await.is_empty());
}

#[tokio::test]
async fn questions_and_their_letters_are_throttled() {
    let flags = ["--sandbox", "--limit-chat", "3/1h", "--limit-letters", "2/1h"];
    let server = TestServer::with(&flags).await;
    server.advance(json!({ "set": CLOSED })).await;
    let visitor = server.client();
    for _allowed in 0..2 {
        ask(&visitor, &question_from("Hello?", "eve@example.com")).await;
    }
    let letters = visitor.post("/api/chat/messages", &question("Hello?")).await;
    letters.assert_problem(429, "too-many-attempts");
    assert!(!letters.header("retry-after").is_empty(), "{:?}", letters.headers);
    let messages = visitor
        .post(
            "/api/chat/messages",
            &question_from("Hello?", "mallory@example.com"),
        )
        .await;
    messages.assert_problem(429, "too-many-attempts");
    assert_eq!(server.mail_to("eve@example.com").await.len(), 2);
}

#[tokio::test]
async fn another_sites_page_says_nothing() {
    let server = server_at(CLOSED).await;
    let visitor = server.client();
    let request = visitor
        .request(reqwest::Method::POST, "/api/chat/messages")
        .header("sec-fetch-site", "cross-site")
        .json(&question_from("Spam", "eve@example.com"));
    visitor
        .send(request)
        .await
        .assert_problem(403, "cross-site-request");
}

#[tokio::test]
async fn open_streams_end_with_the_server() {
    let (server, _member, mut at_staff) = staffed().await;
    let visitor = server.client();
    ask(&visitor, &question("Hello?")).await;
    let mut at_visitor = Events::open(&visitor, "/api/chat/events", None).await;
    at_visitor.next("message").await;
    server.stopped().await;
    assert!(at_staff.ends().await && at_visitor.ends().await);
}

#[tokio::test]
async fn two_servers_on_one_database_tell_each_others_visitors() {
    let (server, member, _open) = staffed().await;
    let other = server.beside().await;
    other.advance(json!({ "set": OPEN })).await;
    let visitor = other.client();
    let view = visitor.get("/api/chat").await;
    assert_eq!(view.body["presence"]["staffed"], true, "{view:?}");
    ask(&visitor, &question("Hello there?")).await;
    let mut at_visitor = Events::open(&visitor, "/api/chat/events?after=1", None).await;
    at_visitor.next("presence").await;
    let path = conversation(&member).await;
    answer_with(&member, &path, "Hello here.").await;
    assert_eq!(at_visitor.next("message").await.data["text"], "Hello here.");
}

#[tokio::test]
async fn conversations_that_ended_long_ago_are_forgotten() {
    let server = server_at(CLOSED).await;
    let visitor = server.client();
    ask(&visitor, &question_from("Old", "eve@example.com")).await;
    server.advance_days(179).await;
    assert_eq!(
        server.number("SELECT COUNT(*) FROM conversation_messages").await,
        1
    );
    server.advance_days(2).await;
    assert_eq!(server.number("SELECT COUNT(*) FROM conversations").await, 0);
    assert_eq!(
        server.number("SELECT COUNT(*) FROM conversation_messages").await,
        0
    );
}
