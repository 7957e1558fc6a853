//! Which language a page of the site is in: the address alone says so.

use onedesk_texts::Language;

/// The language of an address and the rest of its path: `/fr/pricing` is `/pricing` in French.
///
/// The default language has no prefix.
pub fn of_path(path: &str) -> (Language, &str) {
    let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    let prefixed = Language::all()
        .iter()
        .find(|language| **language != Language::default() && language.code() == first);
    match prefixed {
        Some(language) => (
            *language,
            path.get(language.code().len() + 1..).unwrap_or_default(),
        ),
        None => (Language::default(), path),
    }
}

/// A path in a language: as it is in the default one, behind the language's code in any other, as in `/fr/pricing`.
pub fn path_in(language: Language, path: &str) -> String {
    if language == Language::default() {
        return path.to_owned();
    }
    ["/", language.code(), path].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_tells_the_language() {
        assert_eq!(of_path("/pricing"), (Language::En, "/pricing"));
        assert_eq!(of_path("/fr/pricing"), (Language::Fr, "/pricing"));
        assert_eq!(of_path("/fr"), (Language::Fr, ""));
        assert_eq!(of_path("/fresh"), (Language::En, "/fresh"));
        assert_eq!(of_path(""), (Language::En, ""));
    }

    #[test]
    fn every_path_leads_back_to_its_language() {
        for language in Language::all() {
            let path = path_in(*language, "/signup");
            assert_eq!(of_path(&path), (*language, "/signup"));
        }
    }
}
