//! Billing rules, "Orders and payment": "retried after 1, 3, 5 and 7 days with an e-mail each time (`past_due`, the
//! users keep working), then `suspended`".

#![expect(clippy::unwrap_used, reason = "a decision that should be had fails the test")]

mod sample;

use onedesk_pricing::BillingPeriod::Monthly;
use onedesk_pricing::Date;
use onedesk_subscription::dunning::{days_since, last_retry, next_retry, retry_days};
use onedesk_subscription::{Command, Event, Refusal, Standing, Step};
use sample::{after, bought, cancel, date, eur, failed, next, on, paid, want_seats};

#[test]
fn retried_after_1_3_5_and_7_days() {
    assert_eq!(retry_days(), [1, 3, 5, 7]);
    let first = date("2026-02-27");
    let days: Vec<_> = std::iter::successors(Some(first), |day| next_retry(first, *day)).collect();
    let expected = [
        "2026-02-27",
        "2026-02-28",
        "2026-03-02",
        "2026-03-04",
        "2026-03-06",
    ]
    .map(date);
    assert_eq!(days, expected);
    assert_eq!(last_retry(first), Some(date("2026-03-06")));
}

#[test]
fn retries_that_were_missed_are_not_made_up_for() {
    let first = date("2026-05-01");
    assert_eq!(next_retry(first, date("2026-05-05")), Some(date("2026-05-06")));
    assert_eq!(next_retry(first, date("2026-05-08")), None);
    assert_eq!(next_retry(first, date("2026-06-01")), None);
}

#[test]
fn retries_end_with_the_calendar() {
    assert_eq!(next_retry(Date::MAX, Date::MAX), None);
    assert_eq!(last_retry(Date::MAX), None);
}

#[test]
fn days_are_those_of_the_calendar() {
    assert_eq!(days_since(date("2026-02-27"), date("2026-03-06")), 7);
    assert_eq!(days_since(date("2026-03-06"), date("2026-02-27")), 0);
}

#[test]
fn past_due_then_suspended() {
    let mut subscription = bought("standard", 3, Monthly, "2026-04-01");
    for (attempt, day, retry) in [
        (1, "2026-05-01", "2026-05-02"),
        (2, "2026-05-02", "2026-05-04"),
        (3, "2026-05-04", "2026-05-06"),
        (4, "2026-05-06", "2026-05-08"),
    ] {
        let decision = on(day, &subscription, failed(day)).unwrap();
        let next_retry = Some(date(retry));
        assert_eq!(
            decision.after.standing,
            Standing::PastDue {
                since: date("2026-05-01"),
                failures: attempt,
                next_retry
            }
        );
        assert_eq!(decision.tell, [Event::PaymentFailed { attempt, next_retry }]);
        // The term is what was paid for last; what is to come is the renewal that waits.
        assert_eq!(
            (&decision.after.term, &decision.charge),
            (&subscription.term, &None)
        );
        assert_eq!(next(&decision), (date(retry), eur("90.00")));
        assert_eq!(decision.after.next_step(), Some((date(retry), Step::Retry)));
        assert!(decision.after.standing.users_work() && decision.after.standing.is_overdue());
        subscription = decision.after;
    }
    let last = on("2026-05-08", &subscription, failed("2026-05-08")).unwrap();
    let since = date("2026-05-08");
    assert_eq!(last.after.standing, Standing::Suspended { since });
    assert_eq!(
        last.tell,
        [
            Event::PaymentFailed {
                attempt: 5,
                next_retry: None
            },
            Event::Suspended { on: since }
        ]
    );
    assert_eq!((&last.next_renewal, last.after.next_step()), (&None, None));
    assert!(!last.after.standing.users_work() && last.after.standing.is_overdue());
    assert_eq!(last.after.days_overdue(date("2026-05-10")), Some(9));
}

/// Nothing about it is lost: the licences are there again with the payment.
#[test]
fn suspended_then_recovered_has_the_same_licences() {
    let subscription = after(
        bought("standard", 3, Monthly, "2026-04-01"),
        [
            ("2026-05-01", failed("2026-05-01")),
            ("2026-05-08", failed("2026-05-08")),
            ("2026-05-20", paid("2026-05-20")),
        ],
    );
    assert_eq!(
        (subscription.standing, subscription.term.seats.get()),
        (Standing::Active, 3)
    );
    assert_eq!(subscription.days_overdue(date("2026-05-21")), None);
}

