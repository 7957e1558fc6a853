//! The model: an account as the billing rules say that it has to be, in whole numbers and dates.
//!
//! It is written from the rules and calls nothing of the software that it is compared with.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::acts::{Card, Request, Wanted};

/// The plans, from the lowest to the highest.
pub const PLANS: [&str; 3] = ["standard", "premium", "enterprise"];
/// What is paid in.
pub const CURRENCIES: [&str; 3] = ["USD", "EUR", "JPY"];
/// A licence a month, billed monthly and annually, in minor units: by plan and currency, as in the sample catalog.
const PRICES: [[(i64, i64); 3]; 3] = [
    [(1_399, 1_199), (1_299, 1_099), (2_000, 1_700)],
    [(1_999, 1_699), (1_849, 1_549), (2_900, 2_400)],
    [(2_999, 2_499), (2_749, 2_299), (4_400, 3_600)],
];
/// After how many days an overdue renewal is tried again.
const RETRIES: [i32; 4] = [1, 3, 5, 7];

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

/// What an order brings once it is paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    pub id: String,
    pub page: String,
    pub after: Subscription,
    pub bill: Bill,
}

/// What a request leads to.
pub type Decided = Result<(Subscription, Option<Bill>), Vec<&'static str>>;

#[derive(Clone, Debug)]
pub struct Account {
    pub zone: TimeZone,
    pub percent: i64,
    pub trial_ends: Timestamp,
    pub trial_over: bool,
    pub today: Date,
    pub subscription: Option<Subscription>,
    pub credit: [i64; 3],
    pub active: u32,
    pub inactive: u32,
    /// Of the inactive, those whom a suspension keeps out.
    pub kept_out: u32,
    pub card: Option<Card>,
    pub open: Option<Order>,
    pub bills: Vec<Bill>,
}

/// A part of an amount, rounded half away from zero.
fn part(amount: i64, numerator: i64, denominator: i64) -> i64 {
    let (product, denominator) = (
        i128::from(amount) * i128::from(numerator),
        i128::from(denominator),
    );
    let rounded = (product.abs() * 2 + denominator) / (denominator * 2);
    i64::try_from(rounded * product.signum()).expect("a small amount")
}

/// The day so many months after another; the last of the month if there is none.
fn months_after(day: Date, months: i32) -> Date {
    let count = i32::from(day.year()) * 12 + i32::from(day.month()) - 1 + months;
    let (year, month) = (count.div_euclid(12), count.rem_euclid(12) + 1);
    let first = Date::new(
        i16::try_from(year).expect("a year"),
        i8::try_from(month).expect("a month"),
        1,
    )
    .expect("a day");
    Date::new(first.year(), first.month(), day.day().min(first.days_in_month())).expect("a day")
}

fn days_between(from: Date, to: Date) -> i64 {
    i64::from(from.until(to).expect("near").get_days())
}

fn days_after(day: Date, days: i32) -> Date {
    day.checked_add(days.days()).expect("a day")
}

/// The period that holds a day, counted from the anchor, which never drifts.
fn period_of(anchor: Date, annual: bool, day: Date) -> (Date, Date) {
    let step = if annual { 12 } else { 1 };
    let mut months = 0;
    while months_after(anchor, months + step) <= day {
        months += step;
    }
    (months_after(anchor, months), months_after(anchor, months + step))
}

fn price(plan: usize, currency: usize, annual: bool) -> i64 {
    let (monthly, yearly) = PRICES[plan][currency];
    if annual { yearly } else { monthly }
}

fn full(price: i64, seats: u32, annual: bool) -> i64 {
    price * i64::from(seats) * if annual { 12 } else { 1 }
}

/// A number of licences that is counted from another; one at least.
pub fn counted(from: u32, more: i32) -> u32 {
    from.saturating_add_signed(more).max(1)
}

impl Subscription {
    pub fn begun(plan: usize, seats: u32, annual: bool, currency: usize, on: Date) -> Self {
        let (start, end) = period_of(on, annual, on);
        Self {
            plan,
            seats,
            annual,
            currency,
            price: price(plan, currency, annual),
            anchor: on,
            start,
            end,
            scheduled: Scheduled::default(),
            cancelled: false,
            standing: Standing::Active,
            version: 1,
        }
    }

    pub fn is_over(&self) -> bool {
        matches!(self.standing, Standing::Ended(_))
    }

    pub fn is_overdue(&self) -> bool {
        matches!(self.standing, Standing::PastDue { .. } | Standing::Suspended(_))
    }

    /// The rest of an amount for the whole period, from a day on.
    fn rest(&self, amount: i64, day: Date) -> i64 {
        part(
            amount,
            days_between(day, self.end),
            days_between(self.start, self.end),
        )
    }

    fn paid(&self) -> i64 {
        full(self.price, self.seats, self.annual)
    }

