//! What stands on a page and never changes.
//!
//! Prerendering writes it; the program leaves it as it finds it. So neither its markup nor its words are in the bundle:
//! the feature table, the questions and the like cost a visitor nothing but their HTML.

use leptos::prelude::*;

use crate::part::{IntoPart, Part};

/// Prints a view: written out when the page is prerendered, taken as it stands in the browser.
///
/// In the browser `make` is never called, which is why its code is not there.
pub fn printed<V: IntoView>(make: impl FnOnce() -> V) -> Part {
    view! { <div class="printed" inner_html=html(make)></div> }.part()
}

/// The HTML of a view while prerendering; nothing in the browser, where hydration leaves what stands there alone.
pub fn html<V: IntoView>(make: impl FnOnce() -> V) -> String {
    #[cfg(feature = "ssr")]
    return make().to_html();
    #[cfg(not(feature = "ssr"))]
    {
        drop(make);
        String::new()
    }
}
