//! The widget's words, as the server sent them.

use js_sys::{Array, Intl, Object};
use onedesk_contract::widget::Word;
use onedesk_texts::{Language, format};

use crate::api::members::Members;

/// The words in one language.
#[derive(Debug)]
pub struct Words {
    /// The language.
    pub language: Language,
    members: Members,
    /// The browser's knowledge of the language's plurals.
    plurals: Intl::PluralRules,
}

impl Words {
    /// The words of an answer.
    pub fn new(language: Language, members: Members) -> Self {
        let locales = Array::of1(&language.code().into());
        Self {
            language,
            members,
            plurals: Intl::PluralRules::new(&locales, &Object::new()),
        }
    }

    /// A text as it stands.
    pub fn say(&self, word: Word) -> String {
        self.members.text(word.name())
    }

    /// A text with what stands for the names in its `{braces}`.
    pub fn fill(&self, word: Word, values: &[(&str, &str)]) -> String {
        let text = self.say(word);
        let mut out = String::new();
        let mut rest = text.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or_default();
            let value = values.iter().find(|(known, _)| *known == name);
            out.push_str(before);
            out.push_str(value.map_or("", |(_, value)| value));
            rest = after;
        }
        out.push_str(rest);
        out
    }

    /// So many users.
    pub fn users(&self, count: u32) -> String {
        let form = String::from(self.plurals.select(f64::from(count)));
        let word = match form.as_str() {
            "one" => Word::UsersOne,
            "many" => Word::UsersMany,
            _ => Word::UsersOther,
        };
        self.fill(word, &[("count", &format::number(self.language, count.into()))])
    }
}
