//! Somebody who lives a life: does what it says over HTTP, and compares the server with the model after every step.

use std::fmt::Debug;

use jiff::Timestamp;
use reqwest::{Method, RequestBuilder};
use sea_orm::{ConnectionTrait, DatabaseConnection};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::account::{Account, Bill, CURRENCIES, Order, PLANS, Scheduled, Standing, Subscription, counted};
use crate::acts::{Act, Card, Chapter, OnPage, Request};

/// What went wrong, as a sentence.
type Outcome<T = ()> = Result<T, String>;

/// Where the server is.
#[derive(Clone, Debug)]
pub struct Desk {
    pub http: reqwest::Client,
    pub base: String,
    pub db: DatabaseConnection,
}

impl Desk {
    /// Moves the clock; what is due by then is done when it answers.
    pub async fn clock(&self, body: &Value) {
        let request = self.http.post(format!("{}/sandbox/clock", self.base)).json(body);
        let answer = request.send().await.expect("an answer");
        assert!(answer.status().is_success(), "{body}: {}", answer.status());
    }
}

/// What was done, and what was not as it has to be.
#[derive(Clone, Debug)]
pub struct Told {
    pub log: Vec<String>,
    pub wrong: String,
}

/// A preview that was kept.
#[derive(Clone, Debug)]
struct Looked {
    request: Request,
    confirmation: Value,
    version: u64,
    today: jiff::civil::Date,
    bill: Option<Bill>,
}

#[derive(Debug)]
struct Answer {
    status: u16,
    body: Value,
}

impl Answer {
    /// The reason of a refusal, or its type; what was done else.
    fn said(&self) -> &str {
        if self.status < 300 {
            return "done";
        }
        let problem = self.body["type"].as_str().unwrap_or("no problem document");
        match problem.trim_start_matches("urn:onedesk:problem:") {
            "change-refused" => self.body["reason"].as_str().unwrap_or("no reason"),
            problem => problem,
        }
    }

    fn expect(&self, what: &str, said: &[&str]) -> Outcome {
        if said.contains(&self.said()) {
            Ok(())
        } else {
            Err(format!(
                "{what}: the server says {} {}, the model {}\n{}",
                self.status,
                self.said(),
                said.join(" or "),
                self.body
            ))
        }
    }
}

#[derive(Debug)]
pub struct Person {
    pub life: u64,
    pub account: Account,
    pub acts: u64,
    pub accepted: u64,
    pub failed: Option<Told>,
    id: Uuid,
    cookie: String,
    added: u32,
    looked: Option<Looked>,
    log: Vec<String>,
}

impl Person {
    pub fn new(
        life: u64,
        id: Uuid,
        cookie: String,
        zone: &str,
        percent: i64,
        now: Timestamp,
        trial_ends: Timestamp,
    ) -> Self {
        Self {
            life,
            account: Account::new(zone, percent, now, trial_ends),
            acts: 0,
            accepted: 0,
            failed: None,
            id,
            cookie,
            added: 0,
            looked: None,
            log: Vec::new(),
        }
    }

    /// Lives through a chapter; a life that has failed is over.
    pub async fn lives(&mut self, desk: &Desk, chapter: &Chapter) {
        if self.failed.is_none()
            && let Err(wrong) = self.chapter(desk, chapter).await
        {
            self.failed = Some(Told {
                log: self.log.clone(),
                wrong,
            });
        }
    }

    async fn chapter(&mut self, desk: &Desk, chapter: &Chapter) -> Outcome {
        let before = self.account.subscription.clone();
        self.account.time_comes(chapter.at);
        self.note(&format!(
            "{}, {} for the account{}",
            chapter.at,
            self.account.today,
            if chapter.restarts { ", after a restart" } else { "" }
        ));
        if self.account.subscription != before {
            self.compare(desk).await?;
        }
        for act in &chapter.acts {
            self.note(&format!("  {act:?}"));
            self.acts += 1;
            self.act(desk, *act).await?;
            self.compare(desk).await?;
        }
        self.compare_account(desk).await
    }

    /// At the end of a life: everything once more, and the lists.
    pub async fn ends(&mut self, desk: &Desk) {
        if self.failed.is_some() {
            return;
        }
        let mut outcome = self.compare(desk).await;
        if outcome.is_ok() {
            outcome = self.compare_lists(desk).await;
        }
        if let Err(wrong) = outcome {
            self.failed = Some(Told {
                log: self.log.clone(),
                wrong: format!("at the end: {wrong}"),
            });
        }
    }

