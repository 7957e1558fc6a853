//! There is nothing at this address.

use crate::part::IntoPart;
use leptos::prelude::*;
use onedesk_texts::{Language, site};

use crate::addresses::SitePage;
use crate::components::button::LinkButton;

/// Says so, and where to go on.
#[component]
pub fn NotFoundPage(
    /// The language of the address.
    language: Language,
) -> impl IntoView {
    let texts = site::not_found(language);
    view! {
        <div class="page page--narrow">
            <h1>{texts.title()}</h1>
            <p class="lead">{texts.lead()}</p>
            <p class="page__action">
                <LinkButton href=SitePage::Pricing.in_language(language)>{texts.to_pricing()}</LinkButton>
            </p>
        </div>
    }
    .part()
}
