//! Random lives of subscriptions: what holds after every command, and of every renewal.

#![expect(clippy::unwrap_used, reason = "a decision that should be had fails the test")]

mod lives;
mod sample;

use std::collections::BTreeSet;

use lives::life::Life;
use lives::{a_command, a_happening, a_subscription, a_wanted, any_date};
use onedesk_pricing::BillingPeriod::{Annual, Monthly};
use onedesk_pricing::{Moment, Money, Period, ScheduledChange, Term};
use onedesk_subscription::{Command, Facts, Standing, Subscription, decide, preview};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use sample::{EUR, price_list};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn lives(subscription in a_subscription(), happenings in prop::collection::vec(a_happening(), 1..60)) {
        let mut life = Life::new(subscription);
        for happening in happenings {
            life.happens(happening);
        }
        prop_assert_eq!(life.subscription.version, u64::from(life.accepted) + 1);
    }
}

proptest! {
    /// k renewals lead to the k-th period that is counted from the anchor.
    #[test]
    fn renewed_k_times_it_is_the_kth_period_of_the_anchor(subscription in a_subscription(), k in 0_u32..60) {
        let prices = price_list();
        let mut renewed = subscription.clone();
        for _ in 0..k {
            let moment = Moment::Day { on: renewed.term.renews_on() };
            let facts = Facts { prices: &prices, moment, active_users: 1 };
            renewed = decide(&renewed, &Command::Renew, &facts).unwrap().after;
        }
        let Term { anchor, period, .. } = subscription.term;
        prop_assert_eq!(renewed.term.current, Period::nth(anchor, period, k).unwrap());
        prop_assert_eq!(renewed.term.choice(), subscription.term.choice());
        prop_assert_eq!(renewed.version, subscription.version + u64::from(k));
    }

    /// After n missed periods, exactly n charges, for exactly n periods that follow each other.
    #[test]
    fn catching_up_after_n_missed_periods(subscription in a_subscription(), n in 0_u32..40, part in 0_i64..1000) {
        let prices = price_list();
        let Term { anchor, period, .. } = subscription.term;
        // Some day of the n-th period.
        let nth = Period::nth(anchor, period, n).unwrap();
        let mut today = nth.start;
        for _ in 0..part % nth.days() {
            today = today.tomorrow().unwrap();
        }
        let facts = Facts { prices: &prices, moment: Moment::Day { on: today }, active_users: 1 };
        let (mut caught_up, mut charged) = (subscription, Vec::new());
        while let Ok(decision) = decide(&caught_up, &Command::Renew, &facts) {
            charged.push(decision.charge.unwrap().period);
            caught_up = decision.after;
        }
        let due: Vec<_> = (1..=n).map(|k| Period::nth(anchor, period, k).unwrap()).collect();
        prop_assert_eq!(charged, due);
        prop_assert!(caught_up.term.current.contains(today));
    }

    /// Whatever is stored, asked and priced.
    #[test]
    fn nothing_panics(
        (subscription, scheduled, command) in (a_subscription(), a_wanted(), a_command(any_date())),
        (anchor, start, end, today, since) in (any_date(), any_date(), any_date(), any_date(), any_date()),
        prices: (i64, i64), instants: (i64, i64, i64),
        (failures, standing, cancels, version, users) in any::<(u8, u8, bool, u64, u32)>(),
    ) {
        let mut list = price_list();
        for plan in &mut list.plans {
            plan.prices[0].monthly = Money::new(prices.0, EUR);
            plan.prices[0].annual = Money::new(prices.1, EUR);
        }
        let subscription = Subscription {
            term: Term { unit_price: Money::new(prices.1, EUR), anchor, current: Period { start, end }, ..subscription.term },
            scheduled: ScheduledChange {
                plan: scheduled.plan,
                seats: scheduled.seats,
                period: scheduled.period,
                currency: scheduled.currency,
            },
            cancels_at_period_end: cancels,
            standing: match standing % 5 {
                0 => Standing::Active,
                1 => Standing::PastDue { since, failures, next_retry: Some(today) },
                2 => Standing::PastDue { since, failures, next_retry: None },
                3 => Standing::Suspended { since },
                _ => Standing::Ended { on: since },
            },
            version,
        };
        let (start, end, at) = instants;
        for moment in [Moment::Day { on: today }, Moment::Second { on: today, start, end, at }] {
            list.proration = moment.unit();
            let facts = Facts { prices: &list, moment, active_users: users };
            let decided = decide(&subscription, &command, &facts);
            prop_assert_eq!(preview(&subscription, &command, &facts).map(|shown| shown.decision), decided);
        }
        let _ = subscription.days_overdue(today);
    }
}

/// The random lives come by all that can happen: else the properties would hold of nothing.
#[test]
fn the_lives_are_eventful() {
    let mut runner = TestRunner::deterministic();
    let mut told = BTreeSet::new();
    for _ in 0..300 {
        let tree = (a_subscription(), prop::collection::vec(a_happening(), 60)).new_tree(&mut runner);
        let (subscription, happenings) = tree.unwrap().current();
        let mut life = Life::new(subscription);
        for happening in happenings {
            let before = life.subscription.clone();
            life.happens(happening);
            let (before, after) = (&before, &life.subscription);
            told.insert(if before.version == after.version {
                "refused"
            } else {
                "accepted"
            });
            if after.term.seats > before.term.seats {
                told.insert("more licences");
            }
            if after.term.seats < before.term.seats {
                told.insert("fewer licences");
            }
            if (before.term.period, after.term.period) == (Annual, Monthly) {
                told.insert("monthly");
            }
            if (before.term.period, after.term.period) == (Monthly, Annual) {
                told.insert("annual");
            }
            if after.term.currency() != before.term.currency() {
                told.insert("another currency");
            }
            if after.term.plan != before.term.plan {
                told.insert("another plan");
            }
            if before.standing != after.standing {
                told.insert(match after.standing {
                    Standing::Active => "recovered",
                    Standing::PastDue { .. } => "past due",
                    Standing::Suspended { .. } => "suspended",
                    Standing::Ended { .. } => "ended",
                });
            }
            if before.cancels_at_period_end && !after.cancels_at_period_end {
                told.insert("resumed");
            }
        }
    }
    let expected = [
        "accepted",
        "annual",
        "another currency",
        "another plan",
        "ended",
        "fewer licences",
        "monthly",
        "more licences",
        "past due",
        "recovered",
        "refused",
        "resumed",
        "suspended",
    ];
    assert_eq!(told.into_iter().collect::<Vec<_>>(), expected);
}