    fn note(&mut self, text: &str) {
        self.log.push(text.to_owned());
    }

    async fn act(&mut self, desk: &Desk, act: Act) -> Outcome {
        match act {
            Act::Subscribe {
                plan,
                more,
                annual,
                currency,
                page,
            } => {
                let seats = counted(self.account.active, more);
                self.subscribes(desk, (plan, seats, annual, currency), page).await
            }
            Act::Ask { request, page } => self.asks(desk, request, page, false).await,
            Act::AskTwice(request) => self.asks(desk, request, OnPage::Leaves, true).await,
            Act::Look(request) => self.looks(desk, request).await,
            Act::ConfirmLooked => self.confirms_looked(desk).await,
            Act::AtOnce(one, other) => self.at_once(desk, one, other).await,
            Act::AddUsers(count) => self.adds(desk, count).await,
            Act::Deactivate(count) => self.deactivates(desk, count).await,
            Act::Reactivate(count) => self.reactivates(desk, count).await,
            Act::ReplaceCard(card) => self.replaces_card(desk, card).await,
            Act::Recover { other_card, page } => self.recovers(desk, other_card, page).await,
            Act::Page(page) => self.turns_to_page(desk, page).await,
            Act::GetCredit(amount) => self.gets_credit(desk, amount).await,
        }
    }

    async fn subscribes(
        &mut self,
        desk: &Desk,
        (plan, seats, annual, currency): (usize, u32, bool, usize),
        page: OnPage,
    ) -> Outcome {
        let account = &self.account;
        let after = Subscription::begun(plan, seats, annual, currency, account.today);
        let net = after.price * i64::from(seats) * if annual { 12 } else { 1 };
        let bill = account.bill(currency, net);
        let body = json!({
            "choice": { "plan": PLANS[plan], "seats": seats, "period": period(annual), "currency": CURRENCIES[currency] },
            "expected_total": money(currency, bill.gross),
        });
        let answer = self.keyed(desk, "/api/orders", &body, &key()).await?;
        let mut refusals = Vec::new();
        if account.running().is_some() {
            refusals.push("already-subscribed");
        }
        if account.open.is_some() {
            refusals.push("order-pending");
        }
        if seats < account.active {
            refusals.push("not-enough-licences");
        }
        if !refusals.is_empty() {
            return answer.expect("an order", &refusals);
        }
        answer.expect("an order", &["done"])?;
        self.looked = None;
        self.ordered(desk, &answer.body, after, bill, true, page).await
    }

    /// An order was taken: it is paid, or waits on its page.
    async fn ordered(
        &mut self,
        desk: &Desk,
        order: &Value,
        after: Subscription,
        bill: Bill,
        waits: bool,
        page: OnPage,
    ) -> Outcome {
        self.accepted += 1;
        let waits = waits && bill.due > 0;
        let status = if waits { "pending" } else { "paid" };
        if order["status"] != status || order["total"] != money(bill.currency, bill.due) {
            return Err(format!(
                "the order is {} and costs {}, by the model {status} and {}",
                order["status"], order["total"], bill.due
            ));
        }
        if !waits {
            self.account.becomes(after, Some(bill));
            return Ok(());
        }
        self.account.open = Some(Order {
            id: order["id"].as_str().unwrap_or_default().to_owned(),
            page: page_of(order)?,
            after,
            bill,
        });
        self.turns_to_page(desk, page).await
    }

    async fn turns_to_page(&mut self, desk: &Desk, page: OnPage) -> Outcome {
        let Some(order) = self.account.open.clone() else {
            return Ok(());
        };
        match page {
            OnPage::Leaves => {}
            OnPage::IsDeclined => self.types(desk, &order.page, "4000 0000 0000 0002").await?,
            OnPage::GivesUp => {
                let path = format!("/api/orders/{}/cancellation", order.id);
                let answer = self.post(desk, &path, &json!({})).await?;
                answer.expect("giving an order up", &["done"])?;
                self.account.open = None;
            }
            OnPage::Pays(card) => {
                self.pays(desk, &order.page, &order.id, card).await?;
                self.account.open = None;
                self.account.card = Some(card);
                self.account.becomes(order.after, Some(order.bill));
                self.catches_up(desk).await;
            }
        }
        Ok(())
    }

