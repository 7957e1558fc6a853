//! Orders over a network that fails on demand.

#![expect(clippy::unwrap_used, reason = "what should be had fails the test")]

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use onedesk_contract::Problem;
use onedesk_contract::billing::Taxed;
use onedesk_contract::orders::{OrderKind, OrderRequest, OrderStatus, PaymentWay};
use onedesk_contract::tax::{Country, Rate, Treatment, TreatmentKind};
use onedesk_pricing::{BillingPeriod, Choice, Currency, Line, LineKind, Money, Quote, Seats};

use super::bill::Bill;
use super::desk::NextPage;
use super::kept::Errand;
use super::*;

/// Answers from a list; notes what was sent, shown and kept.
#[derive(Default)]
struct Rehearsal {
    answers: RefCell<VecDeque<Answer<Placed>>>,
    sent: RefCell<Vec<KeptOrder>>,
    pauses: RefCell<Vec<u32>>,
    shown: RefCell<Vec<Progress>>,
    kept: RefCell<Option<String>>,
    kept_while_sending: Cell<bool>,
    stop_after_pauses: Option<usize>,
}

impl Rehearsal {
    fn answering(answers: impl IntoIterator<Item = Answer<Placed>>) -> Self {
        Self {
            answers: RefCell::new(answers.into_iter().collect()),
            kept_while_sending: Cell::new(true),
            ..Self::default()
        }
    }
}

impl Surroundings for Rehearsal {
    async fn place(&self, order: &KeptOrder) -> Answer<Placed> {
        self.sent.borrow_mut().push(order.clone());
        self.kept_while_sending
            .set(self.kept_while_sending.get() && self.kept.borrow().is_some());
        self.answers
            .borrow_mut()
            .pop_front()
            .expect("the order was sent more often than expected")
    }

    async fn pause(&self, seconds: u32) {
        self.pauses.borrow_mut().push(seconds);
    }

    fn keep(&self, order: &KeptOrder) {
        *self.kept.borrow_mut() = order.write();
    }

    fn forget(&self) {
        *self.kept.borrow_mut() = None;
    }

    fn stopped(&self) -> bool {
        self.stop_after_pauses
            .is_some_and(|pauses| self.pauses.borrow().len() >= pauses)
    }

    fn show(&self, progress: Progress) {
        self.shown.borrow_mut().push(progress);
    }
}

const USER: Uuid = Uuid::from_u128(7);

fn request() -> OrderRequest {
    OrderRequest {
        choice: Choice {
            plan: "premium".parse().unwrap(),
            seats: Seats::new(3).unwrap(),
            period: BillingPeriod::Annual,
            currency: Currency::EUR,
        },
        expected_total: Money::new(43_164, Currency::EUR),
        payment: PaymentWay::Card,
    }
}

fn order() -> KeptOrder {
    KeptOrder {
        key: Uuid::from_u128(1),
        user: USER,
        errand: Errand::Order,
        body: serde_json::to_string(&request()).unwrap(),
        confirmed: request().expected_total,
        payment: PaymentWay::Card,
        said: Vec::new(),
    }
}

fn placed() -> Placed {
    Placed::Order(Box::new(OrderView {
        id: Uuid::from_u128(2),
        kind: OrderKind::Subscribe,
        status: OrderStatus::Pending,
        choice: request().choice,
        lines: Vec::new(),
        taxed: Taxed {
            net: request().expected_total,
            tax: Money::zero(Currency::EUR),
            gross: request().expected_total,
            treatment: Treatment {
                kind: TreatmentKind::OutsideScope,
                rate: Rate::ZERO,
                country: Country::parse("US").unwrap(),
            },
        },
        credit_used: Money::zero(Currency::EUR),
        total: request().expected_total,
        partner: None,
        placed_at: "2025-01-31T10:00:00Z".parse().unwrap(),
        pay_url: Some("/sandbox/pay/1".to_owned()),
        transfer: None,
        receipt: None,
    }))
}

fn problem(problem_type: ProblemType, status: u16) -> Problem {
    Problem::new(problem_type, status, "", "")
}

fn refused(problem: Problem) -> Answer<Placed> {
    Err(ApiError::Problem(Box::new(received(&problem))))
}

/// A problem as it is read when it arrives.
fn received(problem: &Problem) -> crate::api::Problem {
    crate::api::Problem::read(serde_json::to_string(problem).unwrap()).unwrap()
}

/// Runs a procedure in which nothing really waits.
fn run<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("the rehearsal never waits"),
    }
}

