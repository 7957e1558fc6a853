//! The languages of a page: links to the same page in each.

use leptos::prelude::*;
use onedesk_texts::{Language, site};

use super::icon::Icon;
use crate::addresses::SitePage;
use crate::part::IntoPart;

/// The id of the list.
const LIST_ID: &str = "languages";

/// A button with the language of the page, which opens links to this page in every language: a popover of the browser's
/// own, so that it needs no script.
///
/// Each link is a full load, since a page carries the catalog and the texts of its own language only. The choice in the
/// address goes along: `navigation` sees to that, by `hreflang`, and keeps the language.
#[component]
pub fn LanguageSwitch(
    /// The language of this page.
    language: Language,
    /// This page.
    page: SitePage,
) -> impl IntoView {
    let label = site::nav(language).languages();
    let link = move |other: Language| {
        let href = page.in_language(other);
        let current = (other == language).then_some("true");
        view! {
            <li>
                <a href=href rel="external" hreflang=other.code() lang=other.code() aria-current=current>
                    <span class="languages__mark">{current.map(|_| view! { <Icon icon=Icon::Check/> })}</span>
                    {other.native_name()}
                </a>
            </li>
        }
    };
    view! {
        <nav class="languages" aria-label=label>
            <button
                type="button"
                class="languages__button"
                popovertarget=LIST_ID
                aria-label=[label, ", ", language.native_name()].concat()
            >
                <Icon icon=Icon::Globe/>
                <span>{language.native_name()}</span>
                <Icon icon=Icon::ChevronDown/>
            </button>
            <ul id=LIST_ID popover="auto">
                {Language::all().iter().map(|other| link(*other)).collect_view()}
            </ul>
        </nav>
    }
    .part()
}
