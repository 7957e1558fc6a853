//! What a catalog without mistakes gives.

use crate::files::{EN, FR, Files, MAIN, TAX};
use onedesk_pricing::{BillingPeriod, Currency, Date, Money, PlanId, ProrationUnit};
use onedesk_tax::{Country, Rate};
use onedesk_texts::Language;
use proptest::prelude::*;

fn version(files: &Files) -> String {
    files.load().expect("no mistake").price_list.version
}

#[test]
fn prices_limits_and_vendor_are_those_of_the_file() {
    let catalog = Files::good().load().expect("no mistake");
    let list = &catalog.price_list;
    let premium = PlanId::new("premium").expect("an id");
    assert_eq!(
        list.unit_price(&premium, Currency::EUR, BillingPeriod::Annual),
        Ok(Money::parse("15.50", Currency::EUR).expect("an amount"))
    );
    assert_eq!(list.level(&premium), Some(1));
    assert_eq!(list.currencies, [Currency::EUR, Currency::JPY]);
    assert_eq!(
        (list.max_seats.get(), list.trial.days, &list.trial.plan),
        (500, 14, &premium)
    );
    assert_eq!(list.proration, ProrationUnit::Day);
    assert_eq!(catalog.vendor.account_domain, "acme.example");
}

#[test]
fn the_seller_and_the_rates_are_those_of_the_files() {
    let catalog = Files::good().load().expect("no mistake");
    let seller = &catalog.seller;
    assert_eq!(
        (seller.legal_name.as_str(), seller.city.as_str()),
        ("Acme GmbH", "Berlin")
    );
    assert_eq!(
        seller.vat_number.as_ref().map(ToString::to_string),
        Some("DE123456788".into())
    );
    let account = seller.bank_account.as_ref().expect("an account");
    assert_eq!(account.iban, "GB29NWBK60161331926819");
    let estonia = Country::parse("EE").expect("a country");
    let rate = |on: Date| {
        catalog
            .tax_rates
            .rate_of(estonia, on)
            .map(Rate::to_percent_string)
    };
    assert_eq!(rate(Date::constant(2025, 6, 30)), Some("22".into()));
    assert_eq!(rate(Date::constant(2025, 7, 1)), Some("24".into()));
    assert_eq!(rate(Date::constant(2013, 12, 31)), None);

    let elsewhere = Files::good()
        .edit(
            MAIN,
            "country = \"DE\"\nvat_number = \"DE123456788\"",
            "country = \"US\"\nregistration = \"EIN 12-3456789\"",
        )
        .edit(
            MAIN,
            "iban = \"GB29 NWBK 6016 1331 9268 19\"\nbic = \"NWBKGB2L\"\n",
            "",
        )
        .edit(MAIN, "postcode = \"10115\"\n", "")
        .load()
        .expect("a seller without VAT number, postcode and bank account");
    assert_eq!(
        (elsewhere.seller.vat_number, elsewhere.seller.bank_account),
        (None, None)
    );
}

#[test]
fn a_view_holds_the_texts_of_its_language() {
    let catalog = Files::good().load().expect("no mistake");
    assert_eq!(catalog.languages().collect::<Vec<_>>(), Language::all());
    assert_eq!(catalog.view("xx"), None);

    let view = catalog.view("fr").expect("French");
    assert_eq!(view.language, "fr");
    assert_eq!(view.price_list, catalog.price_list);
    assert_eq!(view.plans[1].name, "Premium+");
    assert!(view.plans[1].recommended && !view.plans[0].recommended);
    assert_eq!(
        view.plans[1].highlights,
        ["Tout Standard", "Authentification unique"]
    );
    let group = &view.feature_groups[0];
    assert_eq!((group.id.as_str(), group.title.as_str()), ("desk", "Assistance"));
    assert_eq!(
        (group.features[1].id.as_str(), group.features[1].plans.len()),
        ("sso", 1)
    );
    assert_eq!(
        view.faq
            .iter()
            .map(|question| question.id.as_str())
            .collect::<Vec<_>>(),
        ["who", "trial"]
    );
    assert_eq!(view.faq[1].question, "Combien de temps\u{202f}?");
    assert_eq!(
        view.faq[1].answer,
        ["14 jours de Premium+\u{a0}: Acme, acme.example."]
    );
}

