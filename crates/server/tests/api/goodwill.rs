//! Credit that staff give: on their pages. Rule: *Changes* ("account credit is used up by the next
//! charges before the card is").

use reqwest::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::ledger::{assert_balances, checked};
use crate::orders_requests::{order_body, pay, place};
use crate::server::{Answer, Client, TestServer, activation};
use crate::staff::{STAFF_PASSWORD, sign_in, staff};

pub const REASON: &str = "Sorry for the outage of Monday";

pub fn eur(minor: i64) -> Value {
    json!({ "minor": minor, "currency": "EUR" })
}

/// A subscriber of three Standard licences, billed monthly in EUR, and the page of the account.
pub async fn subscriber(server: &TestServer) -> (Client, String) {
    let ada = server.activated("ada@example.com").await;
    let body = order_body("standard", 3, "monthly", "EUR", 4_676);
    let order = place(&ada, &body).await;
    pay(&ada, &order).await;
    let page = page_of(server, &ada).await;
    (ada, page)
}

/// `/staff/accounts/…` of the account whose address a user sees.
pub async fn page_of(server: &TestServer, client: &Client) -> String {
    let account = client.get("/api/account").await.body;
    let label = account["address"].as_str().unwrap().split('.').next().unwrap();
    let grace = staff_again(server).await;
    let list = grace.get(&format!("/staff/accounts?search={label}")).await.text();
    let (_, after) = list
        .split_once("/staff/accounts/")
        .expect("a link to the account");
    format!("/staff/accounts/{}", &after[..36])
}

/// A member of staff, also where there is one already.
pub async fn staff_again(server: &TestServer) -> Client {
    if server.number("SELECT count(*) FROM staff").await == 0 {
        return staff(server).await;
    }
    let client = server.client();
    let answer = sign_in(&client, "grace@example.com", STAFF_PASSWORD).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{answer:?}");
    client
}

/// The form of a credit, as somebody types it.
pub fn typed<'a>(amount: &'a str, currency: &'a str, reason: &'a str) -> [(&'static str, &'a str); 3] {
    [("amount", amount), ("currency", currency), ("reason", reason)]
}

/// Step 1: has it checked.
pub async fn ask(client: &Client, page: &str, typed: [(&str, &str); 3]) -> Answer {
    client
        .post_form(&format!("{page}/credit/confirmation"), &typed)
        .await
}

/// Step 2: has it given, by the form of a token.
pub async fn send(client: &Client, page: &str, token: &str, typed: [(&str, &str); 3]) -> Answer {
    let [amount, currency, reason] = typed;
    let fields = [amount, currency, reason, ("token", token)];
    client.post_form(&format!("{page}/credit"), &fields).await
}

/// Credit that is given.
pub async fn gives(client: &Client, page: &str, amount: &str, currency: &str) -> Answer {
    let done = send(client, page, &token(), typed(amount, currency, REASON)).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{done:?}");
    done
}

pub fn token() -> String {
    Uuid::now_v7().to_string()
}

/// The token of a confirmation.
fn token_of(page: &str) -> String {
    let (_, after) = page.split_once("name=\"token\" value=\"").expect("a token");
    after[..36].to_owned()
}

/// Documents without an order, movements, rows of the history, letters.
pub async fn given(server: &TestServer) -> [i64; 4] {
    [
        server
            .number("SELECT count(*) FROM invoices WHERE order_id IS NULL")
            .await,
        server
            .number("SELECT count(*) FROM credit_movements WHERE reason = 'goodwill'")
            .await,
        server
            .number("SELECT count(*) FROM audit WHERE action = 'credit.given'")
            .await,
        server
            .number("SELECT count(*) FROM outbox WHERE kind = 'goodwill_credit'")
            .await,
    ]
}

