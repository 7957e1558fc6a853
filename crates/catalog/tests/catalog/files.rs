//! The good catalog in memory, and edits of it.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use onedesk_catalog::{Catalog, Mistakes};

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
pub struct Files(BTreeMap<&'static str, Vec<u8>>);

impl Files {
    /// The files of `tests/good`.
    pub fn good() -> Self {
        Self(BTreeMap::from([
            (MAIN, include_bytes!("../good/catalog.toml").to_vec()),
            (TAX, include_bytes!("../good/tax.toml").to_vec()),
            (EN, include_bytes!("../good/texts/en.toml").to_vec()),
            (FR, include_bytes!("../good/texts/fr.toml").to_vec()),
        ]))
    }

    /// The same with the first `from` in a file replaced, which has to be there.
    pub fn edit(mut self, file: &'static str, from: &str, to: &str) -> Self {
        let text = String::from_utf8(self.0.remove(file).expect("a file of the catalog")).expect("text");
        assert!(text.contains(from), "{file} does not hold {from:?}");
        self.0.insert(file, text.replacen(from, to, 1).into_bytes());
        self
    }

    /// The same with other bytes in a file.
    pub fn with(mut self, file: &'static str, bytes: Vec<u8>) -> Self {
        self.0.insert(file, bytes);
        self
    }

    /// The same without a file.
    pub fn without(mut self, file: &'static str) -> Self {
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
