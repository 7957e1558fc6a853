//! A question or a progress in front of the screen: the browser's own `<dialog>`, opened as a modal.
//!
//! The browser keeps the focus inside, makes the rest of the page inert, and gives the focus back where it was.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use crate::browser;

/// A modal dialog. What is in it exists only while it is open.
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
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    let title_id = [id, "-title"].concat();
    Effect::new({
        let title_id = title_id.clone();
        move |before: Option<(bool, String)>| {
            let (open, title) = (open.get(), title.get());
            let Some(dialog) = node.get() else { return (false, title) };
            if open != dialog.open() {
                if open {
                    // Refused only for a dialog that is off the page, which this one is not.
                    let _ = dialog.show_modal();
                } else {
                    dialog.close();
                }
            }
            if open && before.is_none_or(|(was_open, before)| !was_open || before != title) {
                browser::focus(&title_id);
            }
            (open, title)
        }
    });
    let cancelled = move |event: ev::Event| {
        // The signal decides, so that the two cannot disagree.
        event.prevent_default();
        on_dismiss.run(());
    };
    // A second Escape closes a dialog whatever the page says: it is then as dismissed as by the first.
    let closed = move |_: ev::Event| {
        if open.get_untracked() {
            on_dismiss.run(());
            if let Some(dialog) = node.get_untracked().filter(|_| open.get_untracked()) {
                let _ = dialog.show_modal();
            }
        }
    };
    view! {
        <dialog node_ref=node id=id class="dialog" aria-labelledby=title_id.clone() on:cancel=cancelled on:close=closed>
            <div class="dialog__content">
                <h2 class="dialog__title" id=title_id.clone() tabindex="-1">{move || title.get()}</h2>
                {move || open.get().then(|| children())}
            </div>
        </dialog>
    }
}
