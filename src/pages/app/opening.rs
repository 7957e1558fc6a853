//! Before the application can be shown: it is being opened, or cannot be.

use leptos::prelude::*;
use onedesk_texts::{Language, admin, shared};

use super::entrance::Entrance;
use super::waiting::Waiting;
use crate::api::ApiError;
use crate::components::button::Button;
use crate::components::notice::{Notice, NoticeKind};
use crate::session::Session;

/// The application is being opened.
#[component]
pub fn Opening(
    /// What is being done.
    text: &'static str,
) -> impl IntoView {
    view! { <main class="opening"><Waiting text/></main> }
}

/// The application could not be opened; it can be tried again.
#[component]
pub fn Unreachable(
    /// The session.
    session: Session,
    /// The language of the screen.
    language: Language,
    /// Why not.
    error: ApiError,
) -> impl IntoView {
    let title = admin::shell(language).unreachable_title();
    view! {
        <Entrance session language title>
            <Notice kind=NoticeKind::Error><p>{session.explain(&error)}</p></Notice>
            <Button on_press=move |_| session.ask()>{shared::action(language).try_again()}</Button>
        </Entrance>
    }
}
