//! The tax of a sale in words, for the hosted page and the letter. The invoice has the same words of its own.

use onedesk_contract::billing::Taxed;
use onedesk_tax::{Treatment, TreatmentKind};
use onedesk_texts::{Language, format, invoice, mail, tax_rate};

/// What the tax is called and what it comes to: `VAT 20%` and `$122.33`; where none is charged, why.
pub fn tax(language: Language, taxed: &Taxed) -> (String, String) {
    let words = invoice::totals(language);
    if let Some(reason) = reason(language, taxed.treatment) {
        return (words.tax().to_owned(), reason.to_owned());
    }
    let rate = tax_rate(language, taxed.treatment.rate.basis_points().into());
    (words.tax_rate(rate), format::money(language, taxed.tax))
}

/// The same in one line.
pub fn tax_line(language: Language, taxed: &Taxed) -> String {
    let (name, value) = tax(language, taxed);
    mail::frame(language).fact(name, value)
}

/// Why no tax is charged, as the law wants it said; `None` where a rate applies, were it zero.
pub fn reason(language: Language, treatment: Treatment) -> Option<&'static str> {
    let words = invoice::mention(language);
    match treatment.kind {
        TreatmentKind::ReverseCharge => Some(words.reverse_charge()),
        TreatmentKind::OutsideScope => Some(words.outside_scope()),
        TreatmentKind::Domestic | TreatmentKind::BuyersCountry => None,
    }
}
