//! HTML that is written as text, for what is only looked at: tables, invoices, sentences.
//!
//! An element of a view is a type of its own, and costs 100 to 300 bytes; here it costs its letters. Markup is a literal
//! of this program, always; whatever came from elsewhere goes through [`Markup::text`], which escapes it.

/// HTML being written.
#[derive(Clone, Debug, Default)]
pub struct Markup(String);

impl Markup {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Writes markup.
    pub fn raw(&mut self, markup: &'static str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Writes a text, between tags or between the quotes of an attribute.
    pub fn text(&mut self, text: &str) -> &mut Self {
        for character in text.chars() {
            match character {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '"' => self.0.push_str("&quot;"),
                other => self.0.push(other),
            }
        }
        self
    }

    /// Writes a text in a paragraph.
    pub fn paragraph(&mut self, text: &str) -> &mut Self {
        self.raw("<p>").text(text).raw("</p>")
    }

    /// Writes a link to a screen of the application.
    pub fn link(&mut self, address: &str, words: &str) -> &mut Self {
        self.raw("<a href=\"")
            .text(address)
            .raw("\">")
            .text(words)
            .raw("</a>")
    }

    /// Writes a message that asks for attention, as [`Notice`](crate::components::notice::Notice) shows it.
    pub fn warning(&mut self, text: &str) -> &mut Self {
        self.raw("<div class=\"notice notice--warning\" role=\"status\"><div class=\"notice__body\">")
            .paragraph(text)
            .raw("</div></div>")
    }

    /// What was written; nothing is by then.
    pub fn take(&mut self) -> String {
        std::mem::take(&mut self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_markup() {
        let mut markup = Markup::new();
        markup.link("/\"><script>", "<b>R&D</b>");
        assert_eq!(
            markup.take(),
            "<a href=\"/&quot;>&lt;script>\">&lt;b>R&amp;D&lt;/b></a>"
        );
    }
}
