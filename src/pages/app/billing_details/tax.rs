//! How purchases are taxed today, in words.

use leptos::prelude::*;
use onedesk_tax::{Treatment, TreatmentKind, VatStanding};
use onedesk_texts::{Language, billing, tax_rate};

use crate::api::{BillingDetails, Vat};
use crate::changing::{changing, text};
use crate::components::notice::{Notice, NoticeKind};
use crate::country_names;
use crate::part::IntoPart;

/// What is said; changes when other details are saved.
#[derive(Clone, Copy)]
pub struct Tax {
    language: Language,
    /// Which tax is added, and why.
    treatment: RwSignal<String>,
    /// What is known of the VAT number; nothing without one.
    vat: RwSignal<String>,
    /// Whether the number is a wrong one.
    is_wrong: RwSignal<bool>,
}

impl Tax {
    /// The tax that follows from billing details.
    pub fn of(language: Language, details: &BillingDetails) -> Self {
        let tax = Self {
            language,
            treatment: RwSignal::new(String::new()),
            vat: RwSignal::new(String::new()),
            is_wrong: RwSignal::new(false),
        };
        tax.show(details);
        tax
    }

    /// Follows from other details now.
    pub fn show(self, details: &BillingDetails) {
        let Treatment { country, .. } = details.treatment;
        let country = country_names::name(self.language, country.as_str());
        let number = details.vat.as_ref();
        let treatment = treatment_words(self.language, &details.treatment, &country);
        // Where the screen was left there is nothing to set.
        self.treatment.try_set(treatment);
        self.vat.try_set(vat_words(self.language, number));
        self.is_wrong
            .try_set(number.is_some_and(|vat| vat.standing == VatStanding::Wrong));
    }

    /// The words in their place.
    pub fn view(self) -> impl IntoView {
        let vat = move || {
            if self.is_wrong.get() {
                view! { <Notice kind=NoticeKind::Warning><p>{text(move || self.vat.get())}</p></Notice> }
                    .part()
            } else {
                view! { <p>{text(move || self.vat.get())}</p> }.part()
            }
        };
        view! {
            <section class="card card--tint" aria-labelledby="tax-title">
                <h2 class="card__title" id="tax-title">{billing::tax(self.language).title()}</h2>
                <p>{text(move || self.treatment.get())}</p>
                {changing(vat)}
            </section>
        }
    }
}

/// Which tax is added to a purchase, and why. `country` is the name of the country whose tax it is.
fn treatment_words(language: Language, treatment: &Treatment, country: &str) -> String {
    let texts = billing::tax(language);
    let added = || texts.added(country, tax_rate(language, treatment.rate.basis_points().into()));
    match treatment.kind {
        TreatmentKind::Domestic => added(),
        TreatmentKind::BuyersCountry => [added(), texts.without_number(country)].join(" "),
        TreatmentKind::ReverseCharge => texts.reverse_charge(country),
        TreatmentKind::OutsideScope => texts.outside().to_owned(),
    }
}

/// What is known of a VAT number, and what follows.
fn vat_words(language: Language, vat: Option<&Vat>) -> String {
    let texts = billing::tax(language);
    let Some(Vat { number, standing }) = vat else {
        return String::new();
    };
    match standing {
        VatStanding::Pending => texts.pending(number),
        VatStanding::Confirmed => texts.confirmed(number),
        VatStanding::Wrong => texts.wrong(number),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "what should be had fails the test")]
mod tests {
    use super::*;
    use onedesk_tax::{Country, Rate};

    fn words(kind: TreatmentKind, basis_points: u16) -> String {
        let treatment = Treatment {
            kind,
            rate: Rate::from_basis_points(basis_points).unwrap(),
            country: Country::parse("DE").unwrap(),
        };
        treatment_words(Language::En, &treatment, "Germany")
    }

    #[test]
    fn each_treatment_says_which_tax_is_added_and_why() {
        assert_eq!(
            words(TreatmentKind::Domestic, 1900),
            "VAT of Germany is added: 19%."
        );
        assert_eq!(
            words(TreatmentKind::BuyersCountry, 1900),
            "VAT of Germany is added: 19%. With a VAT number of Germany, none would be."
        );
        assert!(words(TreatmentKind::ReverseCharge, 0).starts_with("No VAT is added"));
        assert!(words(TreatmentKind::OutsideScope, 0).starts_with("No VAT is added"));
    }

    #[test]
    fn a_wrong_number_says_what_follows_and_no_number_says_nothing() {
        let vat = Vat {
            number: "DE200000005".to_owned(),
            standing: VatStanding::Wrong,
        };
        let words = vat_words(Language::En, Some(&vat));
        assert!(words.contains("DE200000005") && words.contains("taxed as if you had none"));
        assert_eq!(vat_words(Language::En, None), "");
    }
}
