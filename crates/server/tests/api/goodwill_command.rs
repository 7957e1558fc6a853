//! Credit that is given from the command line, beside a running server.

use serde_json::json;

use crate::goodwill::{REASON, eur, given, subscriber};
use crate::ledger::{assert_balances, checked};
use crate::server::TestServer;
use crate::staff::command_of_grace;

async fn by_command(server: &TestServer, arguments: &[&str]) -> (bool, String) {
    command_of_grace(server, &[&["credits", "give"], arguments].concat()).await
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
