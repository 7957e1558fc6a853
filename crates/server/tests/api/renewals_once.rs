//! Renewals when servers race, stop, or get no answer: each period is charged once.

use axum::http::StatusCode;
use serde_json::json;

use crate::changes_requests::{PAYS_ONCE, seats};
use crate::orders_requests::{GOOD_CARD, new_key, pay, place};
use crate::orders_shop::Shop;
use crate::renewals_time::{monthly, shop_on};
use crate::server::{Client, TestServer};
use crate::trial_letters::set;

impl Shop {
    /// The identity of the newest order of a kind.
    pub async fn order_of(&self, kind: &str) -> uuid::Uuid {
        let sql = format!("SELECT lower(hex(id)) FROM orders WHERE kind = '{kind}' ORDER BY id DESC LIMIT 1");
        self.text(&sql).await.expect("an order").parse().unwrap()
    }
}

#[tokio::test]
async fn two_servers_on_one_database_renew_each_period_once() {
    let shop = shop_on("2027-04-01T10:00:00Z").await;
    let mut buyers = Vec::new();
    for (name, card) in [("ada", GOOD_CARD), ("bob", GOOD_CARD), ("cy", PAYS_ONCE)] {
        buyers.push(shop.renewing(name, &monthly(), card).await);
    }
    let other = shop.beside().await;
    for day in ["2027-05-01", "2027-05-02", "2027-05-04", "2027-08-15"] {
        let at = json!({ "set": format!("{day}T10:00:00Z") });
        let move_clock = |url: String| shop.http.post(url).json(&at).send();
        let (here, there) = tokio::join!(
            move_clock(shop.url("/sandbox/clock")),
            move_clock(other.url("/sandbox/clock"))
        );
        assert_eq!(
            (here.unwrap().status(), there.unwrap().status()),
            (StatusCode::OK, StatusCode::OK)
        );
    }
    // April to August for two, April for the third, whose card failed on five days… of which two were missed.
    assert_eq!(shop.count("invoices").await, 5 + 5 + 1);
    assert_eq!(shop.count("charges").await, 5 + 5 + 1);
    assert_eq!(shop.count("orders WHERE kind = 'renewal'").await, 4 + 4 + 1);
    assert_eq!(shop.count("refunds").await, 0);
    assert_eq!(shop.count("sandbox_charges WHERE outcome = 'declined'").await, 4);
    assert_eq!(
        shop.told("cy@example.com", &["payment_failed", "suspended"])
            .await
            .len(),
        4
    );
    assert_eq!(
        shop.standing(&buyers[2]).await,
        json!({ "suspended": { "since": "2027-08-15" } })
    );
    shop.assert_ledger_balances().await;
    other.stop().await;
}

/// Also on `PostgreSQL`, where transactions of several servers run at once.
#[tokio::test]
async fn two_servers_renew_fail_suspend_and_recover_once() {
    let server = TestServer::start().await;
    set(&server, "2027-04-01T10:00:00Z").await;
    let zone = json!({ "time_zone": "UTC" });
    let ada = server.activated_with("ada@example.com", zone).await;
    server.joined(&ada, &["bob@example.com"]).await;
    pay(&ada, &place(&ada, &monthly()).await).await;
    let other = server.beside().await;
    let rows = async |rows: &str| server.number(&format!("SELECT count(*) FROM {rows}")).await;
    let both = async |day: &str| {
        let instant = format!("2027-{day}T10:00:00Z");
        tokio::join!(set(&server, &instant), set(&other, &instant));
    };
    both("05-01").await;
    assert_eq!((rows("invoices").await, rows("sandbox_charges").await), (2, 1));

    let cards = |number: &str| format!("UPDATE sandbox_cards SET number = '{number}'");
    server.execute(&cards("4000000000000341")).await.unwrap();
    for day in ["06-01", "06-02", "06-04", "06-06", "06-08"] {
        both(day).await;
    }
    assert_eq!(rows("sandbox_charges").await, 1 + 5);
    assert_eq!(rows("outbox WHERE kind = 'payment_failed'").await, 4);
    assert_eq!(rows("outbox WHERE kind = 'suspended'").await, 1);
    assert_eq!(rows("users WHERE active").await, 1);

    server.execute(&cards("4242424242424242")).await.unwrap();
    let (here, there) = (server.client(), other.client());
    here.sign_in("ada@example.com").await;
    there.sign_in("ada@example.com").await;
    let due = here.get("/api/subscription").await.body["overdue"]["totals"]["due"].clone();
    let recover = async |client: &Client| {
        let request = client.request(reqwest::Method::POST, "/api/subscription/recovery");
        let request = request.header("Idempotency-Key", new_key());
        client.send(request.json(&json!({ "expected_due": due }))).await
    };
    let (one, two) = tokio::join!(recover(&here), recover(&there));
    let paid = [&one, &two].map(|answer| usize::from(answer.status == StatusCode::CREATED));
    assert_eq!(paid.iter().sum::<usize>(), 1, "{one:?} {two:?}");
    assert_eq!((rows("invoices").await, rows("charges").await), (3, 3));
    assert_eq!(rows("sandbox_charges WHERE outcome = 'paid'").await, 2);
    assert_eq!((rows("users WHERE active").await, rows("refunds").await), (2, 0));
    other.stopped().await;
}

