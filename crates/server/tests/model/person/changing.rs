//! Changing the subscription: previewed, confirmed, and refused when something came between.

use jiff::civil::Date;
use reqwest::Method;
use serde_json::{Value, json};

use super::http::Answer;
use super::ordering::Taken;
use super::wire::{self, due, key, money, of_debug};
use super::{Desk, Outcome, Person};
use crate::account::{Asked, Bill, Edition, Kind, Subscription};
use crate::acts::{Card, OnPage, Payment, Request};

/// A preview.
#[derive(Clone, Debug)]
pub struct Looked {
    asked: Asked,
    confirmation: Value,
    version: u64,
    today: Date,
    edition: Edition,
    bill: Option<Bill>,
}

impl Person {
    /// The preview of a request, if there is one, as it has to be by the model.
    async fn previews(&self, desk: &Desk, request: Request, by: &str) -> Outcome<Option<Looked>> {
        let asked = self.account.asked(request);
        let body = json!({ "request": wire::request(asked) });
        let sent = desk.request(Method::POST, "/api/subscription/previews", by);
        let answer = desk.send(sent.json(&body)).await?;
        let (after, bill) = match self.account.decide(asked) {
            Err(refusals) => {
                answer.expect("a preview", &refusals)?;
                return Ok(None);
            }
            Ok(decided) => decided,
        };
        answer.expect("a preview", &["done"])?;
        self.is_as_decided(&answer.body, bill)?;
        let expected = bill.map_or(money(0, 0), |bill| due(&bill));
        Ok(Some(Looked {
            asked,
            confirmation: json!({
                "request": body["request"], "seen": answer.body["preview"]["seen"], "expected_due": expected,
            }),
            version: after.version - 1,
            today: self.account.today,
            edition: self.account.edition,
            bill,
        }))
    }

    /// Whether a preview says what the model does, for the subscription as it is.
    fn is_as_decided(&self, preview: &Value, bill: Option<Bill>) -> Outcome {
        let today = &preview["today"];
        let is_same = match bill {
            None => today["due"].is_null(),
            Some(bill) => today["due"] == due(&bill) && today["net"]["minor"] == bill.net,
        };
        let version = self.account.subscription.as_ref().map(|held| held.version);
        if is_same && preview["preview"]["seen"]["version"].as_u64() == version {
            return Ok(());
        }
        Err(format!(
            "the preview says {today} for version {}, the model {bill:?} for {version:?}",
            preview["preview"]["seen"]["version"]
        ))
    }

    async fn confirms(&self, desk: &Desk, looked: &Looked, key: &str, by: &str) -> Outcome<Answer> {
        let request = desk.request(Method::POST, "/api/subscription/changes", by);
        let request = request.json(&looked.confirmation);
        desk.send(request.header("Idempotency-Key", key)).await
    }

