//! What is wrong with a catalog, and where.

use std::fmt;
use std::path::{Path, PathBuf};

/// A place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, counted from 1.
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
}

/// One thing that has to be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The file as it was named: the path that was given, or its folder joined with the path in `[texts]`.
    pub file: PathBuf,
    /// Where in the file; `None` if the file could not be read at all.
    pub position: Option<Position>,
    /// The key that it is about, such as `plans.premium.prices.EUR.annual`. Entries of lists are named by their `id`, or
    /// counted from 1 in brackets. Empty where the file is no TOML.
    pub path: String,
    /// What is wrong and what to do.
    pub message: String,
}

/// As a compiler writes it: `catalog/onedesk.toml:42:9: plans.premium.prices.EUR.annual: …`.
impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.file.display())?;
        if let Some(Position { line, column }) = self.position {
            write!(f, "{line}:{column}:")?;
        }
        if !self.path.is_empty() {
            write!(f, " {}:", self.path)?;
        }
        write!(f, " {}", self.message)
    }
}

/// Everything that is wrong with a catalog: at least one mistake, by file (the main one first) and place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistakes(Vec<Mistake>);

impl Mistakes {
    /// Puts the mistakes of each file in order; the files stay as they come.
    pub(crate) fn new(mut mistakes: Vec<Mistake>) -> Self {
        let mut files: Vec<PathBuf> = Vec::new();
        for mistake in &mistakes {
            if !files.contains(&mistake.file) {
                files.push(mistake.file.clone());
            }
        }
        mistakes.sort_by_key(|mistake| {
            (
                files.iter().position(|file| *file == mistake.file),
                mistake.position,
            )
        });
        Self(mistakes)
    }

    /// The one mistake that the main file cannot be read.
    pub(crate) fn unreadable(path: &Path, reason: &std::io::Error) -> Self {
        let message =
            format!("the catalog could not be read: {reason}; check the path and the rights of the file");
        Self(vec![Mistake {
            file: path.into(),
            position: None,
            path: String::new(),
            message,
        }])
    }

    /// The mistakes, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Mistake> {
        self.0.iter()
    }
}

impl<'a> IntoIterator for &'a Mistakes {
    type Item = &'a Mistake;
    type IntoIter = std::slice::Iter<'a, Mistake>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// A line a mistake, then their number. Ends without a line break.
impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for mistake in &self.0 {
            writeln!(f, "{mistake}")?;
        }
        match self.0.len() {
            1 => f.write_str("1 mistake in the catalog"),
            count => write!(f, "{count} mistakes in the catalog"),
        }
    }
}

impl std::error::Error for Mistakes {}
