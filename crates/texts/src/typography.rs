//! Spaces that a keyboard has no key for.

/// No-break space.
const NBSP: char = '\u{a0}';
/// Narrow no-break space.
const NNBSP: char = '\u{202f}';

/// The text with the no-break spaces that its language's typography asks for.
///
/// French sets one before `:` and inside « », a narrow one before `;`, `?` and `!`, and one before `%` (*Lexique des
/// règles typographiques en usage à l'Imprimerie nationale*). German sets one before `%` (DIN 5008) and before the `…`
/// that stands for what is left out (Duden), so that neither begins a line. Spanish sets one before `%` (*Ortografía de la
/// lengua española*). A plain space in these places becomes the right one, so that translators can type as they are used
/// to; a no-break space that is there already stays as it is.
pub fn set(language: &str, text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    let mut before = None;
    while let Some(character) = characters.next() {
        let set = match (language, before, character, characters.peek()) {
            ("fr", _, ' ', Some(':' | '»' | '%'))
            | ("fr", Some('«'), ' ', _)
            | ("de", _, ' ', Some('%' | '…'))
            | ("es", _, ' ', Some('%')) => NBSP,
            ("fr", _, ' ', Some(';' | '?' | '!')) => NNBSP,
            _ => character,
        };
        out.push(set);
        before = Some(character);
    }
    out
}
