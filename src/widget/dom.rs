//! Elements, put together by calls instead of `view!`.
//!
//! A view is one type, made of the types of all that it holds, and is compiled for that type: drawn so, this widget was half
//! as large again as it may be. Here every element is of one type and every change an [`effect`], compiled once.

use leptos::prelude::{StoredValue, document};
use leptos::wasm_bindgen::closure::Closure;
use leptos::wasm_bindgen::{JsCast, UnwrapThrowExt};
use leptos::web_sys::{Element, Event, HtmlInputElement};

use crate::components::icon::Icon;
use crate::effect::effect;

const SVG: &str = "http://www.w3.org/2000/svg";

/// A handle to an element.
#[derive(Clone, Debug)]
pub struct Node(Element);

/// An element with its classes, and with the parts that the page around can style; either may be empty.
pub fn node(tag: &str, class: &str, part: &str) -> Node {
    let element = document()
        .create_element(tag)
        .expect_throw("the name of an element");
    let node = Node(element);
    for (name, value) in [("class", class), ("part", part)] {
        if !value.is_empty() {
            node.put(name, value);
        }
    }
    node
}

/// A drawing beside a text that says the same.
pub fn icon(icon: Icon) -> Node {
    let drawn = |tag| {
        let element = document().create_element_ns(Some(SVG), tag);
        Node(element.expect_throw("the name of an element"))
    };
    let path = drawn("path").with("d", icon.path());
    drawn("svg")
        .with("class", "icon")
        .with("viewBox", "0 0 24 24")
        .with("aria-hidden", "true")
        .holding(&[&path])
}

impl Node {
    /// The element itself.
    pub const fn element(&self) -> &Element {
        &self.0
    }

    /// Sets an attribute.
    pub fn put(&self, name: &str, value: &str) {
        // Fails only for names that are none.
        drop(self.0.set_attribute(name, value));
    }

    /// Sets an attribute that counts by being there, or takes it away.
    pub fn flag(&self, name: &str, holds: bool) {
        drop(self.0.toggle_attribute_with_force(name, holds));
    }

    /// Replaces what the element says.
    pub fn say(&self, text: &str) {
        self.0.set_text_content(Some(text));
    }

    /// What stands in an input or a list by now.
    pub fn value(&self) -> String {
        self.input().value()
    }

    /// Puts a value into an input or a list, unless it stands there: the place of typing would be lost.
    pub fn set_value(&self, value: &str) {
        if self.value() != value {
            self.input().set_value(value);
        }
    }

    /// An input, or a list, which has the members that are asked for here by the same names.
    fn input(&self) -> &HtmlInputElement {
        self.0.unchecked_ref()
    }

    /// With an attribute.
    pub fn with(self, name: &str, value: &str) -> Self {
        self.put(name, value);
        self
    }

    /// With a text.
    pub fn saying(self, text: &str) -> Self {
        self.say(text);
        self
    }

    /// With more elements at its end.
    pub fn holding(self, children: &[&Self]) -> Self {
        for child in children {
            drop(self.0.append_with_node_1(&child.0));
        }
        self
    }

    /// With a text that is written anew whenever a signal that it read has changed.
    pub fn telling(self, write: impl Fn() -> String + 'static) -> Self {
        self.keep_text(Self::say, Box::new(write))
    }

    /// With an address that is written anew whenever a signal that it read has changed.
    pub fn leading(self, address: impl Fn() -> String + 'static) -> Self {
        self.keep_text(|link, address| link.put("href", address), Box::new(address))
    }

    /// An input or a list that follows a text.
    pub fn showing(self, value: impl Fn() -> String + 'static) -> Self {
        self.keep_text(Self::set_value, Box::new(value))
    }

    /// A button that cannot be pressed while this holds.
    pub fn disabled(self, holds: impl Fn() -> bool + 'static) -> Self {
        self.keep_mark(|button, holds| button.flag("disabled", holds), Box::new(holds))
    }

    /// A radio button that is chosen while this holds.
    pub fn chosen(self, holds: impl Fn() -> bool + 'static) -> Self {
        self.keep_mark(|radio, holds| radio.input().set_checked(holds), Box::new(holds))
    }

    fn keep_text(self, put: fn(&Self, &str), text: Box<dyn Fn() -> String>) -> Self {
        let node = self.clone();
        effect(move || put(&node, &text()));
        self
    }

    fn keep_mark(self, put: fn(&Self, bool), mark: Box<dyn Fn() -> bool>) -> Self {
        let node = self.clone();
        effect(move || put(&node, mark()));
        self
    }

    /// With a handler of an event, for as long as the current owner lives.
    pub fn on(self, event: &str, handle: impl FnMut(Event) + 'static) -> Self {
        attach(&self.0, event, Box::new(handle));
        self
    }
}

fn attach(element: &Element, event: &str, handle: Box<dyn FnMut(Event)>) {
    let closure = Closure::wrap(handle);
    drop(element.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref()));
    StoredValue::new_local(closure);
}
