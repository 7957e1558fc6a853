//! Billing rules, "Changes": "what is charged is what was previewed. If it cannot be (price changed, a day passed,
//! someone else changed the subscription), the order is refused with a fresh preview, and nothing is charged".

#![expect(clippy::unwrap_used, reason = "a preview that should be had fails the test")]

mod sample;

use onedesk_pricing::BillingPeriod::Monthly;
use onedesk_pricing::{Moment, PriceList, ProrationUnit};
use onedesk_subscription::{
    Command, Facts, Preview, Refusal, Seen, Subscription, Unconfirmed, confirm, decide, preview,
};
use sample::{after, bought, cancel, date, eur, paid, price_list, seats, want_plan, want_seats};

fn day(on: &str) -> Moment {
    Moment::Day { on: date(on) }
}

const fn facts(prices: &PriceList, moment: Moment) -> Facts<'_> {
    Facts {
        prices,
        moment,
        active_users: 1,
    }
}

fn fresh(result: Result<onedesk_subscription::Decision, Unconfirmed>) -> Preview {
    match result {
        Err(Unconfirmed::Stale(preview)) => *preview,
        other => panic!("a fresh preview was expected: {other:?}"),
    }
}

fn subscription() -> Subscription {
    bought("standard", 3, Monthly, "2026-04-01")
}

#[test]
fn what_is_charged_is_what_was_previewed() {
    let (prices, subscription, command) = (price_list(), subscription(), want_plan("premium"));
    let facts = facts(&prices, day("2026-04-16"));
    let shown = preview(&subscription, &command, &facts).unwrap();
    let seen = Seen {
        moment: day("2026-04-16"),
        version: 1,
        price_list_version: "2026-01".to_owned(),
        net: eur("45.00"),
    };
    assert_eq!(shown.seen, seen);
    assert_eq!(
        confirm(&subscription, &command, &facts, &shown.seen),
        Ok(shown.decision.clone())
    );
    assert_eq!(decide(&subscription, &command, &facts), Ok(shown.decision));
}

#[test]
fn what_charges_nothing_is_previewed_too() {
    let (prices, subscription) = (price_list(), subscription());
    let shown = preview(&subscription, &cancel(), &facts(&prices, day("2026-04-16"))).unwrap();
    assert_eq!((shown.seen.net, shown.decision.charge), (eur("0"), None));
}

/// What the account owner is asked to pay to recover.
#[test]
fn a_recovery_is_previewed_too() {
    let prices = price_list();
    let overdue = after(subscription(), [("2026-05-01", sample::failed("2026-05-01"))]);
    let shown = preview(&overdue, &paid("2026-05-02"), &facts(&prices, day("2026-05-02"))).unwrap();
    assert_eq!(shown.seen.net, eur("90.00"));
}

#[test]
fn a_day_passed_so_the_confirmation_is_refused_with_a_fresh_preview() {
    let (prices, subscription, command) = (price_list(), subscription(), want_seats(4));
    let yesterday = preview(&subscription, &command, &facts(&prices, day("2026-04-16"))).unwrap();
    let today = facts(&prices, day("2026-04-17"));
    let fresh = fresh(confirm(&subscription, &command, &today, &yesterday.seen));
    assert_eq!(fresh.seen.net, eur("14.00"));
    assert!(confirm(&subscription, &command, &today, &fresh.seen).is_ok());
    // A change that charges nothing as well: a day later it may mean another renewal.
    let shown = preview(&subscription, &cancel(), &facts(&prices, day("2026-04-16"))).unwrap();
    let late = confirm(&subscription, &cancel(), &today, &shown.seen);
    assert!(matches!(late, Err(Unconfirmed::Stale(_))));
}

#[test]
fn someone_else_changed_the_subscription_so_the_second_gets_a_fresh_preview() {
    let (prices, subscription) = (price_list(), subscription());
    let facts = facts(&prices, day("2026-04-16"));
    let (mine, theirs) = (want_seats(5), want_seats(4));
    let shown = preview(&subscription, &mine, &facts).unwrap();
    let changed = decide(&subscription, &theirs, &facts).unwrap().after;
    let fresh = fresh(confirm(&changed, &mine, &facts, &shown.seen));
    assert_eq!((fresh.seen.version, fresh.seen.net), (2, eur("15.00")));
    // The same change, made by both at the same time: there is nothing left to do.
    let shown = preview(&subscription, &theirs, &facts).unwrap();
    let second = confirm(&changed, &theirs, &facts, &shown.seen);
    assert_eq!(second, Err(Unconfirmed::Refused(Refusal::NoChange)));
}