    /// The next period, with what is scheduled; and what it costs.
    fn renewed(&self, users: u32) -> (Self, i64) {
        let mut after = self.clone();
        let scheduled = std::mem::take(&mut after.scheduled);
        after.plan = scheduled.plan.unwrap_or(self.plan);
        after.seats = scheduled.seats.unwrap_or(self.seats).max(users);
        after.annual = scheduled.annual.unwrap_or(self.annual);
        after.currency = scheduled.currency.unwrap_or(self.currency);
        after.price = price(after.plan, after.currency, after.annual);
        (after.start, after.end) = period_of(self.anchor, after.annual, self.end);
        after.version += 1;
        let cost = after.paid();
        (after, cost)
    }
}

impl Account {
    pub fn new(zone: &str, percent: i64, now: Timestamp, trial_ends: Timestamp) -> Self {
        let zone = TimeZone::get(zone).expect("a zone");
        Self {
            today: now.to_zoned(zone.clone()).date(),
            zone,
            percent,
            trial_ends,
            trial_over: false,
            subscription: None,
            credit: [0; 3],
            active: 1,
            inactive: 0,
            kept_out: 0,
            card: None,
            open: None,
            bills: Vec::new(),
        }
    }

    /// The subscription, unless it has ended.
    pub fn running(&self) -> Option<&Subscription> {
        self.subscription.as_ref().filter(|held| !held.is_over())
    }

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

    /// What is carried out when an order is settled, or when nothing was due.
    pub fn becomes(&mut self, after: Subscription, bill: Option<Bill>) {
        if let Some(bill) = bill {
            self.credit[bill.currency] += bill.credit_added - bill.credit_used;
            self.bills.push(bill);
        }
        let was_suspended = self
            .running()
            .is_some_and(|held| matches!(held.standing, Standing::Suspended(_)));
        match after.standing {
            Standing::Suspended(_) if !was_suspended => self.kept_out = self.keep_out(),
            Standing::Ended(_) => {
                self.keep_out();
                self.kept_out = 0;
            }
            Standing::Active if was_suspended => {
                let back = self.kept_out.min(after.seats.saturating_sub(self.active));
                self.active += back;
                self.inactive -= back;
                self.kept_out = 0;
            }
            _ => {}
        }
        self.subscription = Some(after);
    }

    /// Deactivates all but the owner.
    fn keep_out(&mut self) -> u32 {
        let leaving = self.active - 1;
        self.active = 1;
        self.inactive += leaving;
        leaving
    }

    /// What a person's request leads to; or every reason for which it may be refused.
    pub fn decide(&self, request: Request) -> Decided {
        let Some(held) = self.running() else {
            return Err(vec!["not-found"]);
        };
        let mut after = held.clone();
        after.version += 1;
        match request {
            Request::Cancel if held.cancelled => Err(vec!["already-cancelled"]),
            Request::Cancel => {
                after.cancelled = true;
                // What was paid for is over already.
                if held.end <= self.today {
                    after.standing = Standing::Ended(self.today);
                    after.scheduled = Scheduled::default();
                }
                Ok((after, None))
            }
            Request::Resume if held.cancelled => {
                after.cancelled = false;
                Ok((after, None))
            }
            Request::Resume => Err(vec!["not-cancelled"]),
            Request::Withdraw(part) => {
                let scheduled = &mut after.scheduled;
                let was = match part {
                    0 => scheduled.plan.take().is_some(),
                    1 => scheduled.seats.take().is_some(),
                    2 => scheduled.annual.take().is_some(),
                    _ => scheduled.currency.take().is_some(),
                };
                if was {
                    Ok((after, None))
                } else {
                    Err(vec!["nothing-scheduled"])
                }
            }
            Request::Change(wanted) => self.change(held, after, wanted),
        }
    }

    fn change(&self, held: &Subscription, mut after: Subscription, wanted: Wanted) -> Decided {
        let mut waits = false;
        if let Some(plan) = wanted.plan {
            match plan.cmp(&held.plan) {
                std::cmp::Ordering::Greater => after.plan = plan,
                std::cmp::Ordering::Equal => after.scheduled.plan = None,
                std::cmp::Ordering::Less => (after.scheduled.plan, waits) = (Some(plan), true),
            }
        }
        let seats = wanted.seats.map(|more| counted(held.seats, more));
        if let Some(seats) = seats {
            match seats.cmp(&held.seats) {
                std::cmp::Ordering::Greater => after.seats = seats,
                std::cmp::Ordering::Equal => after.scheduled.seats = None,
                std::cmp::Ordering::Less => (after.scheduled.seats, waits) = (Some(seats), true),
            }
        }
        match wanted.annual {
            Some(true) if !held.annual => after.annual = true,
            Some(false) if held.annual => (after.scheduled.annual, waits) = (Some(false), true),
            Some(_) => after.scheduled.annual = None,
            None => {}
        }
        match wanted.currency {
            Some(currency) if currency != held.currency => {
                (after.scheduled.currency, waits) = (Some(currency), true);
            }
            Some(_) => after.scheduled.currency = None,
            None => {}
        }

        let begins_year = after.annual != held.annual;
        let at_once = begins_year || after.plan != held.plan || after.seats != held.seats;
        let mut refusals = Vec::new();
        if !at_once && after.scheduled == held.scheduled {
            refusals.push("no-change");
        }
        if at_once && held.is_overdue() {
            refusals.push("payment-overdue");
        }
        if seats.is_some_and(|seats| seats < self.active) {
            refusals.push("not-enough-licences");
        }
        if begins_year && waits {
            refusals.push("mixed-timing");
        }
        if held.cancelled && (begins_year || waits) {
            refusals.push("already-cancelled");
        }
        if !refusals.is_empty() {
            return Err(refusals);
        }
        if !at_once {
            return Ok((after, None));
        }

        let unused = -held.rest(held.paid(), self.today);
        after.price = if begins_year || after.plan != held.plan {
            price(after.plan, after.currency, after.annual)
        } else {
            held.price
        };
        let net = if begins_year {
            after.anchor = self.today;
            (after.start, after.end) = period_of(self.today, true, self.today);
            unused + after.paid()
        } else if after.plan != held.plan {
            unused + held.rest(after.paid(), self.today)
        } else {
            let added = full(held.price, after.seats - held.seats, held.annual);
            held.rest(added, self.today)
        };
        Ok((after, Some(self.bill(held.currency, net))))
    }

