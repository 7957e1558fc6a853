//! Components in a real browser: what is typed and clicked, what is read out, and whether our money and dates are those
//! of the browser's own `Intl`.
#![cfg(target_arch = "wasm32")]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "an element that should be there fails the test"
)]

mod components {
    mod account;
    mod formats;
    mod period;
    mod seats;
    mod stage;
    mod subscription;
    mod summary;
}

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
