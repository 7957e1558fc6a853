//! The generated texts: plurals, numbers in them, typography.

use onedesk_texts::Language::{De, En, Es, Fr};
use onedesk_texts::shared;

#[test]
fn english_counts_one_apart() {
    let unit = shared::unit(En);
    assert_eq!(unit.licences(0), "0 licences");
    assert_eq!(unit.licences(1), "1 licence");
    assert_eq!(unit.licences(2), "2 licences");
    assert_eq!(unit.licences(1_000_000), "1,000,000 licences");
}

#[test]
fn french_counts_nothing_as_one_and_millions_with_de() {
    let unit = shared::unit(Fr);
    assert_eq!(unit.licences(0), "0 licence");
    assert_eq!(unit.licences(1), "1 licence");
    assert_eq!(unit.licences(2), "2 licences");
    assert_eq!(unit.licences(1500), "1\u{202f}500 licences");
    assert_eq!(unit.licences(1_000_000), "1\u{202f}000\u{202f}000 de licences");
    assert_eq!(unit.licences(1_000_001), "1\u{202f}000\u{202f}001 licences");
    // A text that leaves the form for millions out uses the one for all other numbers.
    assert_eq!(unit.days(2_000_000), "2\u{202f}000\u{202f}000 jours");
}

#[test]
fn german_counts_one_apart() {
    let unit = shared::unit(De);
    assert_eq!(unit.licences(0), "0 Lizenzen");
    assert_eq!(unit.licences(1), "1 Lizenz");
    assert_eq!(unit.licences(1_000_000), "1.000.000 Lizenzen");
}

#[test]
fn spanish_counts_one_apart_and_millions_with_de() {
    let unit = shared::unit(Es);
    assert_eq!(unit.licences(0), "0 licencias");
    assert_eq!(unit.licences(1), "1 licencia");
    assert_eq!(unit.licences(1500), "1500 licencias");
    assert_eq!(unit.licences(10_000), "10.000 licencias");
    assert_eq!(unit.licences(2_000_000), "2.000.000 de licencias");
    assert_eq!(unit.users(1_000_001), "1.000.001 usuarios");
}

#[test]
fn a_noun_can_follow_a_number_that_is_set_apart() {
    assert_eq!(shared::unit(En).user_noun(1), "user");
    assert_eq!(shared::unit(En).user_noun(3), "users");
    assert_eq!(shared::unit(Fr).user_noun(0), "utilisateur");
}

#[test]
fn values_are_filled_in() {
    let price = shared::price(Fr);
    assert_eq!(
        price.renews("22 novembre 2026", "11,99 €"),
        "Renouvellement le 22 novembre 2026 pour 11,99 €"
    );
    assert_eq!(
        shared::price(En).renews("November 22, 2026", "€11.99"),
        "Renews on November 22, 2026 for €11.99"
    );
}

#[test]
fn french_spaces_do_not_break() {
    let error = shared::field_error(Fr).invalid_email_in_list("a@");
    assert_eq!(
        error,
        "«\u{a0}a@\u{a0}» n’est pas une adresse e-mail. Corrigez-la ou retirez-la."
    );
}
