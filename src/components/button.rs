//! Buttons, and links that look like them.

use crate::changing::{flag, mark, text};
use crate::handler::handler;
use crate::part::{IntoPart, Slot};
use leptos::ev::MouseEvent;
use leptos::prelude::*;

/// How much a button asks to be pressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one action of the screen.
    #[default]
    Primary,
    /// Another action.
    Secondary,
    /// An action in passing, without a border.
    Quiet,
    /// An action that takes something away.
    Danger,
}

impl ButtonKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button",
            Self::Secondary => "button button--secondary",
            Self::Quiet => "button button--quiet",
            Self::Danger => "button button--danger",
        }
    }
}

/// A button. While its work is pending it shows progress in place, keeps the focus and takes no further press.
#[component]
pub fn Button(
    /// How much it asks to be pressed.
    #[prop(optional)]
    kind: ButtonKind,
    /// Whether it sends its form; else it does what `on_press` says.
    #[prop(optional)]
    submit: bool,
    /// What it does.
    #[prop(optional, into)]
    on_press: Option<Callback<MouseEvent>>,
    /// Whether its work is under way.
    #[prop(optional, into)]
    pending: Signal<bool>,
    /// Whether it can be pressed at all. Prefer an explanation after the press.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Its words.
    children: Slot,
) -> impl IntoView {
    let pressed = move |event: MouseEvent| {
        if pending.get_untracked() {
            event.prevent_default();
        } else if let Some(on_press) = on_press {
            on_press.run(event);
        }
    };
    view! {
        <button
            type=if submit { "submit" } else { "button" }
            class=kind.class()
            aria-disabled=mark(move || pending.get())
            aria-busy=mark(move || pending.get())
            disabled=flag(move || disabled.get())
            on:click=handler(pressed)
        >
            <span class="button__label">{children.fill()}</span>
            <span class="button__progress" aria-hidden="true"></span>
        </button>
    }
    .late_part()
}

/// A link that looks like a button.
#[component]
pub fn LinkButton(
    /// Where it leads.
    #[prop(into)]
    href: Signal<String>,
    /// How much it asks to be followed.
    #[prop(optional)]
    kind: ButtonKind,
    /// Whether the address belongs to another program (or language), so that the browser has to load it.
    #[prop(optional)]
    external: bool,
    /// More words for screen readers, where several links say the same.
    #[prop(optional, into)]
    description: Option<Signal<String>>,
    /// Its words.
    children: Slot,
) -> impl IntoView {
    view! {
        <a class=kind.class() href=text(move || href.get()) rel=external.then_some("external")>
            <span class="button__label">
                {children.fill()}
                {description.map(|words| view! { <span class="visually-hidden">" "{text(move || words.get())}</span> })}
            </span>
        </a>
    }
    .late_part()
}
