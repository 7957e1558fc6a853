//! One small edit of a good catalog for each kind of mistake: where it is told, and in which words.

use crate::files::{EN, FR, Files, MAIN};

mod chat;
mod currencies;
mod main_file;
mod plans;
mod prices;
mod seller;
mod tax_rates;
mod texts;
mod vendor;

/// The one mistake that an edit makes, as it is printed.
pub fn only_mistake(files: &Files) -> String {
    let mistakes = files.load().expect_err("a mistake was made");
    let printed = mistakes.to_string();
    assert_eq!(mistakes.iter().count(), 1, "{printed}");
    let (mistake, count) = printed.rsplit_once('\n').expect("a line for the count");
    assert_eq!(count, "1 mistake in the catalog");
    mistake.to_owned()
}

/// Each row: file, what is replaced, by what, and how the mistake begins and goes on.
pub fn assert_mistakes(rows: &[(&'static str, &str, &str, &str, &str)]) {
    for (file, from, to, start, part) in rows {
        let mistake = only_mistake(&Files::good().edit(file, from, to));
        assert!(
            mistake.starts_with(start),
            "{from:?} → {to:?}\n{mistake}\ndoes not start with\n{start}"
        );
        assert!(
            mistake.contains(part),
            "{from:?} → {to:?}\n{mistake}\ndoes not contain\n{part}"
        );
    }
}

#[test]
fn all_mistakes_are_told_at_once_in_the_order_of_their_places() {
    let mistakes = Files::good()
        .edit(FR, "\"Combien de temps ?\"", "\"\"")
        .edit(EN, "\"Who?\"", "\"\"")
        .edit(MAIN, "days = 14", "days = 900")
        .edit(MAIN, "\"EUR\", \"JPY\"", "\"EUR\", \"JPX\", \"ZZZ\"")
        .load()
        .expect_err("mistakes");
    let places: Vec<_> = mistakes
        .iter()
        .map(|mistake| (mistake.file.to_str().expect("text"), mistake.path.as_str()))
        .collect();
    let expected = [
        (MAIN, "currencies[2]"),
        (MAIN, "currencies[3]"),
        (MAIN, "trial.days"),
        (EN, "faq.who.question"),
        (FR, "faq.trial.question"),
    ];
    assert_eq!(places, expected);
    assert!(
        mistakes.to_string().ends_with("\n5 mistakes in the catalog"),
        "{mistakes}"
    );
}

#[test]
fn one_slip_in_a_plan_is_not_told_again_wherever_the_plan_is_named() {
    let mistake = only_mistake(&Files::good().edit(MAIN, "id = \"premium\"", "id = \"Premium\""));
    assert!(
        mistake.starts_with("catalog.toml:33:6: plans[2].id: “Premium” cannot be an id"),
        "{mistake}"
    );
}

#[test]
fn columns_count_characters() {
    let mistake =
        only_mistake(&Files::good().edit(FR, "[\"Tout Standard\", ", "[\"Tout le nécessaire été\", 1, "));
    assert!(
        mistake.starts_with("texts/fr.toml:9:41: plans.premium.highlights[2]: this is a whole number"),
        "{mistake}"
    );
    let windows = String::from_utf8(Files::good().bytes(MAIN).to_vec())
        .expect("text")
        .replace('\n', "\r\n");
    let files = Files::good().with(MAIN, format!("\u{feff}{windows}").into_bytes());
    files
        .load()
        .expect("line ends and a byte order mark of Windows are no mistakes");
    let mistake = only_mistake(&files.edit(MAIN, "\"11.99\"", "\"x\""));
    assert!(mistake.starts_with("catalog.toml:29:37: "), "{mistake}");
}
