//! What is paid for, and what its next period is and costs.

use jiff::civil::Date;

use super::calendar::{days_between, part, period_of};
use super::prices::Edition;

/// What is paid for. `start` to `end` is the period, counted from the anchor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    pub plan: usize,
    pub seats: u32,
    pub annual: bool,
    pub currency: usize,
    pub price: i64,
    pub anchor: Date,
    pub start: Date,
    pub end: Date,
    pub scheduled: Scheduled,
    pub cancelled: bool,
    pub standing: Standing,
    pub version: u64,
}

/// What waits for the renewal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scheduled {
    pub plan: Option<usize>,
    pub seats: Option<u32>,
    pub annual: Option<bool>,
    pub currency: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Active,
    PastDue { since: Date, failures: u32, next: Date },
    Suspended(Date),
    Ended(Date),
}

/// What is chosen: plan, licences, annual billing, currency.
pub type Choice = (usize, u32, bool, usize);

pub fn full(price: i64, seats: u32, annual: bool) -> i64 {
    price * i64::from(seats) * if annual { 12 } else { 1 }
}

impl Subscription {
    /// One that is paid for at a price for the first time.
    pub fn begun((plan, seats, annual, currency): Choice, price: i64, on: Date) -> Self {
        let (start, end) = period_of(on, annual, on);
        Self {
            plan,
            seats,
            annual,
            currency,
            price,
            anchor: on,
            start,
            end,
            scheduled: Scheduled::default(),
            cancelled: false,
            standing: Standing::Active,
            version: 1,
        }
    }

    pub fn choice(&self) -> Choice {
        (self.plan, self.seats, self.annual, self.currency)
    }

    pub fn is_over(&self) -> bool {
        matches!(self.standing, Standing::Ended(_))
    }

    pub fn is_overdue(&self) -> bool {
        matches!(self.standing, Standing::PastDue { .. } | Standing::Suspended(_))
    }

    /// The rest of an amount for the whole period, from a day on.
    pub fn rest(&self, amount: i64, day: Date) -> i64 {
        part(
            amount,
            days_between(day, self.end),
            days_between(self.start, self.end),
        )
    }

    pub fn paid(&self) -> i64 {
        full(self.price, self.seats, self.annual)
    }

    /// The next period, with what is scheduled; and what it costs.
    pub fn renewed(&self, users: u32, edition: Edition) -> (Self, i64) {
        let mut after = self.clone();
        let scheduled = std::mem::take(&mut after.scheduled);
        after.plan = scheduled.plan.unwrap_or(self.plan);
        after.seats = scheduled.seats.unwrap_or(self.seats).max(users);
        after.annual = scheduled.annual.unwrap_or(self.annual);
        after.currency = scheduled.currency.unwrap_or(self.currency);
        after.price = edition.price(after.plan, after.currency, after.annual);
        (after.start, after.end) = period_of(self.anchor, after.annual, self.end);
        after.version += 1;
        let cost = after.paid();
        (after, cost)
    }
}
