//! The words in the head of a page. `prerender` writes them.

use onedesk_texts::{Language, site};

use crate::addresses::SitePage;
use crate::embedded_catalog::Catalog;

/// The words in the head of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Title of the window.
    pub title: String,
    /// What a search engine shows.
    pub description: String,
}

impl Head {
    /// The head of a page in a language.
    pub fn of(page: SitePage, language: Language, catalog: Catalog) -> Self {
        let texts = site::page(language);
        let (product, days) = catalog.with(|view| (view.vendor.name.clone(), view.price_list.trial.days));
        let title = match page {
            SitePage::Pricing => texts.pricing_title(&product),
            SitePage::SignUp => texts.sign_up_title(&product),
            SitePage::SignUpSent => texts.sign_up_sent_title(&product),
            SitePage::SignUpInvalid => texts.sign_up_invalid_title(&product),
            SitePage::Activate => texts.activate_title(&product),
            SitePage::NotFound => texts.not_found_title(&product),
        };
        let description = match page {
            SitePage::Pricing => texts.pricing_description(days),
            SitePage::SignUp => texts.sign_up_description(&product, days),
            _ => texts.plain_description(&product),
        };
        Self { title, description }
    }
}
