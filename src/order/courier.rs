//! Carries what was confirmed to the server: the procedure of [`carry_out`] in a browser.

use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use super::kept::{self, KeptOrder};
use super::pause::{Wake, pause};
use super::{Obstacle, Outcome, Placed, Progress, Surroundings, carry_out};
use crate::api::{Answer, SignedIn};

/// Carries one order at a time. Its signals live as long as the page; a handle to them, as every screen is given it.
#[derive(Clone, Copy, Debug)]
pub struct Courier(StoredValue<Parts>);

#[derive(Clone, Copy, Debug)]
struct Parts {
    /// Where the order is kept meanwhile.
    place: &'static str,
    obstacle: RwSignal<Option<Obstacle>>,
    /// Counts the orders: an answer to one that was given up is not told.
    run: StoredValue<u32>,
    stopping: StoredValue<bool>,
    wake: StoredValue<Option<Wake>, LocalStorage>,
}

impl Courier {
    /// A courier who keeps what it carries at a place of its own in `sessionStorage`.
    pub fn new(place: &'static str) -> Self {
        Self(StoredValue::new(Parts {
            place,
            obstacle: RwSignal::new(None),
            run: StoredValue::new(0),
            stopping: StoredValue::new(false),
            wake: StoredValue::new_local(None),
        }))
    }

    fn parts(self) -> Parts {
        self.0.get_value()
    }

    /// What the order on its way has met last. It stays while the next try runs: it is still true then, and the words
    /// for it do not flicker.
    pub fn obstacle(self) -> Signal<Option<Obstacle>> {
        self.parts().obstacle.into()
    }

    /// Carries an order, and tells what became of it; unless it was given up for another one, or with the session.
    pub fn send(self, client: SignedIn, order: KeptOrder, tell: Box<dyn FnOnce(KeptOrder, Outcome)>) {
        let parts = self.parts();
        let run = parts.run.get_value() + 1;
        parts.run.set_value(run);
        parts.stopping.set_value(false);
        parts.obstacle.set(None);
        let around = Browser { client, parts, run };
        spawn_local(async move {
            let outcome = carry_out(&order, &around).await;
            if around.is_current() {
                tell(order, outcome);
            }
        });
    }

    /// What this user confirmed and was not answered before the page was reloaded, if there is something.
    pub fn left_over(self, user: Uuid) -> Option<KeptOrder> {
        kept::left_over(self.parts().place, user)
    }

    /// Gives up waiting.
    pub fn stop(self) {
        let parts = self.parts();
        parts.stopping.set_value(true);
        if let Some(wake) = parts.wake.try_update_value(Option::take).flatten() {
            let _ = wake.call0(&leptos::wasm_bindgen::JsValue::NULL);
        }
    }

    /// Gives up what is on its way and does not tell of it: the session is over.
    pub fn clear(self) {
        self.parts().run.update_value(|run| *run += 1);
        self.stop();
    }
}

/// The real network, clock and storage.
struct Browser {
    client: SignedIn,
    parts: Parts,
    run: u32,
}

impl Browser {
    fn is_current(&self) -> bool {
        self.parts.run.get_value() == self.run
    }
}

impl Surroundings for Browser {
    async fn place(&self, order: &KeptOrder) -> Answer<Placed> {
        self.client.place(order).await
    }

    async fn pause(&self, seconds: u32) {
        if !self.stopped() {
            pause(seconds.saturating_mul(1000), |wake| {
                self.parts.wake.set_value(Some(wake));
            })
            .await;
        }
    }

    fn keep(&self, order: &KeptOrder) {
        kept::keep(self.parts.place, order);
    }

    fn forget(&self) {
        kept::forget(self.parts.place);
    }

    fn stopped(&self) -> bool {
        self.parts.stopping.get_value() || !self.is_current()
    }

    fn show(&self, progress: Progress) {
        if let (Progress::Waiting(obstacle), true) = (progress, self.is_current()) {
            self.parts.obstacle.set(Some(obstacle));
        }
    }
}
