//! Billing rules, "Licences and users".

#![expect(clippy::unwrap_used, reason = "a decision that should be had fails the test")]

mod sample;

use onedesk_pricing::BillingPeriod::Monthly;
use onedesk_pricing::QuoteError;
use onedesk_subscription::{Command, Event, Refusal};
use sample::{after, bought, by, charge, eur, fewer, next, price_list, seats, want_seats, with_users};

const fn refused(licences: u32, active_users: u32) -> Refusal {
    Refusal::FewerLicencesThanUsers {
        licences,
        active_users,
    }
}

#[test]
fn licences_are_no_fewer_than_active_users_when_scheduling_a_decrease() {
    let subscription = bought("standard", 10, Monthly, "2026-04-01");
    let with = |users| with_users(users, "2026-04-16", &subscription, want_seats(5));
    assert!(with(5).is_ok());
    assert_eq!(with(6), Err(refused(5, 6)));
}

#[test]
fn licences_are_no_fewer_than_active_users_when_adding_a_user() {
    let subscription = bought("standard", 3, Monthly, "2026-04-01");
    assert_eq!(subscription.check_users(3), Ok(()));
    assert_eq!(subscription.check_users(4), Err(refused(3, 4)));
    // A scheduled decrease is no limit until it comes.
    let scheduled = after(subscription, [("2026-04-16", want_seats(2))]);
    assert_eq!(scheduled.check_users(3), Ok(()));
}

#[test]
fn licences_are_no_fewer_than_active_users_when_adding_licences() {
    let subscription = bought("standard", 3, Monthly, "2026-04-01");
    let with = |users| with_users(users, "2026-04-16", &subscription, want_seats(4));
    assert!(with(4).is_ok());
    assert_eq!(with(5), Err(refused(4, 5)));
}

#[test]
fn the_refusal_names_the_numbers_and_the_ways_out() {
    assert_eq!(
        refused(5, 7).to_string(),
        "Nothing was changed: 7 users are active, and 5 licences are not enough for them. Choose at least 7 licences, \
         or deactivate users first."
    );
}

#[test]
fn more_active_users_at_the_renewal_are_billed_and_told() {
    let scheduled = after(
        bought("standard", 10, Monthly, "2026-04-01"),
        [("2026-04-16", want_seats(5))],
    );
    let renewed = with_users(7, "2026-05-01", &scheduled, Command::Renew).unwrap();
    assert_eq!(
        (renewed.after.term.seats, charge(&renewed).net),
        (seats(7), eur("210.00"))
    );
    let told = Event::Renewed {
        period: renewed.after.term.current,
        licences: seats(7),
        applied: fewer(5),
        raised_to_active_users: true,
    };
    assert_eq!(renewed.tell, [told]);
}

/// Users that were added since fewer licences were scheduled stand in the next renewal before it comes.
#[test]
fn the_next_renewal_counts_the_active_users_of_today() {
    let scheduled = after(
        bought("standard", 10, Monthly, "2026-04-01"),
        [("2026-04-16", want_seats(5))],
    );
    let decision = with_users(8, "2026-04-20", &scheduled, want_seats(11)).unwrap();
    assert_eq!(next(&decision).1, eur("240.00"));
    assert!(decision.next_renewal.unwrap().raised_to_active_users);
}

#[test]
fn as_many_active_users_as_scheduled_licences_are_nothing_to_tell() {
    let scheduled = after(
        bought("standard", 10, Monthly, "2026-04-01"),
        [("2026-04-16", want_seats(5))],
    );
    let renewed = with_users(5, "2026-05-01", &scheduled, Command::Renew).unwrap();
    assert_eq!(renewed.after.term.seats, seats(5));
    assert!(matches!(
        renewed.tell[..],
        [Event::Renewed {
            raised_to_active_users: false,
            ..
        }]
    ));
}

/// Licences that are held renew, whatever the catalog allows by now; users beyond them it has to allow.
#[test]
fn a_limit_that_was_lowered_takes_no_licences_away() {
    let subscription = bought("standard", 10, Monthly, "2026-04-01");
    let mut prices = price_list();
    prices.max_seats = seats(8);
    let with = |users| by(&prices, users, "2026-05-01", &subscription, Command::Renew);
    assert_eq!(with(10).unwrap().after.term.seats, seats(10));
    let too_many = Refusal::NotSold(QuoteError::TooManySeats { max: seats(8) });
    assert_eq!(with(11), Err(too_many));
}
