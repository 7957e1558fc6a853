//! One file of texts: tables are sections, their keys are texts.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::mistake::Mistake;
use super::plural::{self, CATEGORIES};
use super::template::{Template, name_refused};
use super::typography;

/// The texts of one file.
#[derive(Debug, Default)]
pub struct Area {
    /// By the name that the file has: `pricing`, or `pricing.faq` for a section inside another.
    pub sections: BTreeMap<String, Section>,
    /// Whether the file could not be read as TOML, so that comparing it would only repeat that.
    pub broken: bool,
}

/// The texts of one table of the file.
#[derive(Debug)]
pub struct Section {
    /// Where its first text stands.
    pub line: usize,
    /// By key.
    pub texts: BTreeMap<String, Text>,
}

/// One text.
#[derive(Debug)]
pub struct Text {
    /// Where it stands.
    pub line: usize,
    /// What it says; nothing when it cannot be used, which has been told already.
    pub content: Option<Content>,
}

/// What a text says.
#[derive(Debug)]
pub enum Content {
    /// The same for every number.
    Plain(Template),
    /// One form a CLDR category.
    Counted(BTreeMap<&'static str, Template>),
}

impl Content {
    /// Every placeholder once: `count` first, the others in the order in which the text (of a counted text: the form
    /// `other`) has them.
    pub fn placeholders(&self) -> Vec<String> {
        match self {
            Self::Plain(template) => template.placeholders.clone(),
            Self::Counted(forms) => {
                let mut all: Vec<String> = Vec::new();
                // `other` is the last in the alphabet of the categories that languages require.
                for template in forms.values().rev() {
                    for name in &template.placeholders {
                        if !all.contains(name) {
                            all.push(name.clone());
                        }
                    }
                }
                all.sort_by_key(|name| name != "count");
                all
            }
        }
    }
}

/// Reads a file as far as it can be read, and tells what is wrong in it.
pub fn parse(language: &str, area: &str, content: &str) -> (Area, Vec<Mistake>) {
    let (document, errors) = DeTable::parse_recoverable(content);
    let mut reader = Reader {
        language,
        area,
        content,
        texts: Area::default(),
        mistakes: Vec::new(),
    };
    if errors.is_empty() {
        reader.document(document.get_ref());
    } else {
        reader.texts.broken = true;
        for error in errors {
            let line = error.span().map(|span| reader.line(&span));
            reader.mistake(line, "", format!("this is not TOML: {}", error.message()));
        }
    }
    if let Some(reason) = name_refused(area) {
        reader.mistake(None, "", format!("the file {reason}"));
    }
    (reader.texts, reader.mistakes)
}

struct Reader<'a> {
    language: &'a str,
    area: &'a str,
    content: &'a str,
    texts: Area,
    mistakes: Vec<Mistake>,
}

