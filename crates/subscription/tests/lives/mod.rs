//! Random lives: subscriptions, and what can happen to them.

pub mod life;

use onedesk_pricing::{BillingPeriod, Date};
use onedesk_subscription::{Command, Request, ScheduledPart, Subscription, Wanted};
use proptest::prelude::*;

use crate::sample::{EUR, JPY, KWD, bought, plan, seats};

/// The plans, from the lowest to the highest.
pub const PLANS: [&str; 3] = ["standard", "premium", "enterprise"];

/// What happens next in the life of a subscription.
#[derive(Debug, Clone)]
pub enum Happening {
    /// Days pass, and nobody looks at what is due.
    DaysPass(u8),
    /// What is due is done, as often as it is; payments succeed or fail.
    WorkIsDone { paid: bool },
    /// Users are added, if the licences are enough.
    UsersAdded(u32),
    /// Users are deactivated.
    UsersDeactivated(u32),
    /// A command, whether it fits or not.
    Told(Command),
}

pub fn a_plan() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["standard", "premium", "enterprise", "gold"])
}

pub fn a_period() -> impl Strategy<Value = BillingPeriod> {
    prop::sample::select(BillingPeriod::ALL.to_vec())
}

pub fn a_wanted() -> impl Strategy<Value = Wanted> {
    let currencies = prop::sample::select(vec![EUR, EUR, JPY, KWD]);
    let rarely = |probability| prop::option::weighted(probability, Just(()));
    (
        a_plan(),
        1_u32..30,
        a_period(),
        currencies,
        rarely(0.4),
        rarely(0.5),
        rarely(0.2),
        rarely(0.2),
    )
        .prop_map(
            |(id, count, period, currency, with_plan, with_seats, with_period, with_currency)| Wanted {
                plan: with_plan.map(|()| plan(id)),
                seats: with_seats.map(|()| seats(count)),
                period: with_period.map(|()| period),
                currency: with_currency.map(|()| currency),
            },
        )
}

pub fn a_command(around: impl Strategy<Value = Date> + Clone + 'static) -> impl Strategy<Value = Command> {
    prop_oneof![
        8 => a_wanted().prop_map(|wanted| Request::Change(wanted).into()),
        2 => prop::sample::select(ScheduledPart::ALL.to_vec()).prop_map(|part| Request::Withdraw(part).into()),
        1 => Just(Request::Cancel.into()),
        1 => Just(Request::Resume.into()),
        1 => Just(Command::Renew),
        1 => around.clone().prop_map(|on| Command::RenewalFailed { on }),
        1 => around.prop_map(|on| Command::RenewalPaid { on }),
        1 => Just(Command::EndNow),
        1 => Just(Command::Suspend),
    ]
}

pub fn any_date() -> impl Strategy<Value = Date> + Clone {
    (-9999_i16..=9999, 1_i8..=12, 1_i8..=28)
        .prop_map(|(year, month, day)| Date::new(year, month, day).unwrap())
}

pub fn a_happening() -> impl Strategy<Value = Happening> {
    let soon = (0_i8..12, 1_i8..=28).prop_map(|(month, day)| Date::new(2024, month + 1, day).unwrap());
    prop_oneof![
        3 => (0_u8..20).prop_map(Happening::DaysPass),
        1 => (0_u8..250).prop_map(Happening::DaysPass),
        4 => prop::bool::weighted(0.7).prop_map(|paid| Happening::WorkIsDone { paid }),
        1 => (1_u32..5).prop_map(Happening::UsersAdded),
        1 => (1_u32..5).prop_map(Happening::UsersDeactivated),
        6 => a_command(soon).prop_map(Happening::Told),
    ]
}

pub fn a_subscription() -> impl Strategy<Value = Subscription> {
    let anchors = prop::sample::select(vec![
        "2024-01-31",
        "2024-02-29",
        "2023-12-31",
        "2024-01-01",
        "2023-11-15",
    ]);
    (
        prop::sample::select(PLANS.to_vec()),
        1_u32..30,
        a_period(),
        anchors,
    )
        .prop_map(|(id, count, period, anchor)| bought(id, count, period, anchor))
}
