//! The form of the billing details.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use onedesk_contract::billing::BillingDetailsRequest;
use onedesk_texts::{billing, shared};

use crate::api::Members;
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

/// What the fields hold, in the order of the form.
#[derive(Clone, Copy)]
pub struct Fields([RwSignal<String>; 7]);

/// Their names in the request and in the answer; the address and the VAT number are read otherwise.
const NAMES: [&str; 7] = [
    "company",
    "address",
    "postcode",
    "city",
    "country",
    "vat_number",
    "email",
];

impl Fields {
    /// Empty ones.
    pub fn new() -> Self {
        Self(NAMES.map(|_| RwSignal::new(String::new())))
    }

    /// Shows what is saved.
    pub fn show(self, details: &Members) {
        for (field, name) in self.0.into_iter().zip(NAMES) {
            let value = match name {
                "address" => details.lines(name),
                "vat_number" => details.object("vat").text("number"),
                name => details.text(name),
            };
            // Where the screen was left there is nothing to set.
            field.try_set(value);
        }
    }

    fn request(self) -> BillingDetailsRequest {
        let [company, address, postcode, city, country, vat_number, email] =
            self.0.map(|field| field.get_untracked());
        BillingDetailsRequest {
            company,
            address: address.lines().map(str::to_owned).collect(),
            postcode,
            city,
            country,
            vat_number,
            email,
        }
    }
}

/// The form. What is wrong with a field, the server says: the check digits of every country's VAT numbers stay there.
#[component]
pub fn Details(
    /// The account.
    account: Account,
    /// What the fields hold.
    fields: Fields,
    /// How purchases are taxed, which follows from them.
    tax: RwSignal<String>,
) -> impl IntoView {
    let language = account.language;
    let texts = billing::details(language);
    let names = shared::field(language);
    let form = Form::new("billing", language);
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
                    tax.try_set(super::tax::words(language, &details));
                    // As they are written: a VAT number without the blanks and points that it was typed with.
                    fields.show(&details);
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
    let labels = [
        names.company(),
        texts.address(),
        texts.postcode(),
        texts.city(),
        names.country(),
        texts.vat_number(),
        texts.email(),
    ];
    let values = fields.0;
    let field = move |at: usize, hint: &str, autocomplete| {
        let hint = Signal::stored(Some(hint.to_owned()).filter(|hint| !hint.is_empty()));
        let (name, label, value) = (NAMES[at], labels[at], values[at]);
        view! { <TextField form name label value hint autocomplete/> }
    };
    let mut inputs = [
        (0, "", "organization"),
        (2, "", "postal-code"),
        (3, "", "address-level2"),
        (5, texts.vat_hint(), "off"),
        (6, texts.email_hint(), "email"),
    ]
    .map(|(at, hint, autocomplete)| field(at, hint, autocomplete).part())
    .into_iter();
    let [_, address, _, _, country, ..] = values;
    let chosen = country.get_untracked();
    let countries = [
        "<option value=\"\">",
        texts.country(),
        "</option>",
        &country_names::options(language, &chosen),
    ]
    .concat();
    view! {
        <section class="card">
            <form class="form" method="post" novalidate on:submit=handler(submit)>
                <ErrorSummary form fields=NAMES.into_iter().zip(labels).collect()/>
                {inputs.next()}
                <TextArea
                    form name="address" label=texts.address() hint=texts.address_hint() value=address
                    autocomplete="street-address"
                />
                <div class="form__pair">{inputs.next()}{inputs.next()}</div>
                <PrintedSelect
                    form name="country" label=names.country() value=country options=countries autocomplete="country"
                />
                {inputs.next()}
                {inputs.next()}
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