#[test]
fn an_answered_order_is_sent_once_and_forgotten() {
    let around = Rehearsal::answering([Ok(placed())]);
    assert_eq!(run(carry_out(&order(), &around)), Outcome::Placed(placed()));
    assert_eq!(around.sent.borrow().len(), 1);
    assert_eq!(*around.kept.borrow(), None);
    assert_eq!(*around.shown.borrow(), [Progress::Sending]);
}

#[test]
fn an_order_that_account_credit_pays_for_leads_to_its_screen_and_not_to_a_payment() {
    let Placed::Order(pending) = placed() else {
        panic!("an order");
    };
    let next = NextPage::of(&pending);
    assert_eq!(
        (next, next.address(&pending)),
        (NextPage::Payment, "/sandbox/pay/1".to_owned())
    );
    for status in [
        OrderStatus::Paid,
        OrderStatus::AwaitingTransfer,
        OrderStatus::Cancelled,
    ] {
        let order = OrderView {
            status,
            pay_url: None,
            ..(*pending).clone()
        };
        let next = NextPage::of(&order);
        assert_eq!(next, NextPage::Order);
        assert_eq!(
            next.address(&order),
            format!("/app/administration/subscription/orders/{}", order.id)
        );
    }
}

#[test]
fn every_try_has_the_same_key_and_request_and_the_order_is_kept_meanwhile() {
    let around = Rehearsal::answering([
        Err(ApiError::Offline),
        Err(ApiError::Unreadable { status: 502 }),
        refused(problem(ProblemType::Internal, 500)),
        refused(problem(ProblemType::PaymentUnavailable, 503)),
        refused(problem(ProblemType::IdempotencyKeyInUse, 409)),
        Ok(placed()),
    ]);
    assert_eq!(run(carry_out(&order(), &around)), Outcome::Placed(placed()));
    let sent = around.sent.borrow();
    assert_eq!(sent.len(), 6);
    assert!(
        sent.iter().all(|sent| *sent == order()),
        "one confirmation is one order"
    );
    assert!(
        around.kept_while_sending.get(),
        "a reload in the middle would have lost the order"
    );
    let obstacles = around
        .shown
        .borrow()
        .iter()
        .filter(|shown| **shown != Progress::Sending)
        .copied()
        .collect::<Vec<_>>();
    assert_eq!(
        obstacles,
        [
            Progress::Waiting(Obstacle::Connection),
            Progress::Waiting(Obstacle::Server),
            Progress::Waiting(Obstacle::Server),
            Progress::Waiting(Obstacle::PaymentProvider),
            Progress::Waiting(Obstacle::Server),
        ]
    );
}

#[test]
fn waits_grow_to_half_a_minute() {
    let away = (0..8).map(|_| Err(ApiError::Offline));
    let around = Rehearsal::answering(away.chain([Ok(placed())]));
    run(carry_out(&order(), &around));
    assert_eq!(*around.pauses.borrow(), [1, 2, 4, 8, 15, 30, 30, 30]);
}

#[test]
fn the_server_may_say_how_long_to_wait_within_reason() {
    let busy = |seconds| {
        let mut problem = problem(ProblemType::IdempotencyKeyInUse, 409);
        problem.retry_after_seconds = Some(seconds);
        refused(problem)
    };
    let around = Rehearsal::answering([busy(5), busy(0), busy(u64::MAX), Ok(placed())]);
    run(carry_out(&order(), &around));
    assert_eq!(*around.pauses.borrow(), [5, 1, 120]);
}

#[test]
fn a_stopped_order_is_not_sent_again() {
    let around = Rehearsal {
        stop_after_pauses: Some(2),
        ..Rehearsal::answering([Err(ApiError::Offline), Err(ApiError::Offline)])
    };
    assert_eq!(run(carry_out(&order(), &around)), Outcome::Stopped);
    assert_eq!(around.sent.borrow().len(), 2);
    assert_eq!(*around.kept.borrow(), None);
}

#[test]
fn a_refusal_ends_the_order_and_says_why() {
    let mut pending = problem(ProblemType::OrderPending, 409);
    pending.order_id = Some(Uuid::from_u128(9));
    let mut few = problem(ProblemType::NotEnoughLicences, 422);
    few.active_users = Some(4);
    for (problem, refusal) in [
        (pending, Refusal::OrderPending(Some(Uuid::from_u128(9)))),
        (
            few,
            Refusal::NotEnoughLicences {
                active_users: Some(4),
            },
        ),
        (
            problem(ProblemType::TransferUnavailable, 422),
            Refusal::TransferUnavailable,
        ),
        (
            problem(ProblemType::AlreadySubscribed, 409),
            Refusal::AlreadySubscribed,
        ),
        (
            problem(ProblemType::InvalidFields, 422),
            Refusal::InvalidFields(FieldErrors::default()),
        ),
    ] {
        let around = Rehearsal::answering([refused(problem)]);
        assert_eq!(run(carry_out(&order(), &around)), Outcome::Refused(refusal));
        assert_eq!(around.sent.borrow().len(), 1);
        assert_eq!(*around.kept.borrow(), None);
    }
}

