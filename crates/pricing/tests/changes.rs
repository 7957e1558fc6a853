//! Changes that take effect at once: lines, amounts, dates, account credit; and what is refused.

#![expect(clippy::unwrap_used, reason = "a preview that should be had fails the test")]

mod sample;

use onedesk_pricing::BillingPeriod::{Annual, Monthly};
use onedesk_pricing::{
    BillingPeriod, ChangeError, ChangePreview, ChangeTiming, Choice, Currency, Date, Fraction,
    InvoiceAmounts, Line, LineKind, Moment, Money, MoneyError, Period, ProrationError, ProrationUnit,
    QuoteError, Seats, SeatsError, Term, add_seats, classify, preview_change, raise_plan, switch_to_annual,
};
use proptest::prelude::*;
use sample::{EUR, bought, choice, date, eur, period, plan, price_list, seats};

fn on(day: &str) -> Moment {
    Moment::Day { on: date(day) }
}

fn nothing() -> Money {
    Money::zero(EUR)
}

fn kinds_and_amounts(preview: &ChangePreview) -> Vec<(LineKind, Money)> {
    preview
        .lines
        .iter()
        .map(|line: &Line| (line.kind, line.amount))
        .collect()
}

fn days(numerator: i64, denominator: i64) -> Fraction {
    Fraction {
        numerator,
        denominator,
        unit: ProrationUnit::Day,
    }
}

#[test]
fn added_seats_are_one_line_to_the_end_of_the_period() {
    let term = bought(&choice("premium", 5, Annual), "2025-01-01");
    let preview = add_seats(&price_list(), &term, seats(3), on("2025-02-15"), nothing()).unwrap();
    // The rule's own example: 3 licences × 11.99 × 12 months × 320/365 days = 378.4241…
    let line = &preview.lines[0];
    assert_eq!(
        (line.kind, line.seats, line.months),
        (LineKind::AddedSeats, seats(3), 12)
    );
    assert_eq!(
        (line.unit_price, line.fraction),
        (eur("11.99"), Some(days(320, 365)))
    );
    assert_eq!(line.amount, eur("378.42"));
    assert_eq!(
        (preview.lines.len(), preview.total, preview.due),
        (1, eur("378.42"), eur("378.42"))
    );
    assert_eq!(preview.term.seats, seats(8));
    assert_eq!(preview.moment, on("2025-02-15"));
    // The day of renewal does not move.
    assert_eq!(
        (preview.renews_on, preview.anchor_moves),
        (date("2026-01-01"), false)
    );
    assert_eq!(
        (preview.current_period, preview.anchor),
        (term.current, term.anchor)
    );
}

#[test]
fn added_seats_cost_what_the_others_were_bought_at() {
    let term = Term {
        unit_price: eur("10.00"),
        ..bought(&choice("premium", 5, Monthly), "2026-04-01")
    };
    let preview = add_seats(&price_list(), &term, seats(1), on("2026-04-16"), nothing()).unwrap();
    assert_eq!(
        (preview.due, preview.term.unit_price),
        (eur("5.00"), eur("10.00"))
    );
}

#[test]
fn seats_can_be_added_to_a_plan_that_is_no_longer_sold() {
    let mut list = price_list();
    let term = bought(&choice("standard", 5, Monthly), "2026-04-01");
    list.plans.remove(0);
    let preview = add_seats(&list, &term, seats(1), on("2026-04-01"), nothing()).unwrap();
    assert_eq!(preview.due, eur("11.99"));
    // But neither plan is then known to be the higher one.
    let raised = raise_plan(&list, &term, &plan("premium"), on("2026-04-01"), nothing());
    assert_eq!(raised, Err(ChangeError::Quote(QuoteError::UnknownPlan)));
}

#[test]
fn a_seat_added_on_the_first_and_on_the_last_day() {
    let term = bought(&choice("standard", 1, Monthly), "2026-04-01");
    let due = |day| {
        add_seats(&price_list(), &term, seats(1), on(day), nothing())
            .unwrap()
            .due
    };
    assert_eq!(due("2026-04-01"), eur("11.99"));
    assert_eq!(due("2026-04-30"), eur("0.40"));
}

