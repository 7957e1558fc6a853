//! What time brings about: open orders run out, subscriptions are renewed, tried again, suspended and ended, trials end.

use jiff::Timestamp;
use jiff::civil::Date;

use super::calendar::days_after;
use super::{Account, Bill, Edition, Kind, Scheduled, Standing, Subscription, Way};
use crate::acts::Card;

/// After how many days an overdue renewal is tried again.
const RETRIES: [i32; 4] = [1, 3, 5, 7];
/// How many days before it an annual renewal is announced.
const ANNOUNCED: i32 = 7;

impl Account {
    /// Time has passed.
    pub fn time_comes(&mut self, now: Timestamp, edition: Edition) {
        self.today = now.to_zoned(self.zone.clone()).date();
        self.edition = edition;
        match self.open.as_ref().map(|order| &order.way) {
            Some(Way::Page(_)) => self.open = None,
            Some(Way::Transfer { until }) if self.today > *until => {
                self.closes();
                self.letters.expired_transfers += 1;
                self.reached.note("transfers that did not come in time");
            }
            _ => {}
        }
        self.renewals_come();
        if !self.trial_over && now >= self.trial_ends {
            self.trial_over = true;
            if self.subscription.is_none() {
                self.keep_out();
                self.letters.trial_ends += 1;
                self.reached.note("ends of trials");
            }
        }
        if let Some(day) = self.announced() {
            self.letters.announced.insert(day);
        }
    }

    /// The day of the renewal that a pass announces today.
    pub fn announced(&self) -> Option<Date> {
        let held = self.running()?;
        let is_near = held.end > self.today && days_after(held.end, -ANNOUNCED) <= self.today;
        let is_told = held.standing == Standing::Active && held.annual && !held.cancelled && is_near;
        is_told.then_some(held.end)
    }

    /// What the next renewal will be, and on which day it is charged; none for who is cancelled, suspended or over.
    pub fn next_renewal(&self) -> Option<(Date, Bill)> {
        let held = self.running().filter(|held| !held.cancelled)?;
        let on = due_on(held)?;
        let (after, cost) = held.renewed(self.active, self.edition);
        Some((on, self.bill(after.currency, cost)))
    }

    /// Whether the next pass does something, as what was done today came after its day.
    pub fn is_due(&self) -> bool {
        self.running()
            .and_then(due_on)
            .is_some_and(|day| day <= self.today)
    }

    /// What is due of the subscription is done, one after the other.
    pub fn renewals_come(&mut self) {
        while self.step() {}
    }

    /// One thing that is due; false if nothing is.
    fn step(&mut self) -> bool {
        let Some(held) = self.running().filter(|_| self.is_due()).cloned() else {
            return false;
        };
        if held.cancelled {
            let mut after = held.clone();
            after.standing = Standing::Ended(held.end);
            after.scheduled = Scheduled::default();
            after.version += 1;
            self.letters.ends += 1;
            self.becomes(after, None);
            return true;
        }
        // Somebody is paying it by transfer: it is not charged, too; but the days of the tries go by.
        if let Standing::PastDue { since, .. } = held.standing
            && let Some(order) = &self.open
            && order.kind == Kind::Recovery
        {
            let is_over = self.today > days_after(since, RETRIES[3]);
            if is_over {
                self.is_unpaid(held, Standing::Suspended(self.today));
            }
            return is_over;
        }
        let (mut after, cost) = held.renewed(self.active, self.edition);
        let bill = self.bill(after.currency, cost);
        if bill.due == 0 || self.card == Some(Card::Good) {
            after.standing = Standing::Active;
            self.renewed(&held, after, bill);
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
        self.reached.note(match failures {
            1 => "renewals that were not paid",
            _ => "tries that failed again",
        });
        let standing = match next {
            Some(next) => {
                self.letters.failures += 1;
                Standing::PastDue {
                    since,
                    failures,
                    next,
                }
            }
            None => Standing::Suspended(self.today),
        };
        self.is_unpaid(held, standing);
        true
    }

    fn is_unpaid(&mut self, held: Subscription, standing: Standing) {
        let mut after = held;
        after.version += 1;
        after.standing = standing;
        self.becomes(after, None);
    }

    fn renewed(&mut self, held: &Subscription, after: Subscription, bill: Bill) {
        self.reached.note("renewals");
        let scheduled = &held.scheduled;
        if *scheduled != Scheduled::default() {
            self.reached.note("renewals with what was scheduled");
        }
        if after.seats > scheduled.seats.unwrap_or(held.seats) {
            self.reached.note("renewals raised to the active users");
        }
        self.becomes(after, Some(bill));
    }
}

/// The day on which time does something to it.
fn due_on(held: &Subscription) -> Option<Date> {
    match held.standing {
        Standing::Active => Some(held.end),
        Standing::PastDue { next, .. } => Some(next),
        Standing::Suspended(_) | Standing::Ended(_) => None,
    }
}
