//! Billing rules, "Changes": a request whose parts take effect at two times, at once and at the renewal.

#![expect(clippy::unwrap_used, reason = "a decision that should be had fails the test")]

mod sample;

use onedesk_pricing::BillingPeriod::{Annual, Monthly};
use onedesk_pricing::{Money, ScheduledChange};
use onedesk_subscription::{Event, Refusal, Wanted};
use sample::{
    JPY, after, bought, charge, date, eur, fewer, next, on, plan, seats, want, want_plan, want_seats,
    with_users,
};

#[test]
fn a_request_with_two_times_is_split_and_the_decision_says_both() {
    let subscription = bought("standard", 10, Monthly, "2026-04-01");
    let both = want(Wanted {
        plan: Some(plan("premium")),
        seats: Some(seats(4)),
        ..Wanted::default()
    });
    let decision = on("2026-04-16", &subscription, both).unwrap();
    // The plan now, for all the licences that are paid for.
    assert_eq!(charge(&decision).net, eur("150.00"));
    assert_eq!(
        (&decision.after.term.plan, decision.after.term.seats),
        (&plan("premium"), seats(10))
    );
    assert_eq!(decision.after.scheduled, fewer(4));
    assert_eq!(next(&decision), (date("2026-05-01"), eur("240.00")));
    assert_eq!(
        decision.tell,
        [
            Event::PlanRaised {
                from: plan("standard"),
                to: plan("premium")
            },
            Event::ChangeScheduled {
                change: fewer(4),
                on: date("2026-05-01")
            },
        ]
    );
    // The same as one after the other.
    let stepwise = after(
        subscription,
        [
            ("2026-04-16", want_plan("premium")),
            ("2026-04-16", want_seats(4)),
        ],
    );
    assert_eq!(
        (stepwise.term, stepwise.scheduled),
        (decision.after.term, decision.after.scheduled)
    );
}

#[test]
fn more_licences_with_what_waits_is_split_too() {
    let subscription = bought("premium", 2, Annual, "2026-01-01");
    let all = want(Wanted {
        plan: Some(plan("standard")),
        seats: Some(seats(3)),
        period: Some(Monthly),
        currency: Some(JPY),
    });
    let decision = on("2026-07-02", &subscription, all).unwrap();
    // 48.00 × 12 × 183/365
    assert_eq!(charge(&decision).net, eur("288.79"));
    let rest = ScheduledChange {
        plan: Some(plan("standard")),
        seats: None,
        period: Some(Monthly),
        currency: Some(JPY),
    };
    assert_eq!(decision.after.scheduled, rest);
    assert_eq!(next(&decision), (date("2027-01-01"), Money::new(9000, JPY)));
}

/// It would charge a whole year of what is not wanted.
#[test]
fn annual_now_with_what_would_wait_a_year_is_refused() {
    let subscription = bought("premium", 10, Monthly, "2026-04-01");
    let annual = || Wanted {
        period: Some(Annual),
        ..Wanted::default()
    };
    for wanted in [
        Wanted {
            seats: Some(seats(5)),
            ..annual()
        },
        Wanted {
            plan: Some(plan("standard")),
            ..annual()
        },
        Wanted {
            currency: Some(JPY),
            ..annual()
        },
    ] {
        let refused = on("2026-04-16", &subscription, want(wanted));
        assert_eq!(refused, Err(Refusal::MixedTiming));
    }
    // Also if it is what was scheduled already: the request says that it is wanted for the year.
    let scheduled = after(subscription, [("2026-04-02", want_seats(5))]);
    let again = Wanted {
        seats: Some(seats(5)),
        ..annual()
    };
    assert_eq!(
        on("2026-04-16", &scheduled, want(again)),
        Err(Refusal::MixedTiming)
    );
}

#[test]
fn a_request_is_refused_as_a_whole() {
    let subscription = bought("standard", 10, Monthly, "2026-04-01");
    let both = want(Wanted {
        plan: Some(plan("premium")),
        seats: Some(seats(4)),
        ..Wanted::default()
    });
    let refused = Refusal::FewerLicencesThanUsers {
        licences: 4,
        active_users: 6,
    };
    assert_eq!(with_users(6, "2026-04-16", &subscription, both), Err(refused));
}
