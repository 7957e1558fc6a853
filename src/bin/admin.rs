//! The application's program: draws every screen under `/app`.

// As in the library, whose types this program puts together.
#![recursion_limit = "256"]

fn main() {
    leptos::mount::mount_to_body(onedesk_subscribe::admin::Admin);
}
