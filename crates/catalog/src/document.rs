//! A TOML file whose every value knows its place, and which collects what is wrong with it.

use std::cell::RefCell;
use std::io;
use std::ops::{Range, RangeInclusive};
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::mistake::{Mistake, Position};
use crate::suggestion::did_you_mean;

/// A file, and the mistakes found in it so far.
pub struct Document {
    path: PathBuf,
    text: String,
    mistakes: RefCell<Vec<Mistake>>,
}

impl Document {
    /// Reads a file. Bytes that are no UTF-8 become a mistake and an empty document.
    pub fn read(path: &Path, read: &impl Fn(&Path) -> io::Result<Vec<u8>>) -> io::Result<Self> {
        let document = |text| Self {
            path: path.into(),
            text,
            mistakes: RefCell::default(),
        };
        let bytes = match String::from_utf8(read(path)?) {
            Ok(text) => return Ok(document(text)),
            Err(error) => error,
        };
        let valid = bytes.utf8_error().valid_up_to();
        let document = document(String::from_utf8_lossy(&bytes.as_bytes()[..valid]).into_owned());
        document.mistake(
            valid..valid,
            "",
            "here is a byte that is not UTF-8; save the file in that encoding",
        );
        Ok(document)
    }

    /// The tables and values of the file; `None` once it was found not to be TOML.
    pub fn parse(&self) -> Option<DeTable<'_>> {
        if self.has_mistakes() {
            return None;
        }
        let (table, errors) = DeTable::parse_recoverable(&self.text);
        for error in &errors {
            // An error without a place is about what is missing at the end.
            let place = error.span().unwrap_or(self.text.len()..self.text.len());
            let message = format!(
                "this is not TOML: {}; what else may be wrong shows once it is",
                error.message()
            );
            self.mistake(place, "", &message);
        }
        errors.is_empty().then(|| table.into_inner())
    }

    /// Notes what is wrong at a place.
    pub fn mistake(&self, place: Range<usize>, path: &str, message: &str) {
        self.mistakes.borrow_mut().push(Mistake {
            file: self.path.clone(),
            position: Some(self.position(place.start)),
            path: path.into(),
            message: message.into(),
        });
    }

    fn position(&self, offset: usize) -> Position {
        let before = &self.text[..self.text.floor_char_boundary(offset)];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Position {
            line: before.matches('\n').count() + 1,
            // A byte order mark takes no column in any editor.
            column: before[line_start..].chars().filter(|c| *c != '\u{feff}').count() + 1,
        }
    }

    /// Where the file stands.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether anything wrong was found so far.
    pub fn has_mistakes(&self) -> bool {
        !self.mistakes.borrow().is_empty()
    }

    /// What was found.
    pub fn into_mistakes(self) -> Vec<Mistake> {
        self.mistakes.into_inner()
    }
}

/// A value with its place and the path of keys that leads to it.
///
/// The methods that read it as a type note a mistake and give `None` if it is another.
#[derive(Clone)]
pub struct Node<'t> {
    document: &'t Document,
    /// From the first key: `plans.premium.prices`.
    pub path: String,
    /// Where the value stands; for a table, its header.
    pub place: Range<usize>,
    value: &'t DeValue<'t>,
}

impl<'t> Node<'t> {
    fn new(document: &'t Document, path: String, value: &'t Spanned<DeValue<'t>>) -> Self {
        Self {
            document,
            path,
            place: value.span(),
            value: value.get_ref(),
        }
    }

    /// Notes what is wrong with it.
    pub fn mistake(&self, message: &str) {
        self.document.mistake(self.place.clone(), &self.path, message);
    }

    fn wrong_type(&self, wanted: &str) {
        self.mistake(&format!(
            "this is {}, but {wanted} is needed",
            indefinite(self.value)
        ));
    }

    /// Its line, counted from 1.
    pub fn line(&self) -> usize {
        self.document.position(self.place.start).line
    }

    /// `file:line`, to point at it from another file.
    pub fn line_of(&self) -> String {
        format!("{}:{}", self.document.path.display(), self.line())
    }