#[test]
fn placeholders_are_filled_from_the_main_file() {
    let answer = |files: Files| {
        let view = files.load().expect("no mistake").view("en").expect("English");
        view.faq[1].answer.join(" ")
    };
    assert_eq!(
        answer(Files::good()),
        "14 days of Premium, 500 licences in EUR, JPY; ask support@acme.example or sales@acme.example."
    );
    let edited = Files::good()
        .edit(MAIN, "max_seats = 500", "max_seats = 12_500")
        .edit(MAIN, "days = 14", "days = 30");
    assert!(answer(edited).starts_with("30 days of Premium, 12,500 licences"));
}

#[test]
fn the_version_changes_with_the_price_list_and_with_nothing_else() {
    let first = version(&Files::good());
    assert_eq!(first.len(), 12);
    for edited in [
        Files::good().edit(MAIN, "# A small catalog", "# A very small catalog"),
        Files::good().edit(MAIN, "days = 14", "days   =   14 # two weeks"),
        Files::good().edit(MAIN, "\"18.50\"", "\"18.5\""),
        Files::good().edit(
            MAIN,
            "EUR = { monthly = \"13.99\", annual = \"11.99\" }\nJPY = { monthly = \"2000\", annual = \"2000\" }",
            "JPY = { monthly = \"2000\", annual = \"2000\" }\nEUR = { monthly = \"13.99\", annual = \"11.99\" }",
        ),
        Files::good().edit(EN, "Requests.", "All requests."),
        Files::good().edit(FR, "Les demandes.", "Toutes les demandes."),
        Files::good().edit(MAIN, "Berlin", "Hamburg"),
        Files::good().edit(TAX, "\"25.5\"", "\"25\""),
    ] {
        assert_eq!(version(&edited), first);
    }
    for edited in [
        Files::good().edit(MAIN, "\"13.99\"", "\"13.98\""),
        Files::good().edit(MAIN, "days = 14", "days = 15"),
        Files::good().edit(MAIN, "max_seats = 500", "max_seats = 501"),
        Files::good().edit(MAIN, "\"day\"", "\"second\""),
    ] {
        assert_ne!(version(&edited), first);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever a file holds, the answer is a catalog or a list of mistakes.
    #[test]
    fn arbitrary_bytes_are_refused_and_never_panic(
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
        file in proptest::sample::select(vec![MAIN, EN, FR, TAX]),
    ) {
        prop_assert!(Files::good().with(file, bytes).load().is_err());
    }

    /// The same for what looks like TOML.
    #[test]
    fn shuffled_pieces_of_toml_never_panic(
        pieces in proptest::collection::vec(
            proptest::sample::select(vec![
                "[", "]", "[[plans]]", "\n", "=", "{", "}", "\"", "plans", "id", ".", "prices", "[vendor]", "1.5", "é",
                "'", "#", ",", "texts", "en", "[faq.who]", "question",
            ]),
            0..40,
        ),
        file in proptest::sample::select(vec![MAIN, EN, FR, TAX]),
    ) {
        let _ = Files::good().with(file, pieces.concat().into_bytes()).load();
    }

    /// A file that was cut off, or had a byte changed.
    #[test]
    fn damaged_files_never_panic(
        at in any::<proptest::sample::Index>(),
        byte in any::<u8>(),
        cut in any::<bool>(),
        file in proptest::sample::select(vec![MAIN, EN, FR, TAX]),
    ) {
        let mut bytes = Files::good().bytes(file).to_vec();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if cut {
            bytes.truncate(at);
        }
        let _ = Files::good().with(file, bytes).load();
    }
}
