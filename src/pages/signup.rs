//! Start a trial: an e-mail address is all it takes.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use onedesk_contract::sign_up::SignUpRequest;
use onedesk_pricing::{BillingPeriod, Choice};
use onedesk_texts::{Language, shared, site};

use crate::addresses::{SIGN_IN, SitePage};
use crate::api::Client;
use crate::choice;
use crate::components::button::{Button, LinkButton};
use crate::components::error_summary::ErrorSummary;
use crate::components::field::TextField;
use crate::components::icon::Icon;
use crate::embedded_catalog::Catalog;
use crate::forms::Form;

/// One field and a button.
#[component]
pub fn SignUpPage(
    /// The catalog, for the choice in the address and the length of the trial.
    catalog: Catalog,
    /// The language of the page.
    language: Language,
    /// Receives the address that signed up.
    signed_up: RwSignal<Option<String>>,
) -> impl IntoView {
    let texts = site::sign_up(language);
    let days = catalog.with(|view| view.price_list.trial.days);
    let search = use_location().search;
    let chosen = RwSignal::new(None::<Choice>);
    Effect::new(move |_| {
        let query = search.get();
        let default = catalog.default_choice(language);
        let read = default.map(|default| catalog.with(|view| choice::read(&query, &view.price_list, &default)));
        chosen.set(read.filter(|read| read.is_given).map(|read| read.choice));
    });

    let form = Form::new("sign-up", language);
    let email = RwSignal::new(String::new());
    let navigate = use_navigate();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if !form.begin() {
            return;
        }
        let request = SignUpRequest {
            email: email.get_untracked(),
            language: language.code().to_owned(),
            choice: chosen.get_untracked(),
            partner: choice::parameter(&search.read_untracked(), "partner"),
        };
        if let Err(errors) = request.parse() {
            form.refuse(errors);
            return;
        }
        let navigate = navigate.clone();
        spawn_local(async move {
            match Client.sign_up(&request).await {
                Ok(accepted) => {
                    form.pending.set(false);
                    signed_up.set(Some(accepted.email));
                    navigate(&SitePage::SignUpSent.in_language(language), NavigateOptions::default());
                }
                Err(error) => form.answer(&error, &catalog.with(|view| view.vendor.support_email.clone())),
            }
        });
    };
    // No `action`: without scripts the browser posts to this very address, whose query holds the choice.
    view! {
        <div class="page page--form">
            <h1>{texts.title()}</h1>
            <p class="lead">{texts.lead(days)}</p>
            <ChosenPlan catalog=catalog language=language chosen=chosen/>
            <form class="form" method="post" novalidate on:submit=submit>
                <ErrorSummary form=form fields=vec![("email", texts.email())]/>
                <input type="hidden" name="language" value=language.code()/>
                <TextField
                    form=form name="email" label=texts.email() value=email
                    kind="email" autocomplete="email" required=true max_length=254
                />
                <Button submit=true pending=form.pending>{texts.submit()}</Button>
            </form>
            <Providers language=language providers=Vec::new()/>
            <section class="next-steps" aria-labelledby="next-title">
                <h2 id="next-title">{texts.next_title()}</h2>
                <ol>
                    <li>{texts.next_1()}</li>
                    <li>{texts.next_2()}</li>
                    <li>{texts.next_3()}</li>
                </ol>
            </section>
            <p class="page__aside">
                {texts.have_account()}" "<a href=SIGN_IN rel="external">{shared::action(language).sign_in()}</a>
            </p>
        </div>
    }
    .into_any()
}

/// What was dialled in on the pricing page. It is read from the address once the page has been taken over.
#[component]
fn ChosenPlan(catalog: Catalog, language: Language, chosen: RwSignal<Option<Choice>>) -> impl IntoView {
    let texts = site::sign_up(language);
    let sentence = move || {
        let choice = chosen.get()?;
        let billed = match choice.period {
            BillingPeriod::Monthly => shared::period(language).billed_monthly(),
            BillingPeriod::Annual => shared::period(language).billed_annually(),
        };
        let licences = shared::unit(language).licences(choice.seats.get().into());
        Some(texts.chosen(catalog.plan_name(&choice.plan), licences, billed))
    };
    let back = move || {
        let query = chosen.read().as_ref().map(choice::query).unwrap_or_default();
        [SitePage::Pricing.in_language(language).as_str(), "?", &query].concat()
    };
    view! {
        <p class="chosen" hidden=move || chosen.read().is_none()>
            <Icon icon=Icon::Receipt/>
            <span>{sentence}" "<a href=back>{texts.change_choice()}</a></span>
        </p>
    }
    .into_any()
}

/// A provider that people can sign up with instead of an e-mail address.
#[derive(Clone, Copy, Debug)]
struct Provider {
    name: &'static str,
    address: &'static str,
}

/// The place for the providers' buttons. A provider that is not configured shows none; without any, there is no place.
#[component]
fn Providers(language: Language, providers: Vec<Provider>) -> impl IntoView {
    (!providers.is_empty()).then(|| {
        let buttons = providers.into_iter().map(|provider| {
            view! { <li><a class="button button--secondary" href=provider.address rel="external">{provider.name}</a></li> }
        });
        view! {
            <section class="providers">
                <p>{site::sign_up(language).providers()}</p>
                <ul>{buttons.collect_view()}</ul>
            </section>
        }
    })
}

/// The link is on its way; said alike for known and unknown addresses.
#[component]
pub fn SignUpSentPage(
    /// The language of the page.
    language: Language,
    /// The address that signed up, where this page follows the form without a load.
    signed_up: RwSignal<Option<String>>,
) -> impl IntoView {
    let texts = site::sent(language);
    let lead = move || signed_up.get().map_or_else(|| texts.lead().to_owned(), |email| texts.lead_to(email));
    view! {
        <div class="page page--form">
            <span class="page__emblem"><Icon icon=Icon::Mail/></span>
            <h1>{texts.title()}</h1>
            <p class="lead">{lead}</p>
            <ul class="page__notes">
                <li>{texts.next_1()}</li>
                <li>{texts.next_2()}</li>
            </ul>
            <p class="page__aside"><a href=SitePage::SignUp.in_language(language)>{texts.again()}</a></p>
        </div>
    }
    .into_any()
}

/// Where the server sends a browser without scripts whose address was none.
#[component]
pub fn SignUpInvalidPage(
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let texts = site::invalid(language);
    view! {
        <div class="page page--form">
            <h1>{texts.title()}</h1>
            <p class="lead">{texts.lead()}</p>
            <p class="page__action">
                <LinkButton href=SitePage::SignUp.in_language(language)>{texts.again()}</LinkButton>
            </p>
        </div>
    }
    .into_any()
}