    /// A text with something in it, without the spaces around it.
    pub fn text(&self) -> Option<&'t str> {
        let Some(text) = self.value.as_str() else {
            self.wrong_type("a text in quotes");
            return None;
        };
        let text = text.trim();
        if text.is_empty() {
            self.mistake("this text is empty; write it");
            return None;
        }
        Some(text)
    }

    /// An amount as it is written: a text. What TOML takes for a number is refused.
    pub fn amount(&self) -> Option<&'t str> {
        let number = match self.value {
            DeValue::Float(number) => number.as_str(),
            DeValue::Integer(number) if number.radix() == 10 => number.as_str(),
            _ => return self.text(),
        };
        self.mistake(&format!(
            "amounts are written in quotes, so that no digit is lost: write \"{number}\""
        ));
        None
    }

    /// A whole number within a range.
    pub fn whole_number(&self, range: RangeInclusive<u32>) -> Option<u32> {
        let Some(written) = self.value.as_integer() else {
            self.wrong_type("a whole number, without quotes,");
            return None;
        };
        let number = u32::from_str_radix(written.as_str(), written.radix())
            .ok()
            .filter(|n| range.contains(n));
        if number.is_none() {
            self.mistake(&format!(
                "{written} is out of range; write {} to {}",
                range.start(),
                range.end()
            ));
        }
        number
    }

    /// `true` or `false`.
    pub fn flag(&self) -> Option<bool> {
        let flag = self.value.as_bool();
        if flag.is_none() {
            self.wrong_type("true or false, without quotes,");
        }
        flag
    }

    /// A list with something in it. `None` and a mistake for an empty one.
    pub fn list(&self) -> Option<Vec<Self>> {
        let Some(array) = self.value.as_array() else {
            self.wrong_type("a list in square brackets");
            return None;
        };
        if array.is_empty() {
            self.mistake("this list is empty; write at least one entry");
            return None;
        }
        let entry = |(index, value)| Self::new(self.document, format!("{}[{}]", self.path, index + 1), value);
        Some(array.iter().enumerate().map(entry).collect())
    }

    /// A list of texts. Entries that are none are left out, with a mistake each.
    pub fn texts(&self) -> Option<Vec<(Self, &'t str)>> {
        Some(
            self.list()?
                .into_iter()
                .filter_map(|entry| entry.text().map(|text| (entry, text)))
                .collect(),
        )
    }

    /// A table that holds no other keys than these.
    pub fn table(&self, keys: &[&str]) -> Option<Table<'t>> {
        let table = self.any_table()?;
        table.refuse_other_keys(keys);
        Some(table)
    }

    /// A table whose keys are names given by the catalog.
    pub fn any_table(&self) -> Option<Table<'t>> {
        let Some(entries) = self.value.as_table() else {
            self.wrong_type("a table");
            return None;
        };
        Some(Table {
            document: self.document,
            path: self.path.clone(),
            place: self.place.clone(),
            entries,
        })
    }
}

/// A table: the whole file, or what stands below a header or in braces.
#[derive(Clone)]
pub struct Table<'t> {
    document: &'t Document,
    /// Empty for the whole file.
    pub path: String,
    place: Range<usize>,
    entries: &'t DeTable<'t>,
}

impl<'t> Table<'t> {
    /// The whole file, which holds no other keys than these.
    pub fn root(document: &'t Document, entries: &'t DeTable<'t>, keys: &[&str]) -> Self {
        let root = Self {
            document,
            path: String::new(),
            place: 0..0,
            entries,
        };
        root.refuse_other_keys(keys);
        root
    }

    /// Notes a mistake for each key that is none of these.
    pub fn refuse_other_keys(&self, keys: &[&str]) {
        for (key, _) in self.entries {
            let name: &str = key.get_ref();
            if !keys.contains(&name) {
                let hint = did_you_mean(name, keys.iter().copied())
                    .unwrap_or_else(|| format!("remove it; what can stand here is {}", keys.join(", ")));
                let message = format!("there is no such key; {hint}");
                self.document.mistake(key.span(), &self.path_of(name), &message);
            }
        }
    }

    /// The path of a key in it.
    pub fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() {
            key.into()
        } else {
            format!("{}.{key}", self.path)
        }
    }

    /// Calls what was a numbered entry of a list by its id from here on.
    pub fn rename(&mut self, path: String) {
        self.path = path;
    }

    /// The value of a key.
    pub fn optional(&self, key: &str) -> Option<Node<'t>> {
        Some(Node::new(
            self.document,
            self.path_of(key),
            self.entries.get(key)?,
        ))
    }

    /// The value of a key; a mistake if there is none. `what` says what to write: `write the …`.
    pub fn required(&self, key: &str, what: &str) -> Option<Node<'t>> {
        let node = self.optional(key);
        if node.is_none() {
            self.missing(key, &format!("this is missing; write {what}"));
        }
        node
    }

    /// Notes what is wrong with a key.
    pub fn mistake(&self, place: Range<usize>, key: &str, message: &str) {
        self.document.mistake(place, &self.path_of(key), message);
    }

    /// Notes that a key is not there.
    pub fn missing(&self, key: &str, message: &str) {
        self.document
            .mistake(self.place.clone(), &self.path_of(key), message);
    }

    /// Every key with its place and value, in the order of the file.
    pub fn entries(&self) -> Vec<(&'t str, Range<usize>, Node<'t>)> {
        let mut entries: Vec<_> = self
            .entries
            .iter()
            .map(|(key, value)| {
                let name: &'t str = key.get_ref();
                (
                    name,
                    key.span(),
                    Node::new(self.document, self.path_of(name), value),
                )
            })
            .collect();
        entries.sort_by_key(|(_, place, _)| place.start);
        entries
    }
}

/// A value's type as a person calls it.
fn indefinite(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with decimals",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