    /// How a confirmation that is up to date is answered by the model.
    fn answer_to(&self, bill: Option<Bill>) -> &'static str {
        match (&self.account.open, bill, self.account.card) {
            (Some(_), _, _) => "order-pending",
            (None, Some(bill), Some(Card::PaysOnce)) if bill.due > 0 => "card-declined",
            _ => "done",
        }
    }

    /// A confirmation was answered, and that with "done".
    async fn changed(
        &mut self,
        desk: &Desk,
        answer: &Answer,
        (after, bill): (Subscription, Option<Bill>),
        page: OnPage,
    ) -> Outcome {
        let Some(bill) = bill else {
            self.accepted += 1;
            self.account.becomes(after, None);
            return Ok(());
        };
        let taken = Taken {
            kind: Kind::Change,
            after,
            bill,
            waits: self.account.card != Some(Card::Good),
        };
        self.ordered(desk, &answer.body["order"], taken, Payment::Card(page))
            .await
    }

    /// The owner previews and confirms.
    pub async fn asks(&mut self, desk: &Desk, request: Request, page: OnPage, twice: bool) -> Outcome {
        let owner = self.signed_in.owner.clone();
        let Some(looked) = self.previews(desk, request, &owner).await? else {
            return Ok(());
        };
        let key = key();
        let answer = self.confirms(desk, &looked, &key, &owner).await?;
        answer.expect("a confirmation", &[self.answer_to(looked.bill)])?;
        if twice {
            let again = self.confirms(desk, &looked, &key, &owner).await?;
            if (again.status, &again.body) != (answer.status, &answer.body) {
                return Err(format!("sent again, {answer:?} became {again:?}"));
            }
            self.account.reached.note("confirmations sent twice");
        }
        match answer.said() {
            "done" => {
                if matches!(looked.asked, Asked::Withdraw(_)) {
                    self.account.reached.note("withdrawals of what was scheduled");
                }
                let decided = self.account.decide(looked.asked).map_err(of_debug)?;
                self.changed(desk, &answer, decided, page).await
            }
            "card-declined" => {
                self.account.reached.note("declined cards");
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Another admin previews.
    pub async fn looks(&mut self, desk: &Desk, request: Request) -> Outcome {
        let by = self.other_admin(desk).await?.to_owned();
        if let Some(looked) = self.previews(desk, request, &by).await? {
            self.looked = Some(looked);
        }
        Ok(())
    }

    /// What was seen is confirmed later: it holds if nothing has changed. Else it is refused, with a fresh preview if the same
    /// can still be had, and nothing is charged.
    pub async fn confirms_looked(&mut self, desk: &Desk) -> Outcome {
        let Some(looked) = self.looked.take() else {
            return Ok(());
        };
        let by = self.other_admin(desk).await?.to_owned();
        let answer = self.confirms(desk, &looked, &key(), &by).await?;
        if self.account.open.is_some() {
            return answer.expect("an old preview", &["order-pending"]);
        }
        let decided = match self.account.decide(looked.asked) {
            Err(refusals) => return answer.expect("an outdated preview", &refusals),
            Ok(decided) => decided,
        };
        let account = &self.account;
        let version = account.subscription.as_ref().map(|held| held.version);
        let is_the_same = (version, account.today, account.edition, decided.1)
            == (Some(looked.version), looked.today, looked.edition, looked.bill);
        if !is_the_same {
            answer.expect("an outdated preview", &["preview-stale"])?;
            self.is_as_decided(&answer.body["preview"], decided.1)?;
            self.account
                .reached
                .note("confirmations refused, as the day, the prices or the subscription are others");
            return Ok(());
        }
        answer.expect("a preview that holds", &[self.answer_to(decided.1)])?;
        self.account.reached.note("old previews that still held");
        if answer.said() == "done" {
            self.changed(desk, &answer, decided, OnPage::Leaves).await?;
        }
        Ok(())
    }

    /// Of two that confirm at the same moment, one is too late, unless the other one's card was declined.
    pub async fn at_once(&mut self, desk: &Desk, one: Request, other: Request) -> Outcome {
        let owner = self.signed_in.owner.clone();
        let admin = self.other_admin(desk).await?.to_owned();
        let one = self.previews(desk, one, &owner).await?;
        let other = self.previews(desk, other, &admin).await?;
        let (Some(one), Some(other)) = (one, other) else {
            return Ok(());
        };
        let expected = [self.answer_to(one.bill), self.answer_to(other.bill)];
        let keys = [key(), key()];
        let (first, second) = tokio::join!(
            self.confirms(desk, &one, &keys[0], &owner),
            self.confirms(desk, &other, &keys[1], &admin)
        );
        let answers = [first?, second?];
        if !expected.contains(&"done") {
            answers[0].expect("one of two", &[expected[0]])?;
            return answers[1].expect("one of two", &[expected[1]]);
        }
        let done: Vec<usize> = (0..2).filter(|index| answers[*index].said() == "done").collect();
        let &[winner] = done.as_slice() else {
            let said = [answers[0].said(), answers[1].said()];
            return Err(format!("of two at once, {said:?}; by the model {expected:?}"));
        };
        answers[winner].expect("the first of two", &[expected[winner]])?;
        let (won, lost) = if winner == 0 { (one, other) } else { (other, one) };
        let decided = self.account.decide(won.asked).map_err(of_debug)?;
        self.changed(desk, &answers[winner], decided, OnPage::Leaves)
            .await?;
        // The other one came after it; or before it, with a card that was declined.
        let mut too_late = match (&self.account.open, self.account.decide(lost.asked)) {
            (Some(_), _) => vec!["order-pending"],
            (None, Ok(_)) => vec!["preview-stale"],
            (None, Err(refusals)) => refusals,
        };
        if expected[1 - winner] == "card-declined" {
            too_late.push("card-declined");
        }
        answers[1 - winner].expect("the second of two", &too_late)?;
        self.account
            .reached
            .note("confirmations refused, as another admin was faster");
        Ok(())
    }
}
