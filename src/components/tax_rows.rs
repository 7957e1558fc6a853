//! The tax of an amount: how much, at which rate, or why there is none.

use leptos::prelude::*;
use onedesk_contract::billing::Taxed;
use onedesk_contract::tax::{Treatment, TreatmentKind};
use onedesk_texts::{Language, invoice, tax_rate};

use super::amount::Amount;
use crate::part::IntoPart;

/// What the tax is called, with its rate: *VAT 20%*. Just *VAT*, where none is charged for a reason.
pub fn tax_name(language: Language, treatment: Treatment) -> String {
    let words = invoice::totals(language);
    if why_untaxed(language, treatment).is_some() {
        words.tax().to_owned()
    } else {
        words.tax_rate(tax_rate(language, treatment.rate.basis_points().into()))
    }
}

/// Why no tax is charged, as it will stand on the invoice. Nothing where a rate applies, were it zero.
pub fn why_untaxed(language: Language, treatment: Treatment) -> Option<&'static str> {
    let words = invoice::mention(language);
    match treatment.kind {
        TreatmentKind::ReverseCharge => Some(words.reverse_charge()),
        TreatmentKind::OutsideScope => Some(words.outside_scope()),
        TreatmentKind::Domestic | TreatmentKind::BuyersCountry => None,
    }
}

/// The sum before tax and the tax on it: two rows of a list of `lines`.
#[component]
pub fn TaxRows(
    /// The amounts.
    taxed: Taxed,
    /// The language of the words.
    language: Language,
) -> impl IntoView {
    let why = why_untaxed(language, taxed.treatment);
    view! {
        <div class="lines__row">
            <dt>{invoice::totals(language).net()}</dt>
            <dd><Amount money=Signal::stored(Some(taxed.net)) language/></dd>
        </div>
        <div class="lines__row">
            <dt>
                {tax_name(language, taxed.treatment)}
                {why.map(|why| view! { <span class="lines__why">{why}</span> })}
            </dt>
            <dd><Amount money=Signal::stored(Some(taxed.tax)) language/></dd>
        </div>
    }
    .part()
}
