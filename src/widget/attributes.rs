//! What stands in the attributes of the element.
//!
//! Anything may stand there. What cannot be used falls back, and the developer of the page is told by one warning on the
//! console that names the attribute: a visitor is shown prices either way.

use std::cell::RefCell;

use leptos::wasm_bindgen::JsValue;
use leptos::web_sys::{self, HtmlElement};
use onedesk_contract::fields::Partner;
use onedesk_pricing::{Choice, PriceList};
use onedesk_texts::Language;

use crate::choice::{self, ReadChoice};

/// The choice that the attributes name; what they do not is that of `default`.
pub fn choice(element: &HtmlElement, list: &PriceList, default: &Choice) -> Choice {
    read(&|name| element.get_attribute(name), list, default)
}

/// The same after one attribute was changed: the others no longer count, as the visitor may have dialled since.
pub fn changed(element: &HtmlElement, changed: &str, list: &PriceList, now: &Choice) -> Choice {
    let given = |name: &'static str| element.get_attribute(name).filter(|_| name == changed);
    read(&given, list, now)
}

/// A choice to be read by [`kept`].
pub fn keep(choice: &Choice) -> String {
    let seats = choice.seats.to_string();
    [
        "plan ",
        choice.plan.as_str(),
        " seats ",
        &seats,
        " period ",
        choice.period.as_str(),
        " currency ",
        choice.currency.code(),
    ]
    .concat()
}

/// The choice that another widget of the element was left with.
pub fn kept(kept: &str, list: &PriceList, default: &Choice) -> Choice {
    let given = |name: &'static str| {
        let mut words = kept.split(' ');
        words.find(|word| *word == name)?;
        words.next().map(str::to_owned)
    };
    read(&given, list, default)
}

/// The partner whose page it is; empty for none.
pub fn partner(element: &HtmlElement) -> String {
    let given = element.get_attribute("partner").unwrap_or_default();
    let Ok(partner) = Partner::parse(&given) else {
        warn("partner", &given, "none");
        return String::new();
    };
    partner
        .map(|partner| partner.as_str().to_owned())
        .unwrap_or_default()
}

/// Warns if the element asks for a language that the answer is not in.
pub fn check_language(element: &HtmlElement, shown: Language) {
    let Some(asked) = element.get_attribute("lang") else {
        return;
    };
    let primary = asked.trim().split('-').next().unwrap_or_default();
    // An empty one says that the language is not known (HTML, “the lang attribute”), which is no mistake.
    if !primary.is_empty() && !primary.eq_ignore_ascii_case(shown.code()) {
        warn("lang", &asked, shown.code());
    }
}

fn read(given: &dyn Fn(&'static str) -> Option<String>, list: &PriceList, default: &Choice) -> Choice {
    let ReadChoice { choice, faults, .. } = choice::read_from(given, list, default);
    let seats = choice.seats.to_string();
    for fault in &faults {
        let (name, value) = fault.parts();
        let used = match name {
            "plan" => choice.plan.as_str(),
            "seats" => &seats,
            "period" => choice.period.as_str(),
            _ => choice.currency.code(),
        };
        warn(name, value, used);
    }
    choice
}

thread_local! {
    /// What the page has been told: an element that is moved, or stands there twice, says nothing new.
    static TOLD: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

fn warn(name: &str, value: &str, used: &str) {
    let text = [
        "<onedesk-pricing>: the attribute ",
        name,
        "=\"",
        value,
        "\" cannot be used; shown instead: ",
        used,
    ];
    let text = text.concat();
    TOLD.with_borrow_mut(|told| {
        if !told.contains(&text) {
            web_sys::console::warn_1(&JsValue::from_str(&text));
            told.push(text);
        }
    });
}
