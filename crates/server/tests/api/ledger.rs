//! `subscribe ledger check`: the books of a real shop balance, and a row that was tampered with is told.

use std::path::PathBuf;

use onedesk_server::config::DatabaseOptions;
use onedesk_server::ledger::{self, Report};
use serde_json::{Value, json};

use crate::billing_details::{german, saved};
use crate::orders_requests::{order_body, pay, place};
use crate::server::{Client, TestServer};

pub async fn checked(server: &TestServer) -> Report {
    let options = DatabaseOptions {
        data: PathBuf::new(),
        database_url: Some(server.database_url()),
    };
    ledger::check(&options).await.expect("the books can be read")
}

#[track_caller]
pub fn assert_balances(report: &Report) {
    assert_eq!(report.discrepancies, Vec::<String>::new());
}

/// So many licences of Standard for a month, at $13.99 and 20 % of tax.
fn standard(seats: u32) -> Value {
    let net = 1399 * i64::from(seats);
    order_body("standard", seats, "monthly", "USD", net + (net * 2 + 5) / 10)
}

/// Previews a change and confirms what was seen.
async fn change(client: &Client, request: Value) {
    let body = json!({ "request": request });
    let view = client.post("/api/subscription/previews", &body).await.body;
    let due = match &view["today"] {
        Value::Null => json!({ "minor": 0, "currency": "USD" }),
        today => today["due"].clone(),
    };
    let body = json!({ "request": request, "seen": view["preview"]["seen"], "expected_due": due });
    let request = client
        .request(reqwest::Method::POST, "/api/subscription/changes")
        .header("Idempotency-Key", uuid::Uuid::now_v7().to_string());
    let answer = client.send(request.json(&body)).await;
    assert!(answer.status.is_success(), "{answer:?}");
}

/// Two accounts in two countries: one that has bought and added licences, one whose order was given up.
async fn shop() -> TestServer {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let placed = place(&ada, &standard(2)).await;
    pay(&ada, &placed).await;
    change(&ada, json!({ "change": { "seats": 4 } })).await;
    change(
        &ada,
        json!({ "change": { "plan": "premium", "period": "annual" } }),
    )
    .await;

    let eve = server
        .activated_with("eve@elsewhere.example", json!({ "company": "Elsewhere" }))
        .await;
    saved(&eve, &german("DE100000008")).await;
    let placed = place(&eve, &order_body("premium", 3, "annual", "USD", 61_164)).await;
    let path = format!("/api/orders/{}/cancellation", placed["id"].as_str().unwrap());
    eve.post(&path, &json!({})).await;
    server
}

#[tokio::test]
async fn the_books_of_a_shop_balance() {
    let server = TestServer::start().await;
    let report = checked(&server).await;
    assert_balances(&report);
    assert_eq!(report.to_string(), "The books balance. 0 accounts.\n");

    let server = shop().await;
    let report = checked(&server).await;
    assert_balances(&report);
    let sums = report.currencies["USD"];
    assert_eq!(
        (report.accounts, sums.orders.count, sums.charges.count),
        (2, 3, 3)
    );
    assert_eq!(sums.orders.minor, sums.charges.minor);
    let told = report.to_string();
    assert!(
        told.starts_with("The books balance. 2 accounts.\n\nUSD"),
        "{told}"
    );
    assert!(
        told.contains("paid orders") && told.contains("account credit"),
        "{told}"
    );
}