#[test]
fn a_higher_plan_credits_the_rest_of_the_old_one() {
    let term = bought(&choice("standard", 4, Monthly), "2026-04-01");
    let preview = raise_plan(
        &price_list(),
        &term,
        &plan("enterprise"),
        on("2026-04-11"),
        nothing(),
    )
    .unwrap();
    // 47.96 × 20/30 = 31.973…; 91.96 × 20/30 = 61.306…
    assert_eq!(
        kinds_and_amounts(&preview),
        [
            (LineKind::UnusedCredit, eur("-31.97")),
            (LineKind::RemainingCharge, eur("61.31"))
        ]
    );
    assert_eq!(preview.due, eur("29.34"));
    assert!(
        preview
            .lines
            .iter()
            .all(|line| line.fraction == Some(days(20, 30)))
    );
    assert_eq!(
        (&preview.lines[0].plan, preview.lines[0].unit_price),
        (&plan("standard"), eur("11.99"))
    );
    assert_eq!(
        (&preview.lines[1].plan, preview.lines[1].unit_price),
        (&plan("enterprise"), eur("22.99"))
    );
    assert_eq!(
        (&preview.term.plan, preview.term.unit_price),
        (&plan("enterprise"), eur("22.99"))
    );
    assert_eq!(
        (preview.renews_on, preview.anchor_moves),
        (date("2026-05-01"), false)
    );
}

#[test]
fn the_credit_is_what_was_paid_not_what_it_costs_today() {
    let term = Term {
        unit_price: eur("6.00"),
        ..bought(&choice("standard", 1, Monthly), "2026-04-01")
    };
    let preview = raise_plan(
        &price_list(),
        &term,
        &plan("premium"),
        on("2026-04-16"),
        nothing(),
    )
    .unwrap();
    assert_eq!(preview.lines[0].amount, eur("-3.00"));
}

/// A price that fell: more is credited than the higher plan costs. Nothing is paid out, and nothing is lost.
#[test]
fn due_is_never_below_zero_and_the_rest_becomes_credit() {
    let term = Term {
        unit_price: eur("30.00"),
        ..bought(&choice("standard", 1, Monthly), "2026-04-01")
    };
    let preview = raise_plan(
        &price_list(),
        &term,
        &plan("premium"),
        on("2026-04-16"),
        eur("1.00"),
    )
    .unwrap();
    // −15.00 + 7.995
    assert_eq!(preview.total, eur("-7.00"));
    assert_eq!((preview.due, preview.credit_used), (eur("0"), eur("0")));
    assert_eq!(
        (preview.credit_added, preview.credit_left),
        (eur("7.00"), eur("8.00"))
    );
}

#[test]
fn monthly_to_annual_starts_a_full_year_on_the_day() {
    let term = bought(&choice("premium", 2, Monthly), "2026-01-31");
    let preview = switch_to_annual(&price_list(), &term, on("2026-02-14"), nothing()).unwrap();
    // 31.98 × 14/28; 11.99 × 12 × 2.
    assert_eq!(
        kinds_and_amounts(&preview),
        [
            (LineKind::UnusedCredit, eur("-15.99")),
            (LineKind::Subscription, eur("287.76"))
        ]
    );
    assert_eq!(
        (preview.lines[0].fraction, preview.lines[1].fraction),
        (Some(days(14, 28)), None)
    );
    assert_eq!((preview.lines[0].months, preview.lines[1].months), (1, 12));
    assert_eq!(preview.due, eur("271.77"));
    assert_eq!((preview.anchor, preview.anchor_moves), (date("2026-02-14"), true));
    assert_eq!(preview.current_period, period("2026-02-14", "2027-02-14"));
    assert_eq!(
        (preview.renews_on, preview.term.unit_price),
        (date("2027-02-14"), eur("11.99"))
    );
}

#[test]
fn monthly_to_annual_on_the_day_of_purchase_moves_no_anchor() {
    let term = bought(&choice("premium", 2, Monthly), "2026-01-31");
    let preview = switch_to_annual(&price_list(), &term, on("2026-01-31"), nothing()).unwrap();
    assert!(!preview.anchor_moves);
    assert_eq!(preview.due, eur("255.78")); // the whole month is credited
}

