//! Amounts from the preview to the invoice. Rules: *Money*, *Changes*, *Orders and payment*.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::changes_requests::{plan, seats, seen, shop_in_mid_april, usd};
use crate::orders_requests::{GOOD_CARD, new_key, order_body, three_premium};
use crate::orders_shop::Shop;

/// The stored names of amounts.
const AMOUNTS: [&str; 11] = [
    "unit_price",
    "net",
    "tax",
    "gross",
    "credit_used",
    "credit_added",
    "credit_left",
    "total",
    "due",
    "amount",
    "expected",
];

#[tokio::test]
async fn amounts_are_stored_as_whole_numbers_of_minor_units_with_their_currency() {
    let (shop, ada) = shop_in_mid_april().await;
    // 2 × €10.99 × 12, and 20 % of it; then a price of which half a cent is charged.
    shop.give_credit(&ada, 500).await;
    shop.changed(&ada, &seats(5)).await;
    let columns = shop
        .texts(
            "SELECT tables.name || '.' || columns.name FROM sqlite_schema AS tables \
             JOIN pragma_table_info(tables.name) AS columns WHERE tables.type = 'table'",
        )
        .await;
    let mut looked_at = 0;
    for column in &columns {
        let (table, name) = column.split_once('.').unwrap();
        if !AMOUNTS.contains(&name) {
            continue;
        }
        looked_at += 1;
        let others = format!("SELECT count(*) FROM {table} WHERE typeof({name}) NOT IN ('integer', 'null')");
        assert_eq!(shop.number(&others).await, 0, "{column}");
        let own = format!("{table}.currency");
        // An invoice's lines are in its currency.
        assert!(columns.contains(&own) || table == "invoice_lines", "{column}");
    }
    assert!(looked_at >= 15, "{looked_at} columns of amounts: {columns:?}");
}

#[tokio::test]
async fn yen_have_no_minor_unit_and_are_charged_whole() {
    let shop = Shop::open().await;
    shop.set_clock("2026-04-01T10:00:00Z").await;
    let ada = shop.buyer("ada").await;
    let choice = json!({ "plan": "premium", "seats": 1, "period": "monthly", "currency": "JPY" });
    let request = shop.http.post(shop.url("/api/quotes")).json(&choice);
    let taxed = shop.send(Some(&ada), request).await.json()["taxed"].clone();
    let gross = taxed["gross"]["minor"].as_i64().unwrap();
    let order = shop
        .ordered(&ada, &order_body("premium", 1, "monthly", "JPY", gross))
        .await;
    shop.pay(&order, GOOD_CARD).await;
    shop.come_back(&order).await;
    let letter = shop.letter("ada@example.com", "receipt").await;
    let digits = gross.to_string();
    let (thousands, rest) = digits.split_at(digits.len() - 3);
    assert!(
        letter.contains(&format!("¥{thousands},{rest}")),
        "{gross} {letter}"
    );
    assert!(!letter.contains(&format!("{rest}.")), "{letter}");
    shop.assert_books_balance().await;
}

/// Every kind of change that is charged, one after the other.
#[tokio::test]
async fn what_is_charged_is_what_was_previewed() {
    let (shop, ada) = shop_in_mid_april().await;
    for (day, request) in [
        ("2026-04-16", seats(4)),
        ("2026-04-17", plan("enterprise")),
        (
            "2026-04-20",
            json!({ "change": { "seats": 7, "plan": "enterprise" } }),
        ),
        ("2026-04-21", json!({ "change": { "period": "annual" } })),
        ("2026-07-01", seats(8)),
    ] {
        shop.set_clock(&format!("{day}T10:00:00Z")).await;
        let preview = shop.previewed(&ada, &request).await;
        let today = &preview["today"];
        let reply = shop.confirm(&ada, &new_key(), &seen(&request, &preview)).await;
        assert_eq!(reply.status, StatusCode::CREATED, "{request} {}", reply.text);
        let change = reply.json();
        let order = &change["order"];
        for amount in ["net", "tax", "gross"] {
            assert_eq!(order["taxed"][amount], today[amount], "{request} {amount}");
        }
        assert_eq!(order["total"], today["due"], "{request}");
        assert_eq!(
            order["lines"], preview["preview"]["decision"]["charge"]["lines"],
            "{request}"
        );
        let due = today["due"]["minor"].as_i64().unwrap();
        let charged = "SELECT amount FROM sandbox_charges ORDER BY at DESC, attempt DESC LIMIT 1";
        assert_eq!(shop.number(charged).await, due, "{request}");
        let invoiced = "SELECT due FROM invoices ORDER BY number DESC LIMIT 1";
        assert_eq!(shop.number(invoiced).await, due, "{request}");
        // And what comes afterwards is what was said to come.
        assert_eq!(
            change["subscription"]["next_renewal"], preview["next_renewal"],
            "{request}"
        );
    }
    shop.assert_ledger_balances().await;
}

#[tokio::test]
async fn one_confirmation_makes_one_invoice_however_many_licences_it_adds() {
    let (shop, ada) = shop_in_mid_april().await;
    let change = shop.changed(&ada, &seats(103)).await;
    assert_eq!(shop.count("invoices").await, 2);
    assert_eq!(shop.count("sandbox_charges").await, 1);
    let number = change["order"]["receipt"]["invoice_number"].as_str().unwrap();
    let invoice = shop
        .api(Some(&ada), "GET", &format!("/api/invoices/{number}"))
        .await
        .json();
    let lines: Vec<&Value> = invoice["lines"].as_array().unwrap().iter().collect();
    assert_eq!(lines.len(), 1, "{invoice}");
    assert_eq!(
        lines[0]["text"],
        "Premium, added licences: 100 licences × $19.99 × 1 month × 15/30 days"
    );
    assert_eq!(lines[0]["net"], usd(99_950));
}

/// Amounts that somebody made up: more than a price can be, more than 64 bits hold, and none at all.
#[tokio::test]
async fn an_order_with_an_amount_that_would_overflow_is_refused_and_nothing_is_ordered() {
    let shop = Shop::open().await;
    let ada = shop.buyer("ada").await;
    for minor in [i64::MAX, i64::MIN, -73_397] {
        let mut body = three_premium();
        body["expected_total"]["minor"] = json!(minor);
        let reply = shop.order(&ada, &new_key(), &body).await;
        assert_eq!(
            (reply.status, reply.problem().as_str()),
            (StatusCode::CONFLICT, "price-changed"),
            "{minor}"
        );
    }
    for minor in ["9223372036854775808", "1e300", "73397.5", "\"73397\"", "null"] {
        let body = three_premium().to_string().replace("73397", minor);
        let reply = shop.order_raw(&ada, Some(&new_key()), &body).await;
        assert!(
            reply.status.is_client_error()
                && ["malformed-body", "invalid-fields"].contains(&reply.problem().as_str()),
            "{minor} {} {}",
            reply.status,
            reply.text
        );
    }
    assert_eq!(shop.count("orders").await, 0);
}
