//! A sentence that names an address to write to.

use leptos::prelude::*;

use super::site_footer::MailLink;

/// The sentence, with the address in it as a link.
#[component]
pub fn MailSentence(
    /// The sentence; it holds the address.
    words: String,
    /// The address.
    address: String,
) -> impl IntoView {
    // A translation that leaves the address out is shown all the same.
    let (before, after) = words.split_once(&address).unwrap_or((&words, ""));
    let is_named = before.len() < words.len();
    view! { {before.to_owned()}{is_named.then(|| view! { <MailLink address/> })}{after.to_owned()} }
}
