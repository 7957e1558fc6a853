//! What the build refuses in the files of `locales/`, and how it says so.

#[path = "../build/generator.rs"]
mod generator;

use generator::{Sources, Texts, generate, template, typography};

/// English and French, each with the one file `shared`, whose language names itself.
fn both(english: &str, french: &str) -> Sources {
    let file = |name: &str, texts: &str| format!("[language]\nnative_name = \"{name}\"\n{texts}");
    sources(&[
        ("en", "shared", &file("English", english)),
        ("fr", "shared", &file("Français", french)),
    ])
}

fn sources(files: &[(&str, &str, &str)]) -> Sources {
    let mut sources = Sources::new();
    for (language, area, content) in files {
        sources
            .entry((*language).into())
            .or_default()
            .insert((*area).into(), (*content).into());
    }
    sources
}

fn mistakes(sources: &Sources) -> Vec<String> {
    generate(sources, Texts::Compiled)
        .expect_err("refused")
        .iter()
        .map(ToString::to_string)
        .collect()
}

#[track_caller]
fn compiled(sources: &Sources) -> String {
    generate(sources, Texts::Compiled).expect("accepted")
}

#[track_caller]
fn refused(english: &str, french: &str, expected: &[&str]) {
    assert_eq!(mistakes(&both(english, french)), expected);
}