/// Two servers that race, or a notification that comes twice.
#[test]
fn a_failure_that_is_reported_twice_counts_once() {
    let overdue = after(
        bought("standard", 3, Monthly, "2026-04-01"),
        [("2026-05-01", failed("2026-05-01"))],
    );
    let again = on("2026-05-01", &overdue, failed("2026-05-01"));
    let next_try = Refusal::NotDue {
        on: date("2026-05-02"),
    };
    assert_eq!(again, Err(next_try));
}

#[test]
fn a_failure_before_the_renewal_or_in_the_future_is_refused() {
    let subscription = bought("standard", 3, Monthly, "2026-04-01");
    for (today, day, first) in [
        ("2026-05-01", "2026-04-30", "2026-05-01"),
        ("2026-05-01", "2026-05-02", "2026-05-02"),
    ] {
        let refused = on(today, &subscription, failed(day));
        assert_eq!(refused, Err(Refusal::NotDue { on: date(first) }));
    }
}

/// The first try comes late after days without a server: retries are counted from that day.
#[test]
fn a_renewal_that_was_tried_late_is_retried_from_then_on() {
    let overdue = after(
        bought("standard", 3, Monthly, "2026-04-01"),
        [("2026-05-06", failed("2026-05-06"))],
    );
    let standing = Standing::PastDue {
        since: date("2026-05-06"),
        failures: 1,
        next_retry: Some(date("2026-05-07")),
    };
    assert_eq!(overdue.standing, standing);
    assert_eq!(overdue.days_overdue(date("2026-05-06")), Some(5));
}

/// A retry that was never answered does not let users work for ever.
#[test]
fn suspended_the_day_after_the_last_retry_if_it_is_never_answered() {
    let overdue = after(
        bought("standard", 3, Monthly, "2026-04-01"),
        [("2026-05-01", failed("2026-05-01"))],
    );
    let too_early = Refusal::NotDue {
        on: date("2026-05-09"),
    };
    assert_eq!(on("2026-05-08", &overdue, Command::Suspend), Err(too_early));
    let decision = on("2026-05-09", &overdue, Command::Suspend).unwrap();
    let day = date("2026-05-09");
    assert_eq!(decision.after.standing, Standing::Suspended { since: day });
    assert_eq!(decision.tell, [Event::Suspended { on: day }]);
    let again = on("2026-05-10", &decision.after, Command::Suspend);
    assert_eq!(again, Err(Refusal::AlreadySuspended { since: day }));
    let failed = on("2026-05-10", &decision.after, failed("2026-05-10"));
    assert_eq!(failed, Err(Refusal::AlreadySuspended { since: day }));
}

#[test]
fn what_is_paid_is_not_suspended() {
    let subscription = bought("standard", 3, Monthly, "2026-04-01");
    assert_eq!(
        on("2026-05-09", &subscription, Command::Suspend),
        Err(Refusal::NothingOverdue)
    );
}

#[test]
fn a_subscription_without_a_retry_left_is_to_be_suspended() {
    let mut subscription = bought("standard", 3, Monthly, "2026-04-01");
    subscription.standing = Standing::PastDue {
        since: date("2026-05-01"),
        failures: 5,
        next_retry: None,
    };
    assert_eq!(
        subscription.next_step(),
        Some((date("2026-05-01"), Step::Suspend))
    );
    assert!(on("2026-05-08", &subscription, Command::Suspend).is_ok());
}

/// The ways out of a suspension: pay, pay for less, or leave.
#[test]
fn a_suspended_subscription_can_be_reduced_and_left() {
    let suspended = after(
        bought("standard", 10, Monthly, "2026-04-01"),
        [
            ("2026-05-01", failed("2026-05-01")),
            ("2026-05-09", Command::Suspend),
        ],
    );
    let reduced = on("2026-05-10", &suspended, want_seats(2)).unwrap();
    assert_eq!(reduced.next_renewal, None);
    let recovered = on("2026-05-10", &reduced.after, paid("2026-05-10")).unwrap();
    assert_eq!(recovered.charge.unwrap().net, eur("60.00"));
    let left = on("2026-05-10", &suspended, cancel()).unwrap();
    assert!(matches!(left.after.standing, Standing::Ended { .. }));
}
