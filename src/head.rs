//! What stands in the head of a page: title, description, addresses. `prerender` writes it; when a link is followed
//! without a load, the page's script brings it up to date.

use leptos::prelude::*;
use leptos::web_sys;
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

    /// Puts it into the document.
    fn apply(&self) {
        let document = document();
        document.set_title(&self.title);
        let description: Option<web_sys::Element> =
            document.query_selector("meta[name=description]").ok().flatten();
        if let Some(description) = description {
            drop(description.set_attribute("content", &self.description));
        }
    }
}

/// Follows the address: a new head, and the focus on the new page's content, as after a load.
pub fn follow(pathname: Memo<String>, language: Language, catalog: Catalog) {
    Effect::new(move |first: Option<SitePage>| {
        let (page, _) = SitePage::at(&pathname.read());
        if first.is_some_and(|before| before != page) {
            Head::of(page, language, catalog).apply();
            request_animation_frame(|| crate::browser::focus(crate::site::CONTENT_ID));
        }
        page
    });
}
