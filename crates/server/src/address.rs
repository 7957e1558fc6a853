//! Addresses of the site's pages.

use onedesk_texts::Language;

/// A page in a language: the default language has no prefix, the others their code. `page` starts with a slash.
pub fn of(language: Language, page: &str) -> String {
    if language == Language::default() {
        page.to_owned()
    } else {
        format!("/{language}{page}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_has_no_prefix() {
        assert_eq!(of(Language::En, "/signup"), "/signup");
        assert_eq!(of(Language::Fr, "/signup"), "/fr/signup");
    }
}
