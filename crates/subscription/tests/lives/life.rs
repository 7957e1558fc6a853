//! One life, and what is to hold after every command: the invariants, and what is scheduled, reckoned apart from it.

use onedesk_pricing::BillingPeriod::Monthly;
use onedesk_pricing::{Date, Moment, Money, Period, ScheduledChange};
use onedesk_subscription::{
    ChargeKind, Command, Decision, Facts, Request, ScheduledPart, Standing, Step, Subscription, Wanted,
    confirm, decide, preview,
};

use super::{Happening, PLANS};
use crate::sample::price_list;

/// A subscription, its users and its day; and, reckoned apart from it, what is scheduled.
pub struct Life {
    pub subscription: Subscription,
    users: u32,
    today: Date,
    scheduled: ScheduledChange,
    /// How many commands were accepted.
    pub accepted: u32,
}

impl Life {
    pub fn new(subscription: Subscription) -> Self {
        Self {
            today: subscription.term.anchor,
            subscription,
            users: 1,
            scheduled: ScheduledChange::default(),
            accepted: 0,
        }
    }

    pub fn happens(&mut self, happening: Happening) {
        match happening {
            Happening::DaysPass(days) => {
                for _ in 0..days {
                    self.today = self.today.tomorrow().unwrap();
                }
            }
            Happening::WorkIsDone { paid } => self.work(paid),
            Happening::UsersAdded(count) => {
                let working = self.subscription.standing.users_work();
                if working && self.subscription.check_users(self.users + count).is_ok() {
                    self.users += count;
                }
            }
            Happening::UsersDeactivated(count) => self.users = self.users.saturating_sub(count).max(1),
            Happening::Told(command) => drop(self.told(&command)),
        }
    }

    /// As a scheduler does: one step after the other, until none is due.
    fn work(&mut self, paid: bool) {
        while let Some((day, step)) = self.subscription.next_step()
            && day <= self.today
        {
            let on = self.today;
            let command = match step {
                Step::Renew if paid => Command::Renew,
                Step::Retry if paid => Command::RenewalPaid { on },
                Step::Renew | Step::Retry => Command::RenewalFailed { on },
                Step::End => Command::EndNow,
                Step::Suspend => Command::Suspend,
            };
            assert!(self.told(&command), "{step:?} is due, but refused");
        }
    }

    /// Whether the command is accepted; and all that is to hold then.
    fn told(&mut self, command: &Command) -> bool {
        let before = self.subscription.clone();
        let prices = price_list();
        let facts = Facts {
            prices: &prices,
            moment: Moment::Day { on: self.today },
            active_users: self.users,
        };
        let decided = decide(&before, command, &facts);
        assert_eq!(self.subscription, before, "deciding changes nothing");
        // What was previewed is what is decided, refusals included.
        let shown = preview(&before, command, &facts);
        assert_eq!(shown.clone().map(|preview| preview.decision), decided);
        let Ok(decision) = decided else {
            return false;
        };
        assert_eq!(
            confirm(&before, command, &facts, &shown.unwrap().seen),
            Ok(decision.clone())
        );
        self.expect_scheduled(command, &before, &decision);
        check_charge(&before, &decision, self.today);
        check_next_renewal(&decision, &facts);

        let after = &decision.after;
        assert_eq!(after.version, before.version + 1);
        assert_eq!(after.scheduled, self.scheduled, "after {command:?} of {before:?}");
        if !after.standing.users_work() {
            self.users = 1; // all but the owner are deactivated
        }
        assert!(after.term.seats.get() >= self.users, "fewer licences than users");
        if let (
            Command::Request(Request::Change(Wanted {
                seats: Some(seats), ..
            })),
            Some(scheduled),
        ) = (command, after.scheduled.seats)
            && *seats == scheduled
        {
            assert!(
                scheduled.get() >= self.users,
                "scheduled fewer licences than users"
            );
        }
        self.subscription = decision.after;
        self.accepted += 1;
        true
    }

