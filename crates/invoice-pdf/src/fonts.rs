//! The typefaces, and text set in them.
//!
//! Instrument Sans is the product's typeface. A word with a character that it lacks (Greek, Cyrillic, Vietnamese) is set as
//! a whole in Noto Sans; a character that both lack is shown as `U+FFFD`, and still copied out of the file as itself.
#![expect(
    clippy::float_arithmetic,
    reason = "lengths on a page; amounts are whole numbers and never get here"
)]

use std::sync::LazyLock;

use harfrust::{Direction, Feature, FontRef, ShapeOptions, ShaperData, Tag, UnicodeBuffer};
use krilla::text::{Font, GlyphId, KrillaGlyph};

use crate::characters::{REPLACEMENT, clean};

/// Between the thousands of a French amount.
const NARROW_SPACE: char = '\u{202f}';

/// A sixth of an em: the eighth that Instrument Sans has for it reads as no space between digits.
const NARROW_SPACE_WIDTH: f32 = 0.167;

/// How heavy letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    Regular,
    SemiBold,
}

/// How wide digits are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Figures {
    /// As each digit looks best.
    Proportional,
    /// All alike, so that they stand in columns.
    Tabular,
}

/// A line of text, ready to be placed. Widths are in ems: times the size they are points.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    /// What it says; the glyphs tell which of its bytes they stand for.
    pub text: String,
    /// Its parts, from left to right, each in one font.
    pub pieces: Vec<Piece>,
    /// The width of the text without the spaces at its end.
    pub width: f32,
}

/// A part of a line that is set in one font.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub font: Font,
    pub glyphs: Vec<KrillaGlyph>,
    pub width: f32,
}

/// One font, for the shaper and for the file.
struct Face {
    font: Font,
    shaping: FontRef<'static>,
    data: ShaperData,
    units_per_em: f32,
    /// The glyph of `U+FFFD` and its width, where the font has one.
    replacement: Option<(u32, f32)>,
}

/// The product's typeface, then the one for what it lacks.
struct Family([Face; 2]);

static REGULAR: LazyLock<Family> = LazyLock::new(|| {
    Family([
        Face::new(include_bytes!("../fonts/InstrumentSans-Regular.ttf")),
        Face::new(include_bytes!("../fonts/NotoSans-Regular.ttf")),
    ])
});

static SEMI_BOLD: LazyLock<Family> = LazyLock::new(|| {
    Family([
        Face::new(include_bytes!("../fonts/InstrumentSans-SemiBold.ttf")),
        Face::new(include_bytes!("../fonts/NotoSans-SemiBold.ttf")),
    ])
});

impl Face {
    fn new(bytes: &'static [u8]) -> Self {
        let font = Font::new(bytes.into(), 0).expect("a font that comes with this program");
        let shaping = FontRef::new(bytes).expect("a font that comes with this program");
        let mut face = Self {
            units_per_em: font.units_per_em(),
            data: ShaperData::new(&shaping),
            font,
            shaping,
            replacement: None,
        };
        let mark = face.shape(&REPLACEMENT.to_string(), 0, Figures::Proportional);
        face.replacement = mark
            .first()
            .map(|glyph| (glyph.glyph_id.to_u32(), glyph.x_advance))
            .filter(|(id, _)| *id != 0);
        face
    }

    /// The glyphs of a text that starts at the byte `offset` of its line. A character that the font lacks has glyph 0.
    fn shape(&self, text: &str, offset: usize, figures: Figures) -> Vec<KrillaGlyph> {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        // Scripts that run from right to left are in none of the fonts: their replacement marks have no direction.
        buffer.set_direction(Direction::LeftToRight);
        let tabular = [Feature::new(Tag::new(b"tnum"), 1, ..)];
        let features: &[Feature] = match figures {
            Figures::Tabular => &tabular,
            Figures::Proportional => &[],
        };
        let shaped = self
            .data
            .shaper(&self.shaping)
            .build()
            .shape(buffer, ShapeOptions::new().features(features));
        let infos = shaped.glyph_infos();
        let em = |units: i32| -> f32 {
            #[expect(
                clippy::cast_precision_loss,
                reason = "advances of a glyph are a few thousand units"
            )]
            let units = units as f32;
            units / self.units_per_em
        };
        infos
            .iter()
            .zip(shaped.glyph_positions())
            .enumerate()
            .map(|(place, (info, position))| {
                let start = info.cluster as usize;
                let is_narrow_space = text
                    .get(start..)
                    .is_some_and(|rest| rest.starts_with(NARROW_SPACE));
                let end = infos
                    .get(place..)
                    .unwrap_or_default()
                    .iter()
                    .map(|next| next.cluster as usize)
                    .find(|next| *next > start)
                    .unwrap_or(text.len());
                KrillaGlyph::new(
                    GlyphId::new(info.glyph_id),
                    if is_narrow_space {
                        em(position.x_advance).max(NARROW_SPACE_WIDTH)
                    } else {
                        em(position.x_advance)
                    },
                    em(position.x_offset),
                    em(position.y_offset),
                    em(position.y_advance),
                    offset + start..offset + end,
                    None,
                )
            })
            .collect()
    }

    /// Puts the replacement mark where the font has nothing.
    fn mark_missing(&self, glyphs: &mut [KrillaGlyph]) {
        let Some((id, width)) = self.replacement else {
            return;
        };
        for glyph in glyphs.iter_mut().filter(|glyph| lacks(glyph)) {
            glyph.glyph_id = GlyphId::new(id);
            glyph.x_advance = width;
            (glyph.x_offset, glyph.y_offset) = (0.0, 0.0);
        }
    }

    fn piece(&self, glyphs: Vec<KrillaGlyph>) -> Piece {
        Piece {
            width: width_of(&glyphs),
            font: self.font.clone(),
            glyphs,
        }
    }
}

