//! What every screen begins with.

use leptos::prelude::*;

use crate::browser;
use crate::changing::text;
use crate::effect::effect;

/// The id of the heading of a screen: there is one at a time.
const HEADING_ID: &str = "screen-title";

/// The heading of a screen and the title of the window.
///
/// When a screen follows another without a load, its heading takes the focus: people who use the keyboard or a screen
/// reader then are where the news is, as after a load.
#[component]
pub fn ScreenTitle(
    /// What the screen is about.
    #[prop(into)]
    title: Signal<String>,
    /// The title of the window.
    #[prop(into)]
    window_title: Signal<String>,
) -> impl IntoView {
    let mut is_new = was_shown_before();
    effect(move || {
        document().set_title(&window_title.read());
        if std::mem::take(&mut is_new) {
            // Once the screen stands on the page.
            request_animation_frame(|| browser::focus(HEADING_ID));
        }
    });
    view! { <h1 class="screen__title" id=HEADING_ID tabindex="-1">{text(move || title.get())}</h1> }
}

/// Whether this page has shown a screen before; the first one after a load leaves the focus to the browser.
fn was_shown_before() -> bool {
    use std::cell::Cell;
    thread_local!(static SHOWN: Cell<bool> = const { Cell::new(false) });
    SHOWN.replace(true)
}
