//! Billing rules, "Billing period" and the renewal rule of "Orders and payment": charged at the end, one period each,
//! the anchor kept.

#![expect(clippy::unwrap_used, reason = "a decision that should be had fails the test")]

mod sample;

use onedesk_pricing::BillingPeriod::{Annual, Monthly};
use onedesk_pricing::{LineKind, Period, ScheduledChange};
use onedesk_subscription::{ChargeKind, Command, Event, Refusal, Standing, Step, Subscription};
use sample::{
    after, bought, by, charge, date, eur, failed, fewer, lines, next, on, paid, period, plan, price_list,
    seats, want_period, want_plan, want_seats,
};

/// The subscription after so many renewals, each on the day that it is due.
fn renewed(mut subscription: Subscription, times: u32) -> Subscription {
    for _ in 0..times {
        let day = subscription.term.renews_on().to_string();
        subscription = on(&day, &subscription, Command::Renew).unwrap().after;
    }
    subscription
}

#[test]
fn a_renewal_is_charged_at_the_end() {
    let subscription = bought("standard", 3, Monthly, "2026-04-01");
    assert_eq!(subscription.next_step(), Some((date("2026-05-01"), Step::Renew)));
    let early = on("2026-04-30", &subscription, Command::Renew);
    let not_due = Refusal::NotDue {
        on: date("2026-05-01"),
    };
    assert_eq!(early, Err(not_due));

    let decision = on("2026-05-01", &subscription, Command::Renew).unwrap();
    assert_eq!(
        lines(&decision),
        [(LineKind::Subscription, 3, None, eur("90.00"))]
    );
    let charge = charge(&decision);
    assert_eq!((charge.kind, charge.net), (ChargeKind::Renewal, eur("90.00")));
    assert_eq!(
        (charge.period, charge.anchor_moves),
        (period("2026-05-01", "2026-06-01"), false)
    );
    assert_eq!(decision.after.term.current, charge.period);
    assert_eq!(next(&decision), (date("2026-06-01"), eur("90.00")));
    // The day that it was charged on, charged again, would be charged twice.
    let again = on("2026-05-01", &decision.after, Command::Renew);
    assert!(matches!(again, Err(Refusal::NotDue { .. })));
}

#[test]
fn a_renewal_applies_all_that_is_scheduled() {
    let scheduled = after(
        bought("premium", 10, Annual, "2026-04-01"),
        [
            ("2026-04-02", want_plan("standard")),
            ("2026-04-03", want_seats(4)),
            ("2026-04-04", want_period(Monthly)),
        ],
    );
    let decision = on("2027-04-01", &scheduled, Command::Renew).unwrap();
    let term = &decision.after.term;
    assert_eq!(
        (&term.plan, term.seats, term.period),
        (&plan("standard"), seats(4), Monthly)
    );
    assert_eq!(term.current, period("2027-04-01", "2027-05-01"));
    assert_eq!(decision.after.scheduled, ScheduledChange::default());
    let told = Event::Renewed {
        period: term.current,
        licences: seats(4),
        applied: scheduled.scheduled,
        raised_to_active_users: false,
    };
    assert_eq!(decision.tell, [told]);
}

/// After days without a server: one period a command, each once, as they would have been on their days.
#[test]
fn catching_up_charges_exactly_the_periods_that_are_due() {
    let mut subscription = after(
        bought("standard", 3, Monthly, "2026-01-31"),
        [("2026-02-01", want_seats(2))],
    );
    let mut charged = Vec::new();
    while let Ok(decision) = on("2026-06-15", &subscription, Command::Renew) {
        charged.push((charge(&decision).period, charge(&decision).net));
        subscription = decision.after;
    }
    assert_eq!(
        charged,
        [
            (period("2026-02-28", "2026-03-31"), eur("60.00")),
            (period("2026-03-31", "2026-04-30"), eur("60.00")),
            (period("2026-04-30", "2026-05-31"), eur("60.00")),
            (period("2026-05-31", "2026-06-30"), eur("60.00")),
        ]
    );
}

#[test]
fn anchored_on_31_january_monthly() {
    let subscription = bought("standard", 1, Monthly, "2023-01-31");
    let starts: Vec<_> = (0..14)
        .map(|times| {
            renewed(subscription.clone(), times)
                .term
                .current
                .start
                .to_string()
        })
        .collect();
    assert_eq!(
        starts,
        [
            "2023-01-31",
            "2023-02-28",
            "2023-03-31",
            "2023-04-30",
            "2023-05-31",
            "2023-06-30",
            "2023-07-31",
            "2023-08-31",
            "2023-09-30",
            "2023-10-31",
            "2023-11-30",
            "2023-12-31",
            "2024-01-31",
            "2024-02-29",
        ]
    );
}

