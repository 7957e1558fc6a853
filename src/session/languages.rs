//! The language of the application: the user's own once somebody is signed in, and until then the one that the address
//! (`?lang=fr`), an earlier visit or the browser asks for.

use leptos::prelude::{document, window};
use onedesk_texts::{Language, negotiate};

use crate::browser;
use crate::choice::parameter;

/// Its place in `localStorage`.
const STORAGE_KEY: &str = "onedesk.language";

/// The language to begin with.
pub fn preferred() -> Language {
    let tags: Vec<String> = asked_for()
        .into_iter()
        .chain(remembered())
        .chain(accepted())
        .collect();
    negotiate(tags.iter().map(String::as_str)).unwrap_or_default()
}

/// Whether the address asks for a language.
pub fn is_asked_for() -> bool {
    asked_for().is_some()
}

fn asked_for() -> Option<String> {
    parameter(&browser::query(), "lang")
}

/// Marks the page as written in this language, for screen readers and hyphenation, and remembers it for the next visit.
pub fn announce(language: Language) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("lang", language.code());
    }
    if let Some(storage) = storage() {
        // Where nothing can be stored, the next visit begins with the browser's language.
        let _ = storage.set_item(STORAGE_KEY, language.code());
    }
}

fn remembered() -> Option<String> {
    storage()?.get_item(STORAGE_KEY).ok()?
}

fn accepted() -> Vec<String> {
    window()
        .navigator()
        .languages()
        .iter()
        .filter_map(|tag| tag.as_string())
        .collect()
}

fn storage() -> Option<leptos::web_sys::Storage> {
    window().local_storage().ok()?
}
