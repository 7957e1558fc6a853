//! Billing rules, "Changes": what is scheduled "can be withdrawn and other changes do not drop it".

#![expect(clippy::unwrap_used, reason = "a decision that should be had fails the test")]

mod sample;

use onedesk_pricing::BillingPeriod::{Annual, Monthly};
use onedesk_pricing::{Money, QuoteError, ScheduledChange};
use onedesk_subscription::{Command, Event, Refusal, ScheduledPart, Wanted};
use sample::{
    JPY, KWD, after, bought, by, cancel, date, eur, failed, fewer, lower, next, on, plan, price_list, resume,
    seats, want, want_currency, want_period, want_plan, want_seats, with_users, withdraw,
};

#[test]
fn downgrade_scheduled_then_seats_added_both_hold() {
    let scheduled = after(
        bought("premium", 10, Monthly, "2026-04-01"),
        [("2026-04-05", want_plan("standard"))],
    );
    let decision = on("2026-04-16", &scheduled, want_seats(12)).unwrap();
    assert_eq!(decision.after.term.seats, seats(12));
    assert_eq!(decision.after.scheduled, lower("standard"));
    assert_eq!(next(&decision), (date("2026-05-01"), eur("360.00")));
    let renewed = on("2026-05-01", &decision.after, Command::Renew).unwrap().after;
    assert_eq!(
        (renewed.term.plan, renewed.term.seats),
        (plan("standard"), seats(12))
    );
}

#[test]
fn seats_scheduled_to_5_then_5_added_are_5_at_the_renewal() {
    let subscription = after(
        bought("standard", 10, Monthly, "2026-04-01"),
        [("2026-04-05", want_seats(5)), ("2026-04-16", want_seats(15))],
    );
    assert_eq!(
        (subscription.term.seats, &subscription.scheduled),
        (seats(15), &fewer(5))
    );
    let renewed = on("2026-05-01", &subscription, Command::Renew).unwrap();
    assert_eq!(renewed.after.term.seats, seats(5));
}

#[test]
fn a_plan_raised_above_the_scheduled_one_is_lowered_at_the_renewal_all_the_same() {
    let subscription = after(
        bought("premium", 2, Monthly, "2026-04-01"),
        [
            ("2026-04-05", want_plan("standard")),
            ("2026-04-16", want_plan("enterprise")),
        ],
    );
    assert_eq!(subscription.scheduled, lower("standard"));
    let renewed = on("2026-05-01", &subscription, Command::Renew).unwrap();
    assert_eq!(renewed.after.term.plan, plan("standard"));
}

/// The renewal that it waits for is a later one now, and the decision says which.
#[test]
fn annual_billing_moves_the_day_of_what_is_scheduled() {
    let scheduled = after(
        bought("standard", 10, Monthly, "2026-04-01"),
        [("2026-04-05", want_seats(5))],
    );
    let decision = on("2026-04-16", &scheduled, want_period(Annual)).unwrap();
    assert_eq!(decision.after.scheduled, fewer(5));
    assert_eq!(next(&decision), (date("2027-04-16"), eur("1440.00")));
}

#[test]
fn every_part_can_be_withdrawn_alone() {
    let all = ScheduledChange {
        plan: Some(plan("standard")),
        seats: Some(seats(4)),
        period: Some(Monthly),
        currency: Some(JPY),
    };
    let scheduled = after(
        bought("premium", 10, Annual, "2026-04-01"),
        [
            ("2026-04-02", want_plan("standard")),
            ("2026-04-03", want_seats(4)),
            ("2026-04-04", want_period(Monthly)),
            ("2026-04-05", want_currency(JPY)),
        ],
    );
    assert_eq!(scheduled.scheduled, all);
    for (part, rest) in [
        (
            ScheduledPart::Plan,
            ScheduledChange {
                plan: None,
                ..all.clone()
            },
        ),
        (
            ScheduledPart::Seats,
            ScheduledChange {
                seats: None,
                ..all.clone()
            },
        ),
        (
            ScheduledPart::Period,
            ScheduledChange {
                period: None,
                ..all.clone()
            },
        ),
        (
            ScheduledPart::Currency,
            ScheduledChange {
                currency: None,
                ..all.clone()
            },
        ),
    ] {
        let decision = on("2026-04-16", &scheduled, withdraw(part)).unwrap();
        assert_eq!((&decision.after.scheduled, &decision.charge), (&rest, &None));
        assert!(matches!(decision.tell[..], [Event::ChangeWithdrawn { .. }]));
        let again = on("2026-04-16", &decision.after, withdraw(part));
        assert_eq!(again, Err(Refusal::NothingScheduled(part)));
    }
}

