//! The texts that a program speaks with: programs in the browser hold none ([`onedesk_texts::table`]), and are brought
//! those of one language.
//!
//! - A page of the site brings them in a data block, because the first render, which takes the page over, needs them at
//!   once.
//! - The application's boot script, which `prerender` writes, loads them beside the program, in the language that the
//!   address (`?lang=fr`), an earlier visit or the browser asks for; another language is loaded when it is spoken
//!   ([`load`]).

use leptos::prelude::document;
use leptos::wasm_bindgen::JsValue;
use onedesk_texts::{Language, table};

use crate::api::{self, Answer, ApiError};

/// The id of the element of a page of the site that holds the texts.
pub const ELEMENT_ID: &str = "texts";

/// The name under which the boot script of the application hands over the texts that it has loaded.
pub const HANDED_OVER: &str = "onedeskTexts";

/// The attribute, of an element that has the language as its `lang`, that says where the texts of a language are to be
/// loaded from.
pub const ADDRESS_ATTRIBUTE: &str = "data-texts";

/// Takes the texts of the page. `None` if it has none, or not those of this program.
pub fn of_page() -> Option<Language> {
    let written = document().get_element_by_id(ELEMENT_ID)?.text_content()?;
    table::load(&written).ok()
}

/// Takes the texts that were loaded with the program. `None` if there are none, or not those of this program.
pub fn handed_over() -> Option<Language> {
    let written = js_sys::Reflect::get(&js_sys::global(), &JsValue::from_str(HANDED_OVER)).ok()?;
    table::load(&written.as_string()?).ok()
}

/// Loads the texts of a language, unless they are here.
pub async fn load(language: Language) -> Answer<()> {
    if table::is_loaded(language) {
        return Ok(());
    }
    let selector = ["[", ADDRESS_ATTRIBUTE, "][lang=", language.code(), "]"].concat();
    let address = document()
        .query_selector(&selector)
        .ok()
        .flatten()
        .and_then(|element| element.get_attribute(ADDRESS_ATTRIBUTE));
    // The page is older than what the server has by now.
    let outdated = ApiError::Unreadable { status: 404 };
    let Some(address) = address else {
        return Err(outdated);
    };
    match api::file(&address).await {
        Ok(written) => table::load(&written).map(drop).map_err(|_| outdated),
        Err(error) if error.is_passing() => Err(error),
        Err(_) => Err(outdated),
    }
}
