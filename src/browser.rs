//! The few things that only the browser knows or does. Every function is to be called in effects and event handlers:
//! never while a page is rendered, which has to come out the same on both sides.

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::{document, window};
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys;
use wasm_bindgen_futures::JsFuture;

/// The query of the address with its `?`, or nothing.
pub fn query() -> String {
    window().location().search().unwrap_or_default()
}

/// Path and query of the address.
pub fn address() -> String {
    let location = window().location();
    [
        location.pathname().unwrap_or_default(),
        location.search().unwrap_or_default(),
    ]
    .concat()
}

/// Replaces the query in the address bar without a navigation, and without an entry in the history.
pub fn replace_query(query: &str) {
    let location = window().location();
    let mut address = location.pathname().unwrap_or_default();
    if !query.is_empty() {
        address.push('?');
        address.push_str(query.trim_start_matches('?'));
    }
    address.push_str(&location.hash().unwrap_or_default());
    if let Ok(history) = window().history() {
        // The browser refuses when this is done hundreds of times a minute; the next change tries again.
        let state = history.state().unwrap_or(JsValue::NULL);
        drop(history.replace_state_with_url(&state, "", Some(&address)));
    }
}

/// Leaves for another address with a full load.
pub fn go_to(address: &str) {
    drop(window().location().assign(address));
}

/// Loads the page again.
pub fn reload() {
    drop(window().location().reload());
}

/// Gives the focus to the element of an id, and brings it into view.
pub fn focus(id: &str) {
    let element = document()
        .get_element_by_id(id)
        .and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(element) = element {
        drop(element.focus());
    }
}

/// Puts a text on the clipboard. `false` where the browser has none for this page, or does not let it.
pub async fn copy(text: &str) -> bool {
    let write = || {
        // By name: pages that are not served securely have none, which the binding for it does not expect.
        let clipboard = Reflect::get(&window().navigator(), &"clipboard".into()).ok()?;
        let write = Reflect::get(&clipboard, &"writeText".into()).ok()?;
        let write = write.dyn_into::<Function>().ok()?;
        write
            .call1(&clipboard, &text.into())
            .ok()?
            .dyn_into::<Promise>()
            .ok()
    };
    match write() {
        Some(promise) => JsFuture::from(promise).await.is_ok(),
        None => false,
    }
}

/// The region of the browser's first language that names one: `FR` of `fr-FR`.
pub fn region() -> Option<String> {
    window()
        .navigator()
        .languages()
        .iter()
        .filter_map(|tag| tag.as_string())
        .find_map(|tag| {
            let region = tag
                .rsplit('-')
                .next()
                .filter(|part| part.len() == 2 && tag.len() > 2)?;
            Some(region.to_ascii_uppercase())
        })
}

/// Puts other entries into a list, each its own text but for underscores. What was chosen stays chosen.
pub fn fill_select(id: &str, entries: &[String]) {
    let select = document()
        .get_element_by_id(id)
        .and_then(|select| select.dyn_into::<web_sys::HtmlSelectElement>().ok());
    let Some(select) = select else { return };
    let chosen = select.value();
    select.set_inner_html("");
    for entry in entries {
        if let Ok(option) = document().create_element("option") {
            drop(option.set_attribute("value", entry));
            option.set_text_content(Some(&entry.replace('_', " ")));
            drop(select.append_child(&option));
        }
    }
    select.set_value(&chosen);
}

/// The IANA name of the browser's time zone.
pub fn time_zone() -> Option<String> {
    let options =
        js_sys::Intl::DateTimeFormat::new(&js_sys::Array::new(), &js_sys::Object::new()).resolved_options();
    js_sys::Reflect::get(&options, &JsValue::from_str("timeZone"))
        .ok()?
        .as_string()
}

/// Every IANA time zone that the browser knows; none in a browser that cannot tell.
pub fn time_zones() -> Vec<String> {
    // Not among the bindings: `Intl.supportedValuesOf("timeZone")`.
    let names = || -> Option<js_sys::Array> {
        let intl = js_sys::Reflect::get(&js_sys::global(), &JsValue::from_str("Intl")).ok()?;
        let function = js_sys::Reflect::get(&intl, &JsValue::from_str("supportedValuesOf")).ok()?;
        let function = function.dyn_into::<js_sys::Function>().ok()?;
        function
            .call1(&intl, &JsValue::from_str("timeZone"))
            .ok()?
            .dyn_into()
            .ok()
    };
    names()
        .map(|names| names.iter().filter_map(|name| name.as_string()).collect())
        .unwrap_or_default()
}

/// Notes on the document that its program listens now: `<html data-ready>`.
pub fn mark_ready() {
    if let Some(root) = document().document_element() {
        // Fails only for an attribute name that is none.
        drop(root.set_attribute("data-ready", ""));
    }
}
