//! From the files of `locales/` to Rust: read ([`source`]), compare the languages ([`check`]), write ([`code`]), with
//! the tables of browser programs ([`table`]).
//!
//! Nothing here touches the disk: the build script hands in the contents and writes what comes back, and
//! `tests/generator.rs` includes these same modules to test what they refuse.

use std::collections::BTreeMap;

pub mod check;
pub mod code;
pub mod mistake;
pub mod plural;
pub mod source;
pub mod table;
pub mod template;
/// Shared with the crate itself, which sets the texts of the catalog in the same way.
#[path = "../src/typography.rs"]
pub mod typography;

use mistake::Mistake;
use source::Area;

/// The language that the others are compared with, and whose texts stand in the documentation.
pub const REFERENCE: &str = "en";

/// Language code → area → contents of `locales/<language>/<area>.toml`.
pub type Sources = BTreeMap<String, BTreeMap<String, String>>;

/// Language code → area → its texts.
pub type Languages = BTreeMap<String, BTreeMap<String, Area>>;

/// Where a program has its texts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Texts {
    /// They are part of it, in every language: the server, the prerenderer, tests.
    Compiled,
    /// It loads a table of one language: programs in the browser, which pay for each byte.
    Loaded,
}

/// The Rust code for `sources`, or every mistake in them, in the order of files and lines.
pub fn generate(sources: &Sources, texts: Texts) -> Result<String, Vec<Mistake>> {
    let mut mistakes = check::languages(sources);
    let mut languages = Languages::new();
    for (language, areas) in sources {
        let parsed = languages.entry(language.clone()).or_default();
        for (area, content) in areas {
            let (texts, found) = source::parse(language, area, content);
            parsed.insert(area.clone(), texts);
            mistakes.extend(found);
        }
    }
    mistakes.extend(check::compare(&languages));
    if mistakes.is_empty() {
        Ok(code::write(&languages, texts))
    } else {
        mistakes.sort();
        Err(mistakes)
    }
}