#[tokio::test]
async fn staff_give_credit_with_a_document_a_letter_and_a_line_in_the_history() {
    let server = TestServer::start().await;
    let (ada, page) = subscriber(&server).await;
    let grace = staff_again(&server).await;
    let shown = grace.get(&page).await.text();
    assert!(
        shown.contains("Give credit") && shown.contains("Amount (EUR)"),
        "{shown}"
    );

    let asked = ask(&grace, &page, typed("20,00", "EUR", REASON)).await;
    assert_eq!(asked.status, StatusCode::OK, "{asked:?}");
    let asked = asked.text();
    for part in ["Give this credit?", "€20.00", REASON, "cannot be undone"] {
        assert!(asked.contains(part), "{part} in {asked}");
    }
    assert_eq!(given(&server).await, [0; 4]);

    let done = send(&grace, &page, &token_of(&asked), typed("20.00", "EUR", REASON)).await;
    assert_eq!(
        (done.status, done.header("location")),
        (
            StatusCode::SEE_OTHER,
            format!("{page}?credited=INV-000002").as_str()
        )
    );
    assert_eq!(given(&server).await, [1; 4]);
    let shown = grace.get(done.header("location")).await.text();
    for part in [
        "€20.00 of credit given.",
        "INV-000002",
        "(goodwill credit)",
        "Grace Hopper, staff",
    ] {
        assert!(shown.contains(part), "{part} in {shown}");
    }

    let note = ada.get("/api/invoices/INV-000002").await.body;
    assert_eq!(
        (&note["kind"], &note["credit_added"], &note["due"]),
        (&json!("goodwill_credit"), &eur(2_000), &eur(0))
    );
    for absent in ["order_id", "period_start", "period_end", "payment_method"] {
        assert!(note.get(absent).is_none(), "{absent} in {note:#}");
    }
    assert_eq!(
        note["lines"],
        json!([{ "text": format!("Goodwill credit: {REASON}"), "net": eur(-2_000) }])
    );
    let list = ada.get("/api/invoices").await.body;
    assert_eq!(list["invoices"][0]["number"], "INV-000002", "{list:#}");
    let file = ada.get("/api/invoices/INV-000002/pdf").await;
    assert!(file.bytes.starts_with(b"%PDF-"), "{file:?}");

    let history = ada.get("/api/history").await.body;
    let entry = &history["entries"][0];
    assert_eq!(entry["action"], "credit.given");
    assert_eq!(
        entry["text"],
        format!("Account credit of €20.00 was given. Reason: {REASON}")
    );
    assert_ne!(
        entry["actor"], "Grace Hopper",
        "customers are told the vendor's name"
    );
    assert_eq!(ada.get("/api/account").await.body["credits"], json!([eur(2_000)]));
    assert_eq!(
        ada.get("/api/subscription").await.body["credits"],
        json!([eur(2_000)])
    );

    let letters = server.mail_to("ada@example.com").await;
    let letter = letters
        .iter()
        .find(|letter| letter["kind"] == "goodwill_credit")
        .expect("a letter");
    let text = letter["text"].as_str().unwrap();
    for part in ["€20.00", REASON, "INV-000002", "before your card"] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(letter["attachment"].is_string(), "{letter:#}");
    let report = checked(&server).await;
    assert_balances(&report);
    let sums = report.currencies["EUR"];
    assert_eq!(
        (sums.credit_given.count, sums.credit_given.minor),
        (1, 2_000),
        "{report}"
    );
    assert_eq!(
        (sums.credit.minor, sums.credit_added.count),
        (2_000, 0),
        "{report}"
    );
}

#[tokio::test]
async fn goodwill_corrects_no_invoice_carries_no_tax_and_says_why() {
    let server = TestServer::start().await;
    let (ada, page) = subscriber(&server).await;
    let grace = staff_again(&server).await;
    gives(&grace, &page, "20", "EUR").await;
    let note = ada.get("/api/invoices/INV-000002").await.body;
    let taxed = &note["taxed"];
    assert_eq!(
        (&taxed["net"], &taxed["tax"], &taxed["gross"]),
        (&eur(-2_000), &eur(0), &eur(-2_000))
    );
    assert_eq!(taxed["treatment"]["kind"], "outside_scope");
    assert!(
        note["tax_mention"]
            .as_str()
            .unwrap()
            .contains("no VAT is credited"),
        "{note:#}"
    );
}

