//! Start a trial: an e-mail address is all it takes.

use crate::changing::{flag, text};
use crate::handler::handler;
use crate::part::IntoPart;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use onedesk_contract::fields::Partner;
use onedesk_contract::sign_up::SignUpRequest;
use onedesk_pricing::{BillingPeriod, Choice};
use onedesk_texts::{Language, shared, site};

use crate::addresses::{SIGN_IN, SitePage};
use crate::api::Client;
use crate::components::button::{Button, LinkButton};
use crate::components::error_summary::ErrorSummary;
use crate::components::field::TextField;
use crate::components::icon::Icon;
use crate::effect::effect;
use crate::embedded_catalog::Catalog;
use crate::forms::Form;
use crate::printed::printed;
use crate::{browser, choice};

/// One field and a button.
#[component]
pub fn SignUpPage(
    /// The catalog, for the choice in the address and the length of the trial.
    catalog: Catalog,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let texts = site::sign_up(language);
    let days = catalog.with(|view| view.price_list.trial.days);
    let chosen = RwSignal::new(None::<Choice>);
    effect(move || {
        let query = browser::query();
        let default = catalog.default_choice(language);
        let read =
            default.map(|default| catalog.with(|view| choice::read(&query, &view.price_list, &default)));
        chosen.set(read.filter(|read| read.is_given).map(|read| read.choice));
    });

    let form = Form::new("sign-up", language);
    let email = RwSignal::new(String::new());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if !form.begin() {
            return;
        }
        let request = SignUpRequest {
            email: email.get_untracked(),
            language: language.code().to_owned(),
            choice: chosen.get_untracked(),
            // One that cannot be used is no mistake of the visitor.
            partner: Partner::lenient(choice::parameter(&browser::query(), "partner").as_deref())
                .map(|partner| partner.as_str().to_owned()),
        };
        if let Err(errors) = request.parse() {
            form.refuse(errors);
            return;
        }
        spawn_local(async move {
            match Client.sign_up(&request).await {
                Ok(accepted) => {
                    form.pending.set(false);
                    sent(language, &accepted.email);
                }
                Err(error) => form.answer(&error, &catalog.with(|view| view.vendor.support_email.clone())),
            }
        });
    };
    // No `action`: without scripts the browser posts to this very address, whose query holds the choice.
    view! {
        <div class="page page--form">
            {printed(move || view! {
                <h1>{texts.title()}</h1>
                <p class="lead">{texts.lead(days)}</p>
            })}
            <ChosenPlan catalog=catalog language=language chosen=chosen/>
            <form class="form" method="post" novalidate on:submit=handler(submit)>
                <ErrorSummary form=form fields=vec![("email", texts.email())]/>
                <input type="hidden" name="language" value=language.code()/>
                <TextField
                    form=form name="email" label=texts.email() value=email
                    kind="email" autocomplete="email" required=true max_length=254
                />
                <Button submit=true pending=form.pending>{texts.submit()}</Button>
            </form>
            {printed(move || view! { <BesideTheForm language=language/> })}
        </div>
    }
    .part()
}

/// What stands below the form.
#[component]
fn BesideTheForm(language: Language) -> impl IntoView {
    let texts = site::sign_up(language);
    view! {
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
    }
}

/// Goes to the page that says that the link is on its way to this address.
#[cfg_attr(
    not(feature = "hydrate"),
    expect(unused_variables, reason = "nothing is sent while prerendering")
)]
fn sent(language: Language, email: &str) {
    #[cfg(feature = "hydrate")]
    crate::navigation::go(&SitePage::SignUpSent.in_language(language), Some(email));
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
        <p class="chosen" hidden=flag(move || chosen.read().is_none())>
            <Icon icon=Icon::Receipt/>
            <span>{text(move || sentence().unwrap_or_default())}" "<a href=text(back)>{texts.change_choice()}</a></span>
        </p>
    }
    .part()
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
) -> impl IntoView {
    let texts = site::sent(language);
    // Handed on by the form; without scripts, and in another tab, the sentence names no address.
    let email = RwSignal::new(None::<String>);
    #[cfg(feature = "hydrate")]
    effect(move || email.set(crate::navigation::handed_on()));
    let lead = move || {
        email
            .get()
            .map_or_else(|| texts.lead().to_owned(), |email| texts.lead_to(email))
    };
    view! {
        <div class="page page--form">
            {printed(move || view! {
                <span class="page__emblem"><Icon icon=Icon::Mail/></span>
                <h1>{texts.title()}</h1>
            })}
            <p class="lead">{text(lead)}</p>
            {printed(move || view! {
                <ul class="page__notes">
                    <li>{texts.next_1()}</li>
                    <li>{texts.next_2()}</li>
                </ul>
                <p class="page__aside"><a href=SitePage::SignUp.in_language(language)>{texts.again()}</a></p>
            })}
        </div>
    }
    .part()
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
    .part()
}
