//! Paying what is overdue by bank transfer. Rules: *Orders and payment*, *Recovery*.

use std::process::Command;

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::changes_requests::{PAYS_ONCE, usd};
use crate::orders_requests::{GOOD_CARD, id_of, new_key};
use crate::orders_shop::{Buyer, Shop};
use crate::renewals_time::{monthly, shop_on};

const PROGRAM: &str = env!("CARGO_BIN_EXE_subscribe");

/// A shop on 3 May: Ada's renewal of 1 May has failed twice, Bob works for her, and she has asked to pay by transfer.
async fn asked() -> (Shop, Buyer, Value) {
    let shop = shop_on("2027-04-01T10:00:00Z").await;
    let ada = shop.renewing("ada", &monthly(), PAYS_ONCE).await;
    shop.colleague(&ada, "bob", "member").await;
    for day in [1, 2, 3] {
        shop.set_clock(&format!("2027-05-{day:02}T10:00:00Z")).await;
    }
    let mut body = shop.overdue(&ada).await;
    body["payment"] = json!("transfer");
    let reply = shop.recovers(&ada, &new_key(), &body).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text);
    let order = reply.json()["order"].clone();
    (shop, ada, order)
}

impl Shop {
    /// What the staff do on the command line once the transfer of an order has arrived; whether it was done, and what was told.
    async fn transfer_arrives(&self, order: &Value, amount: &str, on: &str) -> (bool, String) {
        let reference = order["transfer"]["reference"].as_str().unwrap();
        let mut program = Command::new(PROGRAM);
        program
            .args(["orders", "mark-paid", reference, "--amount", amount])
            .args(["--currency", "USD", "--on", on, "--by", "Grace", "--sandbox"])
            .args(["--catalog", self.catalog().to_str().unwrap()])
            .args(["--public-url", "https://desk.example"])
            .args(["--database-url", &self.database_url()]);
        let output = tokio::task::spawn_blocking(move || program.output().unwrap())
            .await
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let told = text(&output.stdout) + &text(&output.stderr);
        (output.status.success(), told)
    }

    /// The same, and expects it to be done.
    async fn transferred(&self, order: &Value, on: &str) {
        let (done, told) = self.transfer_arrives(order, "71.96", on).await;
        assert!(done, "{told}");
    }
}

#[tokio::test]
async fn an_overdue_subscription_is_recovered_by_a_bank_transfer_once_staff_mark_it_paid() {
    let (shop, ada, order) = asked().await;
    assert_eq!(
        (&order["kind"], &order["status"], &order["total"]),
        (&json!("recovery"), &json!("awaiting_transfer"), &usd(7_196))
    );
    assert!(
        order["pay_url"].is_null() && order["transfer"]["iban"].is_string(),
        "{order}"
    );
    let letter = shop.letter("ada@example.com", "transfer_instructions").await;
    assert!(letter.contains("$71.96"), "{letter}");
    let pro_forma = format!("/api/orders/{}/pro-forma.pdf", id_of(&order));
    let file = shop.api(Some(&ada), "GET", &pro_forma).await;
    assert_eq!(
        (file.status, file.header("content-type")),
        (StatusCode::OK, "application/pdf")
    );

    // It is overdue until the money is there; the users keep working, and time charges nothing meanwhile.
    shop.cards_become(GOOD_CARD).await;
    shop.set_clock("2027-05-05T10:00:00Z").await;
    assert_eq!(shop.standing(&ada).await["past_due"]["failures"], 2);
    assert_eq!(
        (
            shop.active(&ada).await,
            shop.count("sandbox_charges WHERE outcome = 'paid'").await
        ),
        (2, 0)
    );

    shop.transferred(&order, "2027-05-05").await;
    assert_eq!(shop.seen(&ada, &order).await["status"], "paid");
    assert_eq!(shop.standing(&ada).await, "active");
    assert_eq!(shop.invoiced().await[1..], ["2027-05-01 2027-06-01, 2027-05-05"]);
    assert_eq!(
        shop.texts("SELECT provider || ' ' || amount FROM charges ORDER BY id")
            .await,
        ["sandbox 7196", "transfer 7196"]
    );
    assert!(shop.details(&ada).await["overdue"].is_null());
    let receipt = shop.letter("ada@example.com", "receipt").await;
    assert!(receipt.contains("that was overdue is paid"), "{receipt}");
    assert_eq!(
        shop.count("orders WHERE status IN ('pending', 'awaiting_transfer')")
            .await,
        0
    );

    // The next period is charged to the stored card, as ever.
    shop.set_clock("2027-06-01T10:00:00Z").await;
    assert_eq!(shop.period(&ada).await, "2027-06-01 2027-07-01");
    assert_eq!(shop.count("sandbox_charges WHERE outcome = 'paid'").await, 1);
    shop.assert_ledger_balances().await;
}

