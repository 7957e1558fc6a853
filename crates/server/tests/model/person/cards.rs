//! Cards: typed on the provider's page, replaced, and charged for what is overdue.

use reqwest::Method;
use serde_json::json;

use super::ordering::{Taken, way};
use super::wire::{due, key, money, page_of};
use super::{Desk, Outcome, Person};
use crate::account::Kind;
use crate::acts::{Card, Payment};

impl Person {
    pub async fn pays(&self, desk: &Desk, page: &str, order: &str, card: Card) -> Outcome {
        let number = match card {
            Card::Good => "4242 4242 4242 4242",
            Card::PaysOnce => "4000 0000 0000 0341",
            Card::AsksHolder => "4000 0025 0000 3155",
        };
        self.types(desk, page, number).await?;
        if card == Card::AsksHolder {
            let path = format!("{page}/authentication");
            let request = desk.request(Method::POST, &path, &self.signed_in.owner);
            desk.send(request.form(&[("outcome", "complete")])).await?;
        }
        self.get(desk, &format!("/api/payments/return?order={order}"))
            .await?;
        Ok(())
    }

    pub async fn types(&self, desk: &Desk, page: &str, number: &str) -> Outcome {
        let form = [
            ("number", number),
            ("expiry", "12/99"),
            ("cvc", "123"),
            ("name", "Ada"),
        ];
        let request = desk.request(Method::POST, page, &self.signed_in.owner);
        desk.send(request.form(&form)).await?;
        Ok(())
    }

    pub async fn replaces_card(&mut self, desk: &Desk, card: Card) -> Outcome {
        let path = "/api/payment-method/replacements";
        let answer = self.post(desk, path, &json!({})).await?;
        if self.account.running().is_none() {
            return answer.expect("another card", &["not-found"]);
        }
        answer.expect("another card", &["done"])?;
        let id = answer.body["id"].as_str().unwrap_or_default().to_owned();
        self.pays(desk, &page_of(&answer.body)?, &id, card).await?;
        self.account.card = Some(card);
        self.account.reached.note("stored cards replaced");
        self.accepted += 1;
        Ok(())
    }

    /// Pays the overdue renewal, or is refused.
    pub async fn recovers(&mut self, desk: &Desk, other_card: bool, payment: Payment) -> Outcome {
        let recovery = self.account.recovery();
        let expected_due = recovery.as_ref().map_or(money(0, 1), |(_, bill)| due(bill));
        let body = json!({ "expected_due": expected_due, "other_card": other_card, "payment": way(payment) });
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
        let card = self
            .account
            .card
            .filter(|_| !other_card && payment != Payment::Transfer);
        if bill.due > 0 && card == Some(Card::PaysOnce) {
            self.account.reached.note("declined cards");
            return answer.expect("a recovery", &["card-declined"]);
        }
        answer.expect("a recovery", &["done"])?;
        let taken = Taken {
            kind: Kind::Recovery,
            after,
            bill,
            waits: card != Some(Card::Good),
        };
        self.ordered(desk, &answer.body["order"], taken, payment).await
    }
}