impl Reader<'_> {
    fn line(&self, span: &Range<usize>) -> usize {
        1 + self
            .content
            .get(..span.start)
            .map_or(0, |before| before.matches('\n').count())
    }

    fn mistake(
        &mut self,
        line: impl Into<Option<usize>>,
        key: impl Into<String>,
        message: impl Into<String>,
    ) {
        self.mistakes
            .push(Mistake::new(self.language, self.area, line, key, message));
    }

    fn document(&mut self, document: &DeTable<'_>) {
        for (name, value) in document {
            let line = self.line(&name.span());
            let name: &str = name.get_ref();
            if let Some(reason) = name_refused(name) {
                self.mistake(line, format!("[{name}]"), format!("the section {reason}"));
            } else if let DeValue::Table(table) = value.get_ref() {
                self.section(name, line, table, true);
            } else {
                let message = "this stands outside of any section; put it under a line such as [pricing]";
                self.mistake(line, name, message);
            }
        }
    }

    fn section(&mut self, section: &str, line: usize, table: &DeTable<'_>, may_nest: bool) {
        if table.is_empty() {
            self.mistake(
                line,
                format!("[{section}]"),
                "this section is empty; write its texts or remove it",
            );
        }
        for (name, value) in table {
            let line = self.line(&name.span());
            let name: &str = name.get_ref();
            let key = format!("[{section}] {name}");
            if let Some(reason) = name_refused(name) {
                self.mistake(line, key, format!("the text {reason}"));
                continue;
            }
            let content = match value.get_ref() {
                DeValue::String(text) => self.template(line, &key, text).map(Content::Plain),
                DeValue::Table(forms)
                    if forms
                        .keys()
                        .any(|form| CATEGORIES.contains(&form.get_ref().as_ref())) =>
                {
                    self.counted(&key, line, forms)
                }
                DeValue::Table(table) if may_nest => {
                    self.section(&format!("{section}.{name}"), line, table, false);
                    continue;
                }
                DeValue::Table(_) => {
                    self.mistake(line, key, "sections stand inside sections one level deep only");
                    continue;
                }
                _ => {
                    self.mistake(line, key, "this is not a text; put it between quotation marks");
                    None
                }
            };
            let texts = &mut self.texts.sections;
            let section = texts.entry(section.into()).or_insert_with(|| Section {
                line,
                texts: BTreeMap::new(),
            });
            section.line = section.line.min(line);
            section.texts.insert(name.into(), Text { line, content });
        }
    }

    fn template(&mut self, line: usize, key: &str, text: &str) -> Option<Template> {
        if text.trim().is_empty() {
            self.mistake(line, key, "this text is empty");
            return None;
        }
        if text.contains(['<', '\t', '\u{c}']) {
            // Tables of texts stand in pages as they are, and what else is refused here divides them.
            self.mistake(
                line,
                key,
                "this holds a “<” or a tab; texts are plain, without HTML",
            );
            return None;
        }
        match Template::parse(typography::set(self.language, text)) {
            Ok(template) => Some(template),
            Err(reason) => {
                self.mistake(line, key, reason);
                None
            }
        }
    }

    /// The forms of a counted text: all that the language requires, none that it does not know.
    fn counted(&mut self, key: &str, line: usize, table: &DeTable<'_>) -> Option<Content> {
        // A language without rules is told once for all its files.
        let rules = plural::forms(self.language)?;
        let before = self.mistakes.len();
        let mut forms = BTreeMap::new();
        for (name, value) in table {
            let line = self.line(&name.span());
            let name: &str = name.get_ref();
            let key = format!("{key}.{name}");
            let Some(rule) = rules.iter().find(|rule| rule.category == name) else {
                let known: Vec<_> = rules.iter().map(|rule| rule.category).collect();
                let message = format!(
                    "“{}” has no such form; its forms are: {}",
                    self.language,
                    known.join(", ")
                );
                self.mistake(line, key, message);
                continue;
            };
            let DeValue::String(text) = value.get_ref() else {
                self.mistake(line, key, "this is not a text; put it between quotation marks");
                continue;
            };
            if let Some(template) = self.template(line, &key, text) {
                forms.insert(rule.category, template);
            }
        }
        for rule in rules.iter().filter(|rule| !rule.optional) {
            if !table.keys().any(|name| name.get_ref() == rule.category) {
                let message = format!("the form “{}” (for {}) is missing", rule.category, rule.numbers);
                self.mistake(line, key, message);
            }
        }
        if self.mistakes.len() > before {
            return None;
        }
        let content = Content::Counted(forms);
        self.forms_agree(key, line, rules, &content);
        (self.mistakes.len() == before).then_some(content)
    }

    /// Each form has every placeholder; only a form for a single number may leave out how many it is.
    fn forms_agree(&mut self, key: &str, line: usize, rules: &[plural::Form], content: &Content) {
        let Content::Counted(forms) = content else { return };
        for placeholder in content.placeholders() {
            for (category, template) in forms {
                let Some(rule) = rules.iter().find(|rule| rule.category == *category) else {
                    continue;
                };
                let needed = !(placeholder == "count" && rule.single);
                if needed && !template.placeholders.contains(&placeholder) {
                    let (numbers, language) = (rule.numbers, self.language);
                    let message = format!(
                        "the placeholder {{{placeholder}}} stands in another form, but not in this one, which is for \
                         {numbers} in “{language}”"
                    );
                    self.mistake(line, format!("{key}.{category}"), message);
                }
            }
        }
    }
}