    /// What is due if the overdue renewal is paid today.
    pub fn recovery(&self) -> Option<(Subscription, Bill)> {
        let held = self.running().filter(|held| held.is_overdue())?;
        let (mut after, cost) = held.renewed(self.active);
        if matches!(held.standing, Standing::Suspended(_)) && self.today >= after.end {
            after.anchor = self.today;
            (after.start, after.end) = period_of(self.today, after.annual, self.today);
        }
        after.standing = Standing::Active;
        let bill = self.bill(after.currency, cost);
        Some((after, bill))
    }

    /// What the next renewal will be, and on which day it is charged; none for who is cancelled, suspended or over.
    pub fn next_renewal(&self) -> Option<(Date, Bill)> {
        let held = self.running().filter(|held| !held.cancelled)?;
        let on = match held.standing {
            Standing::Active => held.end,
            Standing::PastDue { next, .. } => next,
            Standing::Suspended(_) | Standing::Ended(_) => return None,
        };
        let (after, cost) = held.renewed(self.active);
        Some((on, self.bill(after.currency, cost)))
    }

    /// Licences owned; none in the trial, which knows no limit.
    pub fn licences(&self) -> Option<u32> {
        match &self.subscription {
            None => None,
            Some(held) => match held.standing {
                Standing::Active | Standing::PastDue { .. } => Some(held.seats),
                Standing::Suspended(_) | Standing::Ended(_) => Some(0),
            },
        }
    }

    /// Why so many users may not be active, if they may not.
    pub fn room_for(&self, users: u32) -> Result<(), &'static str> {
        if self.subscription.is_none() && self.trial_over {
            return Err("trial-over");
        }
        if self.licences().is_some_and(|licences| licences < users) {
            return Err("not-enough-licences");
        }
        match &self.open {
            Some(order) if order.after.seats < users => Err("order-pending"),
            _ => Ok(()),
        }
    }

    /// Time has passed: open orders run out, what is due is renewed, tried again, suspended or ended, and trials end.
    pub fn time_comes(&mut self, now: Timestamp) {
        self.today = now.to_zoned(self.zone.clone()).date();
        self.open = None;
        self.renewals_come();
        if !self.trial_over && now >= self.trial_ends {
            self.trial_over = true;
            if self.subscription.is_none() {
                self.keep_out();
            }
        }
    }

    /// What is due of the subscription is done, one after the other.
    pub fn renewals_come(&mut self) {
        while self.step() {}
    }

    /// One thing that is due; false if nothing is.
    fn step(&mut self) -> bool {
        let Some(held) = self.running().cloned() else {
            return false;
        };
        let due = match held.standing {
            Standing::Active => held.end,
            Standing::PastDue { next, .. } => next,
            Standing::Suspended(_) | Standing::Ended(_) => return false,
        };
        if due > self.today {
            return false;
        }
        if held.cancelled {
            let mut after = held.clone();
            after.standing = Standing::Ended(held.end);
            after.scheduled = Scheduled::default();
            after.version += 1;
            self.becomes(after, None);
            return true;
        }
        let (mut after, cost) = held.renewed(self.active);
        let bill = self.bill(after.currency, cost);
        if bill.due == 0 || self.card == Some(Card::Good) {
            after.standing = Standing::Active;
            self.becomes(after, Some(bill));
            return true;
        }
        let (since, failures) = match held.standing {
            Standing::PastDue { since, failures, .. } => (since, failures + 1),
            _ => (self.today, 1),
        };
        let next = RETRIES
            .into_iter()
            .map(|days| days_after(since, days))
            .find(|day| *day > self.today);
        let mut after = held;
        after.version += 1;
        after.standing = match next {
            Some(next) => Standing::PastDue {
                since,
                failures,
                next,
            },
            None => Standing::Suspended(self.today),
        };
        self.becomes(after, None);
        true
    }
}
