//! Credit that staff give: from their pages and from the command line. Rule: *Changes* ("account credit is used up by the next
//! charges before the card is").

use reqwest::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::ledger::{assert_balances, checked};
use crate::orders_requests::{order_body, pay, place};
use crate::server::{Answer, Client, TestServer, activation, catalog};
use crate::staff::{command, staff, told};

const REASON: &str = "Sorry for the outage of Monday";

fn eur(minor: i64) -> Value {
    json!({ "minor": minor, "currency": "EUR" })
}

/// A subscriber of three Standard licences, billed monthly in EUR, and the page of the account.
async fn subscriber(server: &TestServer) -> (Client, String) {
    let ada = server.activated("ada@example.com").await;
    let body = order_body("standard", 3, "monthly", "EUR", 4_676);
    let order = place(&ada, &body).await;
    pay(&ada, &order).await;
    let page = page_of(server, &ada).await;
    (ada, page)
}

/// `/staff/accounts/…` of the account whose address a user sees.
async fn page_of(server: &TestServer, client: &Client) -> String {
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
async fn staff_again(server: &TestServer) -> Client {
    if server.number("SELECT count(*) FROM staff").await == 0 {
        return staff(server).await;
    }
    let client = server.client();
    let fields = [
        ("email", "grace@example.com"),
        ("password", crate::staff::STAFF_PASSWORD),
    ];
    let answer = client.post_form("/staff/sign-in", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{answer:?}");
    client
}

async fn ask(client: &Client, page: &str, amount: &str, currency: &str, reason: &str) -> Answer {
    let fields = [("amount", amount), ("currency", currency), ("reason", reason)];
    client
        .post_form(&format!("{page}/credit/confirmation"), &fields)
        .await
}

async fn send(
    client: &Client,
    page: &str,
    token: &str,
    amount: &str,
    currency: &str,
    reason: &str,
) -> Answer {
    let fields = [
        ("amount", amount),
        ("currency", currency),
        ("reason", reason),
        ("token", token),
    ];
    client.post_form(&format!("{page}/credit"), &fields).await
}

fn token() -> String {
    Uuid::now_v7().to_string()
}

/// The token of a confirmation.
fn token_of(page: &str) -> String {
    let (_, after) = page.split_once("name=\"token\" value=\"").expect("a token");
    after[..36].to_owned()
}

/// Credit notes without an order, movements, rows of the history, letters.
async fn given(server: &TestServer) -> [i64; 4] {
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

async fn by_command(server: &TestServer, arguments: &[&str]) -> (bool, String) {
    let catalog = catalog();
    let mut all = vec!["credits", "give"];
    all.extend(arguments);
    all.extend([
        "--by",
        "Grace",
        "--sandbox",
        "--catalog",
        catalog.to_str().unwrap(),
        "--public-url",
        "https://desk.example",
    ]);
    let output = command(server, &all, "").await;
    (output.status.success(), told(&output))
}

#[tokio::test]
async fn staff_give_credit_with_a_credit_note_a_letter_and_a_line_in_the_history() {
    let server = TestServer::start().await;
    let (ada, page) = subscriber(&server).await;
    let grace = staff_again(&server).await;
    let shown = grace.get(&page).await.text();
    assert!(
        shown.contains("Give credit") && shown.contains("Amount (EUR)"),
        "{shown}"
    );

    let asked = ask(&grace, &page, "20,00", "EUR", REASON).await;
    assert_eq!(asked.status, StatusCode::OK, "{asked:?}");
    let asked = asked.text();
    for part in ["Give this credit?", "€20.00", REASON, "cannot be undone"] {
        assert!(asked.contains(part), "{part} in {asked}");
    }
    assert_eq!(given(&server).await, [0; 4]);

    let done = send(&grace, &page, &token_of(&asked), "20.00", "EUR", REASON).await;
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
async fn credit_of_goodwill_carries_no_tax_and_says_why() {
    let server = TestServer::start().await;
    let (ada, page) = subscriber(&server).await;
    let grace = staff_again(&server).await;
    send(&grace, &page, &token(), "20", "EUR", REASON).await;
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
    send(&grace, &page, &token(), "60.00", "EUR", REASON).await;
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
    let done = send(&grace, &page, &token(), "60", "EUR", REASON).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{done:?}");
    let order = place(&ada, &order_body("standard", 3, "monthly", "EUR", 4_676)).await;
    assert_eq!(
        (&order["status"], &order["credit_used"], &order["total"]),
        (&json!("paid"), &eur(4_676), &eur(0))
    );
    assert_balances(&checked(&server).await);
}

#[tokio::test]
async fn the_credit_note_and_the_letter_are_in_the_language_of_the_account() {
    let server = TestServer::start().await;
    let client = server.client();
    let email = "zoe@example.com";
    client
        .post("/api/sign-ups", &json!({ "email": email, "language": "fr" }))
        .await;
    let link = server.token(email, "activation").await;
    let answer = client
        .post(&format!("/api/activations/{link}"), &activation(json!({})))
        .await;
    assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
    let page = page_of(&server, &client).await;
    let grace = staff_again(&server).await;
    send(&grace, &page, &token(), "20", "EUR", "Panne de lundi").await;
    let note = client.get("/api/invoices/INV-000001").await.body;
    assert_eq!(note["language"], "fr");
    assert_eq!(note["lines"][0]["text"], "Geste commercial\u{a0}: Panne de lundi");
    let letters = server.mail_to(email).await;
    let letter = letters
        .iter()
        .find(|letter| letter["kind"] == "goodwill_credit")
        .expect("a letter");
    let text = letter["text"].as_str().unwrap();
    assert!(
        text.contains("Vos prochains paiements") && text.contains("Panne de lundi"),
        "{text}"
    );
}

#[tokio::test]
async fn what_cannot_be_credited_is_refused_with_words_and_nothing_is_given() {
    let server = TestServer::start().await;
    let (_ada, page) = subscriber(&server).await;
    let grace = staff_again(&server).await;
    let long = "x".repeat(301);
    for (amount, currency, reason, part) in [
        ("0", "EUR", REASON, "above zero"),
        ("0.00", "EUR", REASON, "above zero"),
        ("-20", "EUR", REASON, "above zero"),
        ("20.001", "EUR", REASON, "2 decimals at most"),
        ("1,234.50", "EUR", REASON, "is no number"),
        ("", "EUR", REASON, "is no number"),
        ("twenty", "EUR", REASON, "is no number"),
        ("20", "USD", REASON, "is charged in EUR"),
        ("20", "JPY", REASON, "is charged in EUR"),
        ("20.5", "JPY", REASON, "JPY has no decimals"),
        ("20", "XXX", REASON, "is no currency"),
        ("20", "", REASON, "is no currency"),
        ("99999999999999999999", "EUR", REASON, "larger than can be kept"),
        (
            "90071992547409.92",
            "EUR",
            REASON,
            "may have €90,071,992,547,409.91 at most",
        ),
        ("20", "EUR", "", "A reason is missing"),
        ("20", "EUR", " \n ", "A reason is missing"),
        ("20", "EUR", "…", "The reason holds characters"),
        (
            "20",
            "EUR",
            "See https://evil.example",
            "The reason holds characters",
        ),
        ("20", "EUR", "\u{202e}yrros", "The reason holds characters"),
        ("20", "EUR", long.as_str(), "takes at most 300 characters"),
    ] {
        for answer in [
            ask(&grace, &page, amount, currency, reason).await,
            send(&grace, &page, &token(), amount, currency, reason).await,
        ] {
            assert_eq!(
                answer.status,
                StatusCode::CONFLICT,
                "{amount} {currency} {answer:?}"
            );
            let text = answer.text();
            assert!(
                text.contains(part) && text.contains("No credit was given."),
                "{amount} {currency} {reason}: {part} in {text}"
            );
        }
    }
    assert_eq!(given(&server).await, [0; 4]);
}

#[tokio::test]
async fn amounts_that_would_overflow_the_credit_are_refused() {
    let server = TestServer::start().await;
    let (_ada, page) = subscriber(&server).await;
    let grace = staff_again(&server).await;
    let most = "90071992547409.91";
    let done = send(&grace, &page, &token(), most, "EUR", REASON).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{done:?}");
    let more = send(&grace, &page, &token(), "0.01", "EUR", REASON).await;
    assert_eq!(more.status, StatusCode::CONFLICT, "{more:?}");
    assert!(more.text().contains("at most. No credit was given."), "{more:?}");
    assert_eq!(given(&server).await, [1; 4]);
    // The document can be made, and the books be proved.
    let note = grace.get(&format!("{page}/invoices/INV-000002")).await;
    assert!(note.bytes.starts_with(b"%PDF-"), "{note:?}");
    assert_balances(&checked(&server).await);
}

#[tokio::test]
async fn a_form_that_is_sent_twice_gives_credit_once() {
    let server = TestServer::start().await;
    let (_ada, page) = subscriber(&server).await;
    let grace = staff_again(&server).await;
    let token = token();
    let (first, second, third) = tokio::join!(
        send(&grace, &page, &token, "20", "EUR", REASON),
        send(&grace, &page, &token, "20", "EUR", REASON),
        send(&grace, &page, &token, "20.00", "EUR", REASON),
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
    let other = send(&grace, &page, &token, "30", "EUR", REASON).await;
    assert_eq!(other.status, StatusCode::CONFLICT, "{other:?}");
    assert!(other.text().contains("INV-000002 was made of it"), "{other:?}");
    assert_eq!(given(&server).await, [1; 4]);
    assert_eq!(server.number("SELECT amount FROM credits").await, 2_000);
    // Without a token it is no form of ours.
    let fields = [("amount", "20"), ("currency", "EUR"), ("reason", REASON)];
    let bare = grace.post_form(&format!("{page}/credit"), &fields).await;
    assert_eq!(bare.status, StatusCode::BAD_REQUEST, "{bare:?}");
    assert_balances(&checked(&server).await);
}

#[tokio::test]
async fn credit_is_the_staffs_to_give_and_to_accounts_that_there_are() {
    let server = TestServer::start().await;
    let (ada, page) = subscriber(&server).await;
    // Neither the account's owner nor a stranger.
    for client in [&ada, &server.client()] {
        for answer in [
            ask(client, &page, "20", "EUR", REASON).await,
            send(client, &page, &token(), "20", "EUR", REASON).await,
        ] {
            assert_eq!(
                (answer.status, answer.header("location")),
                (StatusCode::SEE_OTHER, "/staff/sign-in")
            );
        }
    }
    let grace = staff_again(&server).await;
    for nobody in [
        format!("/staff/accounts/{}", Uuid::now_v7()),
        "/staff/accounts/acme".to_owned(),
    ] {
        let answer = send(&grace, &nobody, &token(), "20", "EUR", REASON).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{answer:?}");
    }
    // Nor who was a member of staff.
    let output = command(&server, &["staff", "disable", "grace@example.com"], "").await;
    assert!(output.status.success(), "{}", told(&output));
    let answer = send(&grace, &page, &token(), "20", "EUR", REASON).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{answer:?}");
    assert_eq!(given(&server).await, [0; 4]);
}

#[tokio::test]
async fn credit_is_given_from_the_command_line_beside_a_running_server_and_once_a_day() {
    let server = TestServer::start().await;
    let (ada, _) = subscriber(&server).await;
    let credit = [
        "acme",
        "--amount",
        "20.00",
        "--currency",
        "eur",
        "--reason",
        REASON,
    ];
    // Nobody is there to say yes.
    let (done, text) = by_command(&server, &credit).await;
    assert!(
        !done && text.contains("--yes") && text.contains("€20.00") && text.contains(REASON),
        "{text}"
    );
    assert_eq!(given(&server).await, [0; 4]);
    let yes = |more: &[&'static str]| [&credit[..], &["--yes"], more].concat();
    let (done, text) = by_command(&server, &yes(&[])).await;
    assert!(done && text.contains("INV-000002"), "{text}");
    let (done, text) = by_command(&server, &yes(&[])).await;
    assert!(
        done && text.contains("given this credit before: INV-000002"),
        "{text}"
    );
    assert_eq!(given(&server).await, [1; 4]);
    let trail =
        "SELECT count(*) FROM audit WHERE action = 'credit.given' AND detail LIKE '%Grace (command line)%'";
    assert_eq!(server.number(trail).await, 1);

    // A key of one's own says otherwise.
    for _ in 0..2 {
        let (done, text) = by_command(&server, &yes(&["--key", "ticket-4711"])).await;
        assert!(done && text.contains("INV-000003"), "{text}");
    }
    assert_eq!(given(&server).await, [2; 4]);
    assert_eq!(ada.get("/api/account").await.body["credits"], json!([eur(4_000)]));
    let letters = server.mail_to("ada@example.com").await;
    let letter = letters
        .iter()
        .find(|letter| letter["kind"] == "goodwill_credit")
        .expect("a letter");
    let text = letter["text"].as_str().unwrap();
    assert!(text.contains("https://desk.example/app/"), "{text}");
    assert_balances(&checked(&server).await);
}

#[tokio::test]
async fn what_the_command_line_cannot_credit_is_told_and_changes_nothing() {
    let server = TestServer::start().await;
    let _subscriber = subscriber(&server).await;
    for (account, amount, currency, reason, part) in [
        ("nobody", "20", "EUR", REASON, "no account with the address"),
        ("acme", "0", "EUR", REASON, "above zero"),
        ("acme", "-5", "EUR", REASON, "above zero"),
        ("acme", "20.001", "EUR", REASON, "2 decimals at most"),
        ("acme", "20", "USD", REASON, "is charged in EUR"),
        ("acme", "20", "EURO", REASON, "is no currency"),
        (
            "acme",
            "99999999999999999999",
            "EUR",
            REASON,
            "larger than can be kept",
        ),
        ("acme", "20", "EUR", " ", "A reason is missing"),
    ] {
        let amount = format!("--amount={amount}");
        let arguments = [
            account,
            &amount,
            "--currency",
            currency,
            "--reason",
            reason,
            "--yes",
        ];
        let (done, text) = by_command(&server, &arguments).await;
        assert!(
            !done && text.contains(part) && text.contains("No credit was given"),
            "{part} in {text}"
        );
    }
    let arguments = [
        "acme",
        "--amount",
        "20",
        "--currency",
        "EUR",
        "--reason",
        REASON,
        "--yes",
    ];
    let (done, text) = by_command(&server, &[&arguments[..], &["--key", "two words"]].concat()).await;
    assert!(!done && text.contains("--key takes"), "{text}");
    assert_eq!(given(&server).await, [0; 4]);
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
    let other = send(&grace, &page, &token(), "20", "CHF", REASON).await;
    assert!(other.text().contains("is charged in EUR or USD"), "{other:?}");
    let done = send(&grace, &page, &token(), "20", "USD", REASON).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{done:?}");
}

#[tokio::test]
async fn a_credit_that_was_changed_behind_the_servers_back_is_told() {
    let server = TestServer::start().await;
    let (_ada, page) = subscriber(&server).await;
    let grace = staff_again(&server).await;
    send(&grace, &page, &token(), "20", "EUR", REASON).await;
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