#[test]
fn annual_to_monthly_scheduled_then_withdrawn() {
    let subscription = bought("standard", 2, Annual, "2026-04-01");
    let scheduled = on("2026-04-16", &subscription, want_period(Monthly)).unwrap();
    assert_eq!(next(&scheduled), (date("2027-04-01"), eur("60.00")));
    let withdrawn = on("2026-04-17", &scheduled.after, withdraw(ScheduledPart::Period)).unwrap();
    assert_eq!(next(&withdrawn), (date("2027-04-01"), eur("576.00")));
    assert_eq!(
        (withdrawn.after.term, withdrawn.after.scheduled),
        (subscription.term, ScheduledChange::default())
    );
}

#[test]
fn wanting_a_part_as_it_is_withdraws_what_was_scheduled_for_it() {
    let scheduled = after(
        bought("premium", 10, Monthly, "2026-04-01"),
        [
            ("2026-04-02", want_plan("standard")),
            ("2026-04-03", want_seats(4)),
        ],
    );
    let decision = on("2026-04-16", &scheduled, want_seats(10)).unwrap();
    assert_eq!(decision.after.scheduled, lower("standard"));
    assert_eq!(decision.tell, [Event::ChangeWithdrawn { change: fewer(4) }]);
    // Together with another part, which takes effect at once.
    let keep_plan = want(Wanted {
        plan: Some(plan("premium")),
        seats: Some(seats(12)),
        ..Wanted::default()
    });
    let decision = on("2026-04-16", &scheduled, keep_plan).unwrap();
    assert_eq!(decision.after.scheduled, fewer(4));
    assert_eq!(decision.tell.len(), 2);
}

#[test]
fn scheduling_a_part_again_replaces_it() {
    let scheduled = after(
        bought("standard", 10, Monthly, "2026-04-01"),
        [("2026-04-05", want_seats(5))],
    );
    let decision = on("2026-04-16", &scheduled, want_seats(7)).unwrap();
    assert_eq!(decision.after.scheduled, fewer(7));
    let told = Event::ChangeScheduled {
        change: fewer(7),
        on: date("2026-05-01"),
    };
    assert_eq!(decision.tell, [told]);
}

/// A calculator that starts from what is subscribed to and knows nothing of what is scheduled drops nothing by it.
#[test]
fn a_whole_choice_leaves_what_it_does_not_change() {
    let scheduled = after(
        bought("premium", 10, Monthly, "2026-04-01"),
        [("2026-04-05", want_plan("standard"))],
    );
    let mut choice = scheduled.term.choice();
    choice.seats = seats(11);
    let wanted = Wanted::differing(&choice, &scheduled.term);
    let decision = on("2026-04-16", &scheduled, want(wanted)).unwrap();
    assert_eq!(decision.after.scheduled, lower("standard"));
}

/// The catalog's plans changed places, so that the scheduled lower plan is the higher one by now; raised to it, there
/// is nothing left to wait for.
#[test]
fn a_part_that_the_subscription_is_already_is_withdrawn() {
    let scheduled = after(
        bought("premium", 2, Monthly, "2026-04-01"),
        [
            ("2026-04-05", want_plan("standard")),
            ("2026-04-06", want_seats(1)),
        ],
    );
    let mut prices = price_list();
    prices.plans.swap(0, 1);
    let decision = by(&prices, 1, "2026-04-16", &scheduled, want_plan("standard")).unwrap();
    assert_eq!(decision.after.term.plan, plan("standard"));
    assert_eq!(decision.after.scheduled, fewer(1));
    let told = Event::ChangeWithdrawn {
        change: lower("standard"),
    };
    assert!(decision.tell.contains(&told));
}