    async fn pays(&self, desk: &Desk, page: &str, order: &str, card: Card) -> Outcome {
        let number = match card {
            Card::Good => "4242 4242 4242 4242",
            Card::PaysOnce => "4000 0000 0000 0341",
            Card::AsksHolder => "4000 0025 0000 3155",
        };
        self.types(desk, page, number).await?;
        if card == Card::AsksHolder {
            let path = format!("{page}/authentication");
            let request = self.request(desk, Method::POST, &path);
            self.send(request.form(&[("outcome", "complete")])).await?;
        }
        let back = format!("/api/payments/return?order={order}");
        self.send(self.request(desk, Method::GET, &back)).await?;
        Ok(())
    }

    async fn types(&self, desk: &Desk, page: &str, number: &str) -> Outcome {
        let form = [
            ("number", number),
            ("expiry", "12/99"),
            ("cvc", "123"),
            ("name", "Ada"),
        ];
        self.send(self.request(desk, Method::POST, page).form(&form))
            .await?;
        Ok(())
    }

    /// Paid so late that the next period is due already: the next pass charges that, too.
    async fn catches_up(&mut self, desk: &Desk) {
        let is_due =
            |held: &Subscription| held.standing == Standing::Active && held.end <= self.account.today;
        if self.account.running().is_some_and(is_due) {
            desk.clock(&json!({ "advance_hours": 0 })).await;
            self.account.renewals_come();
        }
    }

    /// The preview of a request, if there is one, as it has to be by the model.
    async fn previews(&self, desk: &Desk, request: Request) -> Outcome<Option<Looked>> {
        let body = json!({ "request": self.wire(request) });
        let answer = self.post(desk, "/api/subscription/previews", &body).await?;
        let (after, bill) = match self.account.decide(request) {
            Err(refusals) => {
                answer.expect("a preview", &refusals)?;
                return Ok(None);
            }
            Ok(decided) => decided,
        };
        answer.expect("a preview", &["done"])?;
        let (today, due) = (&answer.body["today"], bill.map_or(Value::Null, |bill| due(&bill)));
        if today["due"] != due || bill.is_some_and(|bill| today["net"]["minor"] != bill.net) {
            return Err(format!("the preview says {today}, the model {bill:?}"));
        }
        let expected = match &today["due"] {
            Value::Null => money(0, 0),
            due => due.clone(),
        };
        Ok(Some(Looked {
            request,
            confirmation: json!({
                "request": body["request"], "seen": answer.body["preview"]["seen"], "expected_due": expected,
            }),
            version: after.version - 1,
            today: self.account.today,
            bill,
        }))
    }

    async fn confirms(&self, desk: &Desk, looked: &Looked, key: &str) -> Outcome<Answer> {
        self.keyed(desk, "/api/subscription/changes", &looked.confirmation, key)
            .await
    }