#[test]
fn several_changes_at_once_make_one_preview() {
    let term = bought(&choice("standard", 2, Monthly), "2026-04-01");
    let wanted = choice("premium", 5, Monthly);
    let preview = preview_change(&price_list(), &term, &wanted, on("2026-04-16"), nothing()).unwrap();
    assert_eq!(
        kinds_and_amounts(&preview),
        [
            (LineKind::UnusedCredit, eur("-11.99")),
            (LineKind::RemainingCharge, eur("39.98"))
        ]
    );
    assert_eq!(
        (preview.lines[0].seats, preview.lines[1].seats),
        (seats(2), seats(5))
    );

    let wanted = choice("premium", 5, Annual);
    let preview = preview_change(&price_list(), &term, &wanted, on("2026-04-16"), nothing()).unwrap();
    assert_eq!(preview.due, eur("707.41")); // 719.40 − 11.99
    assert_eq!(preview.term.choice(), wanted);
}

#[test]
fn account_credit_is_used_before_the_card() {
    let term = bought(&choice("standard", 1, Monthly), "2026-04-01");
    let amounts = |credit| {
        let preview = add_seats(&price_list(), &term, seats(1), on("2026-04-01"), eur(credit)).unwrap();
        (preview.credit_used, preview.due, preview.credit_left)
    };
    assert_eq!(amounts("0"), (eur("0"), eur("11.99"), eur("0")));
    assert_eq!(amounts("5.00"), (eur("5.00"), eur("6.99"), eur("0")));
    assert_eq!(amounts("11.99"), (eur("11.99"), eur("0"), eur("0")));
    assert_eq!(amounts("20.00"), (eur("11.99"), eur("0"), eur("8.01")));
}

#[test]
fn credit_must_be_credit_in_the_same_currency() {
    let term = bought(&choice("standard", 1, Monthly), "2026-04-01");
    let with = |credit| add_seats(&price_list(), &term, seats(1), on("2026-04-01"), credit).unwrap_err();
    assert_eq!(with(eur("-0.01")), ChangeError::NegativeCredit);
    let mismatch = MoneyError::CurrencyMismatch {
        left: Currency::JPY,
        right: EUR,
    };
    assert_eq!(
        with(Money::new(100, Currency::JPY)),
        ChangeError::Quote(QuoteError::Money(mismatch))
    );
}

#[test]
fn prorated_by_second_if_the_catalog_says_so() {
    let mut list = price_list();
    list.proration = ProrationUnit::Second;
    let term = Term {
        unit_price: eur("10.00"),
        ..bought(&choice("standard", 1, Monthly), "2020-08-06")
    };
    list.plans[1].prices[0].monthly = eur("32.52");
    let at = |at| Moment::Second {
        on: date("2020-09-01"),
        start: 1_596_749_288,
        end: 1_599_427_688,
        at,
    };
    let preview = raise_plan(&list, &term, &plan("premium"), at(1_598_982_148), nothing()).unwrap();
    assert_eq!(
        kinds_and_amounts(&preview),
        [
            (LineKind::UnusedCredit, eur("-1.66")),
            (LineKind::RemainingCharge, eur("5.41"))
        ]
    );
    assert_eq!(preview.due, eur("3.75"));
    let unit = ProrationUnit::Second;
    let fraction = Fraction {
        numerator: 445_540,
        denominator: 2_678_400,
        unit,
    };
    assert_eq!(preview.lines[0].fraction, Some(fraction));

    let late = raise_plan(&list, &term, &plan("premium"), at(1_599_427_688), nothing());
    assert_eq!(late, Err(ChangeError::Proration(ProrationError::OutsidePeriod)));
    let by_day = raise_plan(&list, &term, &plan("premium"), on("2020-09-01"), nothing());
    assert_eq!(by_day, Err(ChangeError::WrongUnit));
}

