//! Ties inputs to signals without taking from the person what was typed before the page was taken over.

use leptos::html::{ElementType, Input, Select};
use leptos::prelude::*;
use leptos::web_sys;

use crate::effect::effect;

/// Keeps an input and a signal in step. The input needs `value=…` (which prerendering writes; `prop:value` it does not)
/// and `on:input` to set the signal.
///
/// Someone may have typed, or the browser may have filled the field in, before the script ran: what stands in the input
/// then is taken into the signal, rather than wiped.
pub fn bind_input(node: NodeRef<Input>, value: RwSignal<String>) {
    bind(
        node,
        value,
        web_sys::HtmlInputElement::value,
        web_sys::HtmlInputElement::set_value,
    );
}

/// The same for a list to choose from; `on:change` sets the signal.
pub fn bind_select(node: NodeRef<Select>, value: RwSignal<String>) {
    bind(
        node,
        value,
        web_sys::HtmlSelectElement::value,
        web_sys::HtmlSelectElement::set_value,
    );
}

fn bind<E>(
    node: NodeRef<E>,
    value: RwSignal<String>,
    read: fn(&E::Output) -> String,
    write: fn(&E::Output, &str),
) where
    E: ElementType + 'static,
    E::Output: leptos::wasm_bindgen::JsCast + Clone + 'static,
{
    let rendered = value.get_untracked();
    let mut taken_over = false;
    effect(move || {
        let wanted = value.get();
        let Some(element) = node.get() else { return };
        let shown = read(&element);
        if !taken_over && wanted == rendered && shown != rendered {
            value.set(shown);
        } else if shown != wanted {
            write(&element, &wanted);
        }
        taken_over = true;
    });
}