#[test]
fn texts_that_agree_become_code() {
    let code = compiled(&both(
        "[price]\ntitle = \"Price\"\nrenews = \"On {date} for {amount}\"\nseats = { one = \"{count} seat\", other = \"{count} seats\" }",
        "[price]\ntitle = \"Prix\"\nrenews = \"{amount} le {date}\"\nseats = { one = \"{count} place\", other = \"{count} places\" }",
    ));
    assert!(
        code.contains("pub const fn price(language: crate::Language) -> Price {"),
        "{code}"
    );
    assert!(code.contains("pub fn title(self) -> &'static str {"), "{code}");
    // The order of arguments is that of the English text, whatever the other language does.
    assert!(
        code.contains(
            "pub fn renews(self, date: impl ::core::fmt::Display, amount: impl ::core::fmt::Display)"
        )
    );
    assert!(code.contains(r#"crate::Language::Fr => "{1} le {0}","#), "{code}");
    assert!(
        code.contains("pub fn seats(self, count: u64) -> ::std::string::String {"),
        "{code}"
    );
    assert!(code.contains(r#"#[doc = "`On {date} for {amount}`"]"#), "{code}");
}

#[test]
fn a_section_in_a_section_joins_their_names() {
    let code = compiled(&both("[price.faq]\na = \"A\"", "[price.faq]\na = \"A\""));
    assert!(
        code.contains("pub const fn price_faq(language: crate::Language) -> PriceFaq {"),
        "{code}"
    );
    refused(
        "[price.faq]\na = \"A\"\n[price_faq]\na = \"A\"",
        "[price.faq]\na = \"A\"\n[price_faq]\na = \"A\"",
        &["locales/en/shared.toml:6, [price_faq]: [price.faq] has the same name in Rust; choose another"],
    );
    refused(
        "[a.b.c]\nd = \"D\"",
        "[a.b]\nd = \"D\"",
        &[
            "locales/en/shared.toml:3, [a.b] c: sections stand inside sections one level deep only",
            "locales/fr/shared.toml:4, [a.b]: “en” has no such section; add it there, or remove it here",
        ],
    );
}

#[test]
fn a_missing_text_is_named_with_its_english() {
    refused(
        "[price]\na = \"A\"\ntitle = \"Price\"",
        "[price]\na = \"A\"",
        &[
            "locales/fr/shared.toml:4, [price] title: this text is missing; translate locales/en/shared.toml:5 (“Price”)",
        ],
    );
}

#[test]
fn a_text_that_english_lacks_is_refused() {
    refused(
        "[price]\na = \"A\"",
        "[price]\na = \"A\"\ntitel = \"Prix\"",
        &["locales/fr/shared.toml:5, [price] titel: “en” has no such text; add it there, or remove it here"],
    );
}

#[test]
fn missing_and_unknown_sections_are_told_once() {
    refused(
        "[price]\na = \"A\"\nb = \"B\"",
        "[prix]\na = \"A\"",
        &[
            "locales/fr/shared.toml, [price]: this section is missing; translate its 2 texts from locales/en/shared.toml:4",
            "locales/fr/shared.toml:4, [prix]: “en” has no such section; add it there, or remove it here",
        ],
    );
}

#[test]
fn placeholders_that_differ_are_named() {
    refused(
        "[price]\nrenews = \"On {date} for {amount}\"",
        "[price]\nrenews = \"Le {date} pour {montant}\"",
        &[
            "locales/fr/shared.toml:4, [price] renews: the placeholder {amount} of “en” is missing",
            "locales/fr/shared.toml:4, [price] renews: “en” has no placeholder {montant}",
        ],
    );
}

#[test]
fn broken_placeholders_are_refused() {
    refused(
        "[p]\na = \"{\"\nb = \"}\"\nc = \"{Date}\"\nd = \"{}\"\ne = \"{type}\"",
        "[p]\na = \"A\"\nb = \"B\"\nc = \"C\"\nd = \"D\"\ne = \"E\"",
        &[
            "locales/en/shared.toml:4, [p] a: a “{” that is never closed by “}”",
            "locales/en/shared.toml:5, [p] b: a “}” without “{” before it; braces only stand around the name of a placeholder",
            "locales/en/shared.toml:6, [p] c: the placeholder {Date} must be named with small letters a–z, digits and _ only, \
             beginning with a letter",
            "locales/en/shared.toml:7, [p] d: the placeholder {} must be named with small letters a–z, digits and _ only, \
             beginning with a letter",
            "locales/en/shared.toml:8, [p] e: the placeholder {type} has a name that is a reserved word of Rust; choose \
             another",
        ],
    );
}

#[test]
fn missing_and_unknown_plural_forms_are_refused() {
    refused(
        "[unit]\ndays = { one = \"{count} day\", few = \"{count} days\", other = \"{count} days\" }",
        "[unit]\ndays = { one = \"{count} jour\" }",
        &[
            "locales/en/shared.toml:4, [unit] days.few: “en” has no such form; its forms are: one, other",
            "locales/fr/shared.toml:4, [unit] days: the form “other” (for all other numbers) is missing",
        ],
    );
}

#[test]
fn only_a_form_for_a_single_number_may_leave_the_number_out() {
    compiled(&both(
        "[unit]\ndays = { one = \"One day\", other = \"{count} days\" }",
        "[unit]\ndays = { one = \"{count} jour\", other = \"{count} jours\" }",
    ));
    refused(
        "[unit]\ndays = { one = \"One day\", other = \"{count} days\" }",
        "[unit]\ndays = { one = \"Un jour\", other = \"{count} jours\" }",
        &[
            "locales/fr/shared.toml:4, [unit] days.one: the placeholder {count} stands in another form, but not in this one, \
           which is for 0 and 1 in “fr”",
        ],
    );
}

#[test]
fn a_text_is_counted_in_every_language_or_in_none() {
    refused(
        "[unit]\na = \"A\"\nb = { one = \"B\", other = \"B\" }",
        "[unit]\na = { one = \"A\", other = \"A\" }\nb = \"B\"",
        &[
            "locales/fr/shared.toml:4, [unit] a: this has a form for each number, but is a single text in “en”",
            "locales/fr/shared.toml:5, [unit] b: this is a single text, but has a form for each number in “en”",
        ],
    );
}

#[test]
fn what_is_no_text_is_refused() {
    refused(
        "[a]\nempty = \"  \"\nnumber = 1\n[b]\nc = \"C\"\n[nothing]",
        "[a]\nempty = \"E\"\nnumber = \"1\"\n[b]\nc = \"\"\n[nothing]",
        &[
            "locales/en/shared.toml:4, [a] empty: this text is empty",
            "locales/en/shared.toml:5, [a] number: this is not a text; put it between quotation marks",
            "locales/en/shared.toml:8, [nothing]: this section is empty; write its texts or remove it",
            "locales/fr/shared.toml:7, [b] c: this text is empty",
            "locales/fr/shared.toml:8, [nothing]: this section is empty; write its texts or remove it",
        ],
    );
}

#[test]
fn names_that_cannot_be_rust_are_refused() {
    refused(
        "[Price]\na = \"A\"\n[b]\nfor = \"F\"\n\"due-today\" = \"D\"",
        "[b]\nc = \"C\"",
        &[
            "locales/en/shared.toml:3, [Price]: the section must be named with small letters a–z, digits and _ only, \
             beginning with a letter",
            "locales/en/shared.toml:6, [b] for: the text has a name that is a reserved word of Rust; choose another",
            "locales/en/shared.toml:7, [b] due-today: the text must be named with small letters a–z, digits and _ only, \
             beginning with a letter",
            "locales/fr/shared.toml:4, [b]: “en” has no such section; add it there, or remove it here",
        ],
    );
}

#[test]
fn a_file_that_is_not_toml_is_told_with_the_line_and_not_compared() {
    let found = mistakes(&both("[price]\ntitle = \"Price\"", "[price]\ntitle = \"Prix"));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].starts_with("locales/fr/shared.toml:4: this is not TOML: "),
        "{found:?}"
    );
    assert!(!found[0].contains('\n'));
}

#[test]
fn a_key_written_twice_is_refused() {
    let found = mistakes(&both("[price]\na = \"A\"\na = \"B\"", "[price]\na = \"A\""));
    assert!(
        found[0].starts_with("locales/en/shared.toml:5: this is not TOML: duplicate key"),
        "{found:?}"
    );
}

#[test]
fn a_text_outside_of_sections_is_refused() {
    let found = mistakes(&sources(&[(
        "en",
        "shared",
        "title = \"A\"\n[language]\nnative_name = \"English\"",
    )]));
    assert_eq!(
        found,
        [
            "locales/en/shared.toml:1, title: this stands outside of any section; put it under a line such as [pricing]"
        ]
    );
}

#[test]
fn missing_files_are_told_on_both_sides() {
    let mut sources = both("", "");
    sources
        .get_mut("en")
        .expect("English")
        .insert("site".into(), "[a]\nb = \"B\"".into());
    sources
        .get_mut("fr")
        .expect("French")
        .insert("mail".into(), "[a]\nb = \"B\"".into());
    assert_eq!(
        mistakes(&sources),
        [
            "locales/en/mail.toml: this file is missing, but other languages have it; write it in “en” first",
            "locales/fr/site.toml: this file is missing; translate locales/en/site.toml",
        ]
    );
}

#[test]
fn a_language_needs_rules_and_english() {
    let mut added = both("", "");
    let file = "[language]\nnative_name = \"Italiano\"\n[unit]\ndays = { one = \"a\", other = \"b\" }";
    added.insert("it".into(), [("shared".to_owned(), file.to_owned())].into());
    let found = mistakes(&added);
    assert!(
        found[0].starts_with("locales/it: nothing is known about this language yet; add its plural forms"),
        "{found:?}"
    );

    let found = mistakes(&sources(&[(
        "fr",
        "shared",
        "[language]\nnative_name = \"Français\"",
    )]));
    assert_eq!(
        found,
        ["locales/en: this folder is missing; the other languages are compared with it"]
    );
}

#[test]
fn languages_that_stand_ready_can_be_added() {
    let mut sources = both(
        "[unit]\ndays = { one = \"{count} day\", other = \"{count} days\" }",
        "[unit]\ndays = { one = \"{count} jour\", other = \"{count} jours\" }",
    );
    for (code, name) in [("de", "Deutsch"), ("es", "Español")] {
        let days = "[unit]\ndays = { one = \"{count} x\", other = \"{count} y\" }";
        let file = format!("[language]\nnative_name = \"{name}\"\n{days}");
        sources.insert(code.into(), [("shared".to_owned(), file)].into());
    }
    let code = compiled(&sources);
    assert!(
        code.contains("Self::De => &crate::format::conventions::DE,"),
        "{code}"
    );
    assert!(code.contains("Self::Es => \"Español\","), "{code}");
}

#[test]
fn a_program_that_loads_its_texts_holds_none() {
    let sources = both(
        "[unit]\nbefore = \"Before\"\ndays = { one = \"{count} day\", other = \"{count} days\" }\nof = \"{part} of {whole}\"",
        "[unit]\nbefore = \"Avant\"\ndays = { one = \"{count} jour\", other = \"{count} jours\" }\nof = \"{part} sur {whole}\"",
    );
    let code = generate(&sources, Texts::Loaded).expect("accepted");
    // The English stands in the documentation, which no program has.
    for words in ["Avant", "jour", "sur"] {
        assert!(!code.contains(words), "{code}");
    }
    assert!(
        code.contains(r#"crate::table::text(self.0, "shared.unit", place)"#),
        "{code}"
    );
    // One, many and other: French has three forms, so that a counted text takes three places.
    for expression in ["self._at(0)", "self._at(1 + self.0.form(count))", "self._at(4)"] {
        assert!(code.contains(expression), "{expression}: {code}");
    }
    assert!(
        code.contains(
            "Self::Fr => match count { 0 | 1 => 0, 1.. if count.is_multiple_of(1_000_000) => 1, _ => 2, },"
        ),
        "{code}"
    );
    assert!(
        code.contains("Self::En => match count { 1 => 0, _ => 2, },"),
        "{code}"
    );
}

#[test]
fn tables_change_their_shape_with_everything_but_words() {
    let shape = |english: &str, french: &str| {
        let code = compiled(&both(english, french));
        let (_, rest) = code.split_once("const SHAPE: &str = ").expect("a shape");
        rest.lines().next().expect("its line").to_owned()
    };
    let first = shape("[p]\na = \"{x} now\"", "[p]\na = \"{x} maintenant\"");
    assert_eq!(shape("[p]\na = \"Now {x}\"", "[p]\na = \"Là {x}\""), first);
    for (english, french) in [
        ("[p]\nb = \"{x} now\"", "[p]\nb = \"{x} maintenant\""),
        ("[q]\na = \"{x} now\"", "[q]\na = \"{x} maintenant\""),
        ("[p]\na = \"{y} now\"", "[p]\na = \"{y} maintenant\""),
    ] {
        assert_ne!(shape(english, french), first);
    }
}

#[test]
fn german_signs_stay_with_what_they_follow() {
    for (typed, set) in [
        ("19 % Umsatzsteuer", "19\u{a0}% Umsatzsteuer"),
        ("Wird geladen …", "Wird geladen\u{a0}…"),
        ("Fertig? Ja! So: „gut“.", "Fertig? Ja! So: „gut“."),
    ] {
        assert_eq!(typography::set("de", typed), set);
        assert_eq!(typography::set("en", typed), typed);
    }
}

#[test]
fn a_text_holds_neither_markup_nor_a_tab() {
    refused(
        "[p]\na = \"<b>A</b>\"\nb = \"A\\tB\"",
        "[p]\na = \"A\"\nb = \"B\"",
        &[
            "locales/en/shared.toml:4, [p] a: this holds a “<” or a tab; texts are plain, without HTML",
            "locales/en/shared.toml:5, [p] b: this holds a “<” or a tab; texts are plain, without HTML",
        ],
    );
}

#[test]
fn a_language_names_itself() {
    let found = mistakes(&sources(&[("en", "shared", "[language]\nlabel = \"Language\"")]));
    assert!(
        found[0].starts_with("locales/en/shared.toml, [language] native_name: this text is missing"),
        "{found:?}"
    );
}

#[test]
fn spanish_percentages_do_not_break_and_its_other_marks_need_no_space() {
    assert_eq!(typography::set("es", "{whole} %"), "{whole}\u{a0}%");
    let typed = "¿Pagar «ahora»? ¡Sí! Hoy: 3 usuarios; después…";
    assert_eq!(typography::set("es", typed), typed);
}

#[test]
fn french_spaces_become_no_break() {
    for (typed, set) in [
        ("Prix : 3 %", "Prix\u{a0}: 3\u{a0}%"),
        ("« Oui ! »", "«\u{a0}Oui\u{202f}!\u{a0}»"),
        ("Vraiment ? Non ; si", "Vraiment\u{202f}? Non\u{202f}; si"),
        ("déjà\u{a0}: là", "déjà\u{a0}: là"),
        ("https://a.b/?c", "https://a.b/?c"),
    ] {
        assert_eq!(typography::set("fr", typed), set);
        assert_eq!(typography::set("en", typed), typed);
    }
}

#[test]
fn a_template_takes_ten_placeholders_at_most() {
    let text = |count: usize| {
        "abcdefghijk"
            .chars()
            .take(count)
            .flat_map(|name| ['{', name, '}'])
            .collect::<String>()
    };
    assert!(template::Template::parse(text(10)).is_ok());
    assert!(template::Template::parse(text(11)).is_err());
}
