//! The good catalog in memory, and edits of it.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::io;
use std::path::Path;

use onedesk_catalog::{Catalog, Mistakes};
use onedesk_texts::Language;

/// Path of the main file.
pub const MAIN: &str = "catalog.toml";
/// Path of the tax rates.
pub const TAX: &str = "tax.toml";
/// Path of the English texts.
pub const EN: &str = "texts/en.toml";
/// Path of the French texts.
pub const FR: &str = "texts/fr.toml";

/// Files by their path.
#[derive(Clone)]
pub struct Files(BTreeMap<String, Vec<u8>>);

impl Files {
    /// The files of `tests/good`. What is tried is tried on English and French; whatever else the software speaks says
    /// the same as English does.
    pub fn good() -> Self {
        let english = include_bytes!("../good/texts/en.toml");
        let mut main = include_str!("../good/catalog.toml").to_owned();
        let mut files = BTreeMap::from([
            (TAX.to_owned(), include_bytes!("../good/tax.toml").to_vec()),
            (EN.to_owned(), english.to_vec()),
            (FR.to_owned(), include_bytes!("../good/texts/fr.toml").to_vec()),
        ]);
        for code in Language::all().iter().map(|language| language.code()) {
            let file = format!("texts/{code}.toml");
            if let Entry::Vacant(entry) = files.entry(file) {
                // `[texts]` is the last table of the main file.
                main.extend([code, " = \"", entry.key(), "\"\n"]);
                entry.insert(english.to_vec());
            }
        }
        files.insert(MAIN.to_owned(), main.into_bytes());
        Self(files)
    }

    /// The same with the first `from` in a file replaced, which has to be there.
    pub fn edit(mut self, file: &str, from: &str, to: &str) -> Self {
        let text = String::from_utf8(self.0.remove(file).expect("a file of the catalog")).expect("text");
        assert!(text.contains(from), "{file} does not hold {from:?}");
        self.0
            .insert(file.to_owned(), text.replacen(from, to, 1).into_bytes());
        self
    }

    /// The same with other bytes in a file.
    pub fn with(mut self, file: &str, bytes: Vec<u8>) -> Self {
        self.0.insert(file.to_owned(), bytes);
        self
    }

    /// The same without a file.
    pub fn without(mut self, file: &str) -> Self {
        self.0.remove(file);
        self
    }

    /// The bytes of a file.
    pub fn bytes(&self, file: &str) -> &[u8] {
        &self.0[file]
    }

    /// Reads the catalog.
    pub fn load(&self) -> Result<Catalog, Mistakes> {
        onedesk_catalog::load_with(Path::new(MAIN), |path| {
            let found = path.to_str().and_then(|path| self.0.get(path));
            found.cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
        })
    }
}
