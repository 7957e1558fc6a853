//! The widget's program: what `element.js` calls for each `<onedesk-pricing>` of a page.

// As in the library, whose types this program puts together.
#![recursion_limit = "256"]

use leptos::web_sys::HtmlElement;
use onedesk_subscribe::widget::Widget;
use wasm_bindgen::prelude::wasm_bindgen;

/// A widget that is shown. `free()` takes it away, with all that it had made.
#[wasm_bindgen]
pub struct Shown(Widget);

/// Draws the widget of an element into `root`; see [`Widget::show`].
#[wasm_bindgen]
pub fn show(
    root: HtmlElement,
    element: HtmlElement,
    server: &str,
    answer: &str,
    kept: &str,
) -> Option<Shown> {
    Widget::show(root, element, server, answer, kept).map(Shown)
}

#[wasm_bindgen]
impl Shown {
    /// Follows an attribute that has another value than before.
    pub fn changed(&self, name: &str) {
        self.0.attribute_changed(name);
    }

    /// What is dialled in, for a later `show`.
    pub fn choice(&self) -> String {
        self.0.kept()
    }
}

/// Nothing is done before an element asks for it.
fn main() {}
