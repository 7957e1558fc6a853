//! The activation form.

use crate::handler::handler;
use std::time::Duration;

use crate::changing::text;
use crate::part::IntoPart;
use leptos::ev::SubmitEvent;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use onedesk_contract::fields::{AccountAddress, CompanyName};
use onedesk_contract::sign_up::ActivationRequest;
use onedesk_texts::{Language, site};

use super::link_is_at_fault;
use crate::addresses::APPLICATION;
use crate::api::Client;
use crate::components::button::Button;
use crate::components::error_summary::ErrorSummary;
use crate::components::field::{CheckboxField, TextField};
use crate::components::password_field::{PasswordField, PasswordUse};
use crate::components::printed_select::PrintedSelect;
use crate::effect::effect;
use crate::embedded_catalog::Catalog;
use crate::forms::Form;
use crate::printed::{html, printed};
use crate::{browser, countries};

/// How long typing must rest before the server is asked for the account's address.
const RESTED: Duration = Duration::from_millis(350);

/// Name, company, password, country, time zone, terms. Works without scripts: it posts to the address that it stands at.
#[component]
pub fn ActivationForm(
    catalog: Catalog,
    language: Language,
    token: RwSignal<String>,
    #[prop(into)] email: Signal<String>,
) -> impl IntoView {
    let texts = site::activate(language);
    let form = Form::new("activate", language);
    let name = RwSignal::new(String::new());
    let company = RwSignal::new(String::new());
    let password = RwSignal::new(String::new());
    let country = RwSignal::new(String::new());
    let time_zone = RwSignal::new(String::from("UTC"));
    let terms = RwSignal::new(false);
    let days = catalog.with(|view| view.price_list.trial.days);
    preset_from_browser(form, country, time_zone);

    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if !form.begin() {
            return;
        }
        let request = ActivationRequest {
            name: name.get_untracked(),
            company: company.get_untracked(),
            password: password.get_untracked(),
            country: country.get_untracked(),
            time_zone: time_zone.get_untracked(),
            terms: terms.get_untracked(),
        };
        if let Err(errors) = request.parse(&email.get_untracked()) {
            form.refuse(errors);
            return;
        }
        let token = token.get_untracked();
        spawn_local(async move {
            match Client.activate(&token, &request).await {
                // Pending stays: the browser is leaving for the application.
                Ok(()) => browser::go_to(APPLICATION),
                // A link used or expired since the page was opened: the page, loaded again, says what to do.
                Err(error) if link_is_at_fault(&error) => browser::reload(),
                Err(error) => form.answer(&error, &catalog.with(|view| view.vendor.support_email.clone())),
            }
        });
    };
    let labels = vec![
        ("name", texts.name()),
        ("company", texts.company()),
        ("password", texts.password()),
        ("country", texts.country()),
        ("time_zone", texts.time_zone()),
        ("terms", texts.terms_label()),
    ];
    let known = Signal::derive(move || vec![email.get(), company.get()]);
    let country_options = html(move || {
        let entry = |(code, name)| view! { <option value=code>{name}</option> };
        view! { <option value="">{texts.country_choose()}</option> {countries::all(language).map(entry).collect_view()} }
    });
    // Without scripts there is one zone, in which no day is anybody's surprise; with them, all that the browser knows.
    let zone_options = html(|| view! { <option value="UTC">"UTC"</option> });
    view! {
        <form class="form" method="post" novalidate on:submit=handler(submit)>
            <ErrorSummary form=form fields=labels/>
            <TextField form=form name="name" label=texts.name() value=name autocomplete="name" required=true max_length=100/>
            <div class="activate__company">
                <TextField
                    form=form name="company" label=texts.company() value=company
                    hint=Signal::stored(Some(texts.company_hint().to_owned()))
                    autocomplete="organization" required=true max_length=100
                />
                <AccountAddressLine catalog=catalog form=form token=token company=company/>
            </div>
            // For password managers: whose password it is.
            <input type="hidden" autocomplete="username" prop:value=move || email.get()/>
            <PasswordField form=form label=texts.password() value=password usage=PasswordUse::New { context: known }/>
            <div class="form__pair">
                <PrintedSelect
                    form=form name="country" label=texts.country() value=country options=country_options
                    autocomplete="country"
                />
                <PrintedSelect
                    form=form name="time_zone" label=texts.time_zone() value=time_zone options=zone_options
                />
            </div>
            <CheckboxField form=form name="terms" value=terms required=true>{texts.terms()}</CheckboxField>
            <div class="form__end">
                <Button submit=true pending=form.pending>{texts.submit()}</Button>
                {printed(move || view! { <p class="form__note">{texts.trial_note(days)}</p> })}
            </div>
        </form>
    }
    .part()
}

/// Country and time zone as the browser has them, unless something else was chosen meanwhile; and the list of zones.
fn preset_from_browser(form: Form, country: RwSignal<String>, time_zone: RwSignal<String>) {
    effect(move || {
        let here = browser::time_zone();
        let mut known = browser::time_zones();
        for zone in here.iter().map(String::as_str).chain(["UTC"]) {
            if !known.iter().any(|known| known == zone) {
                known.push(zone.to_owned());
            }
        }
        browser::fill_select(&form.field_id("time_zone"), &known);
        if let Some(here) = here.filter(|_| time_zone.get_untracked() == "UTC") {
            time_zone.set(here);
        }
        if let Some(region) = browser::region().filter(|_| country.read_untracked().is_empty()) {
            country.set(region);
        }
    });
}

/// The account's address as it will be: guessed at once, then as the server says, which knows the names taken.
#[component]
fn AccountAddressLine(
    catalog: Catalog,
    form: Form,
    token: RwSignal<String>,
    company: RwSignal<String>,
) -> impl IntoView {
    let texts = site::activate(form.language);
    let domain = catalog.with(|view| view.vendor.account_domain.clone());
    // What the server said, and for which name.
    let answered = RwSignal::new(None::<(String, String)>);
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(handle) = timer.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    };
    effect(move || {
        let wanted = company.get();
        stop();
        if CompanyName::parse(&wanted).is_err() {
            return;
        }
        let ask = move || {
            if form.pending.get_untracked() {
                // The link is being used up.
                return;
            }
            let (token, wanted) = (token.get_untracked(), wanted.clone());
            spawn_local(async move {
                // No answer leaves the guess standing: the address is settled when the account is opened.
                if let Ok(view) = Client.account_address(&token, &wanted).await {
                    drop(answered.try_set(Some((wanted, view.address))));
                }
            });
        };
        timer.set_value(set_timeout_with_handle(ask, RESTED).ok());
    });
    on_cleanup(stop);
    let label = move || {
        let company = company.read();
        match (CompanyName::parse(&company), &*answered.read()) {
            (Err(_), _) => texts.address_empty().to_owned(),
            (Ok(_), Some((asked, address))) if *asked == *company => address.clone(),
            (Ok(name), _) => AccountAddress::from_company(&name).to_string(),
        }
    };
    view! {
        <p class="activate__address needs-script">
            {texts.address()}" "<output aria-live="polite"><strong>{text(label)}</strong>"."{domain}</output>
        </p>
    }
    .part()
}
