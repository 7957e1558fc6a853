//! Spaces that a keyboard has no key for.

use onedesk_texts::Language;

const NO_BREAK: char = '\u{a0}';
const NARROW_NO_BREAK: char = '\u{202f}';

/// A text with the no-break spaces of its language, as the texts of the user interface have them.
///
/// French sets one before `:`, `»` and `%` and after `«`, a narrow one before `;`, `?` and `!`. The plain space that a
/// translator types there becomes the right one, so that no line begins with a question mark.
pub fn set(language: Language, text: &str) -> String {
    if language != Language::Fr {
        return text.to_owned();
    }
    let mut set: Vec<char> = Vec::with_capacity(text.len());
    for c in text.chars() {
        let space = set.last() == Some(&' ');
        match c {
            ':' | '»' | '%' if space => *set.last_mut().expect("a space was last") = NO_BREAK,
            ';' | '?' | '!' if space => *set.last_mut().expect("a space was last") = NARROW_NO_BREAK,
            ' ' if set.last() == Some(&'«') => {
                set.push(NO_BREAK);
                continue;
            }
            _ => {}
        }
        set.push(c);
    }
    set.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_gets_its_spaces() {
        for (typed, set_as) in [
            (
                "Qui ? Moi : oui ; non !",
                "Qui\u{202f}? Moi\u{a0}: oui\u{202f}; non\u{202f}!",
            ),
            ("« Oui » à 15 %", "«\u{a0}Oui\u{a0}» à 15\u{a0}%"),
            ("https://example.com?a", "https://example.com?a"),
            ("Déjà\u{a0}: là", "Déjà\u{a0}: là"),
        ] {
            assert_eq!(set(Language::Fr, typed), set_as);
        }
    }

    #[test]
    fn english_stays_as_typed() {
        assert_eq!(set(Language::En, "Who ? « me »"), "Who ? « me »");
    }
}
