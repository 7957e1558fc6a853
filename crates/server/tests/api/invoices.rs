//! `/api/invoices`: what was invoiced, on screen and as a file.

use std::io::Write as _;
use std::process::{Command, Stdio};

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::billing_details::{details, german, saved};
use crate::orders_requests::pay;
use crate::orders_requests::{GOOD_CARD, new_key, order_body, three_premium};
use crate::orders_shop::{Buyer, Shop, blob};
use crate::server::{Answer, Client, TestServer};

fn usd(minor: i64) -> Value {
    json!({ "minor": minor, "currency": "USD" })
}

/// Orders three licences of Premium for a year, with `gross` confirmed, and pays.
async fn bought(client: &Client, gross: i64) -> Value {
    let body = order_body("premium", 3, "annual", "USD", gross);
    let request = client.request(reqwest::Method::POST, "/api/orders");
    let answer = client
        .send(request.header("Idempotency-Key", new_key()).json(&body))
        .await;
    assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
    pay(client, &answer.body).await;
    answer.body
}

/// The text of a PDF, by an independent reader; no-break spaces are plain ones.
pub fn text_of(answer: &Answer) -> String {
    let mut reader = Command::new("pdftotext")
        .args(["-layout", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Poppler's pdftotext (on Debian: apt install poppler-utils)");
    reader
        .stdin
        .take()
        .expect("a pipe")
        .write_all(&answer.bytes)
        .expect("pdftotext reads");
    let output = reader.wait_with_output().expect("pdftotext ends");
    assert!(output.status.success());
    String::from_utf8(output.stdout)
        .expect("UTF-8")
        .replace(['\u{a0}', '\u{202f}'], " ")
}

#[tokio::test]
async fn an_invoice_says_who_sold_what_to_whom_with_which_tax() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    saved(&ada, &details(json!({}))).await;
    let order = bought(&ada, 73_397).await;
    let today = ada.get("/api/account").await.body["today"].clone();

    let list = ada.get("/api/invoices").await;
    assert_eq!(
        list.body,
        json!({ "invoices": [{
            "number": "INV-000001", "kind": "invoice", "issued_on": today, "gross": usd(73_397), "due": usd(73_397),
        }] })
    );

    let invoice = ada.get("/api/invoices/INV-000001").await.body;
    assert_eq!(invoice["order_id"], order["id"]);
    assert_eq!((&invoice["issued_on"], &invoice["paid_on"]), (&today, &today));
    assert_eq!(invoice["payment_method"], "Visa •••• 4242");
    assert_eq!(invoice["period_start"], today);
    assert_eq!(
        invoice["lines"],
        json!([{ "text": "Premium: 3 licences × $16.99 × 12 months", "net": usd(61_164) }])
    );
    assert_eq!(invoice["taxed"], order["taxed"]);
    assert_eq!(
        (&invoice["due"], &invoice["credit_used"], &invoice["credit_added"]),
        (&usd(73_397), &usd(0), &usd(0))
    );
    assert!(invoice["tax_mention"].is_null(), "{invoice}");
    assert_eq!(
        invoice["buyer"],
        json!({
            "name": "Atelier Lumière",
            "contact": "Ada Lovelace",
            "address": ["Bâtiment B", "27 quai des Célestins"],
            "postcode": "69002",
            "city": "Lyon",
            "country": "FR",
            "vat_number": "FR40303265045",
            "registration": "",
        })
    );
    assert_eq!(invoice["seller"]["name"], "Sample Seller SAS");
    assert_eq!(invoice["seller"]["vat_number"], "FR11123456782");

    // A later change of the details rewrites nothing.
    saved(&ada, &german("")).await;
    assert_eq!(ada.get("/api/invoices/INV-000001").await.body, invoice);
}

#[tokio::test]
async fn the_file_says_what_the_screen_says() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    saved(&ada, &details(json!({}))).await;
    bought(&ada, 73_397).await;
    let file = ada.get("/api/invoices/INV-000001/pdf").await;
    assert_eq!(file.status, StatusCode::OK, "{file:?}");
    assert_eq!(file.header("content-type"), "application/pdf");
    assert_eq!(
        file.header("content-disposition"),
        "attachment; filename=\"INV-000001.pdf\""
    );
    assert_eq!(file.header("cache-control"), "no-store");
    assert!(file.bytes.starts_with(b"%PDF-1.7"));
    let text = text_of(&file);
    for part in [
        "INV-000001",
        "Sample Seller SAS",
        "FR11123456782",
        "Atelier Lumière",
        "Ada Lovelace",
        "27 quai des Célestins",
        "FR40303265045",
        "Premium",
        "3 licences × $16.99 × 12 months",
        "$611.64",
        "VAT 20%",
        "$122.33",
        "$733.97",
        "Visa •••• 4242",
    ] {
        assert!(text.contains(part), "{part} is missing in {text}");
    }
    let again = ada.get("/api/invoices/INV-000001/pdf").await;
    assert_eq!(again.bytes, file.bytes, "the same invoice is the same file");
}