#[test]
fn each_change_has_its_time() {
    let list = price_list();
    let monthly = bought(&choice("premium", 5, Monthly), "2026-04-01");
    let annual = bought(&choice("premium", 5, Annual), "2026-04-01");
    let timing = |term: &Term, wanted: &Choice| classify(&list, term, wanted);
    for (term, wanted) in [
        (&monthly, choice("premium", 6, Monthly)),
        (&monthly, choice("enterprise", 5, Monthly)),
        (&monthly, choice("premium", 5, Annual)),
        (&monthly, choice("enterprise", 9, Annual)),
        (&annual, choice("enterprise", 6, Annual)),
    ] {
        assert_eq!(timing(term, &wanted), Ok(ChangeTiming::AtOnce), "{wanted:?}");
    }
    for (term, wanted) in [
        (&monthly, choice("premium", 4, Monthly)),
        (&monthly, choice("standard", 5, Monthly)),
        (&annual, choice("premium", 5, Monthly)),
        (&annual, choice("standard", 1, Monthly)),
        (
            &monthly,
            Choice {
                currency: Currency::JPY,
                ..monthly.choice()
            },
        ),
    ] {
        assert_eq!(timing(term, &wanted), Ok(ChangeTiming::AtRenewal), "{wanted:?}");
        let preview = preview_change(&list, term, &wanted, on("2026-04-02"), nothing());
        assert_eq!(preview, Err(ChangeError::AtRenewal), "{wanted:?}");
    }
    for (term, wanted) in [
        (&monthly, choice("enterprise", 4, Monthly)),
        (&monthly, choice("standard", 6, Monthly)),
        (&monthly, choice("premium", 4, Annual)),
        (&annual, choice("premium", 6, Monthly)),
        (
            &monthly,
            Choice {
                currency: Currency::JPY,
                ..choice("premium", 6, Monthly)
            },
        ),
    ] {
        assert_eq!(timing(term, &wanted), Err(ChangeError::MixedTiming), "{wanted:?}");
    }
    assert_eq!(timing(&monthly, &monthly.choice()), Err(ChangeError::NoChange));
    let unknown = timing(&monthly, &choice("gold", 5, Monthly));
    assert_eq!(unknown, Err(ChangeError::Quote(QuoteError::UnknownPlan)));
}

#[test]
fn a_change_that_is_none_or_waits_is_not_previewed() {
    let (list, day) = (price_list(), on("2026-04-02"));
    let annual = bought(&choice("premium", 5, Annual), "2026-04-01");
    assert_eq!(
        switch_to_annual(&list, &annual, day, nothing()),
        Err(ChangeError::NoChange)
    );
    assert_eq!(
        raise_plan(&list, &annual, &plan("premium"), day, nothing()),
        Err(ChangeError::NoChange)
    );
    assert_eq!(
        raise_plan(&list, &annual, &plan("standard"), day, nothing()),
        Err(ChangeError::AtRenewal)
    );
}

#[test]
fn more_seats_than_can_be_bought_are_refused() {
    let term = bought(&choice("premium", 500, Monthly), "2026-04-01");
    let add = |added| add_seats(&price_list(), &term, added, on("2026-04-01"), nothing());
    assert_eq!(
        add(Seats::ONE),
        Err(ChangeError::Quote(QuoteError::TooManySeats { max: seats(500) }))
    );
    assert_eq!(
        add(seats(Seats::MAX)),
        Err(ChangeError::Seats(SeatsError::TooMany { max: Seats::MAX }))
    );
}

#[test]
fn a_day_outside_the_current_period_is_refused() {
    let term = bought(&choice("premium", 5, Monthly), "2026-04-01");
    for day in ["2026-03-31", "2026-05-01"] {
        let preview = add_seats(&price_list(), &term, seats(1), on(day), nothing());
        assert_eq!(
            preview,
            Err(ChangeError::Proration(ProrationError::OutsidePeriod)),
            "{day}"
        );
    }
}

#[test]
fn a_plan_without_a_price_in_the_currency_is_refused() {
    let mut list = price_list();
    list.plans[2].prices.remove(0);
    let term = bought(&choice("premium", 5, Monthly), "2026-04-01");
    let preview = raise_plan(&list, &term, &plan("enterprise"), on("2026-04-01"), nothing());
    assert_eq!(preview, Err(ChangeError::Quote(QuoteError::CurrencyNotSold)));
}

#[test]
fn settling_keeps_the_balance() {
    let settled = InvoiceAmounts::settle(eur("-5.00"), eur("2.00")).unwrap();
    assert_eq!(
        (settled.due, settled.credit_added, settled.credit_left),
        (eur("0"), eur("5.00"), eur("7.00"))
    );
    let debt = InvoiceAmounts::settle(eur("5.00"), eur("-2.00")).unwrap();
    assert_eq!(
        (debt.due, debt.credit_used, debt.credit_left),
        (eur("5.00"), eur("0"), eur("-2.00"))
    );
    let most = Money::new(i64::MAX, EUR);
    assert_eq!(
        InvoiceAmounts::settle(eur("-0.01"), most),
        Err(MoneyError::Overflow)
    );
    assert_eq!(
        InvoiceAmounts::settle(Money::new(i64::MIN, EUR), nothing()),
        Err(MoneyError::Overflow)
    );
}

