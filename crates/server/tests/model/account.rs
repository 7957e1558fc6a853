//! The model: an account as the billing rules say that it has to be, in whole numbers and dates.
//!
//! It is written from the rules and calls nothing of the software that it is compared with.
//!
//! - [`prices`], [`calendar`]: what licences cost, and how days and parts of amounts are counted.
//! - [`subscription`]: what is paid for, and its next period.
//! - [`requests`]: what people ask for, and the refusals.
//! - [`orders`]: what waits for its payment, and what it brings once it is paid.
//! - [`time`]: renewals, tries, suspensions, ends, the notice before a year.
//! - [`users`]: who may work.

mod calendar;
mod orders;
mod prices;
mod requests;
mod subscription;
mod time;
mod users;

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

pub use orders::{Bill, Kind, Order, Way};
pub use prices::{CURRENCIES, Edition, PLANS, decimal};
pub use requests::Asked;
pub use subscription::{Choice, Scheduled, Standing, Subscription};

use crate::acts::Card;
use crate::reached::Reached;

#[derive(Clone, Debug)]
pub struct Account {
    pub zone: TimeZone,
    /// Tax, in percent.
    pub percent: i64,
    pub trial_ends: Timestamp,
    pub trial_over: bool,
    pub today: Date,
    /// What is sold today.
    pub edition: Edition,
    pub subscription: Option<Subscription>,
    pub credit: [i64; 3],
    pub active: u32,
    pub inactive: u32,
    /// Of the inactive, those whom a suspension keeps out.
    pub kept_out: u32,
    pub card: Option<Card>,
    /// The order that waits for its payment.
    pub open: Option<Order>,
    /// The last order by transfer that waits no more.
    pub closed_transfer: Option<Order>,
    pub bills: Vec<Bill>,
    /// What the owner was told by letter.
    pub letters: Letters,
    pub reached: Reached,
}

/// How many letters of a kind there have to be.
#[derive(Clone, Debug, Default)]
pub struct Letters {
    pub failures: u32,
    pub suspensions: u32,
    pub ends: u32,
    pub trial_ends: u32,
    pub expired_transfers: u32,
    /// The renewals that were announced for certain, by their day.
    pub announced: BTreeSet<Date>,
    /// Those that may have been, too: a pass came by while they were near, or none did.
    pub announceable: BTreeSet<Date>,
}

/// A number of licences that is counted from another; one at least.
pub fn counted(from: u32, more: i32) -> u32 {
    from.saturating_add_signed(more).max(1)
}

impl Account {
    /// One in its trial, with its owner and another admin.
    pub fn new(zone: &str, percent: i64, now: Timestamp, trial_ends: Timestamp) -> Self {
        let zone = TimeZone::get(zone).expect("a zone");
        Self {
            today: now.to_zoned(zone.clone()).date(),
            zone,
            percent,
            trial_ends,
            trial_over: false,
            edition: Edition::Sample,
            subscription: None,
            credit: [0; 3],
            active: 2,
            inactive: 0,
            kept_out: 0,
            card: None,
            open: None,
            closed_transfer: None,
            bills: Vec::new(),
            letters: Letters::default(),
            reached: Reached::default(),
        }
    }

    /// The subscription, unless it has ended.
    pub fn running(&self) -> Option<&Subscription> {
        self.subscription.as_ref().filter(|held| !held.is_over())
    }

    /// What is carried out when an order is settled, when nothing was due, or when time has come.
    pub fn becomes(&mut self, after: Subscription, bill: Option<Bill>) {
        if let Some(bill) = bill {
            self.credit[bill.currency] += bill.credit_added - bill.credit_used;
            self.bills.push(bill);
            if bill.credit_used > 0 {
                self.reached
                    .note("charges that account credit paid for, or a part of them");
            }
            if bill.credit_added > 0 {
                self.reached.note("changes that left account credit");
            }
        }
        let before = self.running();
        let was_suspended = before.is_some_and(|held| matches!(held.standing, Standing::Suspended(_)));
        let was_overdue = before.is_some_and(Subscription::is_overdue);
        match after.standing {
            Standing::Suspended(_) if !was_suspended => {
                self.kept_out = self.keep_out();
                self.letters.suspensions += 1;
                self.reached.note("suspensions");
            }
            Standing::Ended(_) => {
                self.keep_out();
                self.kept_out = 0;
                self.reached.note("ends of subscriptions");
            }
            Standing::Active if was_suspended => {
                let back = self.kept_out.min(after.seats.saturating_sub(self.active));
                self.active += back;
                self.inactive -= back;
                self.kept_out = 0;
                self.reached.note("recoveries from a suspension");
            }
            Standing::Active if was_overdue => self.reached.note("recoveries of an overdue renewal"),
            _ => {}
        }
        self.subscription = Some(after);
    }
}
