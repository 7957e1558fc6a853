//! Marking an order as paid, from the staff's pages and from the command line.

use jiff::Timestamp;
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::orders_requests::{order_body, pay, place};
use crate::server::{Answer, Client, TestServer};
use crate::staff::{command_of_grace, search_for, staff};
use crate::transfers::{by_transfer, three_standard};

fn page_of(order: &Value) -> String {
    format!("/staff/orders/{}", order["id"].as_str().unwrap())
}

fn reference_of(order: &Value) -> String {
    order["transfer"]["reference"].as_str().unwrap().to_owned()
}

fn today() -> String {
    Timestamp::now()
        .to_zoned(jiff::tz::TimeZone::UTC)
        .date()
        .to_string()
}

async fn send(client: &Client, order: &Value, step: &str, amount: &str, on: &str) -> Answer {
    let fields = [("amount", amount), ("received_on", on), ("note", "Statement 12")];
    client
        .post_form(&format!("{}/{step}", page_of(order)), &fields)
        .await
}

async fn state(client: &Client, order: &Value) -> Value {
    let path = format!("/api/orders/{}", order["id"].as_str().unwrap());
    client.get(&path).await.body
}

async fn mark_by_command(server: &TestServer, reference: &str, amount: &str, on: &str) -> (bool, String) {
    let paid = ["--amount", amount, "--currency", "EUR", "--on", on];
    command_of_grace(server, &[&["orders", "mark-paid", reference], &paid[..]].concat()).await
}

async fn settled(server: &TestServer) -> (i64, i64, i64) {
    (
        server.number("SELECT count(*) FROM charges").await,
        server.number("SELECT count(*) FROM invoices").await,
        server.number("SELECT count(*) FROM subscriptions").await,
    )
}

#[tokio::test]
async fn marked_paid_by_staff_everything_happens_as_for_a_card() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let order = place(&ada, &by_transfer(three_standard())).await;
    let grace = staff(&server).await;
    let page = grace.get(&page_of(&order)).await.text();
    assert!(
        page.contains(&reference_of(&order)) && page.contains("€474.77"),
        "{page}"
    );

    let asked = send(&grace, &order, "confirmation", "474,77", &today()).await;
    assert_eq!(asked.status, StatusCode::OK, "{asked:?}");
    assert!(asked.text().contains("Mark this order as paid?"), "{asked:?}");
    assert_eq!(settled(&server).await, (0, 0, 0));

    let done = send(&grace, &order, "payment", "474.77", &today()).await;
    assert_eq!(
        (done.status, done.header("location")),
        (StatusCode::SEE_OTHER, page_of(&order).as_str())
    );
    assert_eq!(settled(&server).await, (1, 1, 1));
    let page = grace.get(&page_of(&order)).await.text();
    for part in ["Marked as paid", "by Grace Hopper", "INV-000001", "Statement 12"] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(grace.get("/staff").await.text().contains("Grace Hopper"));

    let paid = state(&ada, &order).await;
    assert_eq!(paid["status"], "paid");
    assert_eq!(paid["receipt"]["invoice_number"], "INV-000001");
    let method = paid["receipt"]["payment_method"].as_str().unwrap();
    assert!(method.contains(&reference_of(&order)), "{method}");
    assert_eq!(
        ada.get("/api/account").await.body["subscription"]["state"],
        "active"
    );
    let letters = server.mail_to("ada@example.com").await;
    let receipt = letters.iter().find(|letter| letter["kind"] == "receipt").unwrap();
    assert!(receipt["attachment"].is_string(), "{receipt:#}");
    // What the screen says of it in the words of the file.
    let shown = ada.get("/api/invoices/INV-000001").await.body;
    assert_eq!(shown["transfer_reference"], order["transfer"]["reference"]);
    let file = ada.get("/api/invoices/INV-000001/pdf").await;
    assert!(file.bytes.starts_with(b"%PDF-"), "{file:?}");
    let trail =
        "SELECT count(*) FROM audit WHERE action = 'order.marked_paid' AND detail LIKE '%Grace Hopper%'";
    assert_eq!(server.number(trail).await, 1);
    let charge = format!(
        "SELECT count(*) FROM charges WHERE provider = 'transfer' AND reference = '{}' AND amount = 47477",
        reference_of(&order).replace(' ', "")
    );
    assert_eq!(server.number(&charge).await, 1);
}

