//! The one order that can be on its way from this page, from the question *Confirm?* to the payment page.
//!
//! It belongs to the session, not to a screen: an order that waits for the connection goes on wherever its buyer looks,
//! and one that was kept over a reload is taken up again.

use leptos::prelude::*;
use onedesk_contract::orders::{OrderRequest, OrderStatus, OrderView, PaymentWay};
use onedesk_pricing::Money;
use uuid::Uuid;

use super::bill::Bill;
use super::courier::Courier;
use super::kept::{Errand, KeptOrder};
use super::{Obstacle, Outcome, Placed, Refusal};
use crate::api::{ApiError, SignedIn};
use crate::browser;
use crate::pages::app::addresses::order_address;

/// Where the order stands. Its signals live as long as the page.
#[derive(Clone, Copy, Debug)]
pub struct OrderDesk {
    stage: RwSignal<Stage>,
    courier: Courier,
    /// The way to pay that was confirmed last: where the choice begins if the price changes.
    payment: StoredValue<PaymentWay>,
}

/// What the buyer is shown.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// Nothing.
    Idle,
    /// What will be ordered, to be confirmed.
    Confirming(Box<Offer>),
    /// The order is with the server, or waits to be sent again: see [`OrderDesk::obstacle`].
    Underway,
    /// The order is placed; the browser leaves for its next page.
    Leaving(NextPage),
    /// Why there is no order.
    Ended(Ending),
}

/// What is to be confirmed.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// What it consists of and costs.
    pub bill: Bill,
    /// The total that was confirmed before it changed.
    pub instead_of: Option<Money>,
    /// How it is to be paid: where the choice begins.
    pub payment: PaymentWay,
}

/// Why there is no order.
#[derive(Clone, Debug, PartialEq)]
pub enum Ending {
    /// The server refused it.
    Refused(Refusal),
    /// The buyer gave up waiting.
    Stopped,
    /// The browser cannot make an `Idempotency-Key`.
    NoKey,
}

impl OrderDesk {
    /// A desk without an order.
    pub fn new() -> Self {
        Self {
            stage: RwSignal::new(Stage::Idle),
            courier: Courier::new("onedesk.order"),
            payment: StoredValue::new(PaymentWay::Card),
        }
    }

    /// Where the order stands.
    pub fn stage(self) -> Signal<Stage> {
        self.stage.into()
    }

    /// What the order on its way has met last.
    pub fn obstacle(self) -> Signal<Option<Obstacle>> {
        self.courier.obstacle()
    }

    /// Asks for the confirmation of a bill.
    pub fn ask(self, bill: Bill) {
        self.stage.set(Stage::Confirming(Box::new(Offer {
            bill,
            instead_of: None,
            payment: PaymentWay::Card,
        })));
    }

    /// Orders what is being confirmed, with a key of its own.
    pub fn confirm(self, client: SignedIn, user: Uuid, payment: PaymentWay) {
        let Stage::Confirming(offer) = self.stage.get_untracked() else {
            return;
        };
        let bill = offer.bill;
        self.payment.set_value(payment);
        let request = OrderRequest {
            expected_total: bill.total(),
            payment,
            choice: bill.quote.choice,
        };
        match KeptOrder::new(user, Errand::Order, &request, request.expected_total, payment) {
            Some(order) => self.send(client, order),
            None => self.stage.set(Stage::Ended(Ending::NoKey)),
        }
    }

    /// Takes up the order that was not answered before the page was reloaded, if there is one.
    pub fn resume(self, client: SignedIn, user: Uuid) {
        if self.stage.get_untracked() == Stage::Idle
            && let Some(order) = self.courier.left_over(user)
        {
            self.send(client, order);
        }
    }

    /// Whether an order of this user was not answered before the page was left.
    pub fn is_left_over(self, user: Uuid) -> bool {
        self.courier.left_over(user).is_some()
    }

    /// Gives up waiting.
    pub fn stop(self) {
        self.courier.stop();
    }

    /// Puts away what is shown. An order that is on its way stays.
    pub fn put_away(self) {
        if self.stage.get_untracked() != Stage::Underway {
            self.stage.set(Stage::Idle);
        }
    }

    /// Ends everything: the session is over.
    pub fn clear(self) {
        self.courier.clear();
        self.stage.set(Stage::Idle);
    }

    fn send(self, client: SignedIn, order: KeptOrder) {
        self.stage.set(Stage::Underway);
        let tell = move |order: KeptOrder, outcome| self.end(outcome, &order);
        self.courier.send(client, order, Box::new(tell));
    }

    fn end(self, outcome: Outcome, order: &KeptOrder) {
        self.stage.set(match outcome {
            Outcome::Placed(Placed::Order(placed)) => {
                let next = NextPage::of(&placed);
                browser::go_to(&next.address(&placed));
                Stage::Leaving(next)
            }
            // An order is not answered so.
            Outcome::Placed(Placed::Change(_)) => Stage::Idle,
            Outcome::Refused(Refusal::PriceChanged(problem)) => match problem.bill() {
                Some(bill) => Stage::Confirming(Box::new(Offer {
                    bill: *bill,
                    instead_of: Some(order.confirmed),
                    payment: order.payment,
                })),
                None => Stage::Ended(Ending::Refused(Refusal::Other(ApiError::Problem(problem)))),
            },
            Outcome::Refused(refusal) => Stage::Ended(Ending::Refused(refusal)),
            Outcome::Stopped => Stage::Ended(Ending::Stopped),
        });
    }
}

impl Default for OrderDesk {
    fn default() -> Self {
        Self::new()
    }
}

/// Where an order goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextPage {
    /// Where it is paid by card.
    Payment,
    /// Its own screen: says how to transfer the amount, or, when account credit pays for all of it or a repeated request finds
    /// it paid or ended, what came of it.
    Order,
}

impl NextPage {
    /// Of an order as the server answers it.
    pub fn of(order: &OrderView) -> Self {
        match (&order.pay_url, order.status) {
            (Some(_), OrderStatus::Pending) => Self::Payment,
            _ => Self::Order,
        }
    }

    /// Its address.
    pub fn address(self, order: &OrderView) -> String {
        match (self, &order.pay_url) {
            (Self::Payment, Some(address)) => address.clone(),
            _ => order_address(order.id),
        }
    }
}
