//! A message that stands on the page.

use crate::part::{IntoPart, Slot};
use leptos::prelude::*;

use super::icon::Icon;

/// What a notice is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NoticeKind {
    /// Something to know.
    #[default]
    Info,
    /// It is done.
    Success,
    /// Something to mind.
    Warning,
    /// It went wrong.
    Error,
}

impl NoticeKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Info => "notice",
            Self::Success => "notice notice--success",
            Self::Warning => "notice notice--warning",
            Self::Error => "notice notice--error",
        }
    }

    const fn icon(self) -> Icon {
        match self {
            Self::Info => Icon::Info,
            Self::Success => Icon::Done,
            Self::Warning => Icon::Warning,
            Self::Error => Icon::Failed,
        }
    }

    /// Errors interrupt a screen reader, the rest waits its turn.
    const fn role(self) -> &'static str {
        if matches!(self, Self::Error) {
            "alert"
        } else {
            "status"
        }
    }
}

/// What happened, what was not done, what to do.
#[component]
pub fn Notice(
    /// Decides colour, drawing and urgency.
    #[prop(optional)]
    kind: NoticeKind,
    /// A few words above the message.
    #[prop(optional, into)]
    title: Option<String>,
    /// The message, and what to press.
    children: Slot,
) -> impl IntoView {
    view! {
        <div class=kind.class() role=kind.role()>
            <Icon icon=kind.icon()/>
            <div class="notice__body">
                {title.map(|title| view! { <p class="notice__title">{title}</p> })}
                {children.fill()}
            </div>
        </div>
    }
    .late_part()
}
