//! The way into the live chat.

use crate::part::IntoPart;
use leptos::prelude::*;
use onedesk_texts::{Language, chat};

use crate::language;

/// Where the chat stands, in every language: a page of the server's.
const CHAT: &str = "/chat";

/// A link to the chat. The script that pages load for it opens a panel instead; without scripts it leads to the chat's page.
#[component]
pub fn ChatLink(
    /// The language of the page.
    language: Language,
    /// Its classes.
    #[prop(optional)]
    class: &'static str,
    /// What it shows.
    label: &'static str,
) -> impl IntoView {
    let href = language::path_in(language, CHAT);
    let name = chat::opener(language).chat();
    view! { <a href=href class=class rel="external" data-chat=name>{label}</a> }.part()
}