fn a_choice() -> impl Strategy<Value = Choice> {
    let plans = prop::sample::select(vec!["standard", "premium", "enterprise"]);
    let periods = prop::sample::select(BillingPeriod::ALL.to_vec());
    (plans, 1_u32..=500, periods).prop_map(|(plan, seats, period)| choice(plan, seats, period))
}

fn any_date() -> impl Strategy<Value = Date> {
    (-9999_i16..=9999, 1_i8..=12, 1_i8..=28)
        .prop_map(|(year, month, day)| Date::new(year, month, day).unwrap())
}

proptest! {
    /// Totals, credit and dates of every change that can be made at once.
    #[test]
    fn a_preview_adds_up(from in a_choice(), wanted in a_choice(), later in 0_i64..365, credit in 0_i64..10_000_000) {
        let term = bought(&from, "2024-01-31");
        let day = term.anchor.checked_add(jiff::SignedDuration::from_hours(later % term.current.days() * 24)).unwrap();
        let credit = Money::new(credit, EUR);
        let preview = preview_change(&price_list(), &term, &wanted, Moment::Day { on: day }, credit);
        prop_assert_eq!(preview.is_ok(), classify(&price_list(), &term, &wanted) == Ok(ChangeTiming::AtOnce));
        if let Ok(preview) = preview {
            prop_assert_eq!(Money::sum(preview.lines.iter().map(|line| line.amount), EUR), Ok(preview.total));
            prop_assert!(!preview.due.is_negative() && !preview.credit_left.is_negative());
            // What is owed and had before equals what is owed and had after.
            prop_assert_eq!(
                preview.total.minor - credit.minor,
                preview.due.minor - preview.credit_left.minor
            );
            prop_assert_eq!(preview.total.minor,
                preview.due.minor + preview.credit_used.minor - preview.credit_added.minor);
            prop_assert_eq!(preview.term.choice(), wanted);
            prop_assert!(preview.current_period.contains(day));
            prop_assert_eq!(preview.anchor_moves, preview.anchor != term.anchor);
            for line in &preview.lines {
                prop_assert_eq!(line.amount.is_negative(), line.kind == LineKind::UnusedCredit && !line.amount.is_zero());
            }
        }
    }

    /// k single licences, against k at once, through the whole path.
    #[test]
    fn seats_added_one_by_one_cost_the_same_but_for_rounding(k in 1_u32..20, later in 0_i64..30) {
        let term = bought(&choice("premium", 3, Monthly), "2026-04-01");
        let day = term.anchor.checked_add(jiff::SignedDuration::from_hours(later * 24)).unwrap();
        let add = |term: &Term, count| {
            add_seats(&price_list(), term, seats(count), Moment::Day { on: day }, nothing()).unwrap()
        };
        let at_once = add(&term, k);
        let (mut stepwise, mut due) = (term, 0);
        for _ in 0..k {
            let preview = add(&stepwise, 1);
            due += preview.due.minor;
            stepwise = preview.term;
        }
        prop_assert_eq!(&stepwise, &at_once.term);
        prop_assert!((due - at_once.due.minor).abs() <= i64::from(k + 1) / 2);
    }

    #[test]
    fn nothing_panics(
        from in a_choice(), wanted in a_choice(), prices: (i64, i64), credit: i64,
        anchor in any_date(), start in any_date(), end in any_date(), day in any_date(), instants: (i64, i64, i64),
    ) {
        let mut list = price_list();
        for plan in &mut list.plans {
            plan.prices[0].monthly = Money::new(prices.0, EUR);
            plan.prices[0].annual = Money::new(prices.1, EUR);
        }
        let term = Term {
            plan: from.plan,
            seats: from.seats,
            period: from.period,
            unit_price: Money::new(prices.1, EUR),
            anchor,
            current: Period { start, end },
        };
        let credit = Money::new(credit, EUR);
        let _ = preview_change(&list, &term, &wanted, Moment::Day { on: day }, credit);
        list.proration = ProrationUnit::Second;
        let second = Moment::Second { on: day, start: instants.0, end: instants.1, at: instants.2 };
        let _ = preview_change(&list, &term, &wanted, second, credit);
        let _ = InvoiceAmounts::settle(Money::new(prices.0, EUR), credit);
    }
}