/// What is done to a row, what undoes it, and words of the line that tells it.
#[tokio::test]
async fn whatever_is_changed_behind_the_servers_back_is_told() {
    let server = shop().await;
    assert_balances(&checked(&server).await);
    let newest = "(SELECT MAX(number) FROM invoices)";
    let invoice = format!("number = {newest}");
    let paid = "id IN (SELECT order_id FROM invoices WHERE number = 1)";
    let of_first = "order_id IN (SELECT order_id FROM invoices WHERE number = 1)";
    let plus_one = |table: &str, column: &str, which: &str| {
        [
            format!("UPDATE {table} SET {column} = {column} + 1 WHERE {which}"),
            format!("UPDATE {table} SET {column} = {column} - 1 WHERE {which}"),
        ]
    };
    let corruptions = [
        (plus_one("charges", "amount", of_first), " charged"),
        (plus_one("orders", "total", paid), "is due, but gross without the credit used is"),
        (plus_one("orders", "tax", paid), "gross is not net + tax"),
        (plus_one("invoices", "net", &invoice), "its lines sum to"),
        (plus_one("invoices", "tax", &invoice), "but net + tax are"),
        (plus_one("invoices", "due", &invoice), "due + credit used − credit added are"),
        (plus_one("invoices", "credit_used", &invoice), "changes the account credit by"),
        (plus_one("invoices", "credit_added", &invoice), "changes the account credit by"),
        (plus_one("invoices", "number", &invoice), "invoice number 3 is missing"),
        (plus_one("counters", "value", "name = 'invoice'"), "the counter of invoices stands at 4"),
        (
            plus_one("invoice_lines", "amount", "invoice_id IN (SELECT id FROM invoices WHERE number = 1)"),
            "its lines sum to",
        ),
        (
            [
                format!("UPDATE orders SET status = 'cancelled' WHERE {paid}"),
                format!("UPDATE orders SET status = 'paid' WHERE {paid}"),
            ],
            "which is not paid",
        ),
        (
            [
                "UPDATE orders SET status = 'paid' WHERE status = 'cancelled'".to_owned(),
                "UPDATE orders SET status = 'cancelled' \
                 WHERE NOT EXISTS (SELECT 1 FROM invoices WHERE order_id = orders.id)"
                    .to_owned(),
            ],
            "but it has no charge",
        ),
        (
            [
                format!("UPDATE charges SET reference = 'x' || reference WHERE {of_first}"),
                format!("UPDATE charges SET reference = substr(reference, 2) WHERE {of_first}"),
            ],
            "there is no payment x",
        ),
        (
            [
                "INSERT INTO credits (account_id, currency, amount) SELECT account_id, 'EUR', 500 FROM invoices WHERE number = 1"
                    .to_owned(),
                "DELETE FROM credits WHERE currency = 'EUR'".to_owned(),
            ],
            "has 5.00 EUR of credit, but its movements sum to 0.00 EUR",
        ),
        (
            [
                "INSERT INTO credit_movements (id, account_id, currency, amount, reason, at) \
                 SELECT id, account_id, 'EUR', 500, 'given', 0 FROM invoices WHERE number = 1"
                    .to_owned(),
                "DELETE FROM credit_movements WHERE currency = 'EUR'".to_owned(),
            ],
            "has no credit in EUR, but its movements sum to 5.00 EUR",
        ),
        // The balance agrees, and yet nobody gave it.
        (
            [
                "INSERT INTO credits (account_id, currency, amount) SELECT account_id, 'EUR', 500 FROM invoices WHERE number = 1; \
                 INSERT INTO credit_movements (id, account_id, currency, amount, reason, at) \
                 SELECT id, account_id, 'EUR', 500, 'given', 0 FROM invoices WHERE number = 1"
                    .to_owned(),
                "DELETE FROM credit_movements WHERE currency = 'EUR'; DELETE FROM credits WHERE currency = 'EUR'".to_owned(),
            ],
            "of 5.00 EUR: stands on no document, and changes the credit of account acme",
        ),
        (
            [
                "INSERT INTO refunds (id, order_id, provider, reference, amount, currency, reason, created_at) \
                 SELECT id, order_id, provider, reference, amount, currency, 'test', 0 FROM charges"
                    .to_owned(),
                "DELETE FROM refunds".to_owned(),
            ],
            "its payment is kept as well, as charge",
        ),
        (
            [
                "INSERT INTO refunds (id, order_id, provider, reference, amount, currency, reason, created_at) \
                 SELECT id, id, 'sandbox', 'nobody-paid', 100, 'USD', 'test', 0 FROM orders WHERE status = 'cancelled'"
                    .to_owned(),
                "DELETE FROM refunds".to_owned(),
            ],
            "there is no payment nobody-paid",
        ),
    ];
    for ([corrupt, mend], expected) in corruptions {
        server.execute(&corrupt).await.expect(&corrupt);
        let told = checked(&server).await;
        assert!(
            told.discrepancies.iter().any(|line| line.contains(expected)),
            "after {corrupt}\n{told}"
        );
        assert!(!told.to_string().contains("balance"), "{told}");
        server.execute(&mend).await.expect(&mend);
        assert_balances(&checked(&server).await);
    }
    // A charge or an invoice that is gone.
    server
        .execute(&format!("DELETE FROM charges WHERE {of_first}"))
        .await
        .unwrap();
    let told = checked(&server).await.to_string();
    assert!(
        told.contains("but it has no charge") && told.contains("invoiced as due"),
        "{told}"
    );
    assert!(told.contains("account acme ("), "{told}");
    for sql in [
        "DELETE FROM outbox",
        "DELETE FROM invoice_lines WHERE invoice_id IN (SELECT id FROM invoices WHERE number = 2)",
        "DELETE FROM credit_movements",
        "DELETE FROM invoices WHERE number = 2",
    ] {
        server.execute(sql).await.expect(sql);
    }
    let told = checked(&server).await.to_string();
    assert!(
        told.contains("paid, but it has no invoice") && told.contains("invoice number 2 is missing"),
        "{told}"
    );
}

#[tokio::test]
async fn where_there_are_no_books_none_are_made() {
    let folder = tempfile::tempdir().unwrap();
    let options = DatabaseOptions {
        data: folder.path().join("nowhere"),
        database_url: None,
    };
    let error = ledger::check(&options)
        .await
        .expect_err("no database")
        .to_string();
    assert!(error.contains("there is no database file"), "{error}");
    assert!(!folder.path().join("nowhere").exists());
}

/// As `subscribe ledger check | head -0` has it: nobody reads what is told.
#[tokio::test]
async fn the_check_does_not_panic_when_nobody_reads_on() {
    let server = shop().await;
    let check = async || {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_subscribe"));
        program
            .args(["ledger", "check", "--database-url", &server.database_url()])
            .stdout(writer)
            .stderr(std::process::Stdio::piped());
        tokio::task::spawn_blocking(move || program.output())
            .await
            .unwrap()
            .unwrap()
    };
    let balanced = check().await;
    let told = String::from_utf8_lossy(&balanced.stderr).into_owned();
    assert!(balanced.status.success() && told.is_empty(), "{told}");
    // Whoever reads the status alone is told as well.
    server
        .execute("UPDATE charges SET amount = amount + 1")
        .await
        .unwrap();
    let wrong = check().await;
    let told = String::from_utf8_lossy(&wrong.stderr).into_owned();
    assert_eq!(wrong.status.code(), Some(1), "{told}");
    assert!(
        told.contains("the books do not balance") && !told.contains("panicked"),
        "{told}"
    );
}
