//! What is wrong in a file of texts, told to the person who wrote it.

use std::fmt;

/// One mistake and its place. Sorted by file, then line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mistake {
    /// Path from the project's folder: `locales/fr/site.toml`.
    pub file: String,
    /// Line of the text, or of the section that a text is missing from; none when it concerns the whole file.
    pub line: Option<usize>,
    /// `[section] key`, or `[section]`; empty when it concerns the whole file.
    pub key: String,
    /// What is wrong and what to do, without a line break.
    pub message: String,
}

impl Mistake {
    /// A mistake in the file of an area.
    pub fn new(
        language: &str,
        area: &str,
        line: impl Into<Option<usize>>,
        key: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            file: file_of(language, area),
            line: line.into(),
            key: key.into(),
            message: message.into().replace('\n', " "),
        }
    }
}

/// Where the texts of an area in a language stand, from the project's folder.
pub fn file_of(language: &str, area: &str) -> String {
    format!("locales/{language}/{area}.toml")
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if !self.key.is_empty() {
            write!(f, ", {}", self.key)?;
        }
        write!(f, ": {}", self.message)
    }
}