#[tokio::test]
async fn marked_paid_from_the_command_line_beside_a_running_server() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let order = place(&ada, &by_transfer(three_standard())).await;
    let (done, text) =
        mark_by_command(&server, &reference_of(&order).to_lowercase(), "474.77", &today()).await;
    assert!(done, "{text}");
    assert_eq!(state(&ada, &order).await["status"], "paid");
    assert_eq!(settled(&server).await, (1, 1, 1));
    let letters = server.mail_to("ada@example.com").await;
    let receipt = letters.iter().find(|letter| letter["kind"] == "receipt").unwrap();
    let text = receipt["text"].as_str().unwrap();
    assert!(text.contains("https://desk.example/app/"), "{text}");
    let trail = "SELECT count(*) FROM audit WHERE action = 'order.marked_paid' AND detail LIKE '%Grace (command line)%'";
    assert_eq!(server.number(trail).await, 1);
}

#[tokio::test]
async fn what_the_command_line_cannot_read_is_told_and_changes_nothing() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let order = place(&ada, &by_transfer(three_standard())).await;
    let reference = reference_of(&order);
    let mut swapped = reference.clone().into_bytes();
    let place = (10..swapped.len())
        .find(|&at| swapped[at] != b' ' && swapped[at - 1] != b' ' && swapped[at] != swapped[at - 1])
        .unwrap();
    swapped.swap(place, place - 1);
    let swapped = String::from_utf8(swapped).unwrap();
    for (reference, amount, on, part) in [
        (swapped.as_str(), "474.77", today(), "check digits"),
        ("RF18 5390 0754 7034", "474.77", today(), "no payment reference"),
        (&reference, "474.77 EUR", today(), "--amount"),
        (&reference, "474.777", today(), "--amount"),
        (&reference, "474.77", "23.11.2026".to_owned(), "--on"),
        (&reference, "474.76", today(), "€0.01 too little"),
        (&reference, "475.00", today(), "€0.23 too much"),
        (&reference, "474.77", "2020-01-01".to_owned(), "before the order"),
    ] {
        let (done, text) = mark_by_command(&server, reference, amount, &on).await;
        assert!(
            !done && text.contains(part) && text.contains("Nothing was changed"),
            "{part} in {text}"
        );
    }
    assert_eq!(settled(&server).await, (0, 0, 0));
}

#[tokio::test]
async fn an_amount_that_does_not_fit_to_the_cent_is_refused_with_words() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let order = place(&ada, &by_transfer(three_standard())).await;
    let grace = staff(&server).await;
    for (amount, part) in [
        ("474.76", "€0.01 too little"),
        ("474.78", "€0.01 too much"),
        ("0", "too little"),
        ("-474.77", "too little"),
        ("1,234.50", "is no number"),
        ("474.770", "more decimals"),
        ("99999999999999999999", "is no number"),
        ("", "is no number"),
    ] {
        for step in ["confirmation", "payment"] {
            let answer = send(&grace, &order, step, amount, &today()).await;
            assert_eq!(answer.status, StatusCode::CONFLICT, "{amount} {answer:?}");
            let text = answer.text();
            assert!(
                text.contains(part) && text.contains("Nothing was changed"),
                "{amount}: {text}"
            );
        }
    }
    for day in ["", "2026-02-30", "2020-01-01", "2999-01-01"] {
        let answer = send(&grace, &order, "payment", "474.77", day).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "{day} {answer:?}");
    }
    assert_eq!(settled(&server).await, (0, 0, 0));
    assert_eq!(state(&ada, &order).await["status"], "awaiting_transfer");
}

#[tokio::test]
async fn marking_an_order_paid_twice_is_told_and_nothing_happens_twice() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let order = place(&ada, &by_transfer(three_standard())).await;
    let grace = staff(&server).await;
    send(&grace, &order, "payment", "474.77", &today()).await;
    let again = send(&grace, &order, "payment", "474.77", &today()).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "{again:?}");
    assert!(
        again.text().contains("marked as paid already, by Grace Hopper"),
        "{again:?}"
    );
    let (done, text) = mark_by_command(&server, &reference_of(&order), "474.77", &today()).await;
    assert!(!done && text.contains("already, by Grace Hopper"), "{text}");
    assert_eq!(settled(&server).await, (1, 1, 1));
    assert_eq!(server.number("SELECT count(*) FROM refunds").await, 0);
}

#[tokio::test]
async fn marking_from_command_line_and_page_at_the_same_moment_settles_once() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let order = place(&ada, &by_transfer(three_standard())).await;
    let grace = staff(&server).await;
    let (reference, day) = (reference_of(&order), today());
    let (by_command, first, second) = tokio::join!(
        async { mark_by_command(&server, &reference, "474.77", &day).await.0 },
        async { send(&grace, &order, "payment", "474.77", &day).await.status == StatusCode::SEE_OTHER },
        async { send(&grace, &order, "payment", "474.77", &day).await.status == StatusCode::SEE_OTHER },
    );
    let winners = [by_command, first, second].into_iter().filter(|won| *won).count();
    assert_eq!(winners, 1, "{by_command} {first} {second}");
    assert_eq!(settled(&server).await, (1, 1, 1));
    assert_eq!(server.number("SELECT count(*) FROM transfers").await, 1);
}