#[tokio::test]
async fn credit_that_was_given_is_used_up_by_the_next_charges_before_the_card_is() {
    let server = TestServer::start().await;
    let (_ada, page) = subscriber(&server).await;
    let grace = staff_again(&server).await;
    gives(&grace, &page, "60.00", "EUR").await;
    // Two renewals of €46.76: the first from credit alone, the second from what is left and the card.
    server.advance_days(32).await;
    assert_eq!(server.number("SELECT count(*) FROM charges").await, 1);
    assert_eq!(server.number("SELECT amount FROM credits").await, 6_000 - 4_676);
    assert_balances(&checked(&server).await);
    server.advance_days(31).await;
    assert_eq!(
        server
            .number("SELECT sum(amount) FROM charges WHERE amount <> 4676")
            .await,
        2 * 4_676 - 6_000
    );
    assert_eq!(server.number("SELECT amount FROM credits").await, 0);
    assert_balances(&checked(&server).await);
}

#[tokio::test]
async fn an_account_in_its_trial_has_credit_for_its_first_order() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let page = page_of(&server, &ada).await;
    let grace = staff_again(&server).await;
    // What it will be charged in is not known yet.
    let shown = grace.get(&page).await.text();
    assert!(
        shown.contains("<option>USD</option>") && shown.contains("<option>JPY</option>"),
        "{shown}"
    );
    gives(&grace, &page, "60", "EUR").await;
    let order = place(&ada, &order_body("standard", 3, "monthly", "EUR", 4_676)).await;
    assert_eq!(
        (&order["status"], &order["credit_used"], &order["total"]),
        (&json!("paid"), &eur(4_676), &eur(0))
    );
    assert_balances(&checked(&server).await);
}

#[tokio::test]
async fn the_document_and_the_letter_are_in_the_language_of_the_account() {
    let server = TestServer::start().await;
    for (number, language, line, title, correction, words) in [
        (
            1,
            "fr",
            "Geste commercial\u{a0}: ",
            "Geste commercial",
            "Avoir",
            "Vos prochains paiements",
        ),
        (
            2,
            "de",
            "Kulanzguthaben: ",
            "Kulanzguthaben",
            "Rechnungskorrektur",
            "Ihre nächsten Zahlungen",
        ),
        (
            3,
            "es",
            "Saldo a favor por cortesía: ",
            "Saldo a favor por cortesía",
            "Factura rectificativa",
            "Sus próximos pagos",
        ),
    ] {
        let client = server.client();
        let email = format!("zoe@{language}.example");
        client
            .post("/api/sign-ups", &json!({ "email": email, "language": language }))
            .await;
        let link = server.token(&email, "activation").await;
        let body = activation(json!({ "company": format!("Zoe {language}") }));
        let answer = client.post(&format!("/api/activations/{link}"), &body).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
        let page = page_of(&server, &client).await;
        gives(&staff_again(&server).await, &page, "20", "EUR").await;

        let number = format!("INV-00000{number}");
        let document = client.get(&format!("/api/invoices/{number}")).await.body;
        assert_eq!(
            (&document["language"], &document["kind"]),
            (&json!(language), &json!("goodwill_credit"))
        );
        assert_eq!(document["lines"][0]["text"], format!("{line}{REASON}"));
        let letters = server.mail_to(&email).await;
        let letter = letters
            .iter()
            .find(|letter| letter["kind"] == "goodwill_credit")
            .expect("a letter");
        let text = letter["text"].as_str().unwrap();
        for part in [words, REASON, title, &number] {
            assert!(text.contains(part), "{part} in {text}");
        }
        let called = |line: &str| line.starts_with(correction) && line.contains(&number);
        assert!(!text.lines().any(called), "{text}");
    }
}

