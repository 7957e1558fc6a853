//! The languages of a page: links to the same page in each.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use onedesk_texts::{Language, site};

use crate::addresses::SitePage;
use crate::browser;

/// Links to this page in every language; the choice in the address goes along.
///
/// Each is a full load, since a page carries the catalog of its own language only.
#[component]
pub fn LanguageSwitch(
    /// The language of this page.
    language: Language,
) -> impl IntoView {
    let pathname = use_location().pathname;
    let link = move |other: Language| {
        let href = move || SitePage::at(&pathname.read()).0.in_language(other);
        // The query is read when the link is followed: it changes without the router's knowledge.
        let follow = move |event: leptos::ev::MouseEvent| {
            let query = browser::query();
            let plain = event.button() == 0 && !(event.ctrl_key() || event.meta_key() || event.shift_key());
            if plain && !query.is_empty() {
                event.prevent_default();
                browser::go_to(&[href().as_str(), &query].concat());
            }
        };
        let current = (other == language).then_some("true");
        view! {
            <li>
                <a href=href rel="external" hreflang=other.code() lang=other.code() aria-current=current on:click=follow>
                    {other.native_name()}
                </a>
            </li>
        }
    };
    view! {
        <nav class="languages" aria-label=site::nav(language).languages()>
            <ul>{Language::all().iter().map(|other| link(*other)).collect_view()}</ul>
        </nav>
    }
    .into_any()
}
