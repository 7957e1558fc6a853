//! The site's program: takes over the prerendered page that it stands on.

// As in the library, whose types this program puts together.
#![recursion_limit = "256"]

use onedesk_subscribe::{browser, embedded_catalog, site, spoken};

fn main() {
    // A page without its texts or catalog is left as it is: it can be read, and its links and forms work.
    if spoken::of_page().is_some()
        && let Some(catalog) = embedded_catalog::read()
    {
        site::start(catalog);
        // From here on the page answers to what is done with it: tests wait for this.
        browser::mark_ready();
    }
}