    /// How a confirmation that is up to date is answered by the model.
    fn answer_to(&self, bill: Option<Bill>) -> &'static str {
        match (&self.account.open, bill, self.account.card) {
            (Some(_), _, _) => "order-pending",
            (None, Some(bill), Some(Card::PaysOnce)) if bill.due > 0 => "card-declined",
            _ => "done",
        }
    }

    /// A confirmation was answered with "done".
    async fn changed(
        &mut self,
        desk: &Desk,
        answer: &Answer,
        after: Subscription,
        bill: Option<Bill>,
        page: OnPage,
    ) -> Outcome {
        let Some(bill) = bill else {
            self.accepted += 1;
            self.account.becomes(after, None);
            return Ok(());
        };
        let waits = self.account.card != Some(Card::Good);
        self.ordered(desk, &answer.body["order"], after, bill, waits, page)
            .await
    }

    async fn asks(&mut self, desk: &Desk, request: Request, page: OnPage, twice: bool) -> Outcome {
        let Some(looked) = self.previews(desk, request).await? else {
            return Ok(());
        };
        let key = key();
        let answer = self.confirms(desk, &looked, &key).await?;
        answer.expect("a confirmation", &[self.answer_to(looked.bill)])?;
        if twice {
            let again = self.confirms(desk, &looked, &key).await?;
            if (again.status, &again.body) != (answer.status, &answer.body) {
                return Err(format!("sent again, {answer:?} became {again:?}"));
            }
        }
        if answer.said() == "done" {
            let (after, bill) = self.account.decide(request).map_err(of_debug)?;
            self.changed(desk, &answer, after, bill, page).await?;
        }
        Ok(())
    }

    async fn looks(&mut self, desk: &Desk, request: Request) -> Outcome {
        if let Some(looked) = self.previews(desk, request).await? {
            self.looked = Some(looked);
        }
        Ok(())
    }

    /// What was seen is confirmed later: it holds if nothing has changed, and is refused if anything has.
    async fn confirms_looked(&mut self, desk: &Desk) -> Outcome {
        let Some(looked) = self.looked.take() else {
            return Ok(());
        };
        let answer = self.confirms(desk, &looked, &key()).await?;
        let version = self.account.subscription.as_ref().map(|held| held.version);
        let decided = self.account.decide(looked.request);
        let is_the_same = (version, self.account.today) == (Some(looked.version), looked.today);
        match decided {
            _ if self.account.open.is_some() => answer.expect("an old preview", &["order-pending"]),
            Ok((after, bill)) if is_the_same && bill == looked.bill => {
                answer.expect("a preview that holds", &[self.answer_to(bill)])?;
                if answer.said() == "done" {
                    self.changed(desk, &answer, after, bill, OnPage::Leaves).await?;
                }
                Ok(())
            }
            Ok(_) => {
                // Wanted by its number, what was seen may be had already, or wait.
                let (said, refused) = (answer.said(), answer.status == 409);
                if refused && said != "order-pending" {
                    Ok(())
                } else {
                    Err(format!("an outdated preview: {said} {}", answer.body))
                }
            }
            Err(_) if [409, 422].contains(&answer.status) => Ok(()),
            Err(refusals) => Err(format!(
                "an outdated preview, to be refused for {refusals:?}: {} {}",
                answer.said(),
                answer.body
            )),
        }
    }

    /// Of two that confirm at the same moment, one is too late, unless the other one's card was declined.
    async fn at_once(&mut self, desk: &Desk, one: Request, other: Request) -> Outcome {
        let (Some(one), Some(other)) = (self.previews(desk, one).await?, self.previews(desk, other).await?)
        else {
            return Ok(());
        };
        let expected = [self.answer_to(one.bill), self.answer_to(other.bill)];
        let keys = [key(), key()];
        let (first, second) = tokio::join!(
            self.confirms(desk, &one, &keys[0]),
            self.confirms(desk, &other, &keys[1])
        );
        let answers = [first?, second?];
        let said = [answers[0].said(), answers[1].said()];
        let done: Vec<usize> = (0..2).filter(|index| said[*index] == "done").collect();
        if !expected.contains(&"done") {
            answers[0].expect("one of two", &[expected[0]])?;
            return answers[1].expect("one of two", &[expected[1]]);
        }
        let &[winner] = done.as_slice() else {
            return Err(format!("of two at once, {said:?}; by the model {expected:?}"));
        };
        answers[winner].expect("the first of two", &[expected[winner]])?;
        let late = &answers[1 - winner];
        let too_late = [409, 402].contains(&late.status) && late.said() != "idempotency-key-in-use";
        if !too_late {
            return Err(format!("the second of two: {} {}", late.said(), late.body));
        }
        let looked = [one, other].into_iter().nth(winner).expect("one of two");
        let (after, bill) = self.account.decide(looked.request).map_err(of_debug)?;
        self.changed(desk, &answers[winner], after, bill, OnPage::Leaves)
            .await
    }

    async fn adds(&mut self, desk: &Desk, count: u32) -> Outcome {
        let emails: Vec<String> = (0..count)
            .map(|index| format!("user-{}-{}@example.com", self.life, self.added + index))
            .collect();
        let body = json!({ "emails": emails.join(" "), "role": "member" });
        let answer = self.post(desk, "/api/users", &body).await?;
        if let Err(refusal) = self.account.room_for(self.account.active + count) {
            return answer.expect("more users", &[refusal]);
        }
        answer.expect("more users", &["done"])?;
        self.added += count;
        self.account.active += count;
        self.accepted += 1;
        Ok(())
    }

    async fn deactivates(&mut self, desk: &Desk, count: u32) -> Outcome {
        for id in self.users(desk, true).await?.into_iter().take(count as usize) {
            let path = format!("/api/users/{id}/deactivation");
            let answer = self.post(desk, &path, &json!({})).await?;
            answer.expect("a deactivation", &["done"])?;
            self.account.active -= 1;
            self.account.inactive += 1;
            self.accepted += 1;
        }
        Ok(())
    }

    async fn reactivates(&mut self, desk: &Desk, count: u32) -> Outcome {
        let named: Vec<String> = match count {
            0 => Vec::new(),
            count => self
                .users(desk, false)
                .await?
                .into_iter()
                .take(count as usize)
                .collect(),
        };
        if count > 0 && named.is_empty() {
            return Ok(());
        }
        let account = &self.account;
        let returning = if named.is_empty() {
            let room = |count: &u32| account.room_for(account.active + count).is_ok();
            let most = (1..=account.inactive).take_while(room).last();
            most.unwrap_or(account.inactive.min(1))
        } else {
            u32::try_from(named.len()).map_err(of_debug)?
        };
        let body = json!({ "users": named });
        let answer = self.post(desk, "/api/users/reactivations", &body).await?;
        if returning > 0
            && let Err(refusal) = account.room_for(account.active + returning)
        {
            return answer.expect("a reactivation", &[refusal]);
        }
        answer.expect("a reactivation", &["done"])?;
        self.account.active += returning;
        self.account.inactive -= returning;
        self.accepted += 1;
        Ok(())
    }

    /// The users but the owner, active or not.
    async fn users(&self, desk: &Desk, active: bool) -> Outcome<Vec<String>> {
        let answer = self.send(self.request(desk, Method::GET, "/api/users")).await?;
        let users = answer.body["users"].as_array().ok_or("no users")?;
        Ok(users
            .iter()
            .filter(|user| user["active"] == active && user["role"] != "owner")
            .filter_map(|user| user["id"].as_str().map(str::to_owned))
            .collect())
    }

    async fn replaces_card(&mut self, desk: &Desk, card: Card) -> Outcome {
        let path = "/api/payment-method/replacements";
        let answer = self.post(desk, path, &json!({})).await?;
        if self.account.running().is_none() {
            return answer.expect("another card", &["not-found"]);
        }
        answer.expect("another card", &["done"])?;
        let id = answer.body["id"].as_str().unwrap_or_default().to_owned();
        self.pays(desk, &page_of(&answer.body)?, &id, card).await?;
        self.account.card = Some(card);
        self.accepted += 1;
        Ok(())
    }

    async fn recovers(&mut self, desk: &Desk, other_card: bool, page: OnPage) -> Outcome {
        let recovery = self.account.recovery();
        let expected_due = recovery.as_ref().map_or(money(0, 1), |(_, bill)| due(bill));
        let body = json!({ "expected_due": expected_due, "other_card": other_card });
        let answer = self
            .keyed(desk, "/api/subscription/recovery", &body, &key())
            .await?;
        if self.account.open.is_some() {
            return answer.expect("a recovery", &["order-pending"]);
        }
        let Some((after, bill)) = recovery else {
            let refusal = match &self.account.subscription {
                None => "not-found",
                Some(held) if held.is_over() => "ended",
                Some(_) => "nothing-overdue",
            };
            return answer.expect("a recovery", &[refusal]);
        };
        let card = self.account.card.filter(|_| !other_card);
        if bill.due > 0 && card == Some(Card::PaysOnce) {
            return answer.expect("a recovery", &["card-declined"]);
        }
        answer.expect("a recovery", &["done"])?;
        let waits = card != Some(Card::Good);
        self.ordered(desk, &answer.body["order"], after, bill, waits, page)
            .await?;
        self.catches_up(desk).await;
        Ok(())
    }

    /// Staff give credit; written as they would write it.
    async fn gets_credit(&mut self, desk: &Desk, amount: u32) -> Outcome {
        let currency = self.account.running().map_or(0, |held| held.currency);
        let (account, id, code) = (self.id.simple(), Uuid::now_v7().simple(), CURRENCIES[currency]);
        let sql = format!(
            "BEGIN IMMEDIATE; INSERT INTO credits (account_id, currency, amount) VALUES (X'{account}', '{code}', {amount}) \
             ON CONFLICT DO UPDATE SET amount = amount + {amount}; \
             INSERT INTO credit_movements (id, account_id, currency, amount, reason, at) \
             VALUES (X'{id}', X'{account}', '{code}', {amount}, 'credit-note', 0); COMMIT"
        );
        let _alone = CREDIT.lock().await;
        desk.db.execute_unprepared(&sql).await.map_err(of_debug)?;
        self.account.credit[currency] += i64::from(amount);
        Ok(())
    }

    /// The subscription, as the server shows it and as the model has it.
    async fn compare(&self, desk: &Desk) -> Outcome {
        let answer = self
            .send(self.request(desk, Method::GET, "/api/subscription"))
            .await?;
        same(&shown(&answer, &self.account), &expected(&self.account))
    }

    /// The account at first sight.
    async fn compare_account(&self, desk: &Desk) -> Outcome {
        let answer = self.send(self.request(desk, Method::GET, "/api/account")).await?;
        let seen = json!({
            "state": answer.body["subscription"]["state"],
            "users": answer.body["active_users"],
            "today": answer.body["today"],
            "open": answer.body["pending_order"]["id"],
        });
        let account = &self.account;
        let state = match account.subscription.as_ref().map(|held| held.standing) {
            None if account.trial_over => "trial_over",
            None => "trial",
            Some(Standing::Active | Standing::PastDue { .. }) => "active",
            Some(Standing::Suspended(_)) => "suspended",
            Some(Standing::Ended(_)) => "ended",
        };
        same(
            &seen,
            &json!({
                "state": state, "users": account.active, "today": account.today,
                "open": account.open.as_ref().map(|order| &order.id),
            }),
        )
    }

    /// Users and invoices.
    async fn compare_lists(&self, desk: &Desk) -> Outcome {
        let (active, inactive) = (self.users(desk, true).await?, self.users(desk, false).await?);
        same(
            &json!({ "active": active.len() + 1, "inactive": inactive.len() }),
            &json!({ "active": self.account.active, "inactive": self.account.inactive }),
        )?;
        let answer = self
            .send(self.request(desk, Method::GET, "/api/invoices"))
            .await?;
        let page = answer.body["invoices"].as_array().ok_or("no invoices")?;
        let seen: Vec<Value> = page
            .iter()
            .map(|invoice| json!([invoice["gross"], invoice["due"]]))
            .collect();
        let of_bill = |bill: &Bill| json!([money(bill.currency, bill.gross), due(bill)]);
        let bills: Vec<Value> = self.account.bills.iter().rev().map(of_bill).collect();
        if seen.len() < bills.len() && answer.body["older_than"].is_null() {
            return Err(format!(
                "{} invoices are shown, by the model there are {}",
                seen.len(),
                bills.len()
            ));
        }
        let shown = seen.len().min(bills.len());
        same(&Value::Array(seen), &Value::Array(bills[..shown].to_vec()))
    }

    fn wire(&self, request: Request) -> Value {
        let wanted = match request {
            Request::Cancel => return json!("cancel"),
            Request::Resume => return json!("resume"),
            Request::Withdraw(part) => {
                let part = ["plan", "seats", "period", "currency"][part];
                return json!({ "withdraw": part });
            }
            Request::Change(wanted) => wanted,
        };
        let held = self.account.subscription.as_ref().map_or(1, |held| held.seats);
        let mut change = serde_json::Map::new();
        if let Some(plan) = wanted.plan {
            change.insert("plan".to_owned(), json!(PLANS[plan]));
        }
        if let Some(more) = wanted.seats {
            change.insert("seats".to_owned(), json!(counted(held, more)));
        }
        if let Some(annual) = wanted.annual {
            change.insert("period".to_owned(), json!(period(annual)));
        }
        if let Some(currency) = wanted.currency {
            change.insert("currency".to_owned(), json!(CURRENCIES[currency]));
        }
        json!({ "change": change })
    }

    fn request(&self, desk: &Desk, method: Method, path: &str) -> RequestBuilder {
        desk.http
            .request(method, format!("{}{path}", desk.base))
            .header("Cookie", &self.cookie)
    }

    async fn post(&self, desk: &Desk, path: &str, body: &Value) -> Outcome<Answer> {
        self.send(self.request(desk, Method::POST, path).json(body)).await
    }

    async fn keyed(&self, desk: &Desk, path: &str, body: &Value, key: &str) -> Outcome<Answer> {
        let request = self.request(desk, Method::POST, path).json(body);
        self.send(request.header("Idempotency-Key", key)).await
    }

    async fn send(&self, request: RequestBuilder) -> Outcome<Answer> {
        let response = request.send().await.map_err(of_debug)?;
        let status = response.status().as_u16();
        let bytes = response.bytes().await.map_err(of_debug)?;
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        if status >= 500 {
            return Err(format!("the server fails: {status} {body}"));
        }
        Ok(Answer { status, body })
    }
}

