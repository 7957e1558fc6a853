//! Which forms a counted text has in each language, and which numbers each form is for.
//!
//! Source: the cardinal rules for whole numbers of Unicode CLDR 48 (`supplemental/plurals.xml`). CLDR knows the form
//! `many` for French and Spanish too (whole millions: “un million **de** licences”); it may be left out, and `other`
//! stands in for it.

/// The names that CLDR gives to forms. In a file of texts, a table that holds one of them is a counted text.
pub const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// One form of a counted text in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form {
    /// The CLDR name.
    pub category: &'static str,
    /// The numbers that it is for, as a Rust pattern over `count: u64`.
    pub pattern: &'static str,
    /// The same for people.
    pub numbers: &'static str,
    /// Whether a counted text may leave it out.
    pub optional: bool,
    /// Whether it is for a single number, so that its text need not say which.
    pub single: bool,
}

const fn required(category: &'static str, pattern: &'static str, numbers: &'static str) -> Form {
    Form {
        category,
        pattern,
        numbers,
        optional: false,
        single: false,
    }
}

const fn single(category: &'static str, pattern: &'static str, numbers: &'static str) -> Form {
    Form {
        category,
        pattern,
        numbers,
        optional: false,
        single: true,
    }
}

const OTHER: Form = required("other", "_", "all other numbers");
const ONE: Form = single("one", "1", "1");
const MILLIONS: Form = Form {
    category: "many",
    pattern: "1.. if count.is_multiple_of(1_000_000)",
    numbers: "whole millions",
    optional: true,
    single: false,
};

/// Every language that a folder of `locales/` may be, with its forms in the order in which they are tried.
pub const RULES: &[(&str, &[Form])] = &[
    ("de", &[ONE, OTHER]),
    ("en", &[ONE, OTHER]),
    ("es", &[ONE, MILLIONS, OTHER]),
    ("fr", &[required("one", "0 | 1", "0 and 1"), MILLIONS, OTHER]),
];

/// The forms of a language, or none for a language that nothing is known about yet.
pub fn forms(language: &str) -> Option<&'static [Form]> {
    RULES
        .iter()
        .find(|(code, _)| *code == language)
        .map(|(_, forms)| *forms)
}
