//! Billing rules, "Changes": "cancel: at the end of the period; nothing now; can be resumed until then".

#![expect(clippy::unwrap_used, reason = "a decision that should be had fails the test")]

mod sample;

use onedesk_pricing::BillingPeriod::{Annual, Monthly};
use onedesk_pricing::ScheduledChange;
use onedesk_subscription::{Command, Event, Refusal, ScheduledPart, Standing, Step};
use sample::{
    after, bought, cancel, date, eur, failed, fewer, next, on, resume, want_period, want_seats, withdraw,
};

const fn ended(day: onedesk_pricing::Date) -> Refusal {
    Refusal::Ended { on: day }
}

#[test]
fn cancel_at_the_end_of_the_period_nothing_now() {
    let subscription = bought("standard", 2, Monthly, "2026-04-01");
    let decision = on("2026-04-16", &subscription, cancel()).unwrap();
    assert_eq!((&decision.charge, &decision.next_renewal), (&None, &None));
    assert_eq!(decision.after.term, subscription.term);
    assert_eq!(decision.after.standing, Standing::Active);
    let ends_on = date("2026-05-01");
    assert_eq!(decision.tell, [Event::Cancelled { ends_on }]);
    assert_eq!(decision.after.ends_on(), Some(ends_on));
    assert_eq!(decision.after.next_step(), Some((ends_on, Step::End)));
}

#[test]
fn cancelled_can_be_resumed_until_the_end() {
    let subscription = bought("standard", 2, Monthly, "2026-04-01");
    let cancelled = after(subscription.clone(), [("2026-04-16", cancel())]);
    let resumed = on("2026-04-30", &cancelled, resume()).unwrap();
    assert_eq!(next(&resumed), (date("2026-05-01"), eur("60.00")));
    assert_eq!(
        resumed.tell,
        [Event::Resumed {
            renews_on: date("2026-05-01")
        }]
    );
    assert_eq!(resumed.after.version, subscription.version + 2);
    assert_eq!(resumed.after.ends_on(), None);
    assert_eq!(
        on("2026-05-01", &cancelled, resume()),
        Err(ended(date("2026-05-01")))
    );
    assert_eq!(
        on("2026-04-30", &subscription, resume()),
        Err(Refusal::NotCancelled)
    );
}

#[test]
fn cancelling_twice_is_refused() {
    let cancelled = after(
        bought("standard", 2, Monthly, "2026-04-01"),
        [("2026-04-16", cancel())],
    );
    let refusal = on("2026-04-17", &cancelled, cancel()).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "Nothing was changed: the subscription is cancelled and ends on 2026-05-01. To keep it, resume it before then."
    );
}

#[test]
fn a_cancelled_subscription_ends_on_its_day_and_is_not_renewed() {
    let cancelled = after(
        bought("standard", 4, Monthly, "2026-04-01"),
        [("2026-04-10", want_seats(2)), ("2026-04-16", cancel())],
    );
    let not_due = Refusal::NotDue {
        on: date("2026-05-01"),
    };
    assert_eq!(on("2026-04-30", &cancelled, Command::EndNow), Err(not_due));
    let refused = Refusal::AlreadyCancelled {
        ends_on: date("2026-05-01"),
    };
    assert_eq!(on("2026-05-01", &cancelled, Command::Renew), Err(refused));
    assert_eq!(on("2026-05-01", &cancelled, failed("2026-05-01")), Err(refused));

    // Noticed three days late: it ended on its day all the same.
    let decision = on("2026-05-04", &cancelled, Command::EndNow).unwrap();
    let day = date("2026-05-01");
    assert_eq!(decision.after.standing, Standing::Ended { on: day });
    assert_eq!((&decision.charge, &decision.next_renewal), (&None, &None));
    assert_eq!(decision.after.scheduled, ScheduledChange::default());
    assert_eq!(
        decision.tell,
        [
            Event::ChangeWithdrawn { change: fewer(2) },
            Event::Ended { on: day }
        ]
    );
    assert!(!decision.after.standing.users_work());
    assert_eq!(decision.after.next_step(), None);
}

#[test]
fn what_was_cancelled_stands_as_ended_from_its_day_on_though_nobody_noted_it() {
    let cancelled = after(
        bought("standard", 4, Monthly, "2026-04-01"),
        [("2026-04-16", cancel())],
    );
    let day = date("2026-05-01");
    assert_eq!(cancelled.standing_on(date("2026-04-30")), Standing::Active);
    for noticed in ["2026-05-01", "2026-05-04"] {
        assert_eq!(cancelled.standing_on(date(noticed)), Standing::Ended { on: day });
    }
    let noted = on("2026-05-04", &cancelled, Command::EndNow).unwrap().after;
    assert_eq!(noted.standing_on(date("2026-05-04")), Standing::Ended { on: day });
    // Nothing but a cancellation ends: an overdue renewal does not.
    let goes_on = bought("standard", 4, Monthly, "2026-04-01");
    assert_eq!(goes_on.standing_on(date("2026-06-01")), Standing::Active);
}

#[test]
fn what_is_not_cancelled_does_not_end() {
    let subscription = bought("standard", 2, Monthly, "2026-04-01");
    assert_eq!(
        on("2026-05-01", &subscription, Command::EndNow),
        Err(Refusal::NotCancelled)
    );
}

/// The renewal of today is not charged yet: who cancels before it is need not pay for another period, or another year.
#[test]
fn cancelled_on_the_day_of_renewal_it_ends_that_day() {
    let subscription = bought("standard", 2, Annual, "2026-04-01");
    let decision = on("2027-04-01", &subscription, cancel()).unwrap();
    let day = date("2027-04-01");
    assert_eq!(decision.after.standing, Standing::Ended { on: day });
    assert_eq!(
        decision.tell,
        [Event::Cancelled { ends_on: day }, Event::Ended { on: day }]
    );
    assert_eq!(on("2027-04-01", &decision.after, Command::Renew), Err(ended(day)));
}

#[test]
fn cancelled_while_overdue_or_suspended_it_ends_that_day() {
    let overdue = after(
        bought("standard", 2, Monthly, "2026-04-01"),
        [("2026-05-01", failed("2026-05-01"))],
    );
    let suspended = after(overdue.clone(), [("2026-05-09", Command::Suspend)]);
    for subscription in [overdue, suspended] {
        let decision = on("2026-05-10", &subscription, cancel()).unwrap();
        let day = date("2026-05-10");
        assert_eq!(
            (decision.after.standing, decision.charge),
            (Standing::Ended { on: day }, None)
        );
    }
}

#[test]
fn nothing_happens_to_what_has_ended() {
    let subscription = after(
        bought("standard", 2, Monthly, "2026-04-01"),
        [("2026-04-16", cancel()), ("2026-05-01", Command::EndNow)],
    );
    for command in [
        want_seats(3),
        want_seats(1),
        want_period(Annual),
        withdraw(ScheduledPart::Plan),
        cancel(),
        resume(),
        Command::Renew,
        failed("2026-05-01"),
        sample::paid("2026-05-01"),
        Command::EndNow,
        Command::Suspend,
    ] {
        assert_eq!(
            on("2026-05-02", &subscription, command.clone()),
            Err(ended(date("2026-05-01"))),
            "{command:?}"
        );
    }
}
