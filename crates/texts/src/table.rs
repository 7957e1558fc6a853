//! The texts of one language as a table: written natively, loaded by the programs in the browser.
//!
//! A program in the browser holds no texts: each language would add its bytes to each program. Its methods know only at
//! which place of which section a text stands, and read it from the table of their language, which has to be there by
//! then ([`load`]). Whether a text exists and how it is filled is checked when the crate is built, as for all programs.
//!
//! A table is plain text. Its first line holds the shape of the texts, which is that of the program or the table is
//! refused, and the language's code. Each section follows after a form feed: its name, then its texts, each after a tab.
//! Texts hold neither of the two, nor a `<`, so a table may stand in the data block of a page as it is.

use core::fmt;

#[cfg(any(texts_are_loaded, test))]
use crate::{Language, SHAPE};

/// The table is none, or is not of this program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unfit;

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("these texts are not those of this program")
    }
}

impl core::error::Error for Unfit {}

/// Stands before a section: a single character, which costs less to look for than a line break and what follows it.
const SECTION: char = '\u{c}';
/// Stands before a text.
const TEXT: char = '\t';

#[cfg(not(texts_are_loaded))]
pub use compiled::{is_loaded, load, sections, write};
#[cfg(texts_are_loaded)]
pub(crate) use loaded::text;
#[cfg(texts_are_loaded)]
pub use loaded::{is_loaded, load};

/// A table, cut into its texts.
#[cfg(any(texts_are_loaded, test))]
struct Table {
    language: Language,
    sections: Vec<(&'static str, Vec<&'static str>)>,
}

#[cfg(any(texts_are_loaded, test))]
impl Table {
    /// Cuts a table, and keeps its texts for as long as the program runs: there is one table a language.
    fn read(written: &str) -> Result<Self, Unfit> {
        let written: &'static str = String::from(written).leak();
        let mut sections = written.split(SECTION);
        let (shape, code) = sections
            .next()
            .and_then(|head| head.split_once(' '))
            .ok_or(Unfit)?;
        if shape != SHAPE {
            return Err(Unfit);
        }
        let sections = sections.map(|section| {
            let mut texts = section.split(TEXT);
            (texts.next().unwrap_or_default(), texts.collect())
        });
        Ok(Self {
            language: code.parse().map_err(|_| Unfit)?,
            sections: sections.collect(),
        })
    }

    /// A text by its section and place; nothing where the table has none.
    fn text(&self, section: &str, place: usize) -> &'static str {
        let texts = self.sections.iter().find(|(name, _)| *name == section);
        texts
            .and_then(|(_, texts)| texts.get(place))
            .copied()
            .unwrap_or_default()
    }
}

#[cfg(texts_are_loaded)]
mod loaded {
    use std::sync::OnceLock;

    use super::{Table, Unfit};
    use crate::Language;

    /// A place for each language.
    static TABLES: [OnceLock<Table>; Language::all().len()] =
        [const { OnceLock::new() }; Language::all().len()];

    /// Loads a table; tells its language. One that is there already is kept.
    pub fn load(written: &str) -> Result<Language, Unfit> {
        let table = Table::read(written)?;
        let language = table.language;
        let _ = TABLES[language as usize].set(table);
        Ok(language)
    }

    /// Whether the texts of a language can be had.
    pub fn is_loaded(language: Language) -> bool {
        TABLES[language as usize].get().is_some()
    }

    /// A text of the language's table. Nothing before that is loaded, or if it lacks the section: `prerender` writes
    /// every section that a program names.
    #[inline(never)]
    pub(crate) fn text(language: Language, section: &'static str, place: usize) -> &'static str {
        let table = TABLES[language as usize].get();
        table.map_or("", |table| table.text(section, place))
    }
}

#[cfg(not(texts_are_loaded))]
mod compiled {
    use super::{SECTION, TEXT, Unfit};
    use crate::{Language, SHAPE, TABLES};

    /// Needs no doing where the texts are part of the program; only looks whether it could be done.
    pub fn load(written: &str) -> Result<Language, Unfit> {
        let (shape, rest) = written.split_once(' ').ok_or(Unfit)?;
        let code = rest.split(SECTION).next().unwrap_or_default();
        if shape == SHAPE {
            code.parse().map_err(|_| Unfit)
        } else {
            Err(Unfit)
        }
    }

    /// Whether the texts of a language can be had.
    pub fn is_loaded(_: Language) -> bool {
        true
    }

    /// The name of every section: `site.pricing_faq`. A program in the browser that says something of a section has its
    /// name among its bytes.
    pub fn sections() -> impl Iterator<Item = &'static str> {
        TABLES.iter().map(|(name, _)| *name)
    }

    /// The table of a language, with those sections that a program needs.
    pub fn write(language: Language, is_needed: impl Fn(&str) -> bool) -> String {
        let mut out = [SHAPE, " ", language.code()].concat();
        for (name, texts) in TABLES.iter().filter(|(name, _)| is_needed(name)) {
            out.push(SECTION);
            out.push_str(name);
            for text in texts[language as usize] {
                out.push(TEXT);
                out.push_str(text);
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::{Table, Unfit, sections, write};
    use crate::{Language, SHAPE, TABLES};

    #[test]
    fn every_text_of_every_language_is_read_back_from_its_table() {
        for language in Language::all() {
            let table = Table::read(&write(*language, |_| true)).expect("our own");
            assert_eq!(table.language, *language);
            for (name, texts) in TABLES {
                for (place, text) in texts[*language as usize].iter().enumerate() {
                    assert_eq!(table.text(name, place), *text, "{language} {name} {place}");
                }
            }
        }
    }

    #[test]
    fn a_table_has_the_sections_that_are_needed_and_no_other() {
        let language = Language::default();
        let table = Table::read(&write(language, |name| name == "shared.unit")).expect("our own");
        assert_eq!(table.sections.len(), 1);
        assert!(sections().count() > 1);
        assert_eq!(table.text("shared.price", 0), "");
        assert_eq!(table.text("shared.unit", 1000), "");
    }

    #[test]
    fn a_table_of_another_program_is_refused() {
        let ours = write(Language::default(), |_| true);
        let other = ours.replacen(SHAPE, "0123456789abcdef", 1);
        let unknown = ours.replacen(" en\u{c}", " xx\u{c}", 1);
        for written in ["", "\n", "<!DOCTYPE html>", SHAPE, &other, &unknown] {
            assert_eq!(
                Table::read(written).map(|table| table.language),
                Err(Unfit),
                "{written}"
            );
            assert_eq!(super::load(written), Err(Unfit));
        }
        assert_eq!(super::load(&ours), Ok(Language::default()));
    }

    #[test]
    fn a_table_may_stand_in_a_page() {
        for language in Language::all() {
            assert!(!write(*language, |_| true).contains('<'), "{language}");
        }
    }
}
