//! The site's program: takes over the prerendered page that it stands on.

// As in the library, whose types this program puts together.
#![recursion_limit = "256"]

use leptos::prelude::*;
use onedesk_subscribe::{embedded_catalog, site::Site};

fn main() {
    // A page without its catalog is left as it is: it can be read, and its links and forms work.
    if let Some(catalog) = embedded_catalog::read() {
        leptos::mount::hydrate_body(move || view! { <Site catalog=catalog/> });
    }
}
