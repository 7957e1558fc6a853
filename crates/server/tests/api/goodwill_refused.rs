//! Credit that is not given: amounts, currencies and reasons that will not do, and people who may not.

use reqwest::StatusCode;
use uuid::Uuid;

use crate::goodwill::{REASON, ask, given, gives, send, staff_again, subscriber, token, typed};
use crate::ledger::{assert_balances, checked};
use crate::server::TestServer;
use crate::staff::{command, told};

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
            ask(&grace, &page, typed(amount, currency, reason)).await,
            send(&grace, &page, &token(), typed(amount, currency, reason)).await,
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
    gives(&grace, &page, most, "EUR").await;
    let more = send(&grace, &page, &token(), typed("0.01", "EUR", REASON)).await;
    assert_eq!(more.status, StatusCode::CONFLICT, "{more:?}");
    assert!(more.text().contains("at most. No credit was given."), "{more:?}");
    assert_eq!(given(&server).await, [1; 4]);
    // The document can be made, and the books be proved.
    let note = grace.get(&format!("{page}/invoices/INV-000002")).await;
    assert!(note.bytes.starts_with(b"%PDF-"), "{note:?}");
    assert_balances(&checked(&server).await);
}

#[tokio::test]
async fn credit_is_the_staffs_to_give_and_to_accounts_that_there_are() {
    let server = TestServer::start().await;
    let (ada, page) = subscriber(&server).await;
    // Neither the account's owner nor a stranger.
    for client in [&ada, &server.client()] {
        for answer in [
            ask(client, &page, typed("20", "EUR", REASON)).await,
            send(client, &page, &token(), typed("20", "EUR", REASON)).await,
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
        let answer = send(&grace, &nobody, &token(), typed("20", "EUR", REASON)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{answer:?}");
    }
    // Nor who was a member of staff.
    let output = command(&server, &["staff", "disable", "grace@example.com"], "").await;
    assert!(output.status.success(), "{}", told(&output));
    let answer = send(&grace, &page, &token(), typed("20", "EUR", REASON)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{answer:?}");
    assert_eq!(given(&server).await, [0; 4]);
}
