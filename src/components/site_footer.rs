//! The foot of every page of the site.

use crate::part::IntoPart;
use leptos::prelude::*;
use onedesk_texts::{Language, chat, site};

use super::chat_link::ChatLink;
use crate::embedded_catalog::Catalog;

/// Whom to write to.
#[component]
pub fn SiteFooter(
    /// The catalog, for the addresses.
    catalog: Catalog,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let texts = site::footer(language);
    let (product, support, sales) = catalog.with(|view| {
        let vendor = &view.vendor;
        (
            vendor.name.clone(),
            vendor.support_email.clone(),
            vendor.sales_email.clone(),
        )
    });
    view! {
        <footer class="site-footer">
            <div class="site-footer__inner">
                <p class="site-footer__brand">{product}<span>{texts.tagline()}</span></p>
                <ul aria-label=texts.label()>
                    <li><ChatLink language label=chat::opener(language).open_short()/></li>
                    <li>{texts.questions()}" "<MailLink address=support/></li>
                    <li>{texts.other_payment()}" "<MailLink address=sales/></li>
                </ul>
            </div>
        </footer>
    }
    .part()
}

/// An e-mail address that opens a new message.
#[component]
pub fn MailLink(
    /// The address.
    address: String,
) -> impl IntoView {
    let href = ["mailto:", &address].concat();
    view! { <a href=href>{address}</a> }
}
