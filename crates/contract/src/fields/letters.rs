//! Lower case for the letters of names.
//!
//! The whole of Unicode's case mapping would weigh more in the browser than every check of this crate together. What a
//! person types is compared with what the same person typed beside it, or becomes part of an address made of Latin
//! letters: European letters are enough, others stand as they are.

/// The lower-case letter of an ASCII, Latin-1 or Latin Extended-A capital, or of one of the Romanian ones; other
/// characters unchanged.
pub(super) fn lower(c: char) -> char {
    let code = u32::from(c);
    let lowered = match code {
        0x41..=0x5A | 0xC0..=0xD6 | 0xD8..=0xDE => code + 0x20,
        // Dotless i and its capital are no pair of their own (U+0130, U+0131), ĸ (U+0138) has none.
        0x100..=0x12F | 0x132..=0x137 | 0x14A..=0x177 | 0x218..=0x21B => code | 1,
        0x139..=0x148 | 0x179..=0x17E => code + code % 2,
        0x178 => 0xFF,
        _ => code,
    };
    char::from_u32(lowered).unwrap_or(c)
}

/// A text letter by letter.
pub(super) fn lowered(text: &str) -> String {
    text.chars().map(lower).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_european_names_are_lowered_as_unicode_does() {
        let romanian = '\u{218}'..='\u{21B}';
        for c in ('\0'..='\u{17F}').chain(romanian).filter(|c| *c != '\u{130}') {
            assert_eq!(lower(c).to_string(), c.to_lowercase().to_string(), "{c:?}");
        }
    }

    #[test]
    fn other_letters_stand_as_they_are() {
        assert_eq!(lowered("ΑΒΓ 株式会社 İ"), "ΑΒΓ 株式会社 İ");
    }
}
