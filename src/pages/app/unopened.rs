//! What is shown in the place of the application when it, or its texts, could not be loaded.

use onedesk_texts::{Language, admin, shared};

use crate::markup::Markup;

/// What happened, and a link to try again, as HTML. `prerender` writes it into the application's page in every language:
/// it has to be there when nothing else is.
pub fn unopened(language: Language) -> String {
    let texts = admin::shell(language);
    let mut markup = Markup::new();
    markup
        .raw("<div class=\"entrance\"><main class=\"entrance__card\"><h1 class=\"screen__title\">")
        .text(texts.unreachable_title())
        .raw("</h1><div class=\"notice notice--error\" role=\"alert\"><div class=\"notice__body\">")
        .paragraph(texts.unreachable())
        // An address that is empty is that of the page.
        .raw("</div></div><a class=\"button\" href=\"\">")
        .text(shared::action(language).try_again())
        .raw("</a></main></div>");
    markup.take()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_what_happened_and_what_to_do_in_every_language() {
        for language in Language::all() {
            let html = unopened(*language);
            assert!(html.contains(admin::shell(*language).unreachable()), "{html}");
            assert!(html.contains(shared::action(*language).try_again()), "{html}");
        }
    }
}
