//! Subscribing, and what becomes of an order.

use serde_json::{Value, json};

use super::wire::{due, key, money, page_of, period};
use super::{Desk, Outcome, Person};
use crate::account::{Bill, CURRENCIES, Choice, Kind, Order, PLANS, Subscription, Way};
use crate::acts::{OnPage, Payment};

/// An order that the server has taken, as the model expects it.
#[derive(Debug)]
pub struct Taken {
    pub kind: Kind,
    pub after: Subscription,
    pub bill: Bill,
    /// Whether it waits for its payment, if anything is due.
    pub waits: bool,
}

impl Person {
    pub async fn subscribes(
        &mut self,
        desk: &Desk,
        choice: Choice,
        outdated: bool,
        payment: Payment,
    ) -> Outcome {
        let (account, (plan, seats, annual, currency)) = (&self.account, choice);
        let price = account.edition.price(plan, currency, annual);
        let after = Subscription::begun(choice, price, account.today);
        let bill = account.bill(currency, after.paid());
        let seen = if outdated {
            let price = account.edition.other().price(plan, currency, annual);
            account.bill(
                currency,
                Subscription {
                    price,
                    ..after.clone()
                }
                .paid(),
            )
        } else {
            bill
        };
        let body = json!({
            "choice": { "plan": PLANS[plan], "seats": seats, "period": period(annual), "currency": CURRENCIES[currency] },
            "expected_total": money(currency, seen.gross),
            "payment": way(payment),
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
        if refusals.is_empty() && outdated {
            refusals.push("price-changed");
            self.account.reached.note("orders at outdated prices refused");
        }
        if !refusals.is_empty() {
            return answer.expect("an order", &refusals);
        }
        answer.expect("an order", &["done"])?;
        self.looked = None;
        let taken = Taken {
            kind: Kind::First,
            after,
            bill,
            waits: true,
        };
        self.ordered(desk, &answer.body, taken, payment).await
    }

    /// An order was taken: it is paid, or waits for its payment.
    pub async fn ordered(&mut self, desk: &Desk, order: &Value, taken: Taken, payment: Payment) -> Outcome {
        self.accepted += 1;
        let Taken {
            kind,
            after,
            bill,
            waits,
        } = taken;
        let waits = waits && bill.due > 0;
        let status = match payment {
            _ if !waits => "paid",
            Payment::Card(_) => "pending",
            Payment::Transfer => "awaiting_transfer",
        };
        if order["status"] != status || order["total"] != due(&bill) {
            return Err(format!(
                "the order is {} and costs {}, by the model {status} and {}",
                order["status"], order["total"], bill.due
            ));
        }
        if !waits {
            self.account.becomes(after, Some(bill));
            return Ok(());
        }
        let way = match payment {
            Payment::Card(_) => Way::Page(page_of(order)?),
            Payment::Transfer => {
                let until = order["transfer"]["pay_by"].as_str().unwrap_or_default();
                let until = until
                    .parse()
                    .map_err(|error| format!("a transfer without its last day: {error}"))?;
                let days = self.account.waits_for(until);
                if days != 30 {
                    return Err(format!("the order waits {days} days for its transfer"));
                }
                Way::Transfer { until }
            }
        };
        self.account.open = Some(Order {
            id: order["id"].as_str().unwrap_or_default().to_owned(),
            kind,
            way,
            placed_on: self.account.today,
            after,
            bill,
        });
        match payment {
            Payment::Card(page) => self.turns_to_page(desk, page).await,
            Payment::Transfer => Ok(()),
        }
    }

    /// Goes on with the order that waits.
    pub async fn turns_to_page(&mut self, desk: &Desk, page: OnPage) -> Outcome {
        let Some(order) = self.account.open.clone() else {
            return Ok(());
        };
        if page == OnPage::GivesUp {
            let path = format!("/api/orders/{}/cancellation", order.id);
            let answer = self.post(desk, &path, &json!({})).await?;
            answer.expect("giving an order up", &["done"])?;
            self.account.closes();
            self.accepted += 1;
            return Ok(());
        }
        let Way::Page(address) = &order.way else {
            return Ok(());
        };
        match page {
            OnPage::Leaves | OnPage::GivesUp => self.account.reached.note("pages of payments left open"),
            OnPage::IsDeclined => {
                self.types(desk, address, "4000 0000 0000 0002").await?;
                self.account.reached.note("declined cards");
            }
            OnPage::Pays(card) => {
                self.pays(desk, address, &order.id, card).await?;
                self.account.open = None;
                self.account.card = Some(card);
                self.account.becomes(order.after, Some(order.bill));
            }
        }
        Ok(())
    }
}

/// How an order says that it is paid.
pub fn way(payment: Payment) -> &'static str {
    match payment {
        Payment::Card(_) => "card",
        Payment::Transfer => "transfer",
    }
}
