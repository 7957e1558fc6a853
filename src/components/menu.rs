//! A button that opens a panel of links and buttons below it.
//!
//! A disclosure, not an ARIA menu: what is in it are ordinary links and buttons, met with Tab like all others. Beyond
//! that, arrow keys, Home and End move among them; Escape, a click elsewhere, and leaving it close it.

use crate::handler::handler;
use leptos::ev::{self, FocusEvent, KeyboardEvent};
use leptos::html::{Button, Div};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, EventTarget, HtmlElement, Node};

use super::icon::{self, Icon};
use crate::changing::{flag, text};
use crate::effect::effect;
use crate::part::{IntoPart, Slot};

/// A button with a panel.
#[component]
pub fn Menu(
    /// Distinguishes its ids on the page.
    id: &'static str,
    /// What the button is called by screen readers and in its tooltip.
    label: String,
    /// Whether the panel hangs from the button's right edge.
    #[prop(optional)]
    at_end: bool,
    /// What stands on the button.
    icon: icon::Icon,
    /// Runs each time that it is opened.
    #[prop(optional)]
    on_open: Option<Callback<()>>,
    /// What stands in the panel.
    children: Slot,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let button = NodeRef::<Button>::new();
    let container = NodeRef::<Div>::new();
    let panel_id = [id, "-panel"].concat();
    if let Some(on_open) = on_open {
        let mut was_open = false;
        effect(move || {
            // Arrow keys open what is open already.
            let is_open = open.get();
            if is_open && !was_open {
                on_open.run(());
            }
            was_open = is_open;
        });
    }

    let contains = move |target: Option<EventTarget>| {
        let target = target.and_then(|target| target.dyn_into::<Node>().ok());
        container
            .get_untracked()
            .is_some_and(|container| container.contains(target.as_ref()))
    };
    let elsewhere = window_event_listener(ev::pointerdown, move |event| {
        if open.get_untracked() && !contains(event.target()) {
            open.set(false);
        }
    });
    on_cleanup(move || elsewhere.remove());

    let left = move |event: FocusEvent| {
        // No next target: the window lost the focus, not the menu.
        if event.related_target().is_some() && !contains(event.related_target()) {
            open.set(false);
        }
    };
    let key = move |event: KeyboardEvent| {
        let key = event.key();
        if key == "Escape" && open.get_untracked() {
            event.prevent_default();
            open.set(false);
            if let Some(button) = button.get_untracked() {
                let _ = button.focus();
            }
        } else if matches!(key.as_str(), "ArrowDown" | "ArrowUp" | "Home" | "End") {
            event.prevent_default();
            let was_open = open.get_untracked();
            open.set(true);
            match container.get_untracked() {
                Some(container) if was_open => move_focus(&container, &key),
                // What is hidden takes no focus: first the panel has to be drawn.
                Some(container) => request_animation_frame(move || move_focus(&container, &key)),
                None => {}
            }
        }
    };
    view! {
        <div class="menu" node_ref=container on:focusout=left on:keydown=key>
            <button
                type="button"
                class="menu__button"
                id=id
                node_ref=button
                aria-expanded=text(move || if open.get() { "true" } else { "false" })
                aria-controls=panel_id.clone()
                aria-label=label.clone()
                title=label
                on:click=handler(move |_| open.update(|open| *open = !*open))
            >
                <Icon icon/>
            </button>
            <div
                class="menu__panel"
                class:menu__panel--at-end=at_end
                id=panel_id
                hidden=flag(move || !open.get())
                on:click=move |event| {
                    // What was chosen closes the panel; a click beside it does not, nor a button that changes the panel itself.
                    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
                    let chosen = ":is(a, button):not([data-stays] *)";
                    if target.is_some_and(|target| target.closest(chosen).ok().flatten().is_some()) {
                        open.set(false);
                    }
                }
            >
                {children.fill()}
            </div>
        </div>
    }
    .part()
}

/// Moves the focus among the links and buttons of the panel, round and round.
fn move_focus(container: &HtmlElement, key: &str) {
    let Ok(found) = container.query_selector_all(".menu__panel :is(a, button):not([hidden])") else {
        return;
    };
    let items: Vec<HtmlElement> = (0..found.length())
        .filter_map(|at| found.item(at)?.dyn_into::<HtmlElement>().ok())
        .collect();
    let Some(last) = items.len().checked_sub(1) else {
        return;
    };
    let focused = document().active_element();
    let at = items
        .iter()
        .position(|item| Some(item.unchecked_ref::<Element>()) == focused.as_ref());
    let next = match (key, at) {
        ("Home", _) | ("ArrowDown", None) => 0,
        ("End", _) | ("ArrowUp", None | Some(0)) => last,
        ("ArrowUp", Some(at)) => at - 1,
        (_, Some(at)) if at == last => 0,
        (_, at) => at.map_or(0, |at| at + 1),
    };
    if let Some(item) = items.get(next) {
        let _ = item.focus();
    }
}
