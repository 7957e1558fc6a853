//! Billing rules, "Changes": each row of the table, by its name, and what is refused.

#![expect(clippy::unwrap_used, reason = "a decision that should be had fails the test")]

mod sample;

use onedesk_pricing::BillingPeriod::{Annual, Monthly};
use onedesk_pricing::{ChangeError, LineKind, Money, ProrationError, QuoteError};
use onedesk_subscription::{ChargeKind, Command, Event, Refusal, Wanted};
use sample::{
    JPY, KWD, after, bought, by, cancel, charge, date, eur, failed, fewer, lines, lower, next, on, period,
    plan, price_list, seats, want, want_currency, want_period, want_plan, want_seats,
};

#[test]
fn more_licences_at_once_the_added_licences_prorated_the_renewal_date_does_not_move() {
    let subscription = bought("standard", 3, Monthly, "2026-04-01");
    let decision = on("2026-04-16", &subscription, want_seats(5)).unwrap();
    // 30.00 × 2 × 15/30
    assert_eq!(
        lines(&decision),
        [(LineKind::AddedSeats, 2, Some((15, 30)), eur("30.00"))]
    );
    let charge = charge(&decision);
    assert_eq!((charge.kind, charge.net), (ChargeKind::ChangeNow, eur("30.00")));
    // What is paid for by it: the rest of the period.
    assert_eq!(
        (charge.period, charge.anchor_moves),
        (period("2026-04-16", "2026-05-01"), false)
    );
    assert_eq!(decision.after.term.seats, seats(5));
    assert_eq!(decision.after.term.current, subscription.term.current);
    assert_eq!(next(&decision), (date("2026-05-01"), eur("150.00")));
    let added = Event::LicencesAdded {
        added: seats(2),
        licences: seats(5),
    };
    assert_eq!(decision.tell, [added]);
}

#[test]
fn higher_plan_at_once_one_line_of_credit_one_line_of_charge() {
    let subscription = bought("standard", 2, Monthly, "2026-04-01");
    let decision = on("2026-04-21", &subscription, want_plan("enterprise")).unwrap();
    assert_eq!(
        lines(&decision),
        [
            (LineKind::UnusedCredit, 2, Some((10, 30)), eur("-20.00")),
            (LineKind::RemainingCharge, 2, Some((10, 30)), eur("60.00"))
        ]
    );
    assert_eq!(charge(&decision).net, eur("40.00"));
    assert_eq!(next(&decision), (date("2026-05-01"), eur("180.00")));
    let raised = Event::PlanRaised {
        from: plan("standard"),
        to: plan("enterprise"),
    };
    assert_eq!(decision.tell, [raised]);
}

/// A price that fell: the net is below zero, and who settles the invoice makes account credit of it.
#[test]
fn higher_plan_never_loses_what_is_credited() {
    let mut subscription = bought("standard", 1, Monthly, "2026-04-01");
    subscription.term.unit_price = eur("100.00");
    let decision = on("2026-04-16", &subscription, want_plan("premium")).unwrap();
    assert_eq!(charge(&decision).net, eur("-20.00"));
}

#[test]
fn monthly_to_annual_at_once_a_full_annual_period_the_anchor_moves() {
    let subscription = bought("standard", 2, Monthly, "2026-04-01");
    let decision = on("2026-04-16", &subscription, want_period(Annual)).unwrap();
    assert_eq!(
        lines(&decision),
        [
            (LineKind::UnusedCredit, 2, Some((15, 30)), eur("-30.00")),
            (LineKind::Subscription, 2, None, eur("576.00"))
        ]
    );
    let charge = charge(&decision);
    assert_eq!((charge.net, charge.anchor_moves), (eur("546.00"), true));
    assert_eq!(charge.period, period("2026-04-16", "2027-04-16"));
    assert_eq!(next(&decision), (date("2027-04-16"), eur("576.00")));
    let changed = Event::PeriodChanged {
        from: Monthly,
        to: Annual,
        anchor: date("2026-04-16"),
    };
    assert_eq!(decision.tell, [changed]);
}

