//! What is shown of a change before it is made. Rules: *Changes*, *Money*, *Licences and users*.

#![expect(clippy::unwrap_used, reason = "what should be had fails the test")]

use onedesk_contract::subscription::SubscriptionDetails;
use onedesk_contract::tax::{Country, Rate, Treatment, TreatmentKind};
use onedesk_pricing::BillingPeriod::{self, Annual, Monthly};
use onedesk_pricing::{
    Choice, Currency, Date, Moment, Money, Period, PlanId, PriceList, ProrationUnit, Seats, Term,
};
use onedesk_subscription::{Request, ScheduledPart, Standing, Subscription, Wanted};
use serde_json::Value;

use super::doing::{Doing, doings};
use super::outlook::{NO_CHANGE, NOT_SOLD, Outlook, TOO_FEW_LICENCES};

fn eur(text: &str) -> Money {
    Money::parse(text, Currency::EUR).unwrap()
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn seats(count: u32) -> Seats {
    Seats::new(count).unwrap()
}

/// Three plans at 30, 60 and 90 EUR a month, or 24, 48 and 72 billed annually; the lowest in USD too.
fn prices() -> PriceList {
    serde_json::from_str(
        r#"{"version":"7","currencies":["EUR","USD"],"max_seats":500,"trial":{"days":14,"plan":"premium"},
        "proration":"day","plans":[
        {"id":"standard","prices":[
          {"currency":"EUR","monthly":{"minor":3000,"currency":"EUR"},"annual":{"minor":2400,"currency":"EUR"}},
          {"currency":"USD","monthly":{"minor":3500,"currency":"USD"},"annual":{"minor":2800,"currency":"USD"}}]},
        {"id":"premium","prices":[
          {"currency":"EUR","monthly":{"minor":6000,"currency":"EUR"},"annual":{"minor":4800,"currency":"EUR"}}]},
        {"id":"enterprise","prices":[
          {"currency":"EUR","monthly":{"minor":9000,"currency":"EUR"},"annual":{"minor":7200,"currency":"EUR"}}]}]}"#,
    )
    .unwrap()
}

/// Seen on a day, with 20 % of tax, by one active user.
fn seen_on(day: &str, subscription: Subscription) -> SubscriptionDetails {
    SubscriptionDetails {
        subscription,
        moment: Moment::Day { on: date(day) },
        active_users: 1,
        overdue: None,
        next_renewal: None,
        credits: Vec::new(),
        payment_method: None,
        treatment: Treatment {
            kind: TreatmentKind::Domestic,
            rate: Rate::from_basis_points(2000),
            country: Country::parse("FR").unwrap(),
        },
    }
}

fn bought(plan: &str, count: u32, period: BillingPeriod, on: &str) -> Subscription {
    let choice = Choice {
        plan: plan.parse().unwrap(),
        seats: seats(count),
        period,
        currency: Currency::EUR,
    };
    let price = prices().unit_price(&choice.plan, Currency::EUR, period).unwrap();
    Subscription::begin(Term::begin(&choice, price, date(on)).unwrap())
}

/// 3 licences of the lowest plan, bought on 1 April 2026, looked at when 15 of 30 days are left.
fn half_of_april() -> SubscriptionDetails {
    seen_on("2026-04-16", bought("standard", 3, Monthly, "2026-04-01"))
}

fn want_seats(count: u32) -> Request {
    Request::Change(Wanted {
        seats: Some(seats(count)),
        ..Wanted::default()
    })
}

fn want_plan(plan: &str) -> Request {
    Request::Change(Wanted {
        plan: Some(plan.parse::<PlanId>().unwrap()),
        ..Wanted::default()
    })
}

fn want_period(period: BillingPeriod) -> Request {
    Request::Change(Wanted {
        period: Some(period),
        ..Wanted::default()
    })
}

fn outlook(details: &SubscriptionDetails, request: Request) -> Outlook {
    Outlook::of(details, &prices(), request).unwrap()
}