#[test]
fn anchored_on_29_february_yearly() {
    let subscription = bought("standard", 1, Annual, "2024-02-29");
    let start = |times| renewed(subscription.clone(), times).term.current.start;
    assert_eq!(start(1), date("2025-02-28"));
    assert_eq!(start(3), date("2027-02-28"));
    assert_eq!(start(4), date("2028-02-29"));
}

#[test]
fn over_the_end_of_the_year() {
    let subscription = bought("standard", 1, Monthly, "2025-12-31");
    assert_eq!(
        renewed(subscription.clone(), 1).term.current,
        period("2026-01-31", "2026-02-28")
    );
    // A licence on New Year's Eve: the whole of the period; and on New Year's Day: one day less.
    let added = |day| on(day, &subscription, want_seats(2)).unwrap();
    assert_eq!(lines(&added("2025-12-31"))[0].2, Some((31, 31)));
    assert_eq!(lines(&added("2026-01-01"))[0].2, Some((30, 31)));
}

#[test]
fn a_change_on_the_first_and_on_the_last_day_of_a_period() {
    let subscription = renewed(bought("standard", 1, Monthly, "2026-03-01"), 1);
    let added = |day| on(day, &subscription, want_seats(2)).unwrap();
    assert_eq!(
        lines(&added("2026-04-01")),
        [(LineKind::AddedSeats, 1, Some((30, 30)), eur("30.00"))]
    );
    assert_eq!(
        lines(&added("2026-04-30")),
        [(LineKind::AddedSeats, 1, Some((1, 30)), eur("1.00"))]
    );
    // The day after the last belongs to the next period.
    let due = Refusal::RenewalDue {
        on: date("2026-05-01"),
    };
    assert_eq!(on("2026-05-01", &subscription, want_seats(2)), Err(due));
    assert_eq!(
        lines(&on("2026-05-01", &renewed(subscription, 1), want_seats(2)).unwrap())[0].2,
        Some((31, 31))
    );
}

#[test]
fn annual_billing_from_the_first_day_on_moves_no_anchor() {
    let subscription = bought("standard", 1, Monthly, "2026-04-01");
    let decision = on("2026-04-01", &subscription, want_period(Annual)).unwrap();
    assert_eq!(
        (charge(&decision).anchor_moves, charge(&decision).net),
        (false, eur("258.00"))
    );
}

/// The second change starts from what the first has left: nothing is credited or charged twice.
#[test]
fn a_change_twice_in_a_day() {
    let subscription = bought("standard", 2, Monthly, "2026-04-01");
    let first = on("2026-04-16", &subscription, want_plan("premium")).unwrap();
    let second = on("2026-04-16", &first.after, want_plan("enterprise")).unwrap();
    let directly = on("2026-04-16", &subscription, want_plan("enterprise")).unwrap();
    assert_eq!(
        (charge(&first).net, charge(&second).net),
        (eur("30.00"), eur("30.00"))
    );
    assert_eq!(charge(&directly).net, eur("60.00"));
    assert_eq!(second.after.term, directly.after.term);
    assert_eq!(second.after.version, subscription.version + 2);

    let annual = on("2026-04-16", &second.after, want_period(Annual)).unwrap();
    let more = on("2026-04-16", &annual.after, want_seats(3)).unwrap();
    assert_eq!(
        lines(&more),
        [(LineKind::AddedSeats, 1, Some((365, 365)), eur("864.00"))]
    );
}

/// The licences that were added are credited with the others, at the price that was paid for them.
#[test]
fn upgrade_after_adding_licences() {
    let subscription = after(
        bought("standard", 2, Monthly, "2026-04-01"),
        [("2026-04-11", want_seats(4))],
    );
    let decision = on("2026-04-21", &subscription, want_plan("premium")).unwrap();
    assert_eq!(
        lines(&decision),
        [
            (LineKind::UnusedCredit, 4, Some((10, 30)), eur("-40.00")),
            (LineKind::RemainingCharge, 4, Some((10, 30)), eur("80.00"))
        ]
    );
}

#[test]
fn annual_to_monthly_on_29_february_keeps_the_anchor() {
    let scheduled = after(
        bought("standard", 1, Annual, "2024-02-29"),
        [("2024-03-01", want_period(Monthly))],
    );
    let monthly = renewed(scheduled, 1);
    assert_eq!(monthly.term.current, period("2025-02-28", "2025-03-29"));
    assert_eq!(monthly.term.anchor, date("2024-02-29"));
    // And to annual again: from the day of the change on.
    let annual = on("2025-03-10", &monthly, want_period(Annual)).unwrap();
    assert_eq!(charge(&annual).period, period("2025-03-10", "2026-03-10"));
}

#[test]
fn a_renewal_costs_what_the_list_says_that_is_given() {
    let subscription = bought("standard", 1, Monthly, "2026-04-01");
    let mut prices = price_list();
    prices.plans[0].prices[0].monthly = eur("33.00");
    let renewal = by(&prices, 1, "2026-05-01", &subscription, Command::Renew).unwrap();
    assert_eq!(
        (charge(&renewal).net, renewal.after.term.unit_price),
        (eur("33.00"), eur("33.00"))
    );
    // Sold no more, it renews at what was paid.
    prices.plans.remove(0);
    let renewal = by(&prices, 1, "2026-05-01", &subscription, Command::Renew).unwrap();
    assert_eq!(charge(&renewal).net, eur("30.00"));
}

