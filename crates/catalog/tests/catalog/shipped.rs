//! The catalog that comes with the software.

use std::path::PathBuf;

use onedesk_catalog::Catalog;
use onedesk_contract::catalog::CatalogView;
use onedesk_pricing::{BillingPeriod, Choice, Currency, quote};
use onedesk_texts::Language;

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../catalog/onedesk.toml")
}

fn shipped() -> Catalog {
    onedesk_catalog::load(&path()).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

/// Every text of a view.
fn texts(view: &CatalogView) -> Vec<&str> {
    let plans = view
        .plans
        .iter()
        .flat_map(|plan| [&plan.name, &plan.summary].into_iter().chain(&plan.highlights));
    let features = view.feature_groups.iter().flat_map(|group| {
        std::iter::once(&group.title).chain(
            group
                .features
                .iter()
                .flat_map(|feature| [&feature.name, &feature.note]),
        )
    });
    let faq = view
        .faq
        .iter()
        .flat_map(|question| std::iter::once(&question.question).chain(&question.answer));
    plans.chain(features).chain(faq).map(String::as_str).collect()
}

#[test]
fn it_has_no_mistake_in_any_language() {
    let catalog = shipped();
    assert_eq!(onedesk_catalog::check(&path()), Ok(()));
    for language in Language::all() {
        let view = catalog
            .view(language.code())
            .expect("every language of the software");
        assert!(view.faq.len() >= 12, "{} questions", view.faq.len());
        for question in &view.faq {
            assert!((1..=2).contains(&question.answer.len()), "{}", question.id);
            assert!(question.question.ends_with('?'), "{}", question.question);
        }
        for plan in &view.plans {
            assert!((3..=5).contains(&plan.highlights.len()), "{}", plan.id);
        }
        for text in texts(&view) {
            assert!(!text.is_empty() && !text.contains(['{', '}']), "{text}");
        }
    }
}

#[test]
fn it_says_that_its_prices_are_samples() {
    let file = std::fs::read_to_string(path()).expect("the file is there");
    let first = file.lines().next().unwrap_or_default();
    assert!(first.starts_with('#') && first.contains("SAMPLE"), "{first}");
}

#[test]
fn its_seller_is_plainly_a_sample_and_can_sell() {
    let file = std::fs::read_to_string(path()).expect("the file is there");
    assert!(file.contains("SAMPLE VALUES"));
    let seller = shipped().seller;
    assert!(seller.legal_name.contains("Sample"), "{seller:?}");
    assert!(
        seller.vat_number.is_some() && seller.bank_account.is_some(),
        "{seller:?}"
    );
    assert!(shipped().tax_rates.mistakes().is_empty());
}

#[test]
fn plans_and_currencies_are_those_of_the_vendor() {
    let list = shipped().price_list;
    let plans: Vec<_> = list.plans.iter().map(|plan| plan.id.as_str()).collect();
    assert_eq!(plans, ["standard", "premium", "enterprise"]);
    let currencies: Vec<_> = list.currencies.iter().map(Currency::code).collect();
    assert_eq!(currencies, ["USD", "EUR", "GBP", "CAD", "AUD", "CHF", "JPY"]);
    assert_eq!((list.trial.days, list.trial.plan.as_str()), (14, "enterprise"));
}

#[test]
fn every_plan_can_be_bought_in_every_currency_up_to_the_most_licences() {
    let list = shipped().price_list;
    for plan in &list.plans {
        for currency in &list.currencies {
            for period in [BillingPeriod::Monthly, BillingPeriod::Annual] {
                let choice = Choice {
                    plan: plan.id.clone(),
                    seats: list.max_seats,
                    period,
                    currency: *currency,
                };
                assert!(quote(&list, &choice).is_ok(), "{choice:?}");
            }
        }
    }
}

#[test]
fn advanced_features_are_on_the_plans_that_the_vendor_names() {
    let view = shipped().view("en").expect("English");
    let plans_of = |id: &str| -> Vec<String> {
        let feature = view
            .feature_groups
            .iter()
            .flat_map(|group| &group.features)
            .find(|feature| feature.id == id);
        feature
            .unwrap_or_else(|| panic!("no feature {id}"))
            .plans
            .iter()
            .map(ToString::to_string)
            .collect()
    };
    for standard in [
        "email-integration",
        "time-tracking",
        "automations",
        "customer-portal",
        "knowledge-base",
        "web-forms",
    ] {
        assert_eq!(
            plans_of(standard),
            ["standard", "premium", "enterprise"],
            "{standard}"
        );
    }
    assert_eq!(plans_of("accounting-integrations"), ["premium", "enterprise"]);
    assert_eq!(plans_of("sso-saml"), ["enterprise"]);
    assert_eq!(plans_of("sso-openid-connect"), ["enterprise"]);
}

#[test]
fn french_has_no_plain_space_before_its_double_marks_and_no_straight_apostrophe() {
    let view = shipped().view("fr").expect("French");
    for text in texts(&view) {
        for mark in [':', ';', '?', '!', '»', '%'] {
            assert!(!text.contains(&format!(" {mark}")), "{text}");
            let spaced = |before: &str| before.ends_with(['\u{a0}', '\u{202f}']);
            assert!(
                text.match_indices(mark).all(|(at, _)| spaced(&text[..at])),
                "{text}"
            );
        }
        assert!(!text.contains('\''), "{text}");
    }
}

#[test]
fn spanish_opens_its_questions_and_quotes_in_its_own_way() {
    let view = shipped().view("es").expect("Spanish");
    for text in texts(&view) {
        for (opening, closing) in [('¿', '?'), ('¡', '!'), ('«', '»')] {
            assert_eq!(
                text.matches(opening).count(),
                text.matches(closing).count(),
                "{text}"
            );
        }
        assert!(!text.contains(['"', '\'', '“', '”']), "{text}");
    }
}

/// Else the menu would show nobody what a higher plan holds, or nothing that everybody has.
#[test]
fn the_menu_shows_features_of_every_level() {
    let view = shipped().view("en").expect("English");
    let features = view.feature_groups.iter().flat_map(|group| &group.features);
    let in_menu: Vec<_> = features.filter(|feature| feature.in_menu).collect();
    assert!((3..=8).contains(&in_menu.len()), "{} features", in_menu.len());
    for plan in &view.plans {
        assert!(
            in_menu
                .iter()
                .any(|feature| feature.plans.first() == Some(&plan.id)),
            "nothing of {}",
            plan.id
        );
    }
}