fn refused(details: &SubscriptionDetails, request: Request) -> &'static str {
    Outlook::of(details, &prices(), request).unwrap_err()
}

fn done(details: &SubscriptionDetails, outlook: &Outlook) -> Vec<Doing> {
    doings(&details.subscription, &outlook.after)
}

/// The day and amount of the next renewal.
fn next(outlook: &Outlook) -> (Date, Money) {
    let next = outlook.next_renewal.as_ref().unwrap();
    (next.on, next.totals.due)
}

fn examples(kind: &str) -> Vec<Value> {
    let all = include_str!("../../crates/pricing/tests/data/worked-examples.json");
    let all: Value = serde_json::from_str(all).unwrap();
    all[kind].as_array().unwrap().clone()
}

fn text<'a>(example: &'a Value, key: &str) -> &'a str {
    example[key].as_str().unwrap()
}

#[test]
fn the_worked_examples_by_day_are_what_the_screen_shows() {
    for example in examples("by_day") {
        let day = |at: usize| date(example["period"][at].as_str().unwrap());
        let current = Period {
            start: day(0),
            end: day(1),
        };
        let amount = eur(text(&example, "amount"));
        // A whole year is twelve months of a twelfth.
        let (period, months) = if current.start.until(current.end).unwrap().get_days() > 31 {
            (Annual, 12)
        } else {
            (Monthly, 1)
        };
        let mut subscription = bought("standard", 1, period, "2020-01-01");
        subscription.term.unit_price = Money::new(amount.minor / months, Currency::EUR);
        subscription.term.anchor = current.start;
        subscription.term.current = current;
        let shown = outlook(&seen_on(text(&example, "from"), subscription), want_seats(2));
        let expected = eur(text(&example, "expected"));
        assert_eq!(shown.today.unwrap().net, expected, "{}", text(&example, "source"));
        assert_eq!(shown.lines.len(), 1);
        let tax = shown.treatment.tax_on(expected).unwrap();
        assert_eq!(shown.due(), expected.checked_add(tax).unwrap());
    }
}

#[test]
fn the_worked_examples_by_second_are_what_the_screen_shows() {
    for example in examples("by_second") {
        let mut list = prices();
        list.proration = ProrationUnit::Second;
        for (plan, price) in [(0, "old"), (1, "new")] {
            list.plans[plan].prices[0].monthly = eur(text(&example, price));
        }
        let mut subscription = bought("standard", 1, Monthly, "2020-08-06");
        subscription.term.unit_price = eur(text(&example, "old"));
        let mut details = seen_on("2020-09-01", subscription);
        details.moment = Moment::Second {
            on: date("2020-09-01"),
            start: example["period"][0].as_i64().unwrap(),
            end: example["period"][1].as_i64().unwrap(),
            at: example["at"].as_i64().unwrap(),
        };
        let shown = Outlook::of(&details, &list, want_plan("premium")).unwrap();
        let amounts: Vec<Money> = shown.lines.iter().map(|line| line.amount).collect();
        let credit = eur(text(&example, "credit")).checked_neg().unwrap();
        assert_eq!(amounts, [credit, eur(text(&example, "debit"))]);
    }
}

#[test]
fn more_licences_at_once_prorated_with_tax_and_the_renewal_date_does_not_move() {
    let details = half_of_april();
    let shown = outlook(&details, want_seats(5));
    let today = shown.today.unwrap();
    // 2 licences × 30.00 × 15/30 days
    assert_eq!(
        (today.net, today.tax, today.due),
        (eur("30.00"), eur("6.00"), eur("36.00"))
    );
    assert_eq!(next(&shown), (date("2026-05-01"), eur("180.00")));
    assert!(!shown.anchor_moves);
    assert_eq!(
        done(&details, &shown),
        [Doing::AddLicences { added: 2, total: 5 }]
    );
}

