//! The order that has been confirmed and not been answered yet.
//!
//! It is kept in the tab's `sessionStorage`: it survives a reload and a crash of the page, and two tabs do not send
//! each other's orders.

use onedesk_contract::orders::PaymentWay;
use onedesk_pricing::Money;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A confirmed order with the key that makes each try the same order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptOrder {
    /// The `Idempotency-Key`.
    pub key: Uuid,
    /// Who confirmed it: nobody else's session may send it.
    pub user: Uuid,
    /// Where it is sent.
    pub errand: Errand,
    /// What was confirmed: the body of the request, as it is sent each time.
    pub body: String,
    /// The amount that was confirmed.
    pub confirmed: Money,
    /// How it is to be paid.
    pub payment: PaymentWay,
    /// What it does, in the words that were confirmed; said again when it is done. May be empty.
    pub said: Vec<String>,
}

/// What is carried to the server with a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Errand {
    /// A first order.
    Order,
    /// A change of the subscription.
    Change,
    /// An overdue renewal that is paid.
    Recovery,
}

impl Errand {
    /// The endpoint that it is posted to.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Order => "/api/orders",
            Self::Change => "/api/subscription/changes",
            Self::Recovery => "/api/subscription/recovery",
        }
    }
}

impl KeptOrder {
    /// An order with a key of its own, made by the browser's generator of random numbers.
    ///
    /// Nothing where the browser has none: an order whose key may repeat must not be sent.
    pub fn new(
        user: Uuid,
        errand: Errand,
        request: &impl Serialize,
        confirmed: Money,
        payment: PaymentWay,
    ) -> Option<Self> {
        let body = serde_json::to_string(request).ok()?;
        let key = fresh_key()?;
        Some(Self {
            key,
            user,
            errand,
            body,
            confirmed,
            payment,
            said: Vec::new(),
        })
    }

    /// Writes the order for [`KeptOrder::read`].
    pub fn write(&self) -> Option<String> {
        serde_json::to_string(self).ok()
    }

    /// Reads what was kept. An order of another user, or of an older version of this application, is none.
    pub fn read(text: &str, user: Uuid) -> Option<Self> {
        serde_json::from_str(text)
            .ok()
            .filter(|order: &Self| order.user == user)
    }
}

/// Keeps an order over a reload of the page, at its place in `sessionStorage`. Where the browser refuses (storage is full
/// or switched off), the order goes on without: a reload then loses it, and the account still shows it if it arrived.
pub fn keep(place: &str, order: &KeptOrder) {
    if let Some(text) = order.write() {
        store(place, &text);
    }
}

/// The order that this user confirmed in this tab and that was not answered. One that cannot be sent is forgotten.
pub fn left_over(place: &str, user: Uuid) -> Option<KeptOrder> {
    let order = KeptOrder::read(&stored(place)?, user);
    if order.is_none() {
        forget(place);
    }
    order
}

/// Keeps a text in this tab, unless the browser refuses.
pub fn store(place: &str, text: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(place, text);
    }
}

/// The text that was kept.
pub fn stored(place: &str) -> Option<String> {
    storage()?.get_item(place).ok()?
}

/// Forgets what was kept.
pub fn forget(place: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(place);
    }
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.session_storage().ok()?
}

fn fresh_key() -> Option<Uuid> {
    let crypto = web_sys::window()?.crypto().ok()?;
    let mut bytes = [0; 16];
    crypto.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(uuid::Builder::from_random_bytes(bytes).into_uuid())
}