/// One at a time: all write with the same connection.
static CREDIT: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// The subscription as the server shows it.
fn shown(answer: &Answer, account: &Account) -> Value {
    if answer.status == 404 {
        return json!("none");
    }
    let body = &answer.body;
    let held = &body["subscription"];
    let credit = |code: &str| {
        let credits = body["credits"].as_array().into_iter().flatten();
        let found = credits.filter(|credit| credit["currency"] == code);
        found.filter_map(|credit| credit["minor"].as_i64()).sum::<i64>()
    };
    let renewal = &body["next_renewal"];
    json!({
        "plan": held["term"]["plan"],
        "seats": held["term"]["seats"],
        "period": held["term"]["period"],
        "price": held["term"]["unit_price"],
        "anchor": held["term"]["anchor"],
        "current": held["term"]["current"],
        "scheduled": {
            "plan": held["scheduled"]["plan"],
            "seats": held["scheduled"]["seats"],
            "period": held["scheduled"]["period"],
            "currency": held["scheduled"]["currency"],
        },
        "cancelled": held["cancels_at_period_end"],
        "standing": held["standing"],
        "version": held["version"],
        "users": body["active_users"],
        "licences suffice": account.licences() == Some(0)
            || held["term"]["seats"].as_u64() >= body["active_users"].as_u64(),
        "credit": CURRENCIES.map(credit),
        "overdue": body["overdue"]["totals"]["due"],
        "next": [renewal["on"], renewal["totals"]["gross"], renewal["totals"]["due"]],
    })
}

