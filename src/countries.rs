//! The countries of ISO 3166-1 by their names, in the order of a language.

use onedesk_texts::{Language, countries};

/// Code and name of every country.
pub fn all(language: Language) -> impl Iterator<Item = (&'static str, &'static str)> {
    countries::country(language)
        .names()
        .lines()
        .filter_map(|line| line.split_once(' '))
}

#[cfg(test)]
mod tests {
    use super::*;
    use onedesk_contract::fields::CountryCode;

    #[test]
    fn every_language_names_every_country_once() {
        for language in Language::all() {
            let mut codes: Vec<_> = all(*language).map(|(code, _)| code.to_owned()).collect();
            codes.sort();
            let expected: Vec<_> = CountryCode::all().map(|code| code.as_str().to_owned()).collect();
            assert_eq!(codes, expected, "{language}");
            assert!(all(*language).all(|(code, name)| !name.trim().is_empty() && name != code));
        }
    }
}