#[test]
fn fewer_licences_at_the_next_renewal_nothing_now() {
    let subscription = bought("standard", 10, Monthly, "2026-04-01");
    let decision = on("2026-04-16", &subscription, want_seats(5)).unwrap();
    assert_eq!((&decision.charge, decision.after.term.seats), (&None, seats(10)));
    assert_eq!(decision.after.scheduled, fewer(5));
    assert_eq!(next(&decision), (date("2026-05-01"), eur("150.00")));
    let scheduled = Event::ChangeScheduled {
        change: fewer(5),
        on: date("2026-05-01"),
    };
    assert_eq!(decision.tell, [scheduled]);
}

#[test]
fn lower_plan_at_the_next_renewal_nothing_now() {
    let subscription = bought("enterprise", 2, Monthly, "2026-04-01");
    let decision = on("2026-04-16", &subscription, want_plan("standard")).unwrap();
    assert_eq!(
        (&decision.charge, &decision.after.term.plan),
        (&None, &plan("enterprise"))
    );
    assert_eq!(decision.after.scheduled, lower("standard"));
    assert_eq!(next(&decision), (date("2026-05-01"), eur("60.00")));
}

#[test]
fn annual_to_monthly_at_the_next_renewal_nothing_now() {
    let subscription = bought("standard", 2, Annual, "2026-04-01");
    let decision = on("2026-04-16", &subscription, want_period(Monthly)).unwrap();
    assert_eq!((&decision.charge, decision.after.term.period), (&None, Annual));
    assert_eq!(next(&decision), (date("2027-04-01"), eur("60.00")));
}

#[test]
fn another_currency_at_the_next_renewal_nothing_now() {
    let subscription = bought("standard", 2, Monthly, "2026-04-01");
    let decision = on("2026-04-16", &subscription, want_currency(JPY)).unwrap();
    assert_eq!(
        (&decision.charge, decision.after.term.currency()),
        (&None, eur("0").currency)
    );
    assert_eq!(next(&decision), (date("2026-05-01"), Money::new(6000, JPY)));
}

#[test]
fn one_confirmation_makes_one_invoice() {
    let subscription = bought("standard", 2, Monthly, "2026-04-01");
    let all = want(Wanted {
        plan: Some(plan("premium")),
        seats: Some(seats(5)),
        period: Some(Annual),
        currency: None,
    });
    let decision = on("2026-04-16", &subscription, all).unwrap();
    // One credit, one charge, for all of it: 60.00 × 15/30; 48.00 × 12 × 5
    assert_eq!(charge(&decision).net, eur("2850.00"));
    assert_eq!((charge(&decision).lines.len(), decision.tell.len()), (2, 3));
}

#[test]
fn what_is_so_already_is_no_change() {
    let subscription = bought("premium", 5, Monthly, "2026-04-01");
    for same in [
        want(Wanted::default()),
        want_seats(5),
        want_plan("premium"),
        want_period(Monthly),
        want_currency(eur("0").currency),
        want(Wanted::differing(&subscription.term.choice(), &subscription.term)),
    ] {
        assert_eq!(on("2026-04-02", &subscription, same), Err(Refusal::NoChange));
    }
    let scheduled = after(subscription, [("2026-04-02", want_seats(3))]);
    assert_eq!(
        on("2026-04-03", &scheduled, want_seats(3)),
        Err(Refusal::NoChange)
    );
}

#[test]
fn what_is_not_sold_is_refused() {
    let subscription = bought("standard", 5, Monthly, "2026-04-01");
    let refused = |command: Command| on("2026-04-02", &subscription, command).unwrap_err();
    assert_eq!(
        refused(want_plan("gold")),
        Refusal::NotSold(QuoteError::UnknownPlan)
    );
    assert_eq!(
        refused(want_currency(KWD)),
        Refusal::NotSold(QuoteError::CurrencyNotSold)
    );
    assert_eq!(
        refused(want_seats(501)),
        Refusal::NotSold(QuoteError::TooManySeats { max: seats(500) })
    );
}

