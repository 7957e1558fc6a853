//! Pieces of a screen that change, compiled once.
//!
//! A closure in a view brings with it everything that it takes to run it again and to mend what it drew before, about
//! 2 KB for each closure. With its type forgotten, that is there once for all of them.

use leptos::prelude::*;

use crate::part::{IntoPart, Part};

/// A view that is drawn anew whenever a signal that it read has changed.
pub fn changing<V: RenderHtml + 'static>(mut draw: impl FnMut() -> V + Send + 'static) -> Changing {
    Box::new(move || draw().late_part())
}

/// A text that is written anew whenever a signal that it read has changed.
pub fn text<T: Into<String>>(mut write: impl FnMut() -> T + Send + 'static) -> ChangingText {
    Box::new(move || write().into())
}

/// An attribute that says `true`, or is not there.
pub fn mark(mut holds: impl FnMut() -> bool + Send + 'static) -> ChangingMark {
    Box::new(move || holds().then_some("true"))
}

/// An attribute that counts by being there, such as `hidden`.
pub fn flag(holds: impl FnMut() -> bool + Send + 'static) -> ChangingFlag {
    Box::new(holds)
}

/// See [`changing`].
pub type Changing = Box<dyn FnMut() -> Part + Send>;

/// See [`text`].
pub type ChangingText = Box<dyn FnMut() -> String + Send>;

/// See [`mark`].
pub type ChangingMark = Box<dyn FnMut() -> Option<&'static str> + Send>;

/// See [`flag`].
pub type ChangingFlag = Box<dyn FnMut() -> bool + Send>;