#[tokio::test]
async fn a_form_that_is_sent_twice_gives_credit_once() {
    let server = TestServer::start().await;
    let (_ada, page) = subscriber(&server).await;
    let grace = staff_again(&server).await;
    let token = token();
    let (first, second, third) = tokio::join!(
        send(&grace, &page, &token, typed("20", "EUR", REASON)),
        send(&grace, &page, &token, typed("20", "EUR", REASON)),
        send(&grace, &page, &token, typed("20.00", "EUR", REASON)),
    );
    for answer in [first, second, third] {
        assert_eq!(
            (answer.status, answer.header("location")),
            (
                StatusCode::SEE_OTHER,
                format!("{page}?credited=INV-000002").as_str()
            )
        );
    }
    // *Back*, another amount, and the form of before.
    let other = send(&grace, &page, &token, typed("30", "EUR", REASON)).await;
    assert_eq!(other.status, StatusCode::CONFLICT, "{other:?}");
    assert!(other.text().contains("INV-000002 was made of it"), "{other:?}");
    assert_eq!(given(&server).await, [1; 4]);
    assert_eq!(server.number("SELECT amount FROM credits").await, 2_000);
    // Without a token it is no form of ours.
    let bare = grace
        .post_form(&format!("{page}/credit"), &typed("20", "EUR", REASON))
        .await;
    assert_eq!(bare.status, StatusCode::BAD_REQUEST, "{bare:?}");
    assert_balances(&checked(&server).await);
}

#[tokio::test]
async fn credit_in_a_currency_that_is_scheduled_is_of_use_too() {
    let server = TestServer::start().await;
    let (_ada, page) = subscriber(&server).await;
    server
        .run("UPDATE subscriptions SET scheduled = '{\"plan\":null,\"seats\":null,\"period\":null,\"currency\":\"USD\"}'")
        .await;
    let grace = staff_again(&server).await;
    let shown = grace.get(&page).await.text();
    assert!(
        shown.contains("<option>EUR</option>") && shown.contains("<option>USD</option>"),
        "{shown}"
    );
    let other = send(&grace, &page, &token(), typed("20", "CHF", REASON)).await;
    assert!(other.text().contains("is charged in EUR or USD"), "{other:?}");
    gives(&grace, &page, "20", "USD").await;
}

#[tokio::test]
async fn a_credit_that_was_changed_behind_the_servers_back_is_told() {
    let server = TestServer::start().await;
    let (_ada, page) = subscriber(&server).await;
    let grace = staff_again(&server).await;
    gives(&grace, &page, "20", "EUR").await;
    assert_balances(&checked(&server).await);
    for (corrupt, mend, expected) in [
        (
            "UPDATE goodwill_credits SET amount = amount + 1",
            "UPDATE goodwill_credits SET amount = amount - 1",
            "adds 20.00 EUR of credit, but 20.01 EUR were given",
        ),
        (
            "UPDATE invoices SET tax = tax - 1, gross = gross - 1, \
             credit_added = credit_added + 1 WHERE order_id IS NULL",
            "UPDATE invoices SET tax = tax + 1, gross = gross + 1, credit_added = credit_added - 1 WHERE order_id IS NULL",
            "is no document of given credit alone",
        ),
        (
            "UPDATE credit_movements SET amount = amount + 1 WHERE reason = 'goodwill'",
            "UPDATE credit_movements SET amount = amount - 1 WHERE reason = 'goodwill'",
            "changes the account credit by 20.00 EUR, but its movements are 20.01 EUR",
        ),
    ] {
        server.execute(corrupt).await.expect(corrupt);
        let report = checked(&server).await;
        assert!(
            report.discrepancies.iter().any(|line| line.contains(expected)),
            "after {corrupt}\n{report}"
        );
        server.execute(mend).await.expect(mend);
        assert_balances(&checked(&server).await);
    }
    server
        .execute("DELETE FROM goodwill_credits")
        .await
        .expect("deleted");
    let report = checked(&server).await.to_string();
    assert!(report.contains("is of no credit that the staff gave"), "{report}");
}
