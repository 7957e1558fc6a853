//! An address of the application at which nothing stands.

use leptos::prelude::*;
use onedesk_texts::{Language, admin, shared};

use super::addresses;
use super::entrance::Entrance;
use crate::components::button::LinkButton;
use crate::session::Session;

/// Says so, and where to go on.
#[component]
pub fn NothingHere(
    /// The session.
    session: Session,
    /// The language of the screen.
    language: Language,
) -> impl IntoView {
    view! {
        <Entrance session language title=admin::shell(language).not_found_title()>
            <p class="entrance__lead">{shared::problem(language).not_found()}</p>
            <LinkButton href=addresses::HOME>{admin::shell(language).home()}</LinkButton>
        </Entrance>
    }
}
