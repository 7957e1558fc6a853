//! What tests of renewals need of a [`Shop`]: time that passes, a provider that does not answer, and what came of it.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use onedesk_server::config::DatabaseOptions;
use onedesk_server::ledger;
use serde_json::{Value, json};

use crate::changes_requests::ASKS_HOLDER;
use crate::orders_requests::{Reply, new_key, order_body};
use crate::orders_shop::{Buyer, Shop, blob};

/// Three licences of Premium by the month: $59.97, and 20 % of it.
pub fn monthly() -> Value {
    order_body("premium", 3, "monthly", "USD", 7_196)
}

/// An open shop at an instant.
pub async fn shop_on(instant: &str) -> Shop {
    let shop = Shop::open().await;
    shop.set_clock(instant).await;
    shop
}

impl Shop {
    /// An account in a time zone that has bought something. Its people have joined, and stay signed in however far the clock
    /// is moved.
    pub async fn subscriber_in(&self, zone: &str, name: &str, order: &Value, card: &str) -> Buyer {
        let buyer = self.buyer(name).await;
        self.run(&format!(
            "UPDATE accounts SET time_zone = '{zone}' WHERE id = {}",
            blob(buyer.account)
        ))
        .await;
        self.all_joined().await;
        let order = self.ordered(&buyer, order).await;
        self.pay(&order, card).await;
        if card == ASKS_HOLDER {
            self.authenticate(&order, "complete").await;
        }
        self.come_back(&order).await;
        assert_eq!(self.seen(&buyer, &order).await["status"], "paid");
        buyer
    }

    /// The same in Paris.
    pub async fn renewing(&self, name: &str, order: &Value, card: &str) -> Buyer {
        self.subscriber_in("Europe/Paris", name, order, card).await
    }

    /// Everybody has joined.
    pub async fn all_joined(&self) {
        self.run("UPDATE users SET password_hash = 'joined' WHERE password_hash IS NULL")
            .await;
    }

    /// One more active user of an account, who has joined.
    pub async fn colleague(&self, owner: &Buyer, name: &str, role: &str) -> Buyer {
        let user = self.user(owner.account, name, role, "en").await;
        self.all_joined().await;
        user
    }

    /// The provider answers when stored cards are to be charged, or asked about; or it does not.
    pub async fn provider_answers(&self, answers: bool) {
        self.run(if answers {
            "ALTER TABLE away RENAME TO sandbox_charges"
        } else {
            "ALTER TABLE sandbox_charges RENAME TO away"
        })
        .await;
    }

    /// The stored cards become others, as if their banks had changed their minds.
    pub async fn cards_become(&self, number: &str) {
        let number = number.replace(' ', "");
        self.run(&format!("UPDATE sandbox_cards SET number = '{number}'"))
            .await;
    }

    /// What was invoiced, oldest first: `from to, on the day of issue`.
    pub async fn invoiced(&self) -> Vec<String> {
        self.texts(
            "SELECT period_start || ' ' || period_end || ', ' || issued_on FROM invoices ORDER BY number",
        )
        .await
    }

    /// The kinds of the letters to somebody, oldest first, of those kinds.
    pub async fn told(&self, email: &str, kinds: &[&str]) -> Vec<String> {
        let kinds: Vec<String> = kinds.iter().map(|kind| format!("'{kind}'")).collect();
        let kinds = kinds.join(", ");
        self.texts(&format!(
            "SELECT kind FROM outbox WHERE recipient = '{email}' AND kind IN ({kinds}) ORDER BY id"
        ))
        .await
    }

    /// The newest letter of a kind to somebody, with ordinary spaces.
    pub async fn letter(&self, email: &str, kind: &str) -> String {
        let sql = format!(
            "SELECT subject || char(10) || text FROM outbox WHERE recipient = '{email}' AND kind = '{kind}' \
             ORDER BY id DESC LIMIT 1"
        );
        let letter = self.text(&sql).await;
        letter
            .unwrap_or_else(|| panic!("no {kind} to {email}"))
            .replace(['\u{a0}', '\u{202f}'], " ")
    }

