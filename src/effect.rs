//! Effects, compiled once.

use leptos::prelude::Effect;

/// Runs once the page has been taken over, and again whenever a signal that it read has changed.
///
/// [`Effect::new`] is compiled anew for each closure, at about 1.5 KB; this one is not.
pub fn effect(run: impl FnMut() + 'static) {
    erased(Box::new(run));
}

fn erased(mut run: Box<dyn FnMut()>) {
    Effect::new(move |_: Option<()>| run());
}
