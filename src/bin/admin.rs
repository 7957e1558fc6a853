//! Draws the screens under `/app` but for those of the program `billing`.

// As in the library, whose types this program puts together.
#![recursion_limit = "256"]

fn main() {
    leptos::mount::mount_to_body(onedesk_subscribe::application::admin::Admin);
}