#[test]
fn what_is_confirmed_is_what_was_seen() {
    let shown = outlook(&half_of_april(), want_seats(5));
    let confirmation = shown.confirmation();
    assert_eq!(confirmation.request, want_seats(5));
    assert_eq!(confirmation.expected_due, eur("36.00"));
    assert_eq!(confirmation.seen, shown.seen);
    assert_eq!(
        (
            shown.seen.version,
            shown.seen.net,
            shown.seen.price_list_version.as_str()
        ),
        (1, eur("30.00"), "7")
    );
}

#[test]
fn account_credit_is_used_up_before_the_card_and_what_is_left_pays_for_the_renewal() {
    let mut details = half_of_april();
    details.credits = vec![Money::parse("500.00", Currency::USD).unwrap(), eur("100.00")];
    let shown = outlook(&details, want_seats(5));
    let today = shown.today.unwrap();
    assert_eq!((today.credit_used, today.due), (eur("36.00"), eur("0.00")));
    assert_eq!(shown.due(), eur("0.00"));
    // 5 × 30.00 with 20 %, less the 64.00 that are left.
    assert_eq!(next(&shown), (date("2026-05-01"), eur("116.00")));
}

#[test]
fn a_higher_plan_at_once_one_line_of_credit_one_line_of_charge() {
    let details = half_of_april();
    let shown = outlook(&details, want_plan("premium"));
    let amounts: Vec<Money> = shown.lines.iter().map(|line| line.amount).collect();
    assert_eq!(amounts, [eur("-45.00"), eur("90.00")]);
    assert_eq!(shown.due(), eur("54.00"));
    let premium = "premium".parse().unwrap();
    assert_eq!(done(&details, &shown), [Doing::RaisePlan(premium)]);
}

#[test]
fn due_is_never_below_zero_the_rest_becomes_account_credit() {
    let mut details = half_of_april();
    // Bought dearer than the higher plan is by now.
    details.subscription.term.unit_price = eur("100.00");
    let shown = outlook(&details, want_plan("premium"));
    let today = shown.today.unwrap();
    assert_eq!(
        (today.gross, today.credit_added, today.due),
        (eur("-72.00"), eur("72.00"), eur("0.00"))
    );
    // 3 × 60.00 with 20 %, less the new credit.
    assert_eq!(next(&shown), (date("2026-05-01"), eur("144.00")));
}

#[test]
fn monthly_to_annual_starts_a_full_period_today_and_the_preview_says_that_the_anchor_moves() {
    let details = half_of_april();
    let shown = outlook(&details, want_period(Annual));
    assert!(shown.anchor_moves);
    // 3 × 24.00 × 12 less 45.00, with 20 %
    assert_eq!(shown.due(), eur("982.80"));
    assert_eq!(next(&shown), (date("2027-04-16"), eur("1036.80")));
    assert_eq!(done(&details, &shown), [Doing::GoAnnual]);
}

#[test]
fn fewer_licences_at_the_next_renewal_nothing_now() {
    let details = half_of_april();
    let shown = outlook(&details, want_seats(2));
    assert_eq!((shown.today, shown.due()), (None, eur("0.00")));
    assert!(shown.lines.is_empty());
    assert_eq!(next(&shown), (date("2026-05-01"), eur("72.00")));
    assert_eq!(done(&details, &shown), [Doing::Schedule(ScheduledPart::Seats)]);
}

#[test]
fn another_currency_waits_and_renews_at_its_own_price_with_its_own_credit() {
    let mut details = half_of_april();
    details.credits = vec![Money::parse("26.00", Currency::USD).unwrap(), eur("9.00")];
    let shown = outlook(
        &details,
        Request::Change(Wanted {
            currency: Some(Currency::USD),
            ..Wanted::default()
        }),
    );
    assert_eq!(
        next(&shown),
        (date("2026-05-01"), Money::parse("100.00", Currency::USD).unwrap())
    );
}