/// The same by the model; what has ended is shown no more.
fn expected(account: &Account) -> Value {
    let Some(held) = account.running() else {
        return json!("none");
    };
    let Scheduled {
        plan,
        seats,
        annual,
        currency,
    } = &held.scheduled;
    let standing = match held.standing {
        Standing::Active => json!("active"),
        Standing::PastDue {
            since,
            failures,
            next,
        } => json!({ "past_due": { "since": since, "failures": failures, "next_retry": next } }),
        Standing::Suspended(since) => json!({ "suspended": { "since": since } }),
        Standing::Ended(on) => json!({ "ended": { "on": on } }),
    };
    let next = account.next_renewal();
    json!({
        "plan": PLANS[held.plan],
        "seats": held.seats,
        "period": period(held.annual),
        "price": money(held.currency, held.price),
        "anchor": held.anchor,
        "current": { "start": held.start, "end": held.end },
        "scheduled": {
            "plan": plan.map(|plan| PLANS[plan]),
            "seats": seats,
            "period": annual.map(period),
            "currency": currency.map(|currency| CURRENCIES[currency]),
        },
        "cancelled": held.cancelled,
        "standing": standing,
        "version": held.version,
        "users": account.active,
        "licences suffice": true,
        "credit": account.credit,
        "overdue": account.recovery().map(|(_, bill)| due(&bill)),
        "next": [
            next.map(|(on, _)| on),
            next.map(|(_, bill)| money(bill.currency, bill.gross)),
            next.map(|(_, bill)| due(&bill)),
        ],
    })
}

