//! Offers the page in the language that its visitor reads, where it is another than the page's.
//!
//! Offered, never forced: the bar stands at the foot of the window, and whichever is chosen is kept. It is printed in
//! every language but the page's own, hidden; [`language_offer`](crate::language_offer) shows the one that is wanted.

use leptos::prelude::*;
use onedesk_texts::{Language, site};

use crate::addresses::SitePage;
use crate::part::IntoPart;

/// A bar for each language that the page is not in.
#[component]
pub fn LanguageOffers(
    /// The language of this page.
    language: Language,
    /// This page.
    page: SitePage,
) -> impl IntoView {
    let offer = move |other: Language| {
        let texts = site::offer(other);
        view! {
            <aside class="language-offer" lang=other.code() aria-label=texts.label() hidden=true>
                <p>{texts.question()}</p>
                <a class="button" href=page.in_language(other) rel="external" hreflang=other.code()>
                    {texts.accept()}
                </a>
                <button type="button" class="button button--quiet language-offer__decline">{texts.decline()}</button>
            </aside>
        }
    };
    Language::all()
        .iter()
        .copied()
        .filter(|other| *other != language)
        .map(offer)
        .collect_view()
        .part()
}