    /// The rule about what is scheduled, in other words than the crate's.
    fn expect_scheduled(&mut self, command: &Command, before: &Subscription, decision: &Decision) {
        fn rule<T: PartialEq>(
            scheduled: &mut Option<T>,
            wanted: Option<T>,
            is: &T,
            lower: impl Fn(&T) -> bool,
        ) {
            match wanted {
                Some(wanted) if wanted == *is => *scheduled = None,
                Some(wanted) if lower(&wanted) => *scheduled = Some(wanted),
                _ => {}
            }
        }
        let (scheduled, term) = (&mut self.scheduled, &before.term);
        match command {
            Command::Request(Request::Change(wanted)) => {
                let level = |id: &str| PLANS.iter().position(|plan| *plan == id).unwrap();
                rule(&mut scheduled.plan, wanted.plan.clone(), &term.plan, |plan| {
                    level(plan.as_str()) < level(term.plan.as_str())
                });
                rule(&mut scheduled.seats, wanted.seats, &term.seats, |seats| {
                    *seats < term.seats
                });
                rule(&mut scheduled.period, wanted.period, &term.period, |period| {
                    *period == Monthly
                });
                rule(&mut scheduled.currency, wanted.currency, &term.currency(), |_| {
                    true
                });
            }
            Command::Request(Request::Withdraw(part)) => match part {
                ScheduledPart::Plan => scheduled.plan = None,
                ScheduledPart::Seats => scheduled.seats = None,
                ScheduledPart::Period => scheduled.period = None,
                ScheduledPart::Currency => scheduled.currency = None,
            },
            Command::Renew | Command::RenewalPaid { .. } => *scheduled = ScheduledChange::default(),
            _ => {}
        }
        if matches!(decision.after.standing, Standing::Ended { .. }) {
            *scheduled = ScheduledChange::default();
        }
    }
}

/// One charge at most, its lines add up, and what is paid for follows what was paid for.
fn check_charge(before: &Subscription, decision: &Decision, today: Date) {
    let (term, paid_until) = (&decision.after.term, before.term.renews_on());
    let Some(charge) = &decision.charge else {
        assert_eq!(*term, before.term, "nothing is had for nothing");
        return;
    };
    let amounts = charge.lines.iter().map(|line| line.amount);
    assert_eq!(Money::sum(amounts, charge.net.currency), Ok(charge.net));
    assert_eq!(charge.anchor_moves, term.anchor != before.term.anchor);
    assert_eq!(charge.period.end, term.current.end);
    match charge.kind {
        ChargeKind::ChangeNow => {
            assert_eq!(charge.period.start, today);
            assert_eq!(charge.net.currency, before.term.currency());
            if !charge.anchor_moves {
                let same_day = before.term.period != term.period && before.term.anchor == today;
                assert!(term.current == before.term.current || same_day);
            }
        }
        ChargeKind::Renewal => {
            assert_eq!((charge.period, charge.period.start), (term.current, paid_until));
            assert!(!charge.anchor_moves && paid_until <= today);
        }
        ChargeKind::Recovery => {
            assert_eq!(charge.period, term.current);
            assert!(charge.period.start == paid_until || charge.anchor_moves);
            assert_eq!(decision.after.standing, Standing::Active);
        }
    }
    assert_eq!(
        Period::containing(term.anchor, term.period, term.current.start),
        Ok(term.current)
    );
}

/// What is shown as the next renewal is what will be charged.
fn check_next_renewal(decision: &Decision, facts: &Facts<'_>) {
    let after = &decision.after;
    let Some(next) = &decision.next_renewal else {
        let none_to_come = after.cancels_at_period_end || !after.standing.users_work();
        assert!(none_to_come, "no next renewal of {after:?}");
        return;
    };
    let on = next.on.max(facts.today());
    let command = match after.standing {
        Standing::Active => Command::Renew,
        _ => Command::RenewalPaid { on },
    };
    let moment = Moment::Day { on };
    let renewed = decide(after, &command, &Facts { moment, ..*facts }).unwrap();
    let charge = renewed.charge.unwrap();
    assert_eq!(
        (charge.period, &charge.lines, charge.net),
        (next.period, &next.lines, next.net)
    );
    assert_eq!(renewed.after.term.choice(), next.choice);
}
