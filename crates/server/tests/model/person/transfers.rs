//! Bank transfers: staff see one, and mark its order as paid.

use reqwest::Method;

use super::{Desk, Outcome, Person};
use crate::account::{Kind, Order, decimal};
use crate::acts::Marking;

impl Person {
    /// Staff mark the order that waits for a transfer; or the last one that waits no more, which changes nothing.
    pub async fn is_marked(&mut self, desk: &Desk, marking: Marking) -> Outcome {
        let open = self.account.open.clone().filter(Order::is_transfer);
        let Some(order) = open.clone().or_else(|| self.account.closed_transfer.clone()) else {
            return Ok(());
        };
        let delivered = open.and_then(|order| self.account.delivered(&order));
        let fits = !matches!(marking, Marking::OtherAmount(_) | Marking::OtherDay);
        let Some(after) = delivered.filter(|_| fits) else {
            let status = self.marks(desk, &order, marking).await?;
            self.account
                .reached
                .note("transfers marked too late or with what does not fit");
            return expect("marking what is not to be marked", status, 409);
        };
        match marking {
            Marking::AtOnce => {
                let two = tokio::join!(
                    self.marks(desk, &order, marking),
                    self.marks(desk, &order, marking)
                );
                let mut both = [two.0?, two.1?];
                both.sort_unstable();
                if both != [303, 409] {
                    return Err(format!("marked by two at once, they are answered {both:?}"));
                }
                self.account
                    .reached
                    .note("transfers marked again, or by two at once");
            }
            _ => expect(
                "marking a transfer",
                self.marks(desk, &order, marking).await?,
                303,
            )?,
        }
        if marking == Marking::Twice {
            let again = self.marks(desk, &order, marking).await?;
            expect("marking it again", again, 409)?;
            self.account
                .reached
                .note("transfers marked again, or by two at once");
        }
        if self.account.today > order.placed_on {
            self.account.reached.note("transfers marked on a later day");
        }
        if order.kind == Kind::Recovery {
            self.account.reached.note("recoveries by transfer");
        } else {
            self.account.reached.note("subscriptions by transfer");
            self.looked = None;
        }
        self.account.closes();
        self.account.becomes(after, Some(order.bill));
        self.accepted += 1;
        Ok(())
    }

    /// Gives the status of the answer.
    async fn marks(&self, desk: &Desk, order: &Order, marking: Marking) -> Outcome<u16> {
        let (minor, days) = match marking {
            Marking::Right | Marking::Twice | Marking::AtOnce => (order.bill.due, 0),
            Marking::OtherAmount(more) => (order.bill.due + i64::from(more), 0),
            Marking::OtherDay => (order.bill.due, 5),
        };
        let form = [
            ("amount", decimal(order.bill.currency, minor)),
            ("received_on", self.account.in_days(days).to_string()),
            ("note", String::new()),
        ];
        let path = format!("/staff/orders/{}/payment", order.id);
        let request = desk.request(Method::POST, &path, &desk.staff);
        Ok(desk.send(request.form(&form)).await?.status)
    }
}

fn expect(what: &str, status: u16, expected: u16) -> Outcome {
    if status == expected {
        return Ok(());
    }
    Err(format!(
        "{what}: the staff's page answers {status}, by the model {expected}"
    ))
}
