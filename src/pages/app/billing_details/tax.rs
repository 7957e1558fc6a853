//! How purchases are taxed today, in words.

use onedesk_texts::{Language, billing, tax_rate};

use crate::api::Members;
use crate::country_names;
use crate::markup::Markup;

/// Which tax is added to a purchase and why, and what is known of the VAT number.
pub fn words(language: Language, details: &Members) -> String {
    let treatment = details.object("treatment");
    let country = country_names::name(language, &treatment.text("country"));
    let rate = u32::try_from(treatment.number("rate")).unwrap_or_default();
    let vat = details.object("vat");
    written(
        language,
        (&treatment.text("kind"), &country, &tax_rate(language, rate)),
        (&vat.text("number"), &vat.text("standing")),
    )
}

/// `treatment` is its kind, the country whose tax it is, and the rate; `vat` the number, empty for none, and what looking
/// it up has shown.
fn written(language: Language, treatment: (&str, &str, &str), vat: (&str, &str)) -> String {
    let texts = billing::tax(language);
    let mut markup = Markup::new();
    let (kind, country, rate) = treatment;
    match kind {
        "reverse_charge" => markup.paragraph(&texts.reverse_charge(country)),
        "outside_scope" => markup.paragraph(texts.outside()),
        _ => markup.paragraph(&texts.added(country, rate)),
    };
    if kind == "buyers_country" {
        markup.paragraph(&texts.without_number(country));
    }
    match vat {
        ("", _) => &mut markup,
        (number, "wrong") => markup.warning(&texts.wrong(number)),
        (number, "confirmed") => markup.paragraph(&texts.confirmed(number)),
        (number, _) => markup.paragraph(&texts.pending(number)),
    }
    .take()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(kind: &str, vat: (&str, &str)) -> String {
        written(Language::En, (kind, "Germany", "19%"), vat)
    }

    #[test]
    fn each_treatment_says_which_tax_is_added_and_why() {
        let added = "<p>VAT of Germany is added: 19%.</p>";
        assert_eq!(said("domestic", ("", "")), added);
        let without_number = said("buyers_country", ("", ""));
        assert!(without_number.starts_with(added) && without_number.contains("With a VAT number of Germany"));
        assert!(said("reverse_charge", ("", "")).starts_with("<p>No VAT is added"));
        assert!(said("outside_scope", ("", "")).starts_with("<p>No VAT is added"));
    }

    #[test]
    fn a_wrong_number_says_what_follows_and_no_number_says_nothing() {
        let wrong = said("buyers_country", ("DE200000005", "wrong"));
        assert!(wrong.contains("notice--warning") && wrong.contains("taxed as if you had none"));
        assert!(said("reverse_charge", ("DE1", "confirmed")).contains("DE1: confirmed."));
        assert!(said("reverse_charge", ("DE1", "pending")).contains("DE1: being checked."));
    }

    #[test]
    fn the_contract_calls_the_treatments_and_standings_what_is_matched_here() {
        use onedesk_tax::{TreatmentKind, VatStanding};
        let kinds = [
            (TreatmentKind::ReverseCharge, "reverse_charge"),
            (TreatmentKind::OutsideScope, "outside_scope"),
            (TreatmentKind::BuyersCountry, "buyers_country"),
        ];
        for (kind, name) in kinds {
            assert_eq!(serde_json::to_value(kind).ok(), Some(name.into()));
        }
        for (standing, name) in [
            (VatStanding::Wrong, "wrong"),
            (VatStanding::Confirmed, "confirmed"),
        ] {
            assert_eq!(serde_json::to_value(standing).ok(), Some(name.into()));
        }
    }
}
