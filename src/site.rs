//! The site: pages that strangers see, behind one router.

use leptos::prelude::*;
use leptos_router::StaticSegment;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::hooks::use_location;
use onedesk_contract::catalog::CatalogView;
use onedesk_texts::Language;

use crate::components::site_footer::SiteFooter;
use crate::components::site_header::SiteHeader;
use crate::embedded_catalog::Catalog;
use crate::language;
use crate::pages::activate::ActivatePage;
use crate::pages::not_found::NotFoundPage;
use crate::pages::pricing::PricingPage;
use crate::pages::signup::{SignUpInvalidPage, SignUpPage, SignUpSentPage};

/// The id of the element that holds what differs from page to page.
pub const CONTENT_ID: &str = "content";

/// The site in the language of its catalog.
///
/// A document has one language: another one is another address with another catalog, and a full load.
#[component]
pub fn Site(
    /// The catalog in the language of the address.
    catalog: CatalogView,
) -> impl IntoView {
    let language: Language = catalog.language.parse().unwrap_or_default();
    let catalog = Catalog::new(catalog);
    view! {
        <Router>
            <SitePages catalog=catalog language=language/>
        </Router>
    }
}

#[component]
fn SitePages(catalog: Catalog, language: Language) -> impl IntoView {
    crate::head::follow(use_location().pathname, language, catalog);
    // The address that signed up, from the form to the page after it.
    let signed_up = RwSignal::new(None::<String>);
    // No segment for the default language: an empty one takes nothing of the path.
    let prefix = StaticSegment(language::prefix(language).trim_start_matches('/'));
    let signup = StaticSegment("signup");
    view! {
        <SiteHeader catalog=catalog language=language/>
        <main id=CONTENT_ID tabindex="-1">
            <FlatRoutes fallback=move || view! { <NotFoundPage language=language/> }>
                <Route
                    path=(prefix, StaticSegment("pricing"))
                    view=move || view! { <PricingPage catalog=catalog language=language/> }
                />
                <Route
                    path=(prefix, signup)
                    view=move || view! { <SignUpPage catalog=catalog language=language signed_up=signed_up/> }
                />
                <Route
                    path=(prefix, signup, StaticSegment("sent"))
                    view=move || view! { <SignUpSentPage language=language signed_up=signed_up/> }
                />
                <Route
                    path=(prefix, signup, StaticSegment("invalid"))
                    view=move || view! { <SignUpInvalidPage language=language/> }
                />
                <Route
                    path=(prefix, StaticSegment("activate"))
                    view=move || view! { <ActivatePage catalog=catalog language=language/> }
                />
            </FlatRoutes>
        </main>
        <SiteFooter catalog=catalog language=language/>
    }
}