#[tokio::test]
async fn reverse_charge_is_mentioned_with_both_vat_numbers() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    saved(&ada, &german("DE100000008")).await;
    bought(&ada, 61_164).await;
    let invoice = ada.get("/api/invoices/INV-000001").await.body;
    let mention = invoice["tax_mention"].as_str().expect("a mention");
    assert!(
        mention.starts_with("Reverse charge") && mention.contains("Article 196"),
        "{mention}"
    );
    let text = text_of(&ada.get("/api/invoices/INV-000001/pdf").await);
    for part in ["Reverse charge", "DE100000008", "FR11123456782", "$611.64"] {
        assert!(text.contains(part), "{part} is missing in {text}");
    }
}

#[tokio::test]
async fn an_account_without_billing_details_gets_its_file_too_wherever_it_is() {
    let server = TestServer::start().await;
    for (email, company, country, gross) in [
        ("ada@example.com", "Ada", "FR", 73_397),
        ("bob@example.com", "Bob", "US", 61_164),
        ("cy@example.com", "Cy", "DE", 72_785),
    ] {
        let changes = json!({ "company": company, "country": country });
        let client = server.activated_with(email, changes).await;
        bought(&client, gross).await;
        let number = client.get("/api/invoices").await.body["invoices"][0]["number"].clone();
        let path = format!("/api/invoices/{}/pdf", number.as_str().expect("a number"));
        let file = client.get(&path).await;
        assert_eq!(file.status, StatusCode::OK, "{country} {file:?}");
        assert!(text_of(&file).contains(company), "{country}");
    }
}

#[tokio::test]
async fn the_details_of_the_order_are_invoiced_though_they_change_before_the_payment() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    saved(&ada, &german("DE100000008")).await;
    let body = order_body("premium", 3, "annual", "USD", 61_164);
    let request = ada.request(reqwest::Method::POST, "/api/orders");
    let order = ada
        .send(request.header("Idempotency-Key", new_key()).json(&body))
        .await;
    saved(&ada, &details(json!({}))).await;
    pay(&ada, &order.body).await;
    let invoice = ada.get("/api/invoices/INV-000001").await.body;
    assert_eq!(invoice["taxed"]["treatment"]["kind"], "reverse_charge");
    assert_eq!(invoice["buyer"]["vat_number"], "DE100000008");
    assert_eq!(
        ada.get("/api/invoices/INV-000001/pdf").await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn a_receipt_has_the_invoice_attached() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    bought(&ada, 73_397).await;
    let letters = server.mail_to("ada@example.com").await;
    let receipt = letters
        .iter()
        .find(|letter| letter["kind"] == "receipt")
        .expect("a receipt");
    let attached = ada.get(receipt["attachment"].as_str().expect("a file")).await;
    assert_eq!(
        attached.header("content-disposition"),
        "attachment; filename=\"INV-000001.pdf\""
    );
    let file = ada.get("/api/invoices/INV-000001/pdf").await;
    assert_eq!(attached.bytes, file.bytes);

    let other = letters
        .iter()
        .find(|letter| letter["kind"] == "activation")
        .expect("a letter");
    assert!(other["attachment"].is_null());
    let path = format!(
        "/sandbox/mail/{}/attachment",
        other["id"].as_str().expect("an id")
    );
    ada.get(&path).await.assert_problem(404, "not-found");
}

