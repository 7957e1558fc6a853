//! Shows the offer of a page in the language of its visitor ([`LanguageOffers`](crate::components::language_offer)), and
//! keeps what was chosen.

use leptos::prelude::document;
use leptos::web_sys::Element;
use onedesk_texts::Language;

use crate::session::languages;

/// Offers the visitor's language, if the page is in another.
pub fn start(language: Language) {
    if let Some(wanted) = languages::wanted().filter(|wanted| *wanted != language) {
        let bar = [".language-offer[lang=", wanted.code(), "]"].concat();
        if let Ok(Some(bar)) = document().query_selector(&bar) {
            drop(bar.remove_attribute("hidden"));
        }
    }
}

/// Whether this click declines the offer: then the page's own language is kept, and nothing is offered any more.
pub fn is_declined(clicked: &Element, language: Language) -> bool {
    let around = |selector| clicked.closest(selector).ok().flatten();
    let Some(bar) = around(".language-offer__decline").and_then(|_| around(".language-offer")) else {
        return false;
    };
    drop(bar.set_attribute("hidden", ""));
    languages::remember(language.code());
    true
}
