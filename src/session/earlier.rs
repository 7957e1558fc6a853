//! Whether this browser is likely to have a session. The session itself is a cookie that scripts cannot read.

use leptos::prelude::window;

/// Its place in `localStorage`.
const STORAGE_KEY: &str = "onedesk.signed-in";

/// Whether somebody signed in here and did not sign out. The session may be over all the same.
pub fn is_likely() -> bool {
    storage().is_some_and(|storage| matches!(storage.get_item(STORAGE_KEY), Ok(Some(_))))
}

/// Somebody has signed in. (Where nothing can be stored, the sign-in screen shows itself to those who are signed in.)
pub fn note() {
    if let Some(storage) = storage() {
        let _ = storage.set_item(STORAGE_KEY, "true");
    }
}

/// Nobody is signed in.
pub fn forget() {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(STORAGE_KEY);
    }
}

fn storage() -> Option<leptos::web_sys::Storage> {
    window().local_storage().ok()?
}
