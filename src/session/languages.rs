//! The language of the application: the user's own once somebody is signed in, and until then the one that the address
//! (`?lang=fr`), an earlier visit or the browser asks for, which the boot script finds out ([`spoken`](crate::spoken)).

use leptos::prelude::{document, window};
use onedesk_texts::{Language, negotiate};

use crate::browser;
use crate::choice::parameter;

/// The place of the language in `localStorage`.
pub const STORAGE_KEY: &str = "onedesk.language";

/// The parameter by which an address asks for a language.
pub const PARAMETER: &str = "lang";

/// Whether the address asks for a language.
pub fn is_asked_for() -> bool {
    parameter(&browser::query(), PARAMETER).is_some()
}

/// Marks the page as written in this language, for screen readers and hyphenation, and remembers it for the next visit.
pub fn announce(language: Language) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("lang", language.code());
    }
    remember(language.code());
}

/// Remembers a language for the next visit.
pub fn remember(code: &str) {
    if let Some(storage) = storage() {
        // Where nothing can be stored, the next visit begins with the browser's language.
        let _ = storage.set_item(STORAGE_KEY, code);
    }
}

/// The language that the visitor wants: what was chosen earlier, else what the browser asks for; nothing if all of that
/// is languages that nothing is written in.
pub fn wanted() -> Option<Language> {
    let remembered = storage().and_then(|storage| storage.get_item(STORAGE_KEY).ok()?);
    let accepted = window().navigator().languages();
    let tags: Vec<String> = remembered
        .into_iter()
        .chain(accepted.iter().filter_map(|tag| tag.as_string()))
        .collect();
    negotiate(tags.iter().map(String::as_str))
}

fn storage() -> Option<leptos::web_sys::Storage> {
    window().local_storage().ok()?
}
