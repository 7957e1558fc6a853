//! Event handlers, attached by code that is compiled once for each kind of event rather than once for each handler.

use leptos::ev::{Event, Targeted};
use leptos::web_sys::{HtmlInputElement, HtmlSelectElement};

/// A handler of any event.
pub fn handler<E: 'static>(handle: impl FnMut(E) + 'static) -> Handler<E> {
    Box::new(handle)
}

/// A handler that is given what stands in an input by now.
pub fn typed(mut handle: impl FnMut(String) + 'static) -> Handler<Targeted<Event, HtmlInputElement>> {
    Box::new(move |event| handle(event.target().value()))
}

/// A handler that is given what is chosen in a list by now.
pub fn chosen(mut handle: impl FnMut(String) + 'static) -> Handler<Targeted<Event, HtmlSelectElement>> {
    Box::new(move |event| handle(event.target().value()))
}

/// See [`handler`].
pub type Handler<E> = Box<dyn FnMut(E)>;
