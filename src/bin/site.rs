//! The site's program: takes over the prerendered page that it stands on.

// As in the library, whose types this program puts together.
#![recursion_limit = "256"]

use std::time::Duration;

use leptos::prelude::set_timeout;
use onedesk_subscribe::{browser, embedded_catalog, site, spoken};

fn main() {
    // A page without its texts or catalog is left as it is: it can be read, and its links and forms work.
    if spoken::of_page().is_some()
        && let Some(catalog) = embedded_catalog::read()
    {
        // In a task of its own, as every part of the page: see `part::in_turn`. Once all is taken over, the page answers
        // to what is done with it: tests wait for this.
        set_timeout(|| site::start(catalog, browser::mark_ready), Duration::ZERO);
    }
}
