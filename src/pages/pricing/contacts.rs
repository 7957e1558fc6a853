//! Ways to go on: start a trial, ask, pay otherwise.

use leptos::prelude::*;
use onedesk_texts::{Language, site};

use super::trial_address;
use crate::calculator::Calculator;
use crate::components::button::LinkButton;
use crate::components::icon::Icon;
use crate::components::site_footer::MailLink;
use crate::embedded_catalog::Catalog;

/// The end of the page.
#[component]
pub fn Contacts(catalog: Catalog, calculator: Calculator, language: Language) -> impl IntoView {
    let texts = site::contact(language);
    let (support, sales) =
        catalog.with(|view| (view.vendor.support_email.clone(), view.vendor.sales_email.clone()));
    let chosen = Memo::new(move |_| calculator.plan.get());
    let href = Signal::derive(move || trial_address(calculator, language, chosen.get()).get());
    view! {
        <section class="section contacts" aria-labelledby="contacts">
            <div class="contacts__trial">
                <h2 id="contacts">{texts.trial_title()}</h2>
                <p>{texts.trial()}</p>
                <LinkButton href=href>{site::pricing(language).start_trial()}</LinkButton>
            </div>
            <div class="contacts__ways">
                <h2>{texts.title()}</h2>
                <p><Icon icon=Icon::Mail/><span>{texts.support()}" "<MailLink address=support/></span></p>
                <p><Icon icon=Icon::Receipt/><span>{texts.sales()}" "<MailLink address=sales/></span></p>
            </div>
        </section>
    }
    .into_any()
}