fn lacks(glyph: &KrillaGlyph) -> bool {
    glyph.glyph_id.to_u32() == 0
}

fn width_of(glyphs: &[KrillaGlyph]) -> f32 {
    glyphs.iter().map(|glyph| glyph.x_advance).sum()
}

/// Sets a text on one line.
pub(crate) fn set(text: &str, weight: Weight, figures: Figures) -> Run {
    let Family([first, second]) = match weight {
        Weight::Regular => &*REGULAR,
        Weight::SemiBold => &*SEMI_BOLD,
    };
    let text = clean(text);
    // A space at the end, where a line was broken, separates words when they are copied, but takes no room.
    let visible = text.trim_end_matches(' ').len();
    let glyphs = first.shape(&text, 0, figures);
    let pieces = if glyphs.iter().any(lacks) {
        by_word(&text, figures, first, second)
    } else {
        vec![first.piece(glyphs)]
    };
    let width = pieces
        .iter()
        .flat_map(|piece| &piece.glyphs)
        .filter(|glyph| glyph.text_range.start < visible)
        .map(|glyph| glyph.x_advance)
        .sum();
    Run { text, pieces, width }
}

/// Sets each word, with the space after it, in the first font that has all of it.
fn by_word(text: &str, figures: Figures, first: &Face, second: &Face) -> Vec<Piece> {
    let mut offset = 0;
    text.split_inclusive(char::is_whitespace)
        .map(|word| {
            let glyphs = first.shape(word, offset, figures);
            let piece = if glyphs.iter().any(lacks) {
                let mut glyphs = second.shape(word, offset, figures);
                second.mark_missing(&mut glyphs);
                second.piece(glyphs)
            } else {
                first.piece(glyphs)
            };
            offset += word.len();
            piece
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::*;

    fn missing(text: &str) -> usize {
        let run = set(text, Weight::Regular, Figures::Proportional);
        let replacement = REGULAR.0[1].replacement.expect("Noto Sans has U+FFFD").0;
        run.pieces
            .iter()
            .flat_map(|piece| &piece.glyphs)
            .inspect(|glyph| assert!(!lacks(glyph), "{text}: PDF/A allows no .notdef"))
            .filter(|glyph| glyph.glyph_id.to_u32() == replacement)
            .count()
    }

    #[test]
    fn european_names_and_all_currency_symbols_are_there() {
        for text in [
            "Škoda Łódź Őrség Çağrı Țară Þór Ġużè O’Neill",
            "Ελλάδα Η Εταιρεία",
            "Софія Ђорђе Ўладзімір",
            "Nguyễn Thị Ánh",
            "₪ ₹ ₩ ₱ ₫ ₿ € £ ¥ $",
            "× • – − … “” « » \u{a0}\u{202f}",
            "e\u{301}",
        ] {
            assert_eq!(missing(text), 0, "{text}");
        }
        assert_eq!(missing("株式会社 שלום"), 8);
    }

    /// The files of texts and of the catalog, all languages, without their comments.
    fn texts() -> Vec<(PathBuf, String)> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let listed = |folder: &Path| {
            fs::read_dir(folder)
                .expect("a folder")
                .map(|entry| entry.expect("an entry").path())
        };
        let folders = listed(&root.join("locales")).chain([root.join("catalog/texts")]);
        let files = folders
            .filter(|folder| folder.is_dir())
            .flat_map(|folder| listed(&folder));
        files
            .map(|file| {
                let text = fs::read_to_string(&file).expect("text");
                let lines: Vec<_> = text.lines().filter(|line| !line.starts_with('#')).collect();
                (file, lines.join(" "))
            })
            .collect()
    }

    /// The product's typeface is that of the pages too, which have a subset of it: a letter of a new language is missed here.
    #[test]
    fn the_products_typeface_holds_every_character_of_every_language() {
        let texts = texts();
        assert!(texts.len() > 20, "{}", texts.len());
        for (file, text) in texts {
            let characters: BTreeSet<char> = text.chars().chain(['\u{a0}', '\u{202f}']).collect();
            for family in [&*REGULAR, &*SEMI_BOLD] {
                let lacking = characters.iter().filter(|character| {
                    let glyphs = family.0[0].shape(&character.to_string(), 0, Figures::Proportional);
                    glyphs.iter().any(lacks)
                });
                assert_eq!(lacking.collect::<String>(), "", "{}", file.display());
            }
        }
    }

    #[test]
    fn a_word_keeps_to_one_font() {
        let run = set("Kafe Ελλάδα AE", Weight::SemiBold, Figures::Proportional);
        assert_eq!(run.pieces.len(), 3);
        assert_eq!(run.pieces[0].font, run.pieces[2].font);
        assert_ne!(run.pieces[0].font, run.pieces[1].font);
    }

    #[test]
    fn tabular_figures_are_equally_wide() {
        let width = |text| set(text, Weight::Regular, Figures::Tabular).width;
        assert!((width("1111") - width("8888")).abs() < 0.001);
        let proportional = |text| set(text, Weight::Regular, Figures::Proportional).width;
        assert!((proportional("1111") - proportional("8888")).abs() > 0.1);
    }

    #[test]
    fn every_byte_of_the_text_belongs_to_a_glyph() {
        for text in ["AVA fi office", "株式会社 x", "Ελλάδα", "e\u{301}a"] {
            let run = set(text, Weight::Regular, Figures::Proportional);
            let mut at = 0;
            for glyph in run.pieces.iter().flat_map(|piece| &piece.glyphs) {
                assert!(glyph.text_range.start <= at, "{text}: {at} is left out");
                at = glyph.text_range.end;
            }
            assert_eq!(at, run.text.len(), "{text}");
        }
    }
}