/// "A change … amounts that would overflow": refused, though the prorated part alone would fit.
#[test]
fn an_amount_that_would_overflow_at_the_renewal_is_refused_now() {
    let mut subscription = bought("standard", 1, Monthly, "2026-04-01");
    let mut prices = price_list();
    let dear = Money::new(i64::MAX / 2, eur("0").currency);
    subscription.term.unit_price = dear;
    prices.plans[0].prices[0].monthly = dear;
    let decision = by(&prices, 1, "2026-04-16", &subscription, want_seats(2));
    assert!(decision.is_ok());
    let decision = by(&prices, 1, "2026-04-30", &subscription, want_seats(3));
    let overflow = onedesk_pricing::MoneyError::Overflow;
    assert_eq!(decision, Err(Refusal::NotSold(QuoteError::Money(overflow))));
}

#[test]
fn licences_are_added_to_a_plan_that_is_sold_no_more() {
    let subscription = bought("standard", 2, Monthly, "2026-04-01");
    let mut prices = price_list();
    prices.plans.remove(0);
    let decision = by(&prices, 1, "2026-04-16", &subscription, want_seats(3)).unwrap();
    assert_eq!(charge(&decision).net, eur("15.00"));
    assert_eq!(next(&decision), (date("2026-05-01"), eur("90.00")));
}

#[test]
fn a_change_before_the_period_is_refused() {
    let subscription = bought("standard", 2, Monthly, "2026-04-02");
    let outside = ChangeError::Proration(ProrationError::OutsidePeriod);
    assert_eq!(
        on("2026-04-01", &subscription, want_seats(3)),
        Err(Refusal::NotPriced(outside))
    );
}

/// Between the end of the period and its renewal, a minute later or a server's downtime later.
#[test]
fn a_change_while_the_renewal_is_due_is_refused() {
    let subscription = after(
        bought("standard", 4, Monthly, "2026-04-01"),
        [("2026-04-02", want_seats(3))],
    );
    let due = Refusal::RenewalDue {
        on: date("2026-05-01"),
    };
    for command in [
        want_seats(5),
        want_seats(2),
        want_plan("premium"),
        sample::withdraw(onedesk_subscription::ScheduledPart::Seats),
    ] {
        assert_eq!(on("2026-05-01", &subscription, command), Err(due));
    }
}

#[test]
fn a_change_at_once_while_a_renewal_is_overdue_is_refused_and_what_waits_is_not() {
    let subscription = bought("standard", 10, Monthly, "2026-04-01");
    let overdue = on("2026-05-01", &subscription, failed("2026-05-01"))
        .unwrap()
        .after;
    let unpaid = Refusal::PaymentOverdue {
        since: date("2026-05-01"),
    };
    for command in [want_seats(11), want_plan("premium"), want_period(Annual)] {
        assert_eq!(on("2026-05-02", &overdue, command), Err(unpaid));
    }
    // Split, the half that waits is not made either: a request is refused as a whole.
    let mixed = want(Wanted {
        plan: Some(plan("premium")),
        seats: Some(seats(5)),
        ..Wanted::default()
    });
    assert_eq!(on("2026-05-02", &overdue, mixed), Err(unpaid));
    let fewer_now = on("2026-05-02", &overdue, want_seats(5)).unwrap();
    assert_eq!(next(&fewer_now), (date("2026-05-02"), eur("150.00")));
}

#[test]
fn a_cancelled_subscription_takes_what_is_for_the_days_left_only() {
    let subscription = after(
        bought("standard", 4, Monthly, "2026-04-01"),
        [("2026-04-02", cancel())],
    );
    let added = on("2026-04-16", &subscription, want_seats(5)).unwrap();
    assert_eq!((charge(&added).net, &added.next_renewal), (eur("15.00"), &None));
    assert!(added.after.cancels_at_period_end);
    assert!(on("2026-04-16", &subscription, want_plan("premium")).is_ok());
    let cancelled = Refusal::AlreadyCancelled {
        ends_on: date("2026-05-01"),
    };
    for command in [want_seats(3), want_period(Annual), want_currency(JPY)] {
        assert_eq!(on("2026-04-16", &subscription, command), Err(cancelled));
    }
    let over = Refusal::Ended {
        on: date("2026-05-01"),
    };
    assert_eq!(on("2026-05-01", &subscription, want_seats(5)), Err(over));
}
