//! Breaking text into lines that fit a width.
#![expect(
    clippy::float_arithmetic,
    reason = "lengths on a page; amounts are whole numbers and never get here"
)]

use crate::characters::clean;
use crate::fonts::{Run, set};
use crate::sheet::Style;

/// The lines of a text. Broken at spaces and after hyphens, and within a word only where the word alone is too wide;
/// never at a no-break space. A text without a character has no line.
pub(crate) fn wrap(text: &str, style: Style, width: f32) -> Vec<Run> {
    let mut lines = Vec::new();
    let paragraphs = text.lines().map(|paragraph| clean(paragraph.trim()));
    for paragraph in paragraphs.filter(|paragraph| !paragraph.trim().is_empty()) {
        let mut line = String::new();
        let mut used = 0.0;
        for word in words(&paragraph) {
            let (visible, advance) = widths(word, style);
            if used + visible > width && !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                used = 0.0;
            }
            if visible > width {
                let rest = break_word(word, style, width, &mut lines);
                used = widths(rest, style).1;
                line.push_str(rest);
            } else {
                line.push_str(word);
                used += advance;
            }
        }
        lines.push(line);
    }
    lines
        .iter()
        .filter(|line| !line.trim().is_empty())
        .map(|line| set(line, style.weight, style.figures))
        .collect()
}

/// The pieces that a line can be broken between, each with the space after it.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive([' ', '-'])
}

/// The width of a word as the last of a line, and as one that others follow.
fn widths(word: &str, style: Style) -> (f32, f32) {
    let run = set(word, style.weight, style.figures);
    let all: f32 = run.pieces.iter().map(|piece| piece.width).sum();
    (run.width * style.size, all * style.size)
}

/// Moves lines of a word that is too wide for one into `lines`; gives back what is left for the next.
fn break_word<'a>(word: &'a str, style: Style, width: f32, lines: &mut Vec<String>) -> &'a str {
    let run = set(word, style.weight, style.figures);
    let mut begin = 0;
    let mut used = 0.0;
    for glyph in run.pieces.iter().flat_map(|piece| &piece.glyphs) {
        let advance = glyph.x_advance * style.size;
        let start = glyph.text_range.start;
        // A letter is placed even where it alone is too wide. Between the glyphs of one letter nothing is broken.
        if used + advance > width
            && start > begin
            && let Some(line) = word.get(begin..start)
            && !word.get(start..).unwrap_or_default().trim().is_empty()
        {
            lines.push(line.to_owned());
            begin = start;
            used = 0.0;
        }
        used += advance;
    }
    word.get(begin..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::BODY;

    fn lines(text: &str, width: f32) -> Vec<String> {
        wrap(text, BODY, width).into_iter().map(|run| run.text).collect()
    }

    #[test]
    fn lines_are_broken_at_spaces_and_lose_nothing() {
        let text = "3 licences × $11.99 × 12 months × 320/365 days";
        let broken = lines(text, 90.0);
        assert!(broken.len() > 1);
        assert_eq!(broken.concat(), text);
        for run in wrap(text, BODY, 90.0) {
            assert!(run.width * BODY.size <= 90.0, "{}", run.text);
        }
    }

    #[test]
    fn a_no_break_space_holds() {
        for line in lines("aaaa bbbb 11,99\u{a0}€ cccc", 60.0) {
            assert!(!line.trim_end().ends_with("11,99"), "{line}");
        }
    }

    #[test]
    fn a_word_that_is_too_wide_is_broken_within() {
        let word = "Donaudampfschifffahrtsgesellschaftskapitän".repeat(4);
        let broken = lines(&format!("a {word} z"), 120.0);
        assert_eq!(broken.concat(), format!("a {word} z"));
        assert!(broken.len() > 3);
        assert_eq!(lines("WWW", 0.5), ["W", "W", "W"]);
    }

    #[test]
    fn line_breaks_stay_and_empty_lines_go() {
        assert_eq!(lines("one\n\n two", 200.0), ["one", "two"]);
        assert!(lines(" \n", 200.0).is_empty());
    }
}
