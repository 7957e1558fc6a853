//! Questions from the live chat, and answers to them, when one side is not there.

use onedesk_texts::{Language, mail};

use super::product;
use crate::mail::{Action, Draft, Letter};
use crate::state::AppState;
use crate::store::entities::conversation_messages::Model as Message;
use crate::store::entities::conversations::Model as Conversation;

/// As much of a question as a subject line holds.
const SUBJECT_CHARACTERS: usize = 60;

/// A question to the support address, whose answer goes to the asker, and the asker's copy. None without the asker's address:
/// nobody could be answered.
pub fn question(
    state: &AppState,
    conversation: &Conversation,
    company: Option<&str>,
    questions: &[Message],
    with_copy: bool,
) -> Vec<Letter> {
    let Some(asker) = &conversation.email else {
        return Vec::new();
    };
    let mut letters = vec![to_support(state, conversation, asker, company, questions)];
    if with_copy {
        letters.push(copy(state, conversation, asker, questions));
    }
    letters
}

fn to_support(
    state: &AppState,
    conversation: &Conversation,
    asker: &str,
    company: Option<&str>,
    questions: &[Message],
) -> Letter {
    // The vendor's own staff read English, as on their pages.
    let language = Language::default();
    let texts = mail::chat_question(language);
    let facts = [
        (texts.from(), Some(asker)),
        (texts.company(), company),
        (texts.page(), conversation.page.as_deref()),
    ];
    let mut paragraphs = lines(questions.iter().map(|message| message.text.as_str()));
    paragraphs.push(texts.lead().to_owned());
    let draft = Draft {
        subject: texts.subject(start(questions)),
        paragraphs,
        facts: facts
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned())))
            .collect(),
        action: Some(Action {
            label: texts.action().to_owned(),
            url: state.public_url.to(&format!("/staff/chat/{}", conversation.id)),
        }),
        ..Draft::default()
    };
    Letter {
        reply_to: Some(asker.to_owned()),
        ..draft.letter(
            state,
            "chat_question",
            language,
            &state.catalog.vendor().support_email,
        )
    }
}

fn copy(state: &AppState, conversation: &Conversation, asker: &str, questions: &[Message]) -> Letter {
    let language = language_of(conversation);
    let texts = mail::chat_copy(language);
    let mut paragraphs = vec![texts.lead().to_owned(), texts.asked().to_owned()];
    paragraphs.extend(lines(questions.iter().map(|message| message.text.as_str())));
    let draft = Draft {
        subject: texts.subject(product(state)),
        paragraphs,
        notes: vec![mail::frame(language).ignore().to_owned()],
        ..Draft::default()
    };
    Letter {
        reply_to: Some(state.catalog.vendor().support_email.clone()),
        ..draft.letter(state, "chat_copy", language, asker)
    }
}

/// An answer to a visitor who has left; none without an address.
pub fn answer(state: &AppState, conversation: &Conversation, name: &str, text: &str) -> Option<Letter> {
    let to = conversation.email.as_deref()?;
    let language = language_of(conversation);
    let texts = mail::chat_answer(language);
    let support = &state.catalog.vendor().support_email;
    let mut paragraphs = vec![texts.lead(name)];
    paragraphs.extend(lines([text]));
    let draft = Draft {
        subject: texts.subject(name, product(state)),
        paragraphs,
        notes: vec![texts.again(support)],
        ..Draft::default()
    };
    Some(Letter {
        reply_to: Some(support.clone()),
        ..draft.letter(state, "chat_answer", language, to)
    })
}

fn language_of(conversation: &Conversation) -> Language {
    conversation.language.parse().unwrap_or_default()
}

/// A paragraph a line that has something in it.
fn lines<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let lines = texts.into_iter().flat_map(str::lines).map(str::trim);
    lines.filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// The first words, on one line.
fn start(questions: &[Message]) -> String {
    let text = questions
        .first()
        .map(|message| message.text.as_str())
        .unwrap_or_default();
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    match line.char_indices().nth(SUBJECT_CHARACTERS) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}