/// The suspension makes it another version than the one that the recovery was decided for.
#[tokio::test]
async fn a_recovery_holds_at_another_version_of_the_subscription_if_its_lines_are_the_same() {
    let (shop, ada, order) = asked().await;
    let before = shop.details(&ada).await["subscription"]["version"].clone();
    // Nobody tries the card while a transfer is on its way, and on the day after the last try it is suspended.
    shop.set_clock("2027-05-08T21:59:00Z").await;
    assert!(shop.standing(&ada).await["past_due"].is_object());
    shop.set_clock("2027-05-08T22:00:00Z").await;
    assert_eq!(
        (shop.standing(&ada).await, shop.active(&ada).await),
        (json!({ "suspended": { "since": "2027-05-09" } }), 1)
    );
    assert_ne!(shop.details(&ada).await["subscription"]["version"], before);
    assert_eq!(shop.seen(&ada, &order).await["status"], "awaiting_transfer");

    shop.set_clock("2027-05-12T10:00:00Z").await;
    shop.transferred(&order, "2027-05-11").await;
    assert_eq!(
        (shop.standing(&ada).await, shop.active(&ada).await),
        (json!("active"), 2)
    );
    assert_eq!(shop.period(&ada).await, "2027-05-01 2027-06-01");
    shop.assert_ledger_balances().await;
}

#[tokio::test]
async fn a_recovery_at_another_version_whose_lines_are_others_is_refused_and_nothing_changes() {
    let (mut shop, ada, order) = asked().await;
    shop.set_clock("2027-05-09T10:00:00Z").await;
    shop.restart_with_catalog(|file| file.replace("monthly = \"19.99\"", "monthly = \"21.00\""))
        .await;
    let (done, told) = shop.transfer_arrives(&order, "71.96", "2027-05-09").await;
    assert!(
        !done
            && told.contains("the subscription is another one by now")
            && told.contains("Nothing was changed"),
        "{told}"
    );
    assert_eq!(
        (
            shop.count("charges").await,
            shop.count("invoices").await,
            shop.count("refunds").await
        ),
        (1, 1, 0)
    );
    assert_eq!(shop.seen(&ada, &order).await["status"], "awaiting_transfer");
}

#[tokio::test]
async fn a_transfer_that_arrives_after_the_period_that_was_due_begins_a_new_term() {
    let (shop, ada, order) = asked().await;
    // The last day on which it waits: the period that was due is over.
    shop.set_clock("2027-06-02T10:00:00Z").await;
    assert_eq!(shop.seen(&ada, &order).await["transfer"]["pay_by"], "2027-06-02");
    shop.transferred(&order, "2027-06-02").await;
    assert_eq!(shop.period(&ada).await, "2027-06-02 2027-07-02");
    assert_eq!(shop.invoiced().await[1..], ["2027-06-02 2027-07-02, 2027-06-02"]);
    shop.assert_ledger_balances().await;
}

