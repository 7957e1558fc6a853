//! Every language has the same files, sections, texts and placeholders as the reference language.

use std::collections::{BTreeMap, BTreeSet};

use super::mistake::{Mistake, file_of};
use super::source::{Area, Content, Section};
use super::{Languages, REFERENCE, Sources, plural};

/// What is wrong with the folders and files as such.
pub fn languages(sources: &Sources) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    let mut whole = |file: String, message: String| {
        mistakes.push(Mistake {
            file,
            line: None,
            key: String::new(),
            message,
        });
    };
    if !sources.contains_key(REFERENCE) {
        whole(
            format!("locales/{REFERENCE}"),
            "this folder is missing; the other languages are compared with it".into(),
        );
    }
    for language in sources
        .keys()
        .filter(|language| plural::forms(language).is_none())
    {
        let message = "nothing is known about this language yet; add its plural forms to crates/texts/build/plural.rs \
                       and its money, numbers and dates to crates/texts/src/format/conventions.rs";
        whole(format!("locales/{language}"), message.into());
    }
    let areas: BTreeSet<&String> = sources.values().flat_map(BTreeMap::keys).collect();
    for (language, files) in sources {
        for area in areas.iter().filter(|area| !files.contains_key(**area)) {
            let message = if language == REFERENCE {
                format!("this file is missing, but other languages have it; write it in “{REFERENCE}” first")
            } else {
                format!("this file is missing; translate {}", file_of(REFERENCE, area))
            };
            whole(file_of(language, area), message);
        }
    }
    mistakes
}

/// What each language lacks, has too much, or has otherwise than the reference language.
pub fn compare(languages: &Languages) -> Vec<Mistake> {
    let Some(reference) = languages.get(REFERENCE) else {
        return Vec::new();
    };
    let mut mistakes = Vec::new();
    if reference
        .get("shared")
        .is_none_or(|shared| !shared.broken && native_name(shared).is_none())
    {
        let message = "this text is missing; it is the language's own name, as in “English” or “Français”";
        mistakes.push(Mistake::new(
            REFERENCE,
            "shared",
            None,
            "[language] native_name",
            message,
        ));
    }
    for (name, area) in reference {
        clashing_names(name, area, &mut mistakes);
        let others = languages.iter().filter(|(language, _)| *language != REFERENCE);
        for (language, areas) in others {
            let Some(other) = areas.get(name) else { continue };
            if !area.broken && !other.broken {
                Comparison {
                    language,
                    area: name,
                    mistakes: &mut mistakes,
                }
                .areas(area, other);
            }
        }
    }
    mistakes
}

/// `[pricing.faq]` and `[pricing_faq]` would both become `pricing_faq` in Rust.
fn clashing_names(name: &str, area: &Area, mistakes: &mut Vec<Mistake>) {
    let mut seen: BTreeMap<String, &String> = BTreeMap::new();
    for (section, Section { line, .. }) in &area.sections {
        if let Some(first) = seen.insert(section.replace('.', "_"), section) {
            let message = format!("[{first}] has the same name in Rust; choose another");
            mistakes.push(Mistake::new(
                REFERENCE,
                name,
                *line,
                format!("[{section}]"),
                message,
            ));
        }
    }
}

/// What a language calls itself.
pub fn native_name(shared: &Area) -> Option<&str> {
    match shared
        .sections
        .get("language")?
        .texts
        .get("native_name")?
        .content
        .as_ref()?
    {
        Content::Plain(template) if template.placeholders.is_empty() => Some(&template.text),
        _ => None,
    }
}

struct Comparison<'a> {
    language: &'a str,
    area: &'a str,
    mistakes: &'a mut Vec<Mistake>,
}

impl Comparison<'_> {
    fn mistake(
        &mut self,
        line: impl Into<Option<usize>>,
        key: impl Into<String>,
        message: impl Into<String>,
    ) {
        self.mistakes
            .push(Mistake::new(self.language, self.area, line, key, message));
    }

    fn areas(&mut self, reference: &Area, other: &Area) {
        let names: BTreeSet<&String> = reference.sections.keys().chain(other.sections.keys()).collect();
        for name in names {
            match (reference.sections.get(name), other.sections.get(name)) {
                (Some(reference), Some(other)) => self.sections(name, reference, other),
                (Some(Section { line, texts }), None) => {
                    let message = format!(
                        "this section is missing; translate its {} texts from {}:{line}",
                        texts.len(),
                        file_of(REFERENCE, self.area),
                    );
                    self.mistake(None, format!("[{name}]"), message);
                }
                (None, Some(Section { line, .. })) => {
                    let message =
                        format!("“{REFERENCE}” has no such section; add it there, or remove it here");
                    self.mistake(*line, format!("[{name}]"), message);
                }
                (None, None) => {}
            }
        }
    }

    fn sections(&mut self, section: &str, reference: &Section, other: &Section) {
        for (name, text) in &reference.texts {
            let key = format!("[{section}] {name}");
            let Some(translation) = other.texts.get(name) else {
                let english = match &text.content {
                    Some(Content::Plain(template)) => format!(" (“{}”)", template.text),
                    _ => String::new(),
                };
                let place = file_of(REFERENCE, self.area);
                let message = format!("this text is missing; translate {place}:{}{english}", text.line);
                self.mistake(other.line, key, message);
                continue;
            };
            if let (Some(content), Some(translated)) = (&text.content, &translation.content) {
                self.contents(key, translation.line, content, translated);
            }
        }
        for (name, text) in other
            .texts
            .iter()
            .filter(|(name, _)| !reference.texts.contains_key(*name))
        {
            let message = format!("“{REFERENCE}” has no such text; add it there, or remove it here");
            self.mistake(text.line, format!("[{section}] {name}"), message);
        }
    }

    fn contents(&mut self, key: String, line: usize, reference: &Content, translated: &Content) {
        match (reference, translated) {
            (Content::Plain(_), Content::Counted(_)) => {
                let message =
                    format!("this has a form for each number, but is a single text in “{REFERENCE}”");
                self.mistake(line, key, message);
            }
            (Content::Counted(_), Content::Plain(_)) => {
                let message =
                    format!("this is a single text, but has a form for each number in “{REFERENCE}”");
                self.mistake(line, key, message);
            }
            _ => {
                let (wanted, found) = (reference.placeholders(), translated.placeholders());
                let listed = |names: &[String], others: &[String]| {
                    let names = names
                        .iter()
                        .filter(|name| !others.contains(name))
                        .map(|n| format!("{{{n}}}"));
                    names.collect::<Vec<_>>().join(", ")
                };
                let (missing, extra) = (listed(&wanted, &found), listed(&found, &wanted));
                if !missing.is_empty() {
                    let message = format!("the placeholder {missing} of “{REFERENCE}” is missing");
                    self.mistake(line, key.clone(), message);
                }
                if !extra.is_empty() {
                    self.mistake(line, key, format!("“{REFERENCE}” has no placeholder {extra}"));
                }
            }
        }
    }
}
