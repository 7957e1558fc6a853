//! What orders cost, and what they bring once they are paid.

use jiff::civil::Date;

use super::Account;
use super::calendar::{days_after, days_between, part};
use super::subscription::{Standing, Subscription};

/// What an invoice says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bill {
    pub currency: usize,
    pub net: i64,
    pub gross: i64,
    pub credit_used: i64,
    pub credit_added: i64,
    pub due: i64,
}

/// What an order is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A subscription begins.
    First,
    /// The subscription becomes another one.
    Change,
    /// The overdue renewal.
    Recovery,
}

/// How an order is paid that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// On the provider's page, within half an hour.
    Page(String),
    /// By bank transfer, until the end of a day.
    Transfer { until: Date },
}

/// An order that waits for its payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    pub id: String,
    pub kind: Kind,
    pub way: Way,
    pub placed_on: Date,
    /// What it brings, as it was decided when it was placed.
    pub after: Subscription,
    pub bill: Bill,
}

impl Order {
    pub fn is_transfer(&self) -> bool {
        matches!(self.way, Way::Transfer { .. })
    }
}

impl Account {
    /// Net, tax, and what account credit pays or gets of it.
    pub fn bill(&self, currency: usize, net: i64) -> Bill {
        let gross = net + part(net, self.percent, 100);
        let credit_used = self.credit[currency].min(gross.max(0));
        let credit_added = (-gross).max(0);
        Bill {
            currency,
            net,
            gross,
            credit_used,
            credit_added,
            due: gross.max(0) - credit_used,
        }
    }

    /// What is due if the overdue renewal is paid today.
    pub fn recovery(&self) -> Option<(Subscription, Bill)> {
        let held = self.running().filter(|held| held.is_overdue())?;
        let (mut after, cost) = held.renewed(self.active, self.edition);
        if matches!(held.standing, Standing::Suspended(_)) && self.today >= after.end {
            let begun = Subscription::begun(after.choice(), after.price, self.today);
            (after.anchor, after.start, after.end) = (begun.anchor, begun.start, begun.end);
        }
        after.standing = Standing::Active;
        let bill = self.bill(after.currency, cost);
        Some((after, bill))
    }

    /// What an order by transfer brings that is marked as paid today: what was ordered, at the price of that day. A
    /// subscription begins today; an overdue renewal pays for the subscription as it is by now, if it still costs the same,
    /// and for the one that it was ordered for else. `None` if that is not there any more.
    pub fn delivered(&self, order: &Order) -> Option<Subscription> {
        let ordered = &order.after;
        if order.kind == Kind::First {
            let begun = Subscription::begun(ordered.choice(), ordered.price, self.today);
            return Some(begun).filter(|_| self.running().is_none());
        }
        let fresh = self.recovery().map(|(after, _)| after);
        let buys_the_same =
            |fresh: &Subscription| (fresh.choice(), fresh.price) == (ordered.choice(), ordered.price);
        let is_the_same = self.running()?.version + 1 == ordered.version;
        fresh
            .filter(buys_the_same)
            .or_else(|| is_the_same.then(|| ordered.clone()))
    }

    /// How many days are left until another.
    pub fn waits_for(&self, until: Date) -> i64 {
        days_between(self.today, until)
    }

    /// The day in so many days.
    pub fn in_days(&self, days: i32) -> Date {
        days_after(self.today, days)
    }

    /// The order that waits does so no more; if it is one by transfer, staff may still look at it.
    pub fn closes(&mut self) {
        if let Some(order) = self.open.take().filter(Order::is_transfer) {
            self.closed_transfer = Some(order);
        }
    }
}
