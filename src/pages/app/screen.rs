//! What every screen begins with.

use leptos::prelude::*;

use crate::browser;

/// The id of the heading of a screen: there is one at a time.
const HEADING_ID: &str = "screen-title";

/// The heading of a screen and the title of the window.
///
/// When a screen follows another without a load, its heading takes the focus, as the top of a page would: people who
/// use the keyboard or a screen reader then are where the news is.
#[component]
pub fn ScreenTitle(
    /// What the screen is about.
    #[prop(into)]
    title: Signal<String>,
    /// The title of the window.
    #[prop(into)]
    window_title: Signal<String>,
) -> impl IntoView {
    Effect::new(move |before: Option<()>| {
        document().set_title(&window_title.read());
        let nothing_focused = document().active_element().is_none_or(|element| element.tag_name() == "BODY");
        if before.is_none() && nothing_focused && was_shown_before() {
            browser::focus(HEADING_ID);
        }
    });
    view! { <h1 class="screen__title" id=HEADING_ID tabindex="-1">{move || title.get()}</h1> }
}

/// Whether this page has shown a screen before; the first one after a load leaves the focus to the browser.
fn was_shown_before() -> bool {
    use std::cell::Cell;
    thread_local!(static SHOWN: Cell<bool> = const { Cell::new(false) });
    SHOWN.replace(true)
}