#[tokio::test]
async fn a_provider_that_does_not_answer_is_no_failure_and_is_asked_again() {
    let shop = shop_on("2027-04-01T10:00:00Z").await;
    let ada = shop.renewing("ada", &monthly(), GOOD_CARD).await;
    shop.provider_answers(false).await;
    shop.set_clock("2027-05-01T10:00:00Z").await;
    shop.set_clock("2027-05-03T10:00:00Z").await;
    assert_eq!(shop.standing(&ada).await, "active");
    assert_eq!(shop.told("ada@example.com", &["payment_failed"]).await, [""; 0]);
    shop.provider_answers(true).await;
    shop.set_clock("2027-05-03T10:01:00Z").await;
    assert_eq!(shop.invoiced().await[1], "2027-05-01 2027-06-01, 2027-05-03");
    assert_eq!(
        (shop.count("sandbox_charges").await, shop.count("charges").await),
        (1, 2)
    );
    shop.assert_ledger_balances().await;
}

#[tokio::test]
async fn a_charge_whose_answer_was_lost_is_found_and_settled_not_made_again() {
    let shop = shop_on("2027-04-01T10:00:00Z").await;
    let ada = shop.renewing("ada", &monthly(), GOOD_CARD).await;
    shop.provider_answers(false).await;
    shop.set_clock("2027-05-01T10:00:00Z").await;
    // It was charged all the same: the server stopped before it heard of it.
    shop.charged_unheard("pay_lost").await;
    shop.provider_answers(true).await;
    shop.set_clock("2027-05-01T10:05:00Z").await;
    assert_eq!(shop.period(&ada).await, "2027-05-01 2027-06-01");
    assert_eq!(
        shop.texts("SELECT reference FROM charges ORDER BY id DESC LIMIT 1")
            .await,
        ["pay_lost"]
    );
    assert_eq!(
        (shop.count("sandbox_charges").await, shop.count("invoices").await),
        (1, 2)
    );
    shop.assert_ledger_balances().await;
}

#[tokio::test]
async fn an_answer_that_comes_after_the_suspension_still_pays() {
    let shop = shop_on("2027-04-01T10:00:00Z").await;
    let ada = shop.renewing("ada", &monthly(), PAYS_ONCE).await;
    shop.colleague(&ada, "bob", "member").await;
    for day in [1, 2, 4, 6] {
        shop.set_clock(&format!("2027-05-{day:02}T10:00:00Z")).await;
    }
    shop.provider_answers(false).await;
    shop.set_clock("2027-05-08T10:00:00Z").await;
    shop.set_clock("2027-05-09T10:00:00Z").await;
    assert_eq!(shop.active(&ada).await, 1);
    // It was charged all the same.
    shop.charged_unheard("pay_late").await;
    shop.provider_answers(true).await;
    shop.set_clock("2027-05-09T10:05:00Z").await;
    assert_eq!(shop.standing(&ada).await, "active");
    assert_eq!(shop.active(&ada).await, 2);
    shop.assert_ledger_balances().await;
}

