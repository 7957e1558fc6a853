//! Renders a page as the browser's program will find it.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::reactive::owner::Owner;
use onedesk_contract::catalog::CatalogView;
use onedesk_pricing::Choice;
use onedesk_subscribe::addresses::SitePage;
use onedesk_subscribe::embedded_catalog::Catalog;
use onedesk_subscribe::head::Head;
use onedesk_subscribe::site::Site;
use onedesk_texts::Language;

/// What differs from page to page.
#[derive(Debug)]
pub(crate) struct Rendered {
    /// The words of the head.
    pub(crate) head: Head,
    /// Everything between `<body>` and `</body>`. Its comments are marks for the program: not to be minified.
    pub(crate) body: String,
    /// What the calculator stands at in it; `None` only for a catalog that sells nothing.
    pub(crate) choice: Option<Choice>,
}

/// One page in one language.
pub(crate) fn page(page: SitePage, language: Language, catalog: &CatalogView) -> Rendered {
    let owner = Owner::new_root(Some(Arc::new(hydration_context::SsrSharedContext::new())));
    owner.with(|| {
        let known = Catalog::new(catalog.clone());
        let head = Head::of(page, language, known);
        let choice = known.default_choice(language);
        let body = view! { <Site catalog=catalog.clone() page=page/> }.to_html();
        Rendered { head, body, choice }
    })
}
