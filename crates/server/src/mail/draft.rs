//! A letter's words, and how they are laid out: once as text, once as HTML.

use maud::{DOCTYPE, Markup, html};
use onedesk_texts::{Language, mail};

use super::Letter;
use crate::state::AppState;

/// What a letter says. The frame (who sends it, where to ask) is added by [`Draft::letter`].
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Subject line.
    pub subject: String,
    /// The name of the person written to, if it is known.
    pub name: String,
    /// Paragraphs before the button.
    pub paragraphs: Vec<String>,
    /// Names and values in two columns, such as the figures of a receipt; after the paragraphs.
    pub facts: Vec<(String, String)>,
    /// The one thing to do.
    pub action: Option<Action>,
    /// Paragraphs after the button.
    pub notes: Vec<String>,
    /// Addresses of our own that stand in the paragraphs or notes as words: these can be clicked, and no others.
    pub addresses: Vec<String>,
}

/// A button.
#[derive(Clone)]
pub struct Action {
    /// What it says.
    pub label: String,
    /// Where it leads; may hold a token.
    pub url: String,
}

impl std::fmt::Debug for Action {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Action")
            .field("label", &self.label)
            .finish_non_exhaustive()
    }
}

impl Draft {
    /// Lays the letter out.
    pub fn letter(self, state: &AppState, kind: &'static str, language: Language, to: &str) -> Letter {
        let vendor = state.catalog.vendor();
        let frame = mail::frame(language);
        let page = Page {
            language,
            product: &vendor.name,
            greeting: if self.name.is_empty() {
                frame.greeting().to_owned()
            } else {
                frame.greeting_name(&self.name)
            },
            link_note: frame.link_note(),
            footer: [frame.questions(&vendor.support_email), frame.sent_to(to)],
            draft: &self,
        };
        let (text, html) = (page.text(), page.html().into_string());
        Letter {
            to: to.to_owned(),
            kind,
            language,
            reply_to: None,
            subject: self.subject,
            text,
            html,
            invoice: None,
            pro_forma: None,
        }
    }
}

struct Page<'a> {
    language: Language,
    product: &'a str,
    greeting: String,
    link_note: &'a str,
    footer: [String; 2],
    draft: &'a Draft,
}

impl Page<'_> {
    fn text(&self) -> String {
        let frame = mail::frame(self.language);
        let mut blocks = vec![self.greeting.clone()];
        blocks.extend(self.draft.paragraphs.iter().cloned());
        if !self.draft.facts.is_empty() {
            let facts: Vec<String> = self
                .draft
                .facts
                .iter()
                .map(|(name, value)| frame.fact(name, value))
                .collect();
            blocks.push(facts.join("\n"));
        }
        if let Some(action) = &self.draft.action {
            // On a line of its own, so that mail programs find the end of the address.
            blocks.push(format!("{}\n{}", frame.action(&action.label), action.url));
        }
        blocks.extend(self.draft.notes.iter().cloned());
        // Two hyphens and a space: what follows is a signature to mail programs (RFC 3676 §4.3).
        blocks.push(format!("-- \n{}\n{}", self.product, self.footer.join("\n")));
        blocks.join("\n\n") + "\n"
    }

    /// Styles stand on the elements: mail programs drop style sheets. What a part is, a role says: elements such as `main` are
    /// taken for unknown by some. The colours are the light ones of `style/tokens.css`.
    fn html(&self) -> Markup {
        const BODY: &str = "margin:0;padding:24px 12px;background:#fbf9f4;color:#1b1e27;\
             font:16px/1.55 system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
        const SHEET: &str = "max-width:560px;margin:0 auto;background:#ffffff;border:1px solid #e5e0d5;border-radius:12px;padding:32px";
        const BUTTON: &str = "display:inline-block;padding:12px 20px;border-radius:10px;background:#0b6352;color:#ffffff;\
             font-weight:600;text-decoration:none";
        const SMALL: &str = "margin:0 0 8px;font-size:14px;color:#565a66";
        html! {
            (DOCTYPE)
            html lang=(self.language.code()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light";
                    title { (self.draft.subject) }
                }
                body style=(BODY) {
                    div role="main" style=(SHEET) {
                        h1 style="margin:0 0 24px;font-weight:700;font-size:18px" { (self.product) }
                        p style="margin:0 0 16px" { (self.greeting) }
                        @for paragraph in &self.draft.paragraphs { p style="margin:0 0 16px" { (self.linked(paragraph)) } }
                        @if !self.draft.facts.is_empty() { (facts(&self.draft.facts)) }
                        @if let Some(action) = &self.draft.action {
                            p style="margin:24px 0" { a href=(action.url) style=(BUTTON) { (action.label) } }
                            p style=(SMALL) { (self.link_note) br; (link(&action.url)) }
                        }
                        @for note in &self.draft.notes { p style="margin:16px 0 0" { (self.linked(note)) } }
                    }
                    div role="contentinfo" style="max-width:560px;margin:16px auto 0;padding:0 32px" {
                        @for line in &self.footer { p style=(SMALL) { (line) } }
                    }
                }
            }
        }
    }

    /// A paragraph in which our own addresses can be clicked. Whatever else looks like one was typed by somebody.
    fn linked(&self, paragraph: &str) -> Markup {
        html! {
            @for (index, word) in paragraph.split(' ').enumerate() {
                @if index > 0 { " " }
                @if self.draft.addresses.iter().any(|address| address == word) { (link(word)) } @else { (word) }
            }
        }
    }
}

