//! Tells screen readers of a change once it has settled.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;

use crate::effect::effect;

/// How long nothing may change before a change is told.
const SETTLED: Duration = Duration::from_millis(700);

/// Announces `message` politely, ~0.7 s after it last changed; not what it says at first, which stands on the page.
#[component]
pub fn LiveRegion(
    /// What there is to tell. Nothing is told while it is empty.
    #[prop(into)]
    message: Signal<String>,
) -> impl IntoView {
    let settled = RwSignal::new(String::new());
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(handle) = timer.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    };
    let mut before = None::<String>;
    effect(move || {
        let now = message.get();
        stop();
        if before.as_ref().is_some_and(|before| *before != now) {
            let text = now.clone();
            let tell = move || drop(settled.try_set(text));
            timer.set_value(set_timeout_with_handle(tell, SETTLED).ok());
        }
        before = Some(now);
    });
    on_cleanup(stop);
    view! { <p class="visually-hidden" role="status" aria-live="polite">{settled}</p> }
}