fn quote() -> Quote {
    let total = Money::new(46_764, Currency::EUR);
    let Choice { plan, seats, .. } = request().choice;
    Quote {
        choice: request().choice,
        price_list_version: "2".to_owned(),
        unit_price: Money::new(1299, Currency::EUR),
        lines: vec![Line {
            kind: LineKind::Subscription,
            plan,
            seats,
            unit_price: Money::new(1299, Currency::EUR),
            months: 12,
            fraction: None,
            amount: total,
        }],
        total,
        saving: None,
    }
}

fn treatment(kind: TreatmentKind, basis_points: u16) -> Treatment {
    Treatment {
        kind,
        rate: Rate::from_basis_points(basis_points),
        country: Country::parse("FR").unwrap(),
    }
}

#[test]
fn a_changed_price_comes_with_the_fresh_quote_and_its_tax() {
    let bill = Bill::of(quote(), treatment(TreatmentKind::Domestic, 2000)).unwrap();
    let mut changed = problem(ProblemType::PriceChanged, 409);
    changed.quote = Some(Box::new(bill.quote.clone()));
    changed.taxed = Some(Box::new(bill.taxed));
    let around = Rehearsal::answering([refused(changed)]);
    let Outcome::Refused(Refusal::PriceChanged(problem)) = run(carry_out(&order(), &around)) else {
        panic!("not refused for its price");
    };
    assert_eq!(problem.bill(), Some(Box::new(bill)));
}

#[test]
fn a_changed_price_without_its_tax_cannot_be_confirmed() {
    let mut changed = problem(ProblemType::PriceChanged, 409);
    changed.quote = Some(Box::new(quote()));
    let around = Rehearsal::answering([refused(changed)]);
    let Outcome::Refused(Refusal::PriceChanged(problem)) = run(carry_out(&order(), &around)) else {
        panic!("not refused for its price");
    };
    assert_eq!(problem.bill(), None);
}

#[test]
fn a_bill_is_the_sum_of_the_lines_and_the_tax_on_it_rounded_once() {
    let money = |minor| Money::new(minor, Currency::EUR);
    let bill = Bill::of(quote(), treatment(TreatmentKind::BuyersCountry, 810)).unwrap();
    // 467.64 × 8.1 % = 37.87884
    assert_eq!(bill.taxed.net, money(46_764));
    assert_eq!(bill.taxed.tax, money(3_788));
    assert_eq!(bill.total(), money(50_552));
}

#[test]
fn without_tax_a_bill_is_its_quote() {
    let bill = Bill::of(quote(), treatment(TreatmentKind::ReverseCharge, 0)).unwrap();
    assert_eq!(
        (bill.total(), bill.taxed.tax),
        (quote().total, Money::zero(Currency::EUR))
    );
}

#[test]
fn account_credit_of_its_currency_pays_a_bill_after_the_tax_and_before_the_card() {
    let money = |minor| Money::new(minor, Currency::EUR);
    let bill = Bill::of(quote(), treatment(TreatmentKind::Domestic, 2000)).unwrap();
    let total = money(56_117);
    assert_eq!(bill.total(), total);
    let dollars = Money::new(90_000, Currency::USD);
    assert_eq!(bill.settled(&[]), (money(0), total));
    assert_eq!(bill.settled(&[dollars]), (money(0), total));
    assert_eq!(
        bill.settled(&[dollars, money(6_117)]),
        (money(6_117), money(50_000))
    );
    assert_eq!(bill.settled(&[money(60_000)]), (total, money(0)));
}

#[test]
fn a_page_of_a_proxy_that_is_no_failure_of_the_server_is_not_repeated() {
    let around = Rehearsal::answering([Err(ApiError::Unreadable { status: 403 })]);
    assert_eq!(
        run(carry_out(&order(), &around)),
        Outcome::Refused(Refusal::Other(ApiError::Unreadable { status: 403 }))
    );
}

#[test]
fn a_kept_order_is_read_back_by_its_user_only() {
    let text = order().write().unwrap();
    assert_eq!(KeptOrder::read(&text, USER), Some(order()));
    assert_eq!(KeptOrder::read(&text, Uuid::from_u128(8)), None);
    assert_eq!(KeptOrder::read("{\"key\":1}", USER), None);
    assert_eq!(KeptOrder::read("", USER), None);
}
