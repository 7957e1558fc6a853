//! Characters that do not belong on a document, whatever was typed or pasted into a name.

/// Text as it can be printed and stored, on one line.
///
/// Line breaks and tabs become spaces. Left out are the other control characters, which XML cannot hold, and the invisible
/// ones that would make a name look like another or like none: direction marks, joiners, byte-order marks, variation
/// selectors. Characters without an agreed meaning (private use, non-characters), which PDF/A refuses, become `U+FFFD`.
pub(crate) fn clean(text: &str) -> String {
    text.chars()
        .filter_map(|character| match character {
            '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
            _ if character.is_control() => None,
            '\u{ad}'
            | '\u{61c}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}' => None,
            '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}' | '\u{f0000}'.. => Some(REPLACEMENT),
            _ if u32::from(character) & 0xfffe == 0xfffe => Some(REPLACEMENT),
            _ => Some(character),
        })
        .collect()
}

/// Stands for a character that cannot be shown.
pub(crate) const REPLACEMENT: char = '\u{fffd}';

/// The text of an optional field, unless nothing is in it.
pub(crate) fn present(text: Option<&String>) -> Option<&str> {
    text.map(|text| text.trim()).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn what_cannot_be_printed_is_left_out_or_replaced() {
        assert_eq!(clean("Škoda\tAuto\r\n"), "Škoda Auto  ");
        assert_eq!(clean("a\u{0}b\u{1b}c"), "abc");
        assert_eq!(clean("\u{202e}EVIL\u{202c} Ltd\u{200b}"), "EVIL Ltd");
        assert_eq!(clean("\u{f8ff} Inc\u{ffff}"), "\u{fffd} Inc\u{fffd}");
        assert_eq!(clean("12\u{a0}€\u{202f}!"), "12\u{a0}€\u{202f}!");
    }
}