#[test]
fn all_that_is_scheduled_has_to_be_sold_together() {
    let not_sold = Refusal::NotSold(QuoteError::CurrencyNotSold);
    // Standard is not sold in KWD.
    let premium = bought("premium", 2, Monthly, "2026-04-01");
    let lower_first = after(premium.clone(), [("2026-04-05", want_plan("standard"))]);
    assert_eq!(on("2026-04-06", &lower_first, want_currency(KWD)), Err(not_sold));
    let currency_first = after(premium, [("2026-04-05", want_currency(KWD))]);
    assert_eq!(
        on("2026-04-06", &currency_first, want_plan("standard")),
        Err(not_sold)
    );
}

#[test]
fn a_withdrawal_must_leave_something_that_is_sold() {
    let mut prices = price_list();
    prices.plans[2].prices.retain(|price| price.currency != KWD);
    let scheduled = after(
        bought("enterprise", 2, Monthly, "2026-04-01"),
        [
            ("2026-04-05", want_plan("premium")),
            ("2026-04-06", want_currency(KWD)),
        ],
    );
    let without_plan = by(
        &prices,
        1,
        "2026-04-07",
        &scheduled,
        withdraw(ScheduledPart::Plan),
    );
    assert_eq!(without_plan, Err(Refusal::NotSold(QuoteError::CurrencyNotSold)));
    assert!(
        by(
            &prices,
            1,
            "2026-04-07",
            &scheduled,
            withdraw(ScheduledPart::Currency)
        )
        .is_ok()
    );
    // If it cannot be renewed as it is, every withdrawal is a way out.
    prices.plans.remove(1);
    let without_plan = by(
        &prices,
        1,
        "2026-04-07",
        &scheduled,
        withdraw(ScheduledPart::Plan),
    )
    .unwrap();
    assert_eq!(without_plan.next_renewal, None);
    let without_both = withdraw(ScheduledPart::Currency);
    let without_both = by(&prices, 1, "2026-04-07", &without_plan.after, without_both).unwrap();
    assert_eq!(next(&without_both), (date("2026-05-01"), eur("180.00")));
}

/// Nothing is charged that was not agreed to: not even what is subscribed to now, in place of what is scheduled.
#[test]
fn a_renewal_to_something_that_is_sold_no_more_is_refused() {
    let scheduled = after(
        bought("premium", 2, Monthly, "2026-04-01"),
        [("2026-04-05", want_plan("standard"))],
    );
    let mut prices = price_list();
    prices.plans.remove(0);
    let refused = by(&prices, 1, "2026-05-01", &scheduled, Command::Renew);
    assert_eq!(refused, Err(Refusal::NotSold(QuoteError::UnknownPlan)));
}

#[test]
fn a_raised_plan_must_be_sold_in_the_scheduled_currency() {
    let mut prices = price_list();
    prices.plans[2].prices.retain(|price| price.currency != JPY);
    let scheduled = after(
        bought("premium", 2, Monthly, "2026-04-01"),
        [("2026-04-05", want_currency(JPY)), ("2026-04-06", cancel())],
    );
    // Also while it is cancelled: it may be resumed.
    let raised = by(&prices, 1, "2026-04-07", &scheduled, want_plan("enterprise"));
    assert_eq!(raised, Err(Refusal::NotSold(QuoteError::CurrencyNotSold)));
}

#[test]
fn what_is_scheduled_survives_cancelling_and_resuming() {
    let scheduled = after(
        bought("premium", 10, Monthly, "2026-04-01"),
        [
            ("2026-04-05", want_seats(4)),
            ("2026-04-06", cancel()),
            ("2026-04-07", want_seats(11)),
            ("2026-04-08", resume()),
        ],
    );
    assert_eq!(scheduled.scheduled, fewer(4));
}

#[test]
fn what_is_scheduled_while_overdue_takes_effect_with_the_payment() {
    let overdue = after(
        bought("premium", 10, Monthly, "2026-04-01"),
        [
            ("2026-05-01", failed("2026-05-01")),
            ("2026-05-02", want_currency(JPY)),
        ],
    );
    let recovered = with_users(3, "2026-05-02", &overdue, sample::paid("2026-05-02")).unwrap();
    assert_eq!(recovered.charge.unwrap().net, Money::new(60_000, JPY));
    assert_eq!(recovered.after.scheduled, ScheduledChange::default());
}
