//! The main file as a whole, and the files that it names.

use onedesk_texts::Language;

use super::{assert_mistakes, only_mistake};
use crate::files::{Files, MAIN};

#[test]
fn main_file_as_a_whole() {
    let known: Vec<_> = Language::all().iter().map(|language| language.code()).collect();
    assert_mistakes(&[
        (
            MAIN,
            "max_seats = 500",
            "max_seats = 500\ncolour = \"red\"",
            "catalog.toml:4:1: colour: there is no such key; remove it",
            "what can stand here is currencies",
        ),
        (
            MAIN,
            "max_seats = 500",
            "max_seats = ",
            "catalog.toml:3:1",
            "this is not TOML: ",
        ),
        (
            MAIN,
            "[trial]",
            "[vendor]",
            "catalog.toml:21:2: this is not TOML: duplicate key",
            "",
        ),
        (
            MAIN,
            "fr = \"texts/fr.toml\"",
            "",
            "catalog.toml:50:1: texts.fr: the texts of this language are missing",
            "write fr = \"texts/fr.toml\"",
        ),
        (
            MAIN,
            "en = \"texts/en.toml\"",
            "en = \"texts/eng.toml\"",
            "catalog.toml:51:6: texts.en: texts/eng.toml could not be read",
            "correct its path",
        ),
        (
            MAIN,
            "en = \"texts/en.toml\"",
            "en = \"texts/en.toml\"\nxx = \"texts/xx.toml\"",
            "catalog.toml:52:1: texts.xx: the software does not speak “xx”",
            &format!("there is {}", known.join(", ")),
        ),
    ]);
    let lost = only_mistake(&Files::good().without(MAIN));
    assert!(
        lost.starts_with("catalog.toml: the catalog could not be read: "),
        "{lost}"
    );
    let bytes = only_mistake(&Files::good().with(MAIN, b"# caf\xe9\n".to_vec()));
    assert!(
        bytes.starts_with("catalog.toml:1:6: here is a byte that is not UTF-8"),
        "{bytes}"
    );
}
