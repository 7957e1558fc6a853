//! The order that has been confirmed and not been answered yet.
//!
//! It is kept in the tab's `sessionStorage`: it survives a reload and a crash of the page, and two tabs do not send
//! each other's orders.

use onedesk_contract::orders::OrderRequest;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Its place in `sessionStorage`.
const STORAGE_KEY: &str = "onedesk.order";

/// A confirmed order with the key that makes each try the same order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptOrder {
    /// The `Idempotency-Key`.
    pub key: Uuid,
    /// Who confirmed it: nobody else's session may send it.
    pub user: Uuid,
    /// What was confirmed.
    pub request: OrderRequest,
}

impl KeptOrder {
    /// An order with a key of its own, made by the browser's generator of random numbers.
    ///
    /// Nothing where the browser has none: an order whose key may repeat must not be sent.
    pub fn new(user: Uuid, request: OrderRequest) -> Option<Self> {
        let crypto = web_sys::window()?.crypto().ok()?;
        let mut bytes = [0; 16];
        crypto.get_random_values_with_u8_array(&mut bytes).ok()?;
        let key = uuid::Builder::from_random_bytes(bytes).into_uuid();
        Some(Self { key, user, request })
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

/// Keeps an order over a reload of the page. Where the browser refuses (storage is full or switched off), the order
/// goes on without: a reload then loses it, and the account still shows it if it arrived.
pub fn keep(order: &KeptOrder) {
    if let (Some(storage), Some(text)) = (storage(), order.write()) {
        let _ = storage.set_item(STORAGE_KEY, &text);
    }
}

/// Forgets the kept order.
pub fn forget() {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(STORAGE_KEY);
    }
}

/// The order that this user confirmed in this tab and that was not answered. One that cannot be sent is forgotten.
pub fn left_over(user: Uuid) -> Option<KeptOrder> {
    let text = storage()?.get_item(STORAGE_KEY).ok()??;
    let order = KeptOrder::read(&text, user);
    if order.is_none() {
        forget();
    }
    order
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.session_storage().ok()?
}
