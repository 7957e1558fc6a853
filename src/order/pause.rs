//! Waiting, in the browser.

use leptos::prelude::window;
use wasm_bindgen_futures::JsFuture;

/// Ends a [`pause`] before its time.
pub type Wake = js_sys::Function;

/// Waits so many milliseconds; less when the browser comes online again, or `wake` gets to call what it is given.
pub async fn pause(milliseconds: u32, wake: impl FnOnce(Wake)) {
    let mut kept = None;
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let milliseconds = i32::try_from(milliseconds).unwrap_or(i32::MAX);
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
        let _ = window().add_event_listener_with_callback("online", &resolve);
        kept = Some(resolve);
    });
    if let Some(resolve) = &kept {
        wake(resolve.clone());
    }
    let _ = JsFuture::from(promise).await;
    if let Some(resolve) = kept {
        let _ = window().remove_event_listener_with_callback("online", &resolve);
    }
}
