//! The texts of one language as a table, which a program in the browser loads: what stands at which place of it.
//!
//! A section is a row of texts, in the order of their keys. A counted text takes a place for each form that any language
//! has, so that a place means the same in every language.

use std::fmt::Write as _;

use super::plural::{self, CATEGORIES};
use super::source::{Content, Section};
use super::{Languages, REFERENCE};

/// The name of a section in a table: `site.pricing_faq`.
pub fn name(area: &str, section: &str) -> String {
    format!("{area}.{}", section.replace('.', "_"))
}

/// The places of counted texts.
#[derive(Debug)]
pub struct Slots {
    /// Every form that one of the languages has, in the order of [`CATEGORIES`].
    forms: Vec<&'static str>,
}

impl Slots {
    /// For these languages.
    pub fn of(languages: &Languages) -> Self {
        let mut forms = CATEGORIES.to_vec();
        forms.retain(|category| {
            let known = languages.keys().filter_map(|code| plural::forms(code)).flatten();
            known.into_iter().any(|form| form.category == *category)
        });
        Self { forms }
    }

    /// How many places a text takes.
    pub fn taken_by(&self, content: &Content) -> usize {
        match content {
            Content::Plain(_) => 1,
            Content::Counted(_) => self.forms.len(),
        }
    }

    /// The place of a form among those of its text.
    pub fn form(&self, category: &str) -> usize {
        let place = self.forms.iter().position(|form| *form == category);
        place.expect("every form of every language has a place")
    }

    /// What a language says at each place of a section; nothing at the places of forms that it does not have.
    pub fn rows(&self, language: &str, reference: &Section, section: &Section) -> Vec<String> {
        let mut rows = Vec::new();
        for (key, text) in &reference.texts {
            let (Some(reference), Some(content)) = (&text.content, &section.texts[key].content) else {
                continue;
            };
            let arguments = reference.placeholders();
            match content {
                Content::Plain(template) => rows.push(template.encoded(&arguments)),
                Content::Counted(forms) => rows.extend(self.forms.iter().map(|category| {
                    let rules = plural::forms(language).unwrap_or_default();
                    let is_known = rules.iter().any(|rule| rule.category == *category);
                    // A form that may be left out, and is, has the words of `other`.
                    let template = forms.get(category).or_else(|| forms.get("other"));
                    match template {
                        Some(template) if is_known => template.encoded(&arguments),
                        _ => String::new(),
                    }
                })),
            }
        }
        rows
    }
}

/// A fingerprint of everything but words: the names of sections and texts, their placeholders, and the forms.
pub fn shape(languages: &Languages) -> String {
    let mut all = format!("{:?}", Slots::of(languages).forms);
    for (area, texts) in &languages[REFERENCE] {
        for (section, Section { texts, .. }) in &texts.sections {
            all.push_str(&name(area, section));
            for (key, text) in texts {
                let placeholders = text.content.as_ref().map(Content::placeholders);
                let counted = matches!(text.content, Some(Content::Counted(_)));
                write!(all, "\n{key} {placeholders:?} {counted}").expect("a String takes all");
            }
        }
    }
    // FNV-1a, 64 bits: it tells builds apart, and guards against nobody.
    let hash = all.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}
