//! The site: pages that strangers see.

use leptos::prelude::*;
use onedesk_contract::catalog::CatalogView;
use onedesk_texts::Language;

use crate::addresses::SitePage;
use crate::components::language_offer::LanguageOffers;
use crate::components::site_footer::SiteFooter;
use crate::components::site_header::SiteHeader;
use crate::embedded_catalog::Catalog;
use crate::pages::activate::ActivatePage;
use crate::pages::not_found::NotFoundPage;
use crate::pages::pricing::PricingPage;
use crate::pages::signup::{SignUpInvalidPage, SignUpPage, SignUpSentPage};
use crate::part::{IntoPart, Part};
use crate::printed::printed;

/// The id of the element that holds what differs from page to page.
pub const CONTENT_ID: &str = "content";

/// A whole page, as it is printed.
///
/// A document has one language: another one is another address with another catalog, and a full load.
#[component]
pub fn Site(
    /// The catalog in the language of the address.
    catalog: CatalogView,
    /// The page of the address.
    page: SitePage,
) -> impl IntoView {
    let language: Language = catalog.language.parse().unwrap_or_default();
    let catalog = Catalog::new(catalog);
    view! {
        <SiteHeader catalog=catalog language=language page=page/>
        <LanguageOffers language=language page=page/>
        <main id=CONTENT_ID tabindex="-1">{content(page, language, catalog)}</main>
        <SiteFooter catalog=catalog language=language/>
    }
}

/// What stands between header and footer. In the browser this is all that is taken over: header and footer are printed.
fn content(page: SitePage, language: Language, catalog: Catalog) -> Part {
    match page {
        SitePage::Pricing => view! { <PricingPage catalog=catalog language=language/> }.part(),
        SitePage::SignUp => view! { <SignUpPage catalog=catalog language=language/> }.part(),
        SitePage::SignUpSent => view! { <SignUpSentPage language=language/> }.part(),
        SitePage::SignUpInvalid => printed(move || view! { <SignUpInvalidPage language=language/> }),
        SitePage::Activate => view! { <ActivatePage catalog=catalog language=language/> }.part(),
        SitePage::NotFound => printed(move || view! { <NotFoundPage language=language/> }),
    }
}

/// Takes over the page in the document, does `done`, and takes over whichever page follows it there.
#[cfg(feature = "hydrate")]
pub fn start(catalog: CatalogView, done: fn()) {
    use std::cell::RefCell;

    use leptos::wasm_bindgen::JsCast;

    use crate::part::in_turn;

    let language: Language = catalog.language.parse().unwrap_or_default();
    let last = RefCell::new(None);
    crate::navigation::start(move || {
        // The page before this one: its effects end, before others begin.
        drop(last.take());
        let place = document().get_element_by_id(CONTENT_ID);
        let Some(place) = place.and_then(|place| place.dyn_into().ok()) else {
            return;
        };
        let page = SitePage::at(&window().location().pathname().unwrap_or_default()).0;
        let catalog = catalog.clone();
        let handle =
            leptos::mount::hydrate_from(place, move || content(page, language, Catalog::new(catalog)));
        *last.borrow_mut() = Some(handle);
    });
    crate::language_offer::start(language);
    in_turn::take_turns(done);
}
