//! Descriptions, which are the documentation of the code: Markdown, with links between names of Rust.

use maud::{Markup, PreEscaped};
use pulldown_cmark::{BrokenLink, CowStr, Event, Options, Parser, Tag, TagEnd, html};

use super::shapes::Shapes;

/// A description as paragraphs. A link to the Rust type of a shape leads to the shape; one to anything else in the code is
/// the words alone, as that is nowhere on the page.
pub fn paragraphs(text: &str, shapes: Shapes<'_>) -> Markup {
    let mut unfollowed =
        |link: BrokenLink<'_>| Some((CowStr::from(link.reference.to_string()), CowStr::Borrowed("")));
    let parser = Parser::new_with_broken_link_callback(text, Options::empty(), Some(&mut unfollowed));
    let mut linked = false;
    let events = parser.filter_map(|event| match event {
        Event::Start(Tag::Link {
            link_type,
            dest_url,
            title,
            id,
        }) => {
            let address = address(&dest_url, shapes);
            linked = address.is_some();
            address.map(|address| {
                Event::Start(Tag::Link {
                    link_type,
                    dest_url: address.into(),
                    title,
                    id,
                })
            })
        }
        Event::End(TagEnd::Link) => linked.then_some(event),
        // There is none, and none is let through.
        Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
        other => Some(other),
    });
    let mut written = String::with_capacity(text.len() * 2);
    html::push_html(&mut written, events);
    PreEscaped(written)
}

/// Where a link leads on the page, or on the web.
fn address(to: &str, shapes: Shapes<'_>) -> Option<String> {
    if to.starts_with("https://") {
        return Some(to.to_owned());
    }
    let mut names = to.trim_matches('`').rsplit("::");
    names.find(|name| shapes.has(name)).map(Shapes::address)
}

#[cfg(test)]
mod tests {
    use utoipa::openapi::schema::{Object, Schema};

    use super::*;

    #[test]
    fn names_of_the_code_lead_to_their_shapes_or_nowhere() {
        let schemas = [("Problem".to_owned(), Schema::Object(Object::new()).into())].into();
        let shapes = Shapes::new(&schemas);
        for (text, expected) in [
            ("Plain `code`.", "<p>Plain <code>code</code>.</p>"),
            (
                "As [`problem_type`](Problem::problem_type) says.",
                "<p>As <a href=\"#shape-Problem\"><code>problem_type</code></a> says.</p>",
            ),
            (
                "A [`Problem`].",
                "<p>A <a href=\"#shape-Problem\"><code>Problem</code></a>.</p>",
            ),
            (
                "With a [`KEY`](crate::orders::KEY), or [`OTHER`].",
                "<p>With a <code>KEY</code>, or <code>OTHER</code>.</p>",
            ),
            (
                "See [the RFC](https://www.rfc-editor.org/rfc/rfc9457).",
                "<p>See <a href=\"https://www.rfc-editor.org/rfc/rfc9457\">the RFC</a>.</p>",
            ),
            (
                "<script>alert(1)</script> & more",
                "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more",
            ),
            ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
        ] {
            assert!(
                paragraphs(text, shapes).0.contains(expected),
                "{text}: {}",
                paragraphs(text, shapes).0
            );
        }
    }
}