#[test]
fn a_change_with_two_times_does_one_thing_today_and_one_at_the_renewal() {
    let details = half_of_april();
    let both = Request::Change(Wanted {
        plan: Some("premium".parse().unwrap()),
        seats: Some(seats(2)),
        ..Wanted::default()
    });
    let shown = outlook(&details, both);
    assert_eq!(shown.due(), eur("54.00"));
    assert_eq!(
        done(&details, &shown),
        [
            Doing::RaisePlan("premium".parse().unwrap()),
            Doing::Schedule(ScheduledPart::Seats)
        ]
    );
}

#[test]
fn other_changes_do_not_drop_what_is_scheduled_and_it_can_be_withdrawn() {
    let mut details = half_of_april();
    details.subscription = outlook(&details, want_seats(2)).after;
    let shown = outlook(&details, want_plan("premium"));
    assert_eq!(shown.after.scheduled.seats, Some(seats(2)));
    assert_eq!(done(&details, &shown).len(), 1);
    // 2 × 60.00 with 20 %
    assert_eq!(next(&shown), (date("2026-05-01"), eur("144.00")));

    let shown = outlook(&details, Request::Withdraw(ScheduledPart::Seats));
    assert_eq!(done(&details, &shown), [Doing::Withdraw(ScheduledPart::Seats)]);
    assert_eq!(next(&shown), (date("2026-05-01"), eur("108.00")));
}

#[test]
fn cancel_at_the_end_of_the_period_and_resume_until_then() {
    let mut details = half_of_april();
    let shown = outlook(&details, Request::Cancel);
    assert_eq!((shown.due(), &shown.next_renewal), (eur("0.00"), &None));
    assert_eq!(
        done(&details, &shown),
        [Doing::Cancel {
            ends_on: date("2026-05-01")
        }]
    );
    details.subscription = shown.after;
    let shown = outlook(&details, Request::Resume);
    assert_eq!(done(&details, &shown), [Doing::Resume]);
    assert_eq!(next(&shown), (date("2026-05-01"), eur("108.00")));
}

#[test]
fn what_cannot_be_made_says_why_in_the_word_of_the_server() {
    let details = half_of_april();
    assert_eq!(refused(&details, Request::Change(Wanted::default())), NO_CHANGE);
    assert_eq!(refused(&details, want_seats(3)), NO_CHANGE);
    assert_eq!(refused(&details, want_seats(501)), NOT_SOLD);
    let annual_and_fewer = Request::Change(Wanted {
        seats: Some(seats(1)),
        period: Some(Annual),
        ..Wanted::default()
    });
    assert_eq!(refused(&details, annual_and_fewer), "mixed-timing");
    assert_eq!(refused(&details, Request::Resume), "not-possible");

    let crowded = SubscriptionDetails {
        active_users: 3,
        ..details.clone()
    };
    assert_eq!(refused(&crowded, want_seats(2)), TOO_FEW_LICENCES);

    let mut overdue = details.clone();
    overdue.moment = Moment::Day {
        on: date("2026-05-02"),
    };
    assert_eq!(refused(&overdue, want_seats(5)), "renewal-due");
    overdue.subscription.standing = Standing::PastDue {
        since: date("2026-05-01"),
        failures: 1,
        next_retry: Some(date("2026-05-02")),
    };
    assert_eq!(refused(&overdue, want_seats(5)), "payment-overdue");

    let mut cancelled = details;
    cancelled.subscription.cancels_at_period_end = true;
    assert_eq!(refused(&cancelled, want_seats(2)), "already-cancelled");
}

#[test]
fn without_tax_nothing_is_added() {
    let mut details = half_of_april();
    details.treatment.kind = TreatmentKind::ReverseCharge;
    details.treatment.rate = Rate::ZERO;
    assert_eq!(outlook(&details, want_seats(5)).due(), eur("30.00"));
}