#[tokio::test]
async fn invoices_of_others_are_not_found_and_members_see_none() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let eve = server
        .activated_with("eve@example.com", json!({ "company": "Eve" }))
        .await;
    let member = server.joined(&ada, &["mia@example.com"]).await.remove(0);
    bought(&ada, 73_397).await;
    assert_eq!(eve.get("/api/invoices").await.body, json!({ "invoices": [] }));
    for path in ["/api/invoices/INV-000001", "/api/invoices/INV-000001/pdf"] {
        eve.get(path).await.assert_problem(404, "not-found");
        member.get(path).await.assert_problem(403, "not-allowed");
        server
            .client()
            .get(path)
            .await
            .assert_problem(401, "not-signed-in");
    }
    member
        .get("/api/invoices")
        .await
        .assert_problem(403, "not-allowed");
    for number in [
        "INV-000002",
        "INV-1",
        "1",
        "inv-000001",
        "INV-000001.pdf",
        "%2e%2e",
        "INV-9223372036854775808",
    ] {
        for end in ["", "/pdf"] {
            let path = format!("/api/invoices/{number}{end}");
            ada.get(&path).await.assert_problem(404, "not-found");
        }
    }
    for query in [
        "before=1",
        "before=",
        "limit=0",
        "limit=101",
        "limit=-1",
        "limit=many",
    ] {
        let path = format!("/api/invoices?{query}");
        ada.get(&path).await.assert_problem(400, "malformed-body");
    }
}

/// Gives an account so many more invoices, of orders of its own.
async fn more_invoices(shop: &Shop, buyer: &Buyer, count: i64) {
    for number in 2..=count + 1 {
        let (invoice, order) = (uuid::Uuid::now_v7(), uuid::Uuid::now_v7());
        for (table, id, key) in [("orders", order, "id"), ("invoices", invoice, "id")] {
            let copy = format!(
                "CREATE TABLE copy AS SELECT * FROM {table} WHERE account_id = {} LIMIT 1",
                blob(buyer.account)
            );
            shop.run(&copy).await;
            let change = match table {
                "orders" => format!(
                    "UPDATE copy SET {key} = {}, idempotency_key = 'copy-{number}', checkout_id = NULL",
                    blob(id)
                ),
                _ => format!(
                    "UPDATE copy SET {key} = {}, order_id = {}, number = {number}",
                    blob(id),
                    blob(order)
                ),
            };
            shop.run(&change).await;
            shop.run(&format!("INSERT INTO {table} SELECT * FROM copy")).await;
            shop.run("DROP TABLE copy").await;
        }
    }
}

#[tokio::test]
async fn the_list_is_paged_from_the_newest_to_the_oldest() {
    let shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    let order = shop.ordered(&ada, &three_premium()).await;
    shop.pay(&order, GOOD_CARD).await;
    shop.come_back(&order).await;
    more_invoices(&shop, &ada, 24).await;

    let page = async |query: &str| {
        shop.api(Some(&ada), "GET", &format!("/api/invoices{query}"))
            .await
            .json()
    };
    let numbers = |page: &Value| -> Vec<String> {
        let invoices = page["invoices"].as_array().expect("a list");
        invoices
            .iter()
            .map(|invoice| invoice["number"].as_str().expect("a number").to_owned())
            .collect()
    };
    let first = page("").await;
    assert_eq!(
        (numbers(&first).len(), numbers(&first)[0].as_str()),
        (20, "INV-000025")
    );
    assert_eq!(first["older_than"], "INV-000006");
    let last = page("?before=INV-000006").await;
    assert_eq!(
        numbers(&last),
        [
            "INV-000005",
            "INV-000004",
            "INV-000003",
            "INV-000002",
            "INV-000001"
        ]
    );
    assert!(last["older_than"].is_null(), "{last}");
    let exactly = page("?before=INV-000006&limit=5").await;
    assert_eq!(exactly, last, "a last page that is full is the last one, too");
    assert_eq!(page("?before=INV-000001").await, json!({ "invoices": [] }));
}