fn facts(facts: &[(String, String)]) -> Markup {
    html! {
        table style="width:100%;margin:0 0 16px;border-collapse:collapse" {
            @for (name, value) in facts {
                tr {
                    th scope="row" style="padding:6px 12px 6px 0;border-bottom:1px solid #e5e0d5;color:#565a66;font-weight:400;\
                        text-align:left;vertical-align:top" { (name) }
                    td style="padding:6px 0;border-bottom:1px solid #e5e0d5;text-align:right;font-variant-numeric:tabular-nums" { (value) }
                }
            }
        }
    }
}

fn link(url: &str) -> Markup {
    html! { a href=(url) style="color:#0b6352;overflow-wrap:anywhere" { (url) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(draft: &Draft) -> (String, String) {
        let page = Page {
            language: Language::En,
            product: "Desk",
            greeting: "Hello,".into(),
            link_note: "Or:",
            footer: ["Questions?".into(), "Sent to you.".into()],
            draft,
        };
        (page.text(), page.html().into_string())
    }

    /// Letters had a blue of their own.
    #[test]
    fn letters_have_the_colours_of_the_site() {
        const TOKENS: &str = include_str!("../../../../style/tokens.css");
        let source = include_str!("draft.rs");
        let colours = source.match_indices(":#").map(|(at, _)| &source[at + 1..at + 8]);
        for colour in
            colours.filter(|colour| colour.is_ascii() && colour[1..].bytes().all(|b| b.is_ascii_hexdigit()))
        {
            assert!(TOKENS.contains(&format!("light-dark({colour},")), "{colour}");
        }
    }

    #[test]
    fn text_and_html_say_the_same() {
        let draft = Draft {
            subject: "A subject".into(),
            paragraphs: vec!["Lead & more.".into()],
            facts: vec![("Total".into(), "$5.00".into())],
            action: Some(Action {
                label: "Go".into(),
                url: "https://a.example/?b=1&c=2".into(),
            }),
            notes: vec!["Or see https://b.example now".into()],
            addresses: vec!["https://b.example".into()],
            ..Draft::default()
        };
        let (text, html) = page(&draft);
        assert!(text.contains("Go:\nhttps://a.example/?b=1&c=2\n"), "{text}");
        assert!(
            text.contains("Total: $5.00") && text.contains("-- \nDesk\n"),
            "{text}"
        );
        assert!(html.contains("Lead &amp; more."), "{html}");
        assert!(
            html.contains(r#"href="https://a.example/?b=1&amp;c=2""#),
            "{html}"
        );
        assert!(html.contains(r#"<a href="https://b.example""#), "{html}");
    }

    #[test]
    fn what_people_typed_is_no_markup() {
        let draft = Draft {
            paragraphs: vec!["<script>alert(1)</script>".into()],
            ..Draft::default()
        };
        assert!(!page(&draft).1.contains("<script>"));
    }

    #[test]
    fn an_address_that_somebody_typed_cannot_be_clicked() {
        let draft = Draft {
            paragraphs: vec!["Join https://evil.example now".into()],
            notes: vec!["https://b.example.evil.example https://b.example/".into()],
            addresses: vec!["https://b.example".into()],
            ..Draft::default()
        };
        let html = page(&draft).1;
        assert!(
            html.contains("https://evil.example") && !html.contains("<a "),
            "{html}"
        );
    }
}
