//! The live chat: what a visitor's panel and the server say to each other.
//!
//! A visitor has one conversation a browser, kept by a cookie that scripts cannot read. What is said is numbered from 1
//! within it; the stream of events (`GET /api/chat/events`) names that number as the event's id, so that a connection that
//! was dropped is gone on from where it was.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Instant;
use crate::fields::{Email, FieldError, FieldErrors};

/// The most characters of one message.
pub const MAX_MESSAGE: u32 = 2000;

/// `GET /api/chat`: what a panel shows when it is opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChatView {
    /// Whether somebody answers now.
    pub presence: Presence,
    /// Where answers go when nobody is there: what the visitor gave, or the signed-in user's address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// What was said, oldest first; empty before the first question.
    pub messages: Vec<ChatMessage>,
}

/// Whether somebody answers; also the data of the events `presence`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Presence {
    /// Within the hours of the chat, and a member of staff is there.
    pub staffed: bool,
    /// When the hours begin the next time, if they are over for now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub opens_at: Option<Instant>,
}

/// Something that was said; also the data of the events `message`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChatMessage {
    /// Identity: for what a visitor says, the one that the visitor's browser gave it.
    pub id: Uuid,
    /// Its place in the conversation, from 1.
    pub number: u32,
    /// Who said it.
    pub from: Speaker,
    /// The name of the member of staff who said it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The words: plain text, with line breaks.
    pub text: String,
    /// When.
    #[serde(with = "crate::time::instant")]
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub at: Instant,
    /// Whether it went to the support address as an e-mail, with a copy to the visitor, because nobody was there.
    pub mailed: bool,
}

/// Who says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Speaker {
    /// Whoever asks.
    Visitor,
    /// The vendor's staff.
    Staff,
}

/// `POST /api/chat/messages`: say something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChatRequest {
    /// Made by the browser before the first try: the same message sent again is said once.
    #[cfg_attr(feature = "openapi", schema(example = "0198f1f4-5c1e-7a70-9d53-0a1b2c3d4e5f"))]
    pub id: Uuid,
    /// The words.
    #[cfg_attr(feature = "openapi", schema(example = "Do you offer discounts for schools?"))]
    pub text: String,
    /// Language code of the page.
    #[cfg_attr(feature = "openapi", schema(example = "en"))]
    pub language: String,
    /// Where an answer goes when nobody is there. Needed then, unless it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The path of the page on which the question came up, without its query.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
}

/// `PUT /api/chat/email`: where answers go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChatEmail {
    /// The address.
    #[cfg_attr(feature = "openapi", schema(example = "you@example.com"))]
    pub email: String,
}

/// A well-formed [`ChatRequest`], apart from its language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Identity.
    pub id: Uuid,
    /// The words.
    pub text: MessageText,
    /// Where an answer goes.
    pub email: Option<Email>,
    /// The path of the page.
    pub page: Option<String>,
}

impl ChatRequest {
    /// Reads every field, so that all mistakes are told at once. A page that is no path is left out: it is a hint.
    pub fn parse(&self) -> Result<Said, FieldErrors> {
        let mut errors = FieldErrors::default();
        let text = errors.take("text", MessageText::parse(&self.text));
        let given = self.email.as_deref().filter(|email| !email.trim().is_empty());
        let email = errors.take("email", given.map(Email::parse).transpose());
        let page = self.page.as_deref().filter(|page| is_path(page));
        let (Some(text), Some(email)) = (text, email) else {
            return Err(errors);
        };
        Ok(Said {
            id: self.id,
            text,
            email,
            page: page.map(str::to_owned),
        })
    }
}

/// The words of a message: trimmed, with something in them, at most [`MAX_MESSAGE`] characters, without characters that
/// cannot be seen or that turn the direction of what follows. Nothing else is refused or changed: words are never
/// markup here, so `<b>` is three letters of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageText(String);

impl MessageText {
    /// Reads the words. Pasted text may hold anything: what cannot be seen is dropped rather than refused.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        let seen: String = text
            .replace("\r\n", "\n")
            .chars()
            .filter(|c| is_seen(*c))
            .collect();
        let words = seen.trim();
        if words.is_empty() {
            return Err(FieldError::Required);
        }
        if words.chars().count() > MAX_MESSAGE as usize {
            return Err(FieldError::TooLong { max: MAX_MESSAGE });
        }
        Ok(Self(words.to_owned()))
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_seen(c: char) -> bool {
    let turns =
        matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{FEFF}');
    (!c.is_control() || matches!(c, '\n' | '\t')) && !turns
}

/// `/fr/pricing`: what a page of ours is called, and nothing that leads elsewhere.
fn is_path(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"/-_.".contains(&b);
    text.starts_with('/') && !text.starts_with("//") && text.len() <= 200 && text.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(text: &str) -> ChatRequest {
        ChatRequest {
            id: Uuid::nil(),
            text: text.to_owned(),
            language: "en".to_owned(),
            email: None,
            page: None,
        }
    }

    #[test]
    fn words_are_kept_as_they_were_typed() {
        let said = |text: &str| MessageText::parse(text).map(|words| words.as_str().to_owned());
        assert_eq!(
            said("  Is <b>SSO</b> in it?\r\nThanks\u{7}  "),
            Ok("Is <b>SSO</b> in it?\nThanks".to_owned())
        );
        assert_eq!(said("safe\u{202E}txt.exe"), Ok("safetxt.exe".to_owned()));
        assert_eq!(said("\u{FEFF}\n \t"), Err(FieldError::Required));
        assert!(said(&"é".repeat(2000)).is_ok());
        assert_eq!(said(&"é".repeat(2001)), Err(FieldError::TooLong { max: 2000 }));
    }

    #[test]
    fn all_mistakes_are_told_at_once_and_an_empty_address_is_none() {
        let wrong = ChatRequest {
            email: Some("me at home".to_owned()),
            ..request(" ")
        };
        let errors = wrong.parse().expect_err("two mistakes").0;
        assert_eq!(errors.keys().collect::<Vec<_>>(), ["email", "text"]);
        let empty = ChatRequest {
            email: Some(" ".to_owned()),
            ..request("Hello")
        };
        assert_eq!(empty.parse().expect("well-formed").email, None);
    }

    #[test]
    fn a_page_is_a_path_of_ours_or_left_out() {
        let page = |text: &str| {
            let request = ChatRequest {
                page: Some(text.to_owned()),
                ..request("Hello")
            };
            request.parse().expect("well-formed").page
        };
        assert_eq!(page("/fr/pricing"), Some("/fr/pricing".to_owned()));
        for other in [
            "//evil.example",
            "https://evil.example/",
            "/a?token=b",
            "/a b",
            "",
        ] {
            assert_eq!(page(other), None, "{other}");
        }
    }
}
