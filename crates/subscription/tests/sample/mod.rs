//! A price list with round numbers, subscriptions bought from it, and short ways to ask for things.

#![allow(dead_code, reason = "every test file uses a part of it")]
#![allow(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "a sample that is wrong fails the test, as it should"
)]

use onedesk_pricing::{
    BillingPeriod, Choice, Currency, Date, Line, LineKind, Moment, Money, Period, PlanId, PlanPrices,
    PriceList, ProrationUnit, ScheduledChange, Seats, Term, Trial, UnitPrice,
};
use onedesk_subscription::{
    Charge, Command, Decision, Facts, Refusal, Request, ScheduledPart, Subscription, Wanted, decide,
};

pub const EUR: Currency = Currency::EUR;
pub const JPY: Currency = Currency::JPY;
pub const KWD: Currency = Currency::KWD;

pub fn date(text: &str) -> Date {
    text.parse().unwrap()
}

pub fn period(start: &str, end: &str) -> Period {
    Period {
        start: date(start),
        end: date(end),
    }
}

pub fn eur(text: &str) -> Money {
    Money::parse(text, EUR).unwrap()
}

pub fn plan(text: &str) -> PlanId {
    text.parse().unwrap()
}

pub fn seats(count: u32) -> Seats {
    Seats::new(count).unwrap()
}

/// Three plans, 30, 60 and 90 EUR a month, or 24, 48 and 72 billed annually; JPY for all of them, KWD for the two
/// higher ones only. By day; 500 licences at most.
pub fn price_list() -> PriceList {
    let unit = |currency, monthly, annual| UnitPrice {
        currency,
        monthly: Money::parse(monthly, currency).unwrap(),
        annual: Money::parse(annual, currency).unwrap(),
    };
    let of = |id, prices| PlanPrices { id: plan(id), prices };
    PriceList {
        version: "2026-01".to_owned(),
        currencies: vec![EUR, JPY, KWD],
        max_seats: seats(500),
        trial: Trial {
            days: 14,
            plan: plan("enterprise"),
        },
        proration: ProrationUnit::Day,
        plans: vec![
            of(
                "standard",
                vec![unit(EUR, "30.00", "24.00"), unit(JPY, "3000", "2400")],
            ),
            of(
                "premium",
                vec![
                    unit(EUR, "60.00", "48.00"),
                    unit(JPY, "6000", "4800"),
                    unit(KWD, "18.000", "14.400"),
                ],
            ),
            of(
                "enterprise",
                vec![
                    unit(EUR, "90.00", "72.00"),
                    unit(JPY, "9000", "7200"),
                    unit(KWD, "27.000", "21.600"),
                ],
            ),
        ],
    }
}

/// A subscription bought on a day, in EUR, at the price of [`price_list`].
pub fn bought(id: &str, count: u32, period: BillingPeriod, on: &str) -> Subscription {
    let choice = Choice {
        plan: plan(id),
        seats: seats(count),
        period,
        currency: EUR,
    };
    let price = price_list().unit_price(&choice.plan, EUR, period).unwrap();
    Subscription::begin(Term::begin(&choice, price, date(on)).unwrap())
}

/// Decides by [`price_list`] on a day with one active user.
pub fn on(day: &str, subscription: &Subscription, command: impl Into<Command>) -> Result<Decision, Refusal> {
    with_users(1, day, subscription, command)
}

/// Decides by [`price_list`] on a day with so many active users.
pub fn with_users(
    active_users: u32,
    day: &str,
    subscription: &Subscription,
    command: impl Into<Command>,
) -> Result<Decision, Refusal> {
    by(&price_list(), active_users, day, subscription, command)
}

/// Decides by a price list, on a day, with so many active users; and checks what holds of every decision.
pub fn by(
    prices: &PriceList,
    active_users: u32,
    day: &str,
    subscription: &Subscription,
    command: impl Into<Command>,
) -> Result<Decision, Refusal> {
    let moment = Moment::Day { on: date(day) };
    let facts = Facts {
        prices,
        moment,
        active_users,
    };
    let decided = decide(subscription, &command.into(), &facts);
    if let Ok(decision) = &decided {
        assert_eq!(decision.after.version, subscription.version + 1);
        assert!(!decision.tell.is_empty(), "a change that nobody is told of");
    }
    decided
}

/// Several commands, each on its day and accepted; the subscription that they lead to.
pub fn after(
    subscription: Subscription,
    commands: impl IntoIterator<Item = (&'static str, Command)>,
) -> Subscription {
    commands
        .into_iter()
        .fold(subscription, |subscription, (day, command)| {
            on(day, &subscription, command).unwrap().after
        })
}

pub fn want_seats(count: u32) -> Command {
    want(Wanted {
        seats: Some(seats(count)),
        ..Wanted::default()
    })
}

pub fn want_plan(id: &str) -> Command {
    want(Wanted {
        plan: Some(plan(id)),
        ..Wanted::default()
    })
}

pub fn want_period(period: BillingPeriod) -> Command {
    want(Wanted {
        period: Some(period),
        ..Wanted::default()
    })
}

pub fn want_currency(currency: Currency) -> Command {
    want(Wanted {
        currency: Some(currency),
        ..Wanted::default()
    })
}

pub fn want(wanted: Wanted) -> Command {
    Request::Change(wanted).into()
}

pub fn withdraw(part: ScheduledPart) -> Command {
    Request::Withdraw(part).into()
}

pub fn cancel() -> Command {
    Request::Cancel.into()
}

pub fn resume() -> Command {
    Request::Resume.into()
}

pub fn failed(on: &str) -> Command {
    Command::RenewalFailed { on: date(on) }
}

pub fn paid(on: &str) -> Command {
    Command::RenewalPaid { on: date(on) }
}

pub fn fewer(count: u32) -> ScheduledChange {
    ScheduledChange {
        seats: Some(seats(count)),
        ..ScheduledChange::default()
    }
}

pub fn lower(id: &str) -> ScheduledChange {
    ScheduledChange {
        plan: Some(plan(id)),
        ..ScheduledChange::default()
    }
}

pub fn charge(decision: &Decision) -> &Charge {
    decision.charge.as_ref().unwrap()
}

/// Kind, licences, days (of the period's) and amount of a line.
pub type LineInShort = (LineKind, u32, Option<(i64, i64)>, Money);

/// Each line of a charge.
pub fn lines(decision: &Decision) -> Vec<LineInShort> {
    let of = |line: &Line| {
        let days = line
            .fraction
            .map(|fraction| (fraction.numerator, fraction.denominator));
        (line.kind, line.seats.get(), days, line.amount)
    };
    charge(decision).lines.iter().map(of).collect()
}

/// Day and net amount of the next renewal.
pub fn next(decision: &Decision) -> (Date, Money) {
    let next = decision.next_renewal.as_ref().unwrap();
    (next.on, next.net)
}
