//! Questions about prices, each a disclosure that works without scripts.

use crate::part::IntoPart;
use leptos::either::Either;
use leptos::prelude::*;
use onedesk_contract::fields::Email;
use onedesk_texts::{Language, site};

use crate::components::icon::Icon;
use crate::components::site_footer::MailLink;
use crate::embedded_catalog::Catalog;

/// The catalog's questions.
#[component]
pub fn Faq(catalog: Catalog, language: Language) -> impl IntoView {
    let questions = catalog.with(|view| view.faq.clone()).into_iter().map(|question| {
        let answer = question
            .answer
            .into_iter()
            .map(|paragraph| view! { <p>{with_mail_links(&paragraph)}</p> });
        view! {
            <details class="faq__item" id=["faq-", &question.id].concat()>
                <summary><span>{question.question}</span><Icon icon=Icon::ChevronDown/></summary>
                <div class="faq__answer">{answer.collect_view()}</div>
            </details>
        }
    });
    view! {
        <section class="section faq" aria-labelledby="faq">
            <header class="section__head"><h2 id="faq">{site::faq(language).title()}</h2></header>
            <div class="faq__list">{questions.collect_view()}</div>
        </section>
    }
    .part()
}

/// A paragraph whose e-mail addresses are links.
fn with_mail_links(paragraph: &str) -> impl IntoView + use<> {
    let pieces = pieces(paragraph).into_iter().map(|piece| match piece {
        Piece::Text(text) => Either::Left(text),
        Piece::Address(address) => Either::Right(view! { <MailLink address=address/> }),
    });
    pieces.collect_view()
}

/// A piece of a paragraph.
#[derive(Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Address(String),
}

/// Splits a paragraph at its e-mail addresses. The punctuation around an address is text.
fn pieces(paragraph: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    for word in paragraph.split_inclusive(char::is_whitespace) {
        let address = word.trim_matches(|c: char| !c.is_alphanumeric());
        match word.split_once(address) {
            Some((before, after)) if address.contains('@') && Email::parse(address).is_ok() => {
                text.push_str(before);
                if !text.is_empty() {
                    pieces.push(Piece::Text(std::mem::take(&mut text)));
                }
                pieces.push(Piece::Address(address.to_owned()));
                text.push_str(after);
            }
            _ => text.push_str(word),
        }
    }
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Piece {
        Piece::Text(text.into())
    }

    fn address(address: &str) -> Piece {
        Piece::Address(address.into())
    }

    #[test]
    fn addresses_are_found_and_punctuation_left_alone() {
        assert_eq!(
            pieces("Write to hello@example.com, or (support@example.com)."),
            [
                text("Write to "),
                address("hello@example.com"),
                text(", or ("),
                address("support@example.com"),
                text(").")
            ]
        );
        assert_eq!(pieces("a@b"), [text("a@b")]);
        assert_eq!(pieces("@ …  @"), [text("@ …  @")]);
        assert_eq!(pieces(""), []);
    }
}
