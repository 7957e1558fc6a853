//! The body of `GET /api/widget`.

use onedesk_contract::catalog::CatalogView;
use onedesk_contract::widget::{WidgetView, Word};
use onedesk_texts::{Language, format, shared, site, widget};

use crate::address;

/// What the widget is drawn from, in one language.
pub fn view(language: Language, catalog: &CatalogView) -> WidgetView {
    let days = catalog.price_list.trial.days;
    let words = Word::ALL
        .iter()
        .map(|word| (word.name().to_owned(), text(language, *word, days)));
    WidgetView {
        language: language.code().to_owned(),
        product: catalog.vendor.name.clone(),
        sign_up: address::of(language, "/signup"),
        pricing: address::of(language, "/pricing"),
        price_list: catalog.price_list.clone(),
        plans: catalog.plans.clone(),
        words: words.collect(),
    }
}

/// A text with its placeholders left open. `days` is the length of the trial.
fn text(language: Language, word: Word, days: u16) -> String {
    let calculator = site::calculator(language);
    let seats = site::seats_error(language);
    let card = site::plan_card(language);
    let pricing = site::pricing(language);
    let price = shared::price(language);
    match word {
        Word::Controls => calculator.label().into(),
        Word::Seats => calculator.seats().into(),
        Word::Fewer => calculator.fewer().into(),
        Word::More => calculator.more().into(),
        Word::Slider => calculator.slider().into(),
        Word::Currency => calculator.currency().into(),
        Word::Period => calculator.period().into(),
        Word::Monthly => calculator.monthly().into(),
        Word::Annual => calculator.annual().into(),
        Word::PerUserMonth => calculator.per_user_month().into(),
        Word::Save => calculator.save("{percent}"),
        Word::AtPlan => calculator.at_plan("{plan}"),
        Word::Announce => calculator.announce("{plan}", "{users}", "{period}", "{total}"),
        Word::AnnounceInvalid => calculator.announce_invalid("{problem}"),
        Word::TotalMonthly => price.total_monthly().into(),
        Word::TotalAnnual => price.total_annual().into(),
        Word::SeatsEmpty => seats.empty().into(),
        Word::SeatsNotANumber => seats.not_a_number().into(),
        Word::SeatsNotWhole => seats.not_whole().into(),
        Word::SeatsTooFew => seats.too_few().into(),
        Word::SeatsTooMany => seats.too_many("{max}"),
        Word::UsersOne => users(language, 1),
        Word::UsersMany => users(language, 1_000_000),
        Word::UsersOther => users(language, 2),
        Word::Plans => pricing.plans().into(),
        Word::Recommended => card.recommended().into(),
        Word::TotalYear => card.total_year("{users}"),
        Word::TotalMonth => card.total_month("{users}"),
        Word::Saves => card.saves("{amount}", "{percent}"),
        Word::CouldSave => card.could_save("{amount}"),
        Word::Includes => card.includes().into(),
        Word::NotSold => card.not_sold().into(),
        Word::UnknownSeats => card.unknown_seats().into(),
        Word::StartTrial => pricing.start_trial().into(),
        Word::ForPlan => card.for_plan("{plan}"),
        Word::TrialTerms => pricing.trial_terms(days),
        Word::Note => pricing.sample().into(),
        Word::Compare => widget::offer(language).compare().into(),
    }
}

/// The form of “12 users” that a language has for a number like this one, with the number left open.
fn users(language: Language, like: u64) -> String {
    let written = format::number(language, like);
    shared::unit(language)
        .users(like)
        .replacen(&written, "{count}", 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_plurals_leave_their_number_open() {
        assert_eq!(users(Language::En, 1), "{count} user");
        assert_eq!(users(Language::En, 2), "{count} users");
        assert_eq!(users(Language::Fr, 1), "{count} utilisateur");
        assert_eq!(users(Language::Fr, 2), "{count} utilisateurs");
    }

    #[test]
    fn every_word_of_every_language_holds_what_the_widget_puts_in() {
        for language in Language::all() {
            for word in Word::ALL {
                let text = text(*language, *word, 14);
                assert!(!text.is_empty(), "{language} {word:?}");
                let holds = |names: &[&str]| {
                    for name in names {
                        assert!(text.contains(name), "{language} {word:?}: {text}");
                    }
                    assert_eq!(
                        text.matches('{').count(),
                        names.len(),
                        "{language} {word:?}: {text}"
                    );
                };
                match word {
                    Word::Save => holds(&["{percent}"]),
                    Word::AtPlan | Word::ForPlan => holds(&["{plan}"]),
                    Word::Announce => holds(&["{plan}", "{users}", "{period}", "{total}"]),
                    Word::AnnounceInvalid => holds(&["{problem}"]),
                    Word::SeatsTooMany => holds(&["{max}"]),
                    Word::UsersOne | Word::UsersMany | Word::UsersOther => holds(&["{count}"]),
                    Word::TotalYear | Word::TotalMonth => holds(&["{users}"]),
                    Word::Saves => holds(&["{amount}", "{percent}"]),
                    Word::CouldSave => holds(&["{amount}"]),
                    _ => holds(&[]),
                }
            }
        }
    }
}
