//! A question or a progress in front of the screen: the browser's own `<dialog>`, opened as a modal.
//!
//! The browser keeps the focus inside, makes the rest of the page inert, and gives the focus back where it was.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use crate::browser;
use crate::changing::text;
use crate::effect::effect;
use crate::part::{IntoPart, Slot};

/// A modal dialog.
#[component]
pub fn Dialog(
    /// Distinguishes its ids on the page.
    id: &'static str,
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// Its heading. When this changes, so did what the dialog is about: the heading takes the focus.
    #[prop(into)]
    title: Signal<String>,
    /// What Escape does. Without it the dialog stays until its work is done.
    #[prop(into)]
    on_dismiss: Callback<()>,
    /// What it holds.
    children: Slot,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    let title_id = [id, "-title"].concat();
    let heading = title_id.clone();
    let mut shown = None::<String>;
    effect(move || {
        let (open, title) = (open.get(), title.get());
        let Some(dialog) = node.get() else { return };
        if !open {
            if dialog.open() {
                dialog.close();
            }
            shown = None;
            return;
        }
        if !dialog.open() {
            // Refused only for a dialog that is off the page, which this one is not.
            let _ = dialog.show_modal();
        }
        if shown.as_ref() != Some(&title) {
            browser::focus(&heading);
            shown = Some(title);
        }
    });
    let cancelled = move |event: ev::Event| {
        // The signal decides, so that the two cannot disagree.
        event.prevent_default();
        on_dismiss.run(());
    };
    // A second Escape closes a dialog whatever the page says: it is then as dismissed as by the first.
    let closed = move |_: ev::Event| {
        // The event comes late: a dialog that was opened again meanwhile is not the one that it tells of.
        let Some(dialog) = node.get_untracked().filter(|dialog| !dialog.open()) else {
            return;
        };
        if open.get_untracked() {
            on_dismiss.run(());
            if open.get_untracked() {
                let _ = dialog.show_modal();
            }
        }
    };
    view! {
        <dialog node_ref=node id=id class="dialog" aria-labelledby=title_id.clone() on:cancel=cancelled on:close=closed>
            <div class="dialog__content">
                <h2 class="dialog__title" id=title_id.clone() tabindex="-1">{text(move || title.get())}</h2>
                {children.fill()}
            </div>
        </dialog>
    }
    .part()
}