/// Compares member by member, so that a difference is short.
fn same(server: &Value, model: &Value) -> Outcome {
    if server == model {
        return Ok(());
    }
    let (Value::Object(server), Value::Object(model)) = (server, model) else {
        return Err(format!("the server says {server}\n      the model {model}"));
    };
    let different: Vec<String> = model
        .iter()
        .filter(|(name, value)| server.get(*name) != Some(value))
        .map(|(name, value)| {
            let seen = server.get(name).unwrap_or(&Value::Null);
            format!("{name}: the server says {seen}, the model {value}")
        })
        .collect();
    Err(different.join("\n"))
}

fn page_of(order: &Value) -> Outcome<String> {
    let url = order["pay_url"]
        .as_str()
        .ok_or("a pending order without a page")?;
    let begin = url.find("/sandbox/pay/").ok_or("no page of the sandbox")?;
    Ok(url[begin..].to_owned())
}

fn money(currency: usize, minor: i64) -> Value {
    json!({ "minor": minor, "currency": CURRENCIES[currency] })
}

fn due(bill: &Bill) -> Value {
    money(bill.currency, bill.due)
}

fn period(annual: bool) -> &'static str {
    if annual { "annual" } else { "monthly" }
}

fn key() -> String {
    Uuid::now_v7().to_string()
}

fn of_debug(error: impl Debug) -> String {
    format!("{error:?}")
}
