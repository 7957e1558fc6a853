//! Reads what is sold from the catalog file, or tells every mistake that it holds.
//!
//! A catalog is a main file (`catalog/onedesk.toml`: vendor, currencies, plans with prices, features, the order of
//! questions), one file of texts a language, so that a translator gets a single file, and one of tax rates; the main one
//! names them. The format is described key by key in `docs/catalog.md`.
//!
//! - **All mistakes at once.** A person who edits the catalog sees everything that is wrong, each with its file, line,
//!   column and what to do ([`Mistakes`]). There is no catalog with a mistake in it: [`load`] gives one or the other.
//! - **Amounts are text.** A price is written in quotes and read by [`onedesk_pricing::Money::parse`]; no float is
//!   ever made of it.
//! - **Nothing is told twice.** Texts name what the main file says by placeholders (`{trial_days}`), so that an answer
//!   cannot contradict the price list.
//!
//! Native only: the browser gets the finished [`CatalogView`] from the server, or prerendered.

mod bank_account;
mod chat_hours;
mod definition;
mod document;
pub mod entitlements;
mod features;
mod identifiers;
mod mistake;
mod placeholders;
mod prices;
mod suggestion;
mod tax_rates;
mod texts;
mod vendor;
mod version;

use std::io;
use std::path::Path;

use onedesk_contract::catalog::{CatalogView, Vendor};
use onedesk_contract::entitlements::FeatureEntitlement;
use onedesk_pricing::PriceList;
use onedesk_tax::TaxRates;
use onedesk_texts::Language;

pub use bank_account::BankAccount;
pub use chat_hours::ChatHours;
pub use entitlements::Holding;
pub use mistake::{Mistake, Mistakes, Position};
pub use vendor::Seller;

/// What is sold, free of mistakes, in every language of the software.
#[derive(Clone, Debug, PartialEq)]
pub struct Catalog {
    /// Who sells.
    pub vendor: Vendor,
    /// The same, as invoices name it.
    pub seller: Seller,
    /// When questions are answered in the live chat; at any time that somebody is there, without.
    pub chat_hours: Option<ChatHours>,
    /// What is added to the prices, by country and day.
    pub tax_rates: TaxRates,
    /// Plans with their prices, currencies, limits. Its version changes with every change of the list itself, and
    /// with nothing else: not with a comment, a text or a feature.
    pub price_list: PriceList,
    /// One a language, in the order of [`Language::all`].
    views: Vec<(Language, CatalogView)>,
}

impl Catalog {
    /// The catalog in a language, by its code such as `en`; `None` for a language that the software does not speak.
    pub fn view(&self, language: &str) -> Option<CatalogView> {
        self.views
            .iter()
            .find(|(known, _)| known.code() == language)
            .map(|(_, view)| view.clone())
    }

    /// Every feature in the words of a language, with what an account that holds this may use of it.
    pub fn entitlements(&self, language: Language, holding: Holding<'_>) -> Vec<FeatureEntitlement> {
        let view = self.views.iter().find(|(known, _)| *known == language);
        view.map_or_else(Vec::new, |(_, view)| entitlements::of_account(view, holding))
    }

    /// The languages of the texts: all that the software speaks.
    pub fn languages(&self) -> impl Iterator<Item = Language> {
        self.views.iter().map(|(language, _)| *language)
    }
}

/// Reads the catalog from its main file and the files of texts that it names.
///
/// # Errors
/// Every mistake in any of the files, a file that cannot be read included.
pub fn load(path: &Path) -> Result<Catalog, Mistakes> {
    load_with(path, |path| std::fs::read(path))
}

/// Tells whether the catalog can be loaded.
///
/// # Errors
/// The same as [`load`]: the command that checks and the server that starts use the same words.
pub fn check(path: &Path) -> Result<(), Mistakes> {
    load(path).map(|_| ())
}

/// As [`load`], from anything that gives the bytes of a path: files that were compiled in, an archive.
///
/// The paths asked for are `path` and the paths that it names, joined to its folder.
///
/// # Errors
/// The same as [`load`].
pub fn load_with(path: &Path, read: impl Fn(&Path) -> io::Result<Vec<u8>>) -> Result<Catalog, Mistakes> {
    let main = match document::Document::read(path, &read) {
        Ok(main) => main,
        Err(reason) => return Err(Mistakes::unreadable(path, &reason)),
    };
    let definition = definition::Definition::read(&main);
    let tax = definition
        .tax_file
        .as_ref()
        .map(|file| tax_rates::read(file, &main, &read));
    let translations = texts::read_all(&definition, &main, &read);

    let mut mistakes = main.into_mistakes();
    let tax = tax.unwrap_or_default();
    mistakes.extend(tax.mistakes);
    let mut read_texts = Vec::new();
    for translation in translations {
        mistakes.extend(translation.mistakes);
        read_texts.push((translation.language, translation.texts));
    }
    // A part is lacking only after a mistake was noted, so there is at least one in either case.
    let complete = definition
        .complete()
        .zip(tax.rates)
        .filter(|_| mistakes.is_empty());
    let Some((content, tax_rates)) = complete else {
        return Err(Mistakes::new(mistakes));
    };
    let views = read_texts
        .into_iter()
        .map(|(language, texts)| (language, texts.view(language, &content)))
        .collect();
    Ok(Catalog {
        vendor: content.vendor,
        seller: content.seller,
        chat_hours: content.chat_hours,
        tax_rates,
        price_list: content.price_list,
        views,
    })
}
