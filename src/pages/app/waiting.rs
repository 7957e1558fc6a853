//! A wait, told in its place.

use leptos::prelude::*;

/// Says what is being waited for. The style sheet shows it after 300 ms only: a short wait is none.
#[component]
pub fn Waiting(
    /// What is being done, such as *Loading the order…*
    text: &'static str,
) -> impl IntoView {
    view! {
        <p class="waiting" role="status">
            <span class="waiting__mark" aria-hidden="true"></span>
            {text}
        </p>
    }
}
