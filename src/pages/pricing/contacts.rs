//! Ways to go on: start a trial, ask, pay otherwise.

use crate::part::IntoPart;
use leptos::prelude::*;
use onedesk_texts::{chat, site};

use super::Trial;
use crate::components::button::LinkButton;
use crate::components::chat_link::ChatLink;
use crate::components::icon::Icon;
use crate::components::site_footer::MailLink;
use crate::embedded_catalog::Catalog;
use crate::printed::printed;

/// The end of the page.
#[component]
pub fn Contacts(catalog: Catalog, trial: Trial) -> impl IntoView {
    let Trial {
        calculator, language, ..
    } = trial;
    let texts = site::contact(language);
    let chat = chat::opener(language);
    let (support, sales) =
        catalog.with(|view| (view.vendor.support_email.clone(), view.vendor.sales_email.clone()));
    let href = trial.address(calculator.plan.into());
    view! {
        <section class="section contacts" aria-labelledby="contacts">
            <div class="contacts__trial">
                {printed(move || view! {
                    <h2 id="contacts">{texts.trial_title()}</h2>
                    <p>{texts.trial()}</p>
                })}
                <LinkButton href=href>{site::pricing(language).start_trial()}</LinkButton>
            </div>
            {printed(move || view! {
                <div class="contacts__ways">
                    <h2>{texts.title()}</h2>
                    <p><Icon icon=Icon::Chat/><span>{chat.sentence()}" "<ChatLink language label=chat.open()/></span></p>
                    <p><Icon icon=Icon::Mail/><span>{texts.support()}" "<MailLink address=support/></span></p>
                    <p><Icon icon=Icon::Receipt/><span>{texts.sales()}" "<MailLink address=sales/></span></p>
                </div>
            })}
        </section>
    }
    .part()
}
