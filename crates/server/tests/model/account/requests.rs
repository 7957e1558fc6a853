//! What a person's request leads to, or why it is refused.

use super::calendar::period_of;
use super::subscription::{Scheduled, Standing, Subscription, full};
use super::{Account, Bill, counted};
use crate::acts::{Request, Wanted};

/// A request as it is sent: in numbers of its own, whatever becomes of the subscription until it is confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    Change {
        plan: Option<usize>,
        seats: Option<u32>,
        annual: Option<bool>,
        currency: Option<usize>,
    },
    /// A scheduled part: plan, seats, period, currency.
    Withdraw(usize),
    Cancel,
    Resume,
}

/// What a request leads to; or every reason for which it may be refused.
pub type Decided = Result<(Subscription, Option<Bill>), Vec<&'static str>>;

impl Account {
    /// A request, counted from what is held now.
    pub fn asked(&self, request: Request) -> Asked {
        let held = self.running();
        match request {
            Request::Cancel => Asked::Cancel,
            Request::Resume => Asked::Resume,
            Request::Withdraw(number) => {
                let scheduled = held.map(|held| held.scheduled.parts()).unwrap_or_default();
                let parts: Vec<usize> = (0..4).filter(|part| scheduled[*part]).collect();
                Asked::Withdraw(match parts.len() {
                    0 => number % 4,
                    count => parts[number % count],
                })
            }
            Request::Change(wanted) => {
                let Wanted {
                    plan,
                    seats,
                    annual,
                    currency,
                } = wanted;
                let from = held.map_or(1, |held| held.seats);
                Asked::Change {
                    plan,
                    seats: seats.map(|more| counted(from, more)),
                    annual,
                    currency,
                }
            }
        }
    }

    /// What it leads to today.
    pub fn decide(&self, asked: Asked) -> Decided {
        let Some(held) = self.running() else {
            return Err(vec!["not-found", "ended"]);
        };
        let mut after = held.clone();
        after.version += 1;
        match asked {
            Asked::Cancel if held.cancelled => Err(vec!["already-cancelled"]),
            Asked::Cancel => {
                after.cancelled = true;
                // What was paid for is over already.
                if held.end <= self.today {
                    after.standing = Standing::Ended(self.today);
                    after.scheduled = Scheduled::default();
                }
                Ok((after, None))
            }
            Asked::Resume if held.cancelled => {
                after.cancelled = false;
                Ok((after, None))
            }
            Asked::Resume => Err(vec!["not-cancelled"]),
            Asked::Withdraw(part) => {
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
            Asked::Change { .. } => self.change(held, after, asked),
        }
    }

    fn change(&self, held: &Subscription, mut after: Subscription, asked: Asked) -> Decided {
        let Asked::Change {
            plan,
            seats,
            annual,
            currency,
        } = asked
        else {
            unreachable!("only changes come here");
        };
        let mut waits = false;
        if let Some(plan) = plan {
            match plan.cmp(&held.plan) {
                std::cmp::Ordering::Greater => after.plan = plan,
                std::cmp::Ordering::Equal => after.scheduled.plan = None,
                std::cmp::Ordering::Less => (after.scheduled.plan, waits) = (Some(plan), true),
            }
        }
        if let Some(seats) = seats {
            match seats.cmp(&held.seats) {
                std::cmp::Ordering::Greater => after.seats = seats,
                std::cmp::Ordering::Equal => after.scheduled.seats = None,
                std::cmp::Ordering::Less => (after.scheduled.seats, waits) = (Some(seats), true),
            }
        }
        match annual {
            Some(true) if !held.annual => after.annual = true,
            Some(false) if held.annual => (after.scheduled.annual, waits) = (Some(false), true),
            Some(_) => after.scheduled.annual = None,
            None => {}
        }
        match currency {
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
            self.edition.price(after.plan, after.currency, after.annual)
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
}

impl Scheduled {
    /// Which parts wait: plan, seats, period, currency.
    pub fn parts(&self) -> [bool; 4] {
        [
            self.plan.is_some(),
            self.seats.is_some(),
            self.annual.is_some(),
            self.currency.is_some(),
        ]
    }
}
