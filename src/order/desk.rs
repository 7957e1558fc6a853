//! The one order that can be on its way from this page, from the question *Confirm?* to the payment page.
//!
//! It belongs to the session, not to a screen: an order that waits for the connection goes on wherever its buyer looks,
//! and one that was kept over a reload is taken up again.

use leptos::prelude::*;
use leptos::task::spawn_local;
use onedesk_contract::orders::{OrderRequest, OrderStatus, OrderView, PaymentWay};
use onedesk_pricing::Money;
use uuid::Uuid;

use super::bill::Bill;
use super::kept::{self, KeptOrder};
use super::pause::{Wake, pause};
use super::{Obstacle, Outcome, Progress, Refusal, Surroundings, carry_out};
use crate::api::{Answer, SignedIn};
use crate::browser;
use crate::pages::app::addresses::order_address;

/// Where the order stands. Its signals live as long as the page.
#[derive(Clone, Copy, Debug)]
pub struct OrderDesk {
    stage: RwSignal<Stage>,
    obstacle: RwSignal<Option<Obstacle>>,
    /// Counts the orders: an answer to one that was given up is not shown.
    run: StoredValue<u32>,
    stopping: StoredValue<bool>,
    wake: StoredValue<Option<Wake>, LocalStorage>,
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
    /// The order is placed; the browser leaves for the page where it is paid, or that says how.
    Leaving(PaymentWay),
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
            obstacle: RwSignal::new(None),
            run: StoredValue::new(0),
            stopping: StoredValue::new(false),
            wake: StoredValue::new_local(None),
        }
    }

    /// Where the order stands.
    pub fn stage(self) -> Signal<Stage> {
        self.stage.into()
    }

    /// What the order on its way has met last. It stays while the next try runs: it is still true then, and the words
    /// for it do not flicker.
    pub fn obstacle(self) -> Signal<Option<Obstacle>> {
        self.obstacle.into()
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
        let request = OrderRequest {
            expected_total: bill.total(),
            payment,
            choice: bill.quote.choice,
        };
        match KeptOrder::new(user, request) {
            Some(order) => self.send(client, order),
            None => self.stage.set(Stage::Ended(Ending::NoKey)),
        }
    }

    /// Takes up the order that was not answered before the page was reloaded, if there is one.
    pub fn resume(self, client: SignedIn, user: Uuid) {
        if let Some(order) = kept::left_over(user) {
            self.send(client, order);
        }
    }

    /// Gives up waiting.
    pub fn stop(self) {
        self.stopping.set_value(true);
        if let Some(wake) = self.wake.try_update_value(Option::take).flatten() {
            let _ = wake.call0(&leptos::wasm_bindgen::JsValue::NULL);
        }
    }

    /// Puts away what is shown. An order that is on its way stays.
    pub fn put_away(self) {
        if self.stage.get_untracked() != Stage::Underway {
            self.stage.set(Stage::Idle);
        }
    }

    /// Ends everything: the session is over.
    pub fn clear(self) {
        self.run.update_value(|run| *run += 1);
        self.stop();
        self.stage.set(Stage::Idle);
    }

    fn send(self, client: SignedIn, order: KeptOrder) {
        let run = self.run.get_value() + 1;
        self.run.set_value(run);
        self.stopping.set_value(false);
        self.obstacle.set(None);
        self.stage.set(Stage::Underway);
        let around = Browser {
            client,
            desk: self,
            run,
        };
        spawn_local(async move {
            let outcome = carry_out(&order, &around).await;
            if around.is_current() {
                self.end(outcome, &order.request);
            }
        });
    }

    fn end(self, outcome: Outcome, confirmed: &OrderRequest) {
        self.stage.set(match outcome {
            Outcome::Placed(order) => {
                browser::go_to(&next_address(&order));
                Stage::Leaving(confirmed.payment)
            }
            Outcome::Refused(Refusal::PriceChanged(bill)) => Stage::Confirming(Box::new(Offer {
                bill: *bill,
                instead_of: Some(confirmed.expected_total),
                payment: confirmed.payment,
            })),
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

/// Where to go with an order: to its payment, or, when a repeated request finds it paid or ended, to its screen.
fn next_address(order: &OrderView) -> String {
    match (&order.pay_url, order.status) {
        (Some(address), OrderStatus::Pending) => address.clone(),
        _ => order_address(order.id),
    }
}

/// The real network, clock and storage.
struct Browser {
    client: SignedIn,
    desk: OrderDesk,
    run: u32,
}

impl Browser {
    fn is_current(&self) -> bool {
        self.desk.run.get_value() == self.run
    }
}

impl Surroundings for Browser {
    async fn place(&self, key: Uuid, request: &OrderRequest) -> Answer<OrderView> {
        self.client.place_order(key, request).await
    }

    async fn pause(&self, seconds: u32) {
        if !self.stopped() {
            pause(seconds.saturating_mul(1000), |wake| {
                self.desk.wake.set_value(Some(wake));
            })
            .await;
        }
    }

    fn keep(&self, order: &KeptOrder) {
        kept::keep(order);
    }

    fn forget(&self) {
        kept::forget();
    }

    fn stopped(&self) -> bool {
        self.desk.stopping.get_value() || !self.is_current()
    }

    fn show(&self, progress: Progress) {
        if let (Progress::Waiting(obstacle), true) = (progress, self.is_current()) {
            self.desk.obstacle.set(Some(obstacle));
        }
    }
}
