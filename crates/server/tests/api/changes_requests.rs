//! What admins send to a [`Shop`] to change a subscription, for the tests of changes.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::orders_requests::{GOOD_CARD, Reply, new_key};
use crate::orders_shop::{Buyer, Shop, blob};

/// A card that is stored and then declined when it is charged later.
pub const PAYS_ONCE: &str = "4000 0000 0000 0341";
/// A card whose holder has to confirm each time.
pub const ASKS_HOLDER: &str = "4000 0025 0000 3155";

impl Shop {
    /// Sets the sandbox's clock.
    pub async fn set_clock(&self, instant: &str) {
        let request = self.http.post(self.url("/sandbox/clock"));
        let answer = request.json(&json!({ "set": instant })).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
    }

    /// An account that has bought something, paid with a card.
    pub async fn subscriber(&self, name: &str, order: &Value, card: &str) -> Buyer {
        let buyer = self.buyer(name).await;
        let order = self.ordered(&buyer, order).await;
        self.pay(&order, card).await;
        if card == ASKS_HOLDER {
            self.authenticate(&order, "complete").await;
        }
        self.come_back(&order).await;
        assert_eq!(self.seen(&buyer, &order).await["status"], "paid");
        buyer
    }

    /// What a change would lead to.
    pub async fn previewed(&self, buyer: &Buyer, request: &Value) -> Value {
        let reply = self
            .post(
                buyer,
                "/api/subscription/previews",
                None,
                &json!({ "request": request }),
            )
            .await;
        assert_eq!(reply.status, StatusCode::OK, "{request} {}", reply.text);
        reply.json()
    }

    /// Confirms a change.
    pub async fn confirm(&self, buyer: &Buyer, key: &str, confirmation: &Value) -> Reply {
        self.post(buyer, "/api/subscription/changes", Some(key), confirmation)
            .await
    }

    /// Previews a change and confirms what was seen.
    pub async fn change(&self, buyer: &Buyer, request: &Value) -> Reply {
        let preview = self.previewed(buyer, request).await;
        self.confirm(buyer, &new_key(), &seen(request, &preview)).await
    }

    /// The same, and expects it to be made: at once, or charged to the stored card.
    pub async fn changed(&self, buyer: &Buyer, request: &Value) -> Value {
        let reply = self.change(buyer, request).await;
        let change = reply.json();
        assert!(reply.status.is_success(), "{request} {}", reply.text);
        if !change["order"].is_null() {
            assert_eq!(change["order"]["status"], "paid", "{request} {}", reply.text);
        }
        change
    }

    /// The subscription as its admins see it.
    pub async fn details(&self, buyer: &Buyer) -> Value {
        let reply = self.api(Some(buyer), "GET", "/api/subscription").await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
        reply.json()
    }

    /// Gives an account credit, as a credit note would have.
    pub async fn give_credit(&self, buyer: &Buyer, minor: i64) {
        let (account, id) = (blob(buyer.account), blob(uuid::Uuid::now_v7()));
        self.run(&format!(
            "INSERT INTO credits (account_id, currency, amount) VALUES ({account}, 'USD', {minor})"
        ))
        .await;
        self.run(&format!(
            "INSERT INTO credit_movements (id, account_id, currency, amount, reason, at) \
             VALUES ({id}, {account}, 'USD', {minor}, 'credit-note', 0)"
        ))
        .await;
    }

    /// The books: what every invoice says, what was charged, and what became of account credit.
    pub async fn assert_books_balance(&self) {
        for (what, sql) in [
            (
                "gross = due + credit used - credit added",
                "SELECT count(*) FROM invoices WHERE gross <> due + credit_used - credit_added",
            ),
            (
                "due = charged",
                "SELECT count(*) FROM invoices LEFT JOIN charges ON charges.order_id = invoices.order_id \
                 WHERE invoices.due <> coalesce(charges.amount, 0)",
            ),
            (
                "charged for an invoice",
                "SELECT count(*) FROM charges LEFT JOIN invoices ON charges.order_id = invoices.order_id \
                 WHERE invoices.id IS NULL",
            ),
            (
                "a balance is the sum of its movements",
                "SELECT count(*) FROM credits WHERE amount <> (SELECT coalesce(sum(amount), 0) \
                 FROM credit_movements WHERE credit_movements.account_id = credits.account_id \
                 AND credit_movements.currency = credits.currency)",
            ),
            (
                "a movement is what its invoice says",
                "SELECT count(*) FROM invoices WHERE credit_added - credit_used <> \
                 (SELECT coalesce(sum(amount), 0) FROM credit_movements WHERE invoice_id = invoices.id)",
            ),
            (
                "numbers without gaps",
                "SELECT coalesce(max(number), 0) - count(*) FROM invoices",
            ),
            (
                "one invoice for each paid order",
                "SELECT count(*) FROM orders WHERE kind <> 'payment_method' AND (status = 'paid') <> \
                 (id IN (SELECT order_id FROM invoices WHERE order_id IS NOT NULL))",
            ),
        ] {
            assert_eq!(self.number(sql).await, 0, "{what}");
        }
    }

    async fn post(&self, buyer: &Buyer, path: &str, key: Option<&str>, body: &Value) -> Reply {
        let mut request = self.http.post(self.url(path)).json(body);
        if let Some(key) = key {
            request = request.header("Idempotency-Key", key);
        }
        self.send(Some(buyer), request).await
    }
}

/// The confirmation of a preview.
pub fn seen(request: &Value, preview: &Value) -> Value {
    let due = match &preview["today"]["due"] {
        Value::Null => usd(0),
        due => due.clone(),
    };
    json!({ "request": request, "seen": preview["preview"]["seen"], "expected_due": due })
}

/// So many licences.
pub fn seats(count: u32) -> Value {
    json!({ "change": { "seats": count } })
}

/// Another plan.
pub fn plan(name: &str) -> Value {
    json!({ "change": { "plan": name } })
}

/// An amount in US dollars.
pub fn usd(minor: i64) -> Value {
    json!({ "minor": minor, "currency": "USD" })
}

/// A subscriber of three licences of Premium by the month, since 1 April, on 16 April: 15 of 30 days are left. $59.97 a month,
/// and 20 % of it.
pub async fn in_mid_april(card: &str) -> (Shop, Buyer) {
    let shop = Shop::open().await;
    shop.set_clock("2026-04-01T10:00:00Z").await;
    let order = crate::orders_requests::order_body("premium", 3, "monthly", "USD", 7_196);
    let ada = shop.subscriber("ada", &order, card).await;
    shop.set_clock("2026-04-16T10:00:00Z").await;
    (shop, ada)
}

/// The same, with a card that pays.
pub async fn shop_in_mid_april() -> (Shop, Buyer) {
    in_mid_april(GOOD_CARD).await
}