#[tokio::test]
async fn an_order_whose_time_is_over_is_not_marked() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let order = place(&ada, &by_transfer(three_standard())).await;
    server.advance_days(32).await;
    let grace = staff(&server).await;
    let page = grace.get(&page_of(&order)).await.text();
    assert!(
        page.contains("was cancelled") && !page.contains("Amount received"),
        "{page}"
    );
    let answer = send(&grace, &order, "payment", "474.77", &today()).await;
    assert_eq!(answer.status, StatusCode::CONFLICT, "{answer:?}");
    assert!(answer.text().contains("send the money back"), "{answer:?}");
    let (done, text) = mark_by_command(&server, &reference_of(&order), "474.77", &today()).await;
    assert!(!done && text.contains("was cancelled"), "{text}");
    assert_eq!(settled(&server).await, (0, 0, 0));
    // It is found by its reference all the same.
    let found = grace.get(&search_for(&reference_of(&order))).await.text();
    assert!(found.contains("(cancelled)"), "{found}");
}

#[tokio::test]
async fn paid_after_the_trial_the_subscription_begins_on_the_day_it_is_marked_and_users_come_back() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let _bob = server.joined(&ada, &["bob@example.com"]).await;
    let order = place(&ada, &by_transfer(three_standard())).await;
    server.advance_days(20).await;
    let shown = ada.get("/api/account").await.body;
    let marked_on = shown["today"].as_str().unwrap().to_owned();
    let grace = staff(&server).await;
    // The transfer arrived some days before somebody looked.
    let done = send(&grace, &order, "payment", "474.77", &today()).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{done:?}");
    let account = ada.get("/api/account").await.body;
    assert_eq!(account["subscription"]["state"], "active", "{account:#}");
    assert_eq!(account["subscription"]["period_start"], marked_on);
    assert_eq!(account["active_users"], 1);
    let users = ada.get("/api/users").await.body;
    let bob = users["users"]
        .as_array()
        .unwrap()
        .iter()
        .find(|user| user["email"] == "bob@example.com")
        .unwrap();
    let path = format!("/api/users/{}/reactivation", bob["id"].as_str().unwrap());
    assert_eq!(ada.post(&path, &json!({})).await.status, StatusCode::OK);
}

#[tokio::test]
async fn with_more_active_users_than_licences_staff_are_refused_with_the_numbers() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let _others = server.joined(&ada, &["bob@example.com", "cy@example.com"]).await;
    server
        .run("UPDATE users SET active = false WHERE role <> 'owner'")
        .await;
    let body = order_body("standard", 1, "annual", "EUR", 15_826);
    let order = place(&ada, &by_transfer(body)).await;
    // Nothing of the software makes them active meanwhile; whatever else did, nothing is settled.
    server.run("UPDATE users SET active = true").await;
    let grace = staff(&server).await;
    let answer = send(&grace, &order, "payment", "158.26", &today()).await;
    assert_eq!(answer.status, StatusCode::CONFLICT, "{answer:?}");
    let text = answer.text();
    assert!(
        text.contains("1 licences were ordered, but 3 users are active"),
        "{text}"
    );
    assert_eq!(settled(&server).await, (0, 0, 0));
}

#[tokio::test]
async fn what_was_ordered_is_delivered_at_the_amount_of_the_pro_forma_whatever_tax_has_become() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let order = place(&ada, &by_transfer(three_standard())).await;
    // From now on another tax would be charged.
    let details = json!({
        "company": "Acme GmbH", "address": ["Hauptstraße 1"], "postcode": "10115", "city": "Berlin",
        "country": "DE", "vat_number": "", "email": "",
    });
    let answer = ada.put("/api/billing-details", &details).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    let grace = staff(&server).await;
    let done = send(&grace, &order, "payment", "474.77", &today()).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{done:?}");
    let invoice = ada.get("/api/invoices/INV-000001").await.body;
    assert_eq!(invoice["due"], json!({ "minor": 47_477, "currency": "EUR" }));
    assert_eq!(invoice["buyer"]["country"], "FR");
}

#[tokio::test]
async fn an_order_by_card_is_none_of_the_staffs() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let order = place(&ada, &three_standard()).await;
    let grace = staff(&server).await;
    assert_eq!(grace.get(&page_of(&order)).await.status, StatusCode::NOT_FOUND);
    let answer = send(&grace, &order, "payment", "474.77", &today()).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    pay(&ada, &order).await;
    assert_eq!(settled(&server).await, (1, 1, 1));
}