    /// Rows of a table, or of a condition on one.
    pub async fn count(&self, rows: &str) -> i64 {
        self.number(&format!("SELECT count(*) FROM {rows}")).await
    }

    /// The texts that a query gives.
    pub async fn texts(&self, sql: &str) -> Vec<String> {
        use sea_orm::{ConnectionTrait, DbBackend, Statement};
        let rows = self
            .db
            .query_all_raw(Statement::from_string(DbBackend::Sqlite, sql))
            .await
            .unwrap();
        rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
    }

    /// How the subscription stands: `"active"`, or an object.
    pub async fn standing(&self, buyer: &Buyer) -> Value {
        self.details(buyer).await["subscription"]["standing"].clone()
    }

    /// The period that is paid for: `from to`.
    pub async fn period(&self, buyer: &Buyer) -> String {
        let current = self.details(buyer).await["subscription"]["term"]["current"].clone();
        let day = |name: &str| current[name].as_str().unwrap().to_owned();
        format!("{} {}", day("start"), day("end"))
    }

    /// The books, as `subscribe ledger check` reads them. Credit that a test wrote past the server ([`Shop::give_credit`]) stands on no
    /// document, which is told, and is all that is.
    pub async fn assert_ledger_balances(&self) {
        self.assert_books_balance().await;
        let options = DatabaseOptions {
            data: std::path::PathBuf::new(),
            database_url: Some(self.database_url()),
        };
        let report = ledger::check(&options).await.unwrap();
        let written = "SELECT count(*) FROM credit_movements WHERE invoice_id IS NULL";
        let written = usize::try_from(self.number(written).await).unwrap();
        let (of_tests, others): (Vec<_>, Vec<_>) = report
            .discrepancies
            .into_iter()
            .partition(|line| line.contains("stands on no document"));
        assert_eq!((of_tests.len(), others), (written, Vec::new()));
    }

    /// How many users of an account are active.
    pub async fn active(&self, buyer: &Buyer) -> i64 {
        self.count(&format!(
            "users WHERE active AND account_id = {}",
            blob(buyer.account)
        ))
        .await
    }

    /// Asks to pay the overdue renewal, with changes to the request.
    pub async fn recovers(&self, buyer: &Buyer, key: &str, body: &Value) -> Reply {
        let request = self.http.post(self.url("/api/subscription/recovery"));
        let request = request.json(body).header("Idempotency-Key", key);
        self.send(Some(buyer), request).await
    }

    /// Pays what is seen to be overdue, with the stored card.
    pub async fn recovered(&self, buyer: &Buyer) -> Value {
        let reply = self.recovers(buyer, &new_key(), &self.overdue(buyer).await).await;
        let change = reply.json();
        assert_eq!(change["order"]["status"], "paid", "{}", reply.text);
        change
    }

    /// The request to pay what is seen to be overdue.
    pub async fn overdue(&self, buyer: &Buyer) -> Value {
        let details = self.details(buyer).await;
        json!({ "expected_due": details["overdue"]["totals"]["due"] })
    }

    /// The instant before the first of a day in a time zone, and that one: the clock is set to both, one after the other.
    /// Gives how many invoices there were in between.
    pub async fn at_the_turn_of(&self, day: &str, zone: &str) -> i64 {
        let day: jiff::civil::Date = day.parse().unwrap();
        let midnight: Timestamp = day.to_zoned(TimeZone::get(zone).unwrap()).unwrap().timestamp();
        let before = midnight - jiff::SignedDuration::from_mins(2);
        self.set_clock(&before.to_string()).await;
        let invoices = self.count("invoices").await;
        self.set_clock(&midnight.to_string()).await;
        invoices
    }
}