#[test]
fn a_price_changed_so_the_confirmation_is_refused_with_a_fresh_preview() {
    let (mut prices, subscription, command) = (price_list(), subscription(), want_plan("premium"));
    let shown = preview(&subscription, &command, &facts(&prices, day("2026-04-16"))).unwrap();
    prices.plans[1].prices[0].monthly = eur("66.00");
    let dearer = facts(&prices, day("2026-04-16"));
    assert_eq!(
        fresh(confirm(&subscription, &command, &dearer, &shown.seen))
            .seen
            .net,
        eur("54.00")
    );
    // Added licences cost what the others did; but the next renewal, which was shown with it, is another one.
    let added = preview(&subscription, &want_seats(4), &dearer).unwrap();
    prices.version = "2026-02".to_owned();
    let newer = facts(&prices, day("2026-04-16"));
    let stale = confirm(&subscription, &want_seats(4), &newer, &added.seen);
    assert_eq!(fresh(stale).seen.price_list_version, "2026-02");
}

#[test]
fn an_amount_that_nobody_was_shown_is_not_confirmed() {
    let (prices, subscription, command) = (price_list(), subscription(), want_seats(4));
    let facts = facts(&prices, day("2026-04-16"));
    let mut seen = preview(&subscription, &command, &facts).unwrap().seen;
    seen.net = eur("0.01");
    assert_eq!(
        fresh(confirm(&subscription, &command, &facts, &seen)).seen.net,
        eur("15.00")
    );
}

/// By second, time passes between looking and confirming: what was seen is charged, for the rest of the day.
#[test]
fn by_second_the_instant_that_was_seen_is_charged() {
    let mut prices = price_list();
    prices.proration = ProrationUnit::Second;
    let (subscription, command) = (subscription(), want_seats(4));
    let (start, end) = (1_775_001_600, 1_777_593_600);
    let at = |on: &str, at| Moment::Second {
        on: date(on),
        start,
        end,
        at,
    };
    let noon = 1_776_340_800;
    let shown = preview(&subscription, &command, &facts(&prices, at("2026-04-16", noon))).unwrap();
    let confirm_at =
        |moment: Moment, seen: &Seen| confirm(&subscription, &command, &facts(&prices, moment), seen);
    let later = confirm_at(at("2026-04-16", noon + 3600), &shown.seen).unwrap();
    assert_eq!(later, shown.decision);
    // Neither on another day, nor for an instant that is still to come, nor for instants of the browser's own.
    assert!(matches!(
        confirm_at(at("2026-04-17", noon + 86_400), &shown.seen),
        Err(Unconfirmed::Stale(_))
    ));
    assert!(matches!(
        confirm_at(at("2026-04-16", noon - 1), &shown.seen),
        Err(Unconfirmed::Stale(_))
    ));
    let mut forged = shown.seen;
    forged.moment = Moment::Second {
        on: date("2026-04-16"),
        start: start - 1_000_000_000,
        end,
        at: noon,
    };
    assert!(matches!(
        confirm_at(at("2026-04-16", noon), &forged),
        Err(Unconfirmed::Stale(_))
    ));
}

#[test]
fn a_confirmation_of_what_cannot_be_made_any_more_is_refused() {
    let (prices, subscription) = (price_list(), subscription());
    let shown = preview(&subscription, &cancel(), &facts(&prices, day("2026-04-16"))).unwrap();
    let cancelled = after(subscription, [("2026-04-16", cancel())]);
    let again = confirm(
        &cancelled,
        &cancel(),
        &facts(&prices, day("2026-04-16")),
        &shown.seen,
    );
    let ends_on = date("2026-05-01");
    assert_eq!(
        again,
        Err(Unconfirmed::Refused(Refusal::AlreadyCancelled { ends_on }))
    );
}

#[test]
fn a_preview_changes_nothing() {
    let (prices, subscription) = (price_list(), subscription());
    let before = subscription.clone();
    let shown = preview(&subscription, &want_seats(9), &facts(&prices, day("2026-04-16"))).unwrap();
    assert_eq!(
        (subscription, shown.decision.after.term.seats),
        (before, seats(9))
    );
    assert!(matches!(want_seats(9), Command::Request(_)));
}
