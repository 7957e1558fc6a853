//! The form of the billing details.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use onedesk_contract::billing::BillingDetailsRequest;
use onedesk_texts::{billing, shared};

use super::tax::Tax;
use crate::api::BillingDetails;
use crate::changing::changing;
use crate::components::button::Button;
use crate::components::error_summary::ErrorSummary;
use crate::components::field::TextField;
use crate::components::notice::{Notice, NoticeKind};
use crate::components::printed_select::PrintedSelect;
use crate::components::text_area::TextArea;
use crate::country_names;
use crate::forms::Form;
use crate::handler::handler;
use crate::part::IntoPart;
use crate::session::Account;

/// What the fields hold.
#[derive(Clone, Copy)]
struct Fields {
    company: RwSignal<String>,
    /// A line each.
    address: RwSignal<String>,
    postcode: RwSignal<String>,
    city: RwSignal<String>,
    country: RwSignal<String>,
    vat_number: RwSignal<String>,
    email: RwSignal<String>,
}

impl Fields {
    fn holding(details: BillingDetails) -> Self {
        Self {
            company: RwSignal::new(details.company),
            address: RwSignal::new(details.address.join("\n")),
            postcode: RwSignal::new(details.postcode),
            city: RwSignal::new(details.city),
            country: RwSignal::new(details.country),
            vat_number: RwSignal::new(details.vat.map(|vat| vat.number).unwrap_or_default()),
            email: RwSignal::new(details.email),
        }
    }

    fn request(self) -> BillingDetailsRequest {
        BillingDetailsRequest {
            company: self.company.get_untracked(),
            address: self
                .address
                .with_untracked(|lines| lines.lines().map(str::to_owned).collect()),
            postcode: self.postcode.get_untracked(),
            city: self.city.get_untracked(),
            country: self.country.get_untracked(),
            vat_number: self.vat_number.get_untracked(),
            email: self.email.get_untracked(),
        }
    }
}

/// The form. What is wrong with a field, the server says: the check digits of every country's VAT numbers stay there.
#[component]
pub fn Details(
    /// The account.
    account: Account,
    /// The details as they are saved.
    details: BillingDetails,
    /// What follows from them.
    tax: Tax,
) -> impl IntoView {
    let language = account.language;
    let texts = billing::details(language);
    let names = shared::field(language);
    let form = Form::new("billing", language);
    let fields = Fields::holding(details);
    let saved = RwSignal::new(false);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if !form.begin() {
            return;
        }
        saved.set(false);
        let request = fields.request();
        spawn_local(async move {
            match account.client.save_billing_details(&request).await {
                Ok(details) => {
                    tax.show(&details);
                    // As it is written: without the blanks and points that it was typed with.
                    let number = details.vat.map(|vat| vat.number).unwrap_or_default();
                    fields.vat_number.try_set(number);
                    form.pending.try_set(false);
                    saved.try_set(true);
                    // Other screens show the tax as well.
                    account.refresh_soon();
                }
                Err(error) => form.answer(
                    &error,
                    &account
                        .catalog
                        .with(|catalog| catalog.vendor.support_email.clone()),
                ),
            }
        });
    };
    let labels = vec![
        ("company", names.company()),
        ("address", texts.address()),
        ("postcode", texts.postcode()),
        ("city", texts.city()),
        ("country", names.country()),
        ("vat_number", texts.vat_number()),
        ("email", texts.email()),
    ];
    let field = move |name, label: &'static str, value, hint: Option<&str>, autocomplete| {
        let hint = Signal::stored(hint.map(str::to_owned));
        view! { <TextField form name label value hint autocomplete/> }
    };
    let country = fields.country.get_untracked();
    let countries = [
        "<option value=\"\">",
        texts.country(),
        "</option>",
        &country_names::options(language, &country),
    ]
    .concat();
    view! {
        <section class="card">
            <form class="form" method="post" novalidate on:submit=handler(submit)>
                <ErrorSummary form fields=labels/>
                {field("company", names.company(), fields.company, None, "organization")}
                <TextArea
                    form name="address" label=texts.address() hint=texts.address_hint() value=fields.address
                    autocomplete="street-address"
                />
                <div class="form__pair">
                    {field("postcode", texts.postcode(), fields.postcode, None, "postal-code")}
                    {field("city", texts.city(), fields.city, None, "address-level2")}
                </div>
                <PrintedSelect
                    form name="country" label=names.country() value=fields.country options=countries
                    autocomplete="country"
                />
                {field("vat_number", texts.vat_number(), fields.vat_number, Some(texts.vat_hint()), "off")}
                {field("email", texts.email(), fields.email, Some(texts.email_hint()), "email")}
                <div class="form__end">
                    <Button submit=true pending=form.pending>{shared::action(language).save()}</Button>
                    <div role="status">
                        {changing(move || saved.get().then(|| view! {
                            <Notice kind=NoticeKind::Success><p>{texts.saved()}</p></Notice>
                        }))}
                    </div>
                </div>
            </form>
        </section>
    }
    .part()
}