#[tokio::test]
async fn a_server_that_stops_while_it_charges_goes_on_where_it_stopped() {
    let mut shop = shop_on("2027-04-01T10:00:00Z").await;
    let ada = shop.renewing("ada", &monthly(), GOOD_CARD).await;
    shop.provider_answers(false).await;
    shop.set_clock("2027-05-01T10:00:00Z").await;
    shop.provider_answers(true).await;
    shop.restart().await;
    shop.wait_for("SELECT count(*) FROM invoices", 2).await;
    assert_eq!(shop.period(&ada).await, "2027-05-01 2027-06-01");
    assert_eq!(shop.count("orders WHERE kind = 'renewal'").await, 1);
    shop.assert_ledger_balances().await;
}

#[tokio::test]
async fn no_user_slips_in_between_the_decision_on_a_renewal_and_its_payment() {
    let shop = shop_on("2027-04-01T10:00:00Z").await;
    let ada = shop.renewing("ada", &monthly(), GOOD_CARD).await;
    shop.changed(&ada, &seats(1)).await;
    shop.provider_answers(false).await;
    shop.set_clock("2027-05-01T10:00:00Z").await;
    let add = || {
        let body = json!({ "emails": "bob@example.com", "role": "member" });
        let request = shop.http.post(shop.url("/api/users")).json(&body);
        shop.send(Some(&ada), request)
    };
    let reply = add().await;
    assert_eq!(
        (reply.status, reply.problem().as_str()),
        (StatusCode::CONFLICT, "order-pending")
    );
    shop.provider_answers(true).await;
    shop.set_clock("2027-05-01T10:01:00Z").await;
    assert_eq!(shop.details(&ada).await["subscription"]["term"]["seats"], 1);
    let reply = add().await;
    assert_eq!(
        (reply.status, reply.problem().as_str()),
        (StatusCode::CONFLICT, "not-enough-licences")
    );
}

#[tokio::test]
async fn a_charge_that_no_longer_fits_the_users_goes_back_and_what_is_right_is_charged() {
    let shop = shop_on("2027-04-01T10:00:00Z").await;
    let ada = shop.renewing("ada", &monthly(), GOOD_CARD).await;
    shop.changed(&ada, &seats(1)).await;
    shop.provider_answers(false).await;
    shop.set_clock("2027-05-01T10:00:00Z").await;
    // Past the server, which would refuse it.
    shop.colleague(&ada, "bob", "member").await;
    shop.provider_answers(true).await;
    shop.set_clock("2027-05-01T10:01:00Z").await;
    assert_eq!(
        shop.texts("SELECT reason FROM refunds").await,
        ["too-few-licences"]
    );
    shop.set_clock("2027-05-01T10:02:00Z").await;
    assert_eq!(shop.details(&ada).await["subscription"]["term"]["seats"], 2);
    assert_eq!(shop.count("orders WHERE kind = 'renewal'").await, 1);
    shop.assert_ledger_balances().await;
}

#[tokio::test]
async fn a_cancellation_while_a_charge_is_not_answered_ends_the_subscription_and_money_that_came_goes_back() {
    let shop = shop_on("2027-04-01T10:00:00Z").await;
    let ada = shop.renewing("ada", &monthly(), GOOD_CARD).await;
    shop.provider_answers(false).await;
    shop.set_clock("2027-05-01T10:00:00Z").await;
    shop.changed(&ada, &json!("cancel")).await;
    shop.charged_unheard("pay_vain").await;
    shop.provider_answers(true).await;
    shop.set_clock("2027-05-01T10:10:00Z").await;
    assert_eq!(
        shop.texts("SELECT reason FROM refunds").await,
        ["subscription-changed"]
    );
    assert_eq!(shop.count("invoices").await, 1);
    assert_eq!(shop.count("orders WHERE status = 'pending'").await, 0);
    shop.assert_ledger_balances().await;
}

impl Shop {
    /// What the provider, which does not answer, notes of a charge all the same.
    pub async fn charged_unheard(&self, payment: &str) {
        let order = self.order_of("renewal").await;
        let attempt = self
            .number("SELECT attempt FROM orders WHERE kind = 'renewal' ORDER BY id DESC")
            .await;
        self.run(&format!(
            "INSERT INTO away (attempt, reference, card, method, lines, amount, currency, outcome, payment, at) \
             SELECT '{order}-{attempt}', id, 'gone', 'Visa •••• 4242', '[]', total, currency, 'paid', '{payment}', \
             (SELECT max(at) FROM audit) FROM orders WHERE kind = 'renewal' ORDER BY id DESC LIMIT 1"
        ))
        .await;
    }
}
