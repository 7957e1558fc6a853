//! Names of countries, as the browser knows them.
//!
//! The application takes them from there rather than from the texts ([`countries`](crate::countries)), which the site's
//! pages are printed with: 249 names in every language would be a part of its bundle.

use leptos::wasm_bindgen::{JsCast, JsValue};
use onedesk_contract::fields::CountryCode;
use onedesk_texts::Language;

/// The name of a country by its ISO 3166-1 code; nothing for what is none.
pub fn name(language: Language, code: &str) -> String {
    if code.len() != 2 {
        return String::new();
    }
    names(language).of(code).map(String::from).unwrap_or_default()
}

/// The entries of a list to choose a country from, in the order of the language, as HTML.
pub fn options(language: Language, chosen: &str) -> String {
    let names = names(language);
    let entries = js_sys::Array::new();
    for code in CountryCode::all() {
        let name = names.of(code.as_str()).map(String::from).unwrap_or_default();
        entries.push(&[name.as_str(), "\t", code.as_str()].concat().into());
    }
    sort(language, &entries);
    let mut html = String::new();
    for entry in entries.iter().filter_map(|entry| entry.as_string()) {
        html.push_str(&option(&entry, chosen));
    }
    html
}

/// An entry of the list.
fn option(entry: &str, chosen: &str) -> String {
    let (name, code) = entry.split_once('\t').unwrap_or_default();
    let mark = if code == chosen { "\" selected>" } else { "\">" };
    // The only character of HTML that stands in a name.
    let name = name.replace('&', "&amp;");
    ["<option value=\"", code, mark, &name, "</option>"].concat()
}

fn names(language: Language) -> js_sys::Intl::DisplayNames {
    let options = js_sys::Object::new();
    // Fails only for what is no object.
    drop(js_sys::Reflect::set(&options, &"type".into(), &"region".into()));
    js_sys::Intl::DisplayNames::new(&locales(language), &options)
}

/// In the browser, whose order of letters is the language's.
fn sort(language: Language, entries: &js_sys::Array) {
    let order = js_sys::Intl::Collator::new(&locales(language), &js_sys::Object::new()).compare();
    if let Ok(sort) = js_sys::Reflect::get(entries, &"sort".into())
        && let Ok(sort) = sort.dyn_into::<js_sys::Function>()
    {
        drop(sort.call1(entries, &order));
    }
}

fn locales(language: Language) -> js_sys::Array {
    js_sys::Array::of1(&JsValue::from_str(language.code()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_an_option_and_the_chosen_one_is_marked() {
        assert_eq!(
            option("Antigua & Barbuda\tAG", "FR"),
            "<option value=\"AG\">Antigua &amp; Barbuda</option>"
        );
        assert_eq!(
            option("France\tFR", "FR"),
            "<option value=\"FR\" selected>France</option>"
        );
    }
}
