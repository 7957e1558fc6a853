//! Effects and memos, compiled once.

use leptos::prelude::{Effect, Memo};

/// Runs once the page has been taken over, and again whenever a signal that it read has changed.
///
/// [`Effect::new`] is compiled anew for each closure, at about 1.5 KB; this one is not.
pub fn effect(run: impl FnMut() + 'static) {
    erased(Box::new(run));
}

fn erased(mut run: Box<dyn FnMut()>) {
    Effect::new(move |_: Option<()>| run());
}

/// A value that follows from signals, and is news only when it is another one than before.
///
/// [`Memo::new`] is compiled anew for each closure; this is compiled for each type of value.
pub fn memo<T: PartialEq + Send + Sync + 'static>(value: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
    erased_memo(Box::new(value))
}

fn erased_memo<T: PartialEq + Send + Sync + 'static>(value: Box<dyn Fn() -> T + Send + Sync>) -> Memo<T> {
    Memo::new(move |_| value())
}