#[tokio::test]
async fn an_overdue_transfer_that_never_arrives_is_cancelled_with_a_letter_and_a_card_still_recovers() {
    let (shop, ada, order) = asked().await;
    shop.set_clock("2027-06-03T10:00:00Z").await;
    assert_eq!(shop.seen(&ada, &order).await["status"], "cancelled");
    assert_eq!(shop.told("ada@example.com", &["transfer_expired"]).await.len(), 1);
    assert_eq!(shop.count("invoices").await, 1);
    let (done, told) = shop.transfer_arrives(&order, "71.96", "2027-06-03").await;
    assert!(!done && told.contains("was cancelled"), "{told}");
    shop.cards_become(GOOD_CARD).await;
    shop.recovered(&ada).await;
    assert_eq!(shop.period(&ada).await, "2027-06-03 2027-07-03");
    shop.assert_ledger_balances().await;
}

#[tokio::test]
async fn while_an_overdue_renewal_awaits_its_transfer_it_is_not_paid_a_second_time() {
    let (shop, ada, order) = asked().await;
    shop.cards_become(GOOD_CARD).await;
    let body = shop.overdue(&ada).await;
    let other = shop.recovers(&ada, &new_key(), &body).await;
    assert_eq!(
        (other.status, other.problem().as_str(), &other.json()["order_id"]),
        (StatusCode::CONFLICT, "order-pending", &order["id"])
    );
    // Given up, a card pays; money that comes all the same is the staff's to send back.
    let cancellation = format!("/api/orders/{}/cancellation", id_of(&order));
    assert_eq!(
        shop.api(Some(&ada), "POST", &cancellation).await.status,
        StatusCode::OK
    );
    shop.recovered(&ada).await;
    let (done, told) = shop.transfer_arrives(&order, "71.96", "2027-05-03").await;
    assert!(!done && told.contains("send the money back"), "{told}");
    assert_eq!(
        (shop.count("charges").await, shop.count("invoices").await),
        (2, 2)
    );
    shop.assert_ledger_balances().await;
}

#[tokio::test]
async fn marking_an_overdue_renewal_paid_twice_or_with_another_amount_changes_nothing() {
    let (shop, ada, order) = asked().await;
    let (done, told) = shop.transfer_arrives(&order, "71.95", "2027-05-03").await;
    assert!(!done && told.contains("$0.01 too little"), "{told}");
    assert_eq!(shop.count("charges").await, 1);
    shop.transferred(&order, "2027-05-03").await;
    let (done, told) = shop.transfer_arrives(&order, "71.96", "2027-05-03").await;
    assert!(
        !done && told.contains("marked as paid already, by Grace"),
        "{told}"
    );
    assert_eq!(
        (shop.count("charges").await, shop.count("invoices").await),
        (2, 2)
    );
    assert_eq!(shop.standing(&ada).await, "active");
    shop.assert_ledger_balances().await;
}

#[tokio::test]
async fn a_seller_without_an_iban_takes_no_transfer_of_an_overdue_renewal() {
    let mut shop = shop_on("2027-04-01T10:00:00Z").await;
    let ada = shop.renewing("ada", &monthly(), PAYS_ONCE).await;
    shop.set_clock("2027-05-01T10:00:00Z").await;
    shop.restart_with_catalog(|file| {
        let is_bank = |line: &&str| {
            ["iban =", "bic =", "bank ="]
                .iter()
                .any(|key| line.starts_with(key))
        };
        file.lines()
            .filter(|line| !is_bank(line))
            .collect::<Vec<_>>()
            .join("\n")
    })
    .await;
    let mut body = shop.overdue(&ada).await;
    body["payment"] = json!("transfer");
    let refused = shop.recovers(&ada, &new_key(), &body).await;
    assert_eq!(
        (refused.status, refused.problem().as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, "transfer-unavailable")
    );
    assert_eq!(shop.count("orders WHERE kind = 'recovery'").await, 0);
    assert!(shop.standing(&ada).await["past_due"].is_object());
}