#[test]
fn an_overdue_subscription_is_not_renewed_but_recovered() {
    let overdue = after(
        bought("standard", 1, Monthly, "2026-04-01"),
        [("2026-05-01", failed("2026-05-01"))],
    );
    let unpaid = Refusal::PaymentOverdue {
        since: date("2026-05-01"),
    };
    assert_eq!(on("2026-06-01", &overdue, Command::Renew), Err(unpaid));
}

#[test]
fn recovered_while_past_due_the_period_that_was_due_is_paid_and_the_anchor_kept() {
    let overdue = after(
        bought("standard", 3, Monthly, "2026-01-31"),
        [
            ("2026-02-28", failed("2026-02-28")),
            ("2026-03-01", want_seats(2)),
        ],
    );
    let decision = on("2026-03-03", &overdue, paid("2026-03-03")).unwrap();
    let charge = charge(&decision);
    assert_eq!((charge.kind, charge.net), (ChargeKind::Recovery, eur("60.00")));
    assert_eq!(
        (charge.period, charge.anchor_moves),
        (period("2026-02-28", "2026-03-31"), false)
    );
    assert_eq!(decision.after.standing, Standing::Active);
    assert_eq!(next(&decision), (date("2026-03-31"), eur("60.00")));
    assert_eq!(
        decision.tell,
        [
            Event::Recovered {
                on: date("2026-03-03"),
                anchor_moved: false
            },
            Event::Renewed {
                period: charge.period,
                licences: seats(2),
                applied: fewer(2),
                raised_to_active_users: false
            },
        ]
    );
}

#[test]
fn recovered_while_suspended_within_the_period_that_was_due_the_anchor_is_kept() {
    let suspended = after(
        bought("standard", 3, Monthly, "2026-04-01"),
        [
            ("2026-05-01", failed("2026-05-01")),
            ("2026-05-09", Command::Suspend),
        ],
    );
    let decision = on("2026-05-31", &suspended, paid("2026-05-31")).unwrap();
    assert_eq!(charge(&decision).period, period("2026-05-01", "2026-06-01"));
    assert_eq!(next(&decision).0, date("2026-06-01"));
}

/// Nobody pays for months without service.
#[test]
fn recovered_while_suspended_after_the_period_that_was_due_a_new_term_begins() {
    let suspended = after(
        bought("standard", 3, Monthly, "2026-04-01"),
        [
            ("2026-05-01", failed("2026-05-01")),
            ("2026-05-09", Command::Suspend),
        ],
    );
    for (day, expected) in [
        ("2026-06-01", period("2026-06-01", "2026-07-01")),
        ("2026-08-31", period("2026-08-31", "2026-09-30")),
    ] {
        let decision = on(day, &suspended, paid(day)).unwrap();
        let charge = charge(&decision);
        assert_eq!((charge.period, charge.net), (expected, eur("90.00")));
        assert_eq!(decision.after.term.anchor, date(day));
        // On the first day after it, the new term begins where the next period would: only the anchor is another.
        assert!(charge.anchor_moves);
        assert_eq!(
            decision.after.term.current,
            Period::nth(date(day), Monthly, 0).unwrap()
        );
    }
}

/// Past due for longer than a period, as the server was down: the users have worked all the time.
#[test]
fn recovered_while_past_due_after_the_period_that_was_due_it_catches_up() {
    let overdue = after(
        bought("standard", 1, Monthly, "2026-04-01"),
        [("2026-05-01", failed("2026-05-01"))],
    );
    let recovered = on("2026-06-10", &overdue, paid("2026-06-10")).unwrap();
    assert_eq!(charge(&recovered).period, period("2026-05-01", "2026-06-01"));
    let next = on("2026-06-10", &recovered.after, Command::Renew).unwrap();
    assert_eq!(charge(&next).period, period("2026-06-01", "2026-07-01"));
}

#[test]
fn a_payment_of_nothing_is_refused() {
    let subscription = bought("standard", 1, Monthly, "2026-04-01");
    assert_eq!(
        on("2026-05-01", &subscription, paid("2026-05-01")),
        Err(Refusal::NothingOverdue)
    );
    let overdue = after(subscription, [("2026-05-03", failed("2026-05-03"))]);
    // Neither before the renewal was due, nor tomorrow.
    for (day, first) in [("2026-04-30", "2026-05-01"), ("2026-05-05", "2026-05-05")] {
        let refused = on("2026-05-04", &overdue, paid(day));
        assert_eq!(refused, Err(Refusal::NotDue { on: date(first) }));
    }
}
