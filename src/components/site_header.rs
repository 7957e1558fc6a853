//! The bar on top of every page of the site.

use crate::part::IntoPart;
use leptos::prelude::*;
use onedesk_texts::{Language, site};

use super::language_switch::LanguageSwitch;
use crate::addresses::{SIGN_IN, SitePage};
use crate::embedded_catalog::Catalog;

/// Brand, languages, sign-in.
#[component]
pub fn SiteHeader(
    /// The catalog, for the vendor's name.
    catalog: Catalog,
    /// The language of the page.
    language: Language,
    /// Which page it stands on.
    page: SitePage,
) -> impl IntoView {
    let texts = site::nav(language);
    let product = catalog.with(|view| view.vendor.name.clone());
    let home = texts.home(&product);
    view! {
        <a class="skip" href="#content" rel="external">{texts.skip()}</a>
        <header class="site-header">
            <div class="site-header__inner">
                <a class="brand" href=SitePage::Pricing.in_language(language) aria-label=home>
                    <BrandMark/>
                    <span>{product}</span>
                </a>
                <nav class="site-header__links" aria-label=texts.main()>
                    <ul>
                        <li class="site-header__pricing">
                            <a href=SitePage::Pricing.in_language(language)>{texts.pricing()}</a>
                        </li>
                        <li><a href=SIGN_IN rel="external">{texts.sign_in()}</a></li>
                    </ul>
                </nav>
                <LanguageSwitch language=language page=page/>
            </div>
        </header>
    }
    .part()
}

/// The mark of the brand: a desk seen from above.
#[component]
pub fn BrandMark() -> impl IntoView {
    view! {
        <svg class="brand__mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
            <rect class="brand__ground" x="1" y="1" width="22" height="22" rx="6"></rect>
            <path class="brand__line" d="M6.5 9.5h11M8.5 9.5v7M15.5 9.5v4.5" fill="none" stroke-width="2" stroke-linecap="round"></path>
        </svg>
    }
    .part()
}
