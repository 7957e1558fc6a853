//! The pro-forma invoice that goes along with a letter: what an order will be invoiced as, and where to transfer it.

use serde_json::json;

use crate::invoices::text_of;
use crate::orders_requests::{order_body, place};
use crate::server::TestServer;

#[tokio::test]
async fn it_says_what_is_ordered_where_to_transfer_it_with_which_reference_and_until_when() {
    let server = TestServer::start().await;
    let ada = server.activated("ada@example.com").await;
    let order = place(&ada, &order_body("premium", 3, "annual", "USD", 73_397)).await;
    let wanted = json!({
        "order": order["id"],
        "transfer": {
            "account_holder": "Sample Seller SAS",
            "iban": "FR76 3000 6000 0112 3456 7890 189",
            "bic": "AGRIFRPP",
            "bank": "Sample Bank",
            "reference": "OD-7F3K",
            "pay_by": "2030-12-22",
            "pro_forma": "",
        },
    });
    server
        .execute(&format!(
            "INSERT INTO outbox (id, recipient, kind, language, subject, text, html, pro_forma, created_at, attempts, delivered_at) \
             SELECT id, 'ada@example.com', 'transfer_instructions', 'en', 'S', 'T', 'H', '{wanted}', placed_at, 1, placed_at \
             FROM orders"
        ))
        .await
        .unwrap();
    let letters = server.mail_to("ada@example.com").await;
    let letter = letters
        .iter()
        .find(|letter| letter["kind"] == "transfer_instructions")
        .expect("the letter");
    let file = ada
        .get(letter["attachment"].as_str().expect("an attachment"))
        .await;
    assert_eq!(
        file.header("content-disposition"),
        "attachment; filename=\"OD-7F3K.pdf\""
    );
    let text = text_of(&file);
    for part in [
        "Pro-forma invoice",
        "OD-7F3K",
        "Acme",
        "3 licences × $16.99 × 12 months",
        "VAT 20%",
        "$733.97",
        "Sample Seller SAS",
        "FR76 3000 6000 0112 3456 7890 189",
        "AGRIFRPP",
        "December 22, 2030",
    ] {
        assert!(text.contains(part), "{part} is missing in {text}");
    }
    assert!(
        !text.contains("INV-"),
        "no number of an invoice is used up: {text}"
    );
}
