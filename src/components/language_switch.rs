//! The languages of a page: links to the same page in each.

use leptos::prelude::*;
use onedesk_texts::{Language, site};

use crate::addresses::SitePage;
use crate::part::IntoPart;

/// Links to this page in every language.
///
/// Each is a full load, since a page carries the catalog of its own language only. The choice in the address goes along:
/// `navigation` sees to that, by `hreflang`.
#[component]
pub fn LanguageSwitch(
    /// The language of this page.
    language: Language,
    /// This page.
    page: SitePage,
) -> impl IntoView {
    let link = move |other: Language| {
        let href = page.in_language(other);
        let current = (other == language).then_some("true");
        view! {
            <li>
                <a href=href rel="external" hreflang=other.code() lang=other.code() aria-current=current>
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
    .part()
}
