//! A link to a file that is saved rather than opened.

use leptos::prelude::*;

use crate::part::IntoPart;

/// A link to a file.
#[component]
pub fn FileLink(
    /// Where the file is.
    href: String,
    /// What the link says.
    words: String,
    /// What it says to those who do not see what stands around it: begins with its words.
    label: String,
    /// How it looks.
    class: &'static str,
) -> impl IntoView {
    view! { <a class=class href=href rel="external" download="" aria-label=label>{words}</a> }.part()
}
