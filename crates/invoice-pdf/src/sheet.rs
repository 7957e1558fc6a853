//! Pages as lists of what stands where, and the structure that a screen reader reads.
//!
//! Lengths are points (1/72 inch) from the upper left corner of the page.
#![expect(
    clippy::float_arithmetic,
    reason = "lengths on a page; amounts are whole numbers and never get here"
)]

use crate::fonts::{Figures, Run, Weight, set};
use crate::wrapping::wrap;

/// A4.
pub(crate) const PAGE_WIDTH: f32 = 595.276;
pub(crate) const PAGE_HEIGHT: f32 = 841.89;
/// The edges of what is printed: 20 mm from those of the paper.
pub(crate) const LEFT: f32 = 56.7;
pub(crate) const RIGHT: f32 = PAGE_WIDTH - 56.7;
/// Where the first line of a page may begin, and the last one end.
pub(crate) const TOP: f32 = 51.0;
pub(crate) const BOTTOM: f32 = PAGE_HEIGHT - 96.0;

/// Red, green, blue. The light tokens of the product's style sheet; lines are a little darker, for printers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Colour(pub u8, pub u8, pub u8);

pub(crate) const INK: Colour = Colour(0x1b, 0x1e, 0x27);
pub(crate) const INK_SOFT: Colour = Colour(0x56, 0x5a, 0x66);
pub(crate) const LINE: Colour = Colour(0xd6, 0xd1, 0xc6);
pub(crate) const ACCENT: Colour = Colour(0x0b, 0x63, 0x52);

/// How a text looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Style {
    pub size: f32,
    pub weight: Weight,
    pub figures: Figures,
    pub colour: Colour,
}

impl Style {
    const fn new(size: f32, weight: Weight, colour: Colour) -> Self {
        Self {
            size,
            weight,
            figures: Figures::Proportional,
            colour,
        }
    }

    /// The same with digits that stand in columns.
    pub(crate) const fn tabular(self) -> Self {
        Self {
            figures: Figures::Tabular,
            ..self
        }
    }

    /// From one line to the next.
    pub(crate) fn leading(self) -> f32 {
        self.size * 1.42
    }

    /// From the top of a line to its baseline.
    pub(crate) fn ascent(self) -> f32 {
        self.size * 1.02
    }
}

pub(crate) const BODY: Style = Style::new(9.5, Weight::Regular, INK);
pub(crate) const BODY_SOFT: Style = Style::new(9.0, Weight::Regular, INK_SOFT);
pub(crate) const STRONG: Style = Style::new(9.5, Weight::SemiBold, INK);
pub(crate) const LABEL: Style = Style::new(8.5, Weight::Regular, INK_SOFT);
pub(crate) const NAME: Style = Style::new(12.5, Weight::SemiBold, INK);
pub(crate) const TITLE: Style = Style::new(19.0, Weight::SemiBold, INK);
pub(crate) const TOTAL: Style = Style::new(24.0, Weight::SemiBold, INK);
pub(crate) const FOOTER: Style = Style::new(7.5, Weight::Regular, INK_SOFT);

/// What a part of the document is to a screen reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// The title of the document.
    Title(String),
    /// A heading below it, with its words.
    Heading(String),
    /// Several parts that belong together.
    Section,
    /// A paragraph.
    Paragraph,
    /// A table; its rows stand in a head and a body.
    Table,
    TableHead,
    TableBody,
    Row,
    /// The cell that names a column.
    ColumnHeader,
    /// The cell that names a row.
    RowHeader,
    Cell,
}

/// A part of the document's structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part(pub usize);

/// What a text on a page belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    /// A part of the document.
    Part(Part),
    /// What a further page repeats at its top: not read again.
    PageHead,
    /// What every page repeats at its foot.
    PageFoot,
}

/// The document's parts in reading order.
#[derive(Debug, Default)]
pub(crate) struct Structure {
    pub parts: Vec<(Role, Vec<Part>)>,
    pub roots: Vec<Part>,
}

impl Structure {
    /// Adds a part at the end of another, or of the document.
    pub(crate) fn add(&mut self, parent: Option<Part>, role: Role) -> Part {
        let part = Part(self.parts.len());
        self.parts.push((role, Vec::new()));
        match parent.and_then(|parent| self.parts.get_mut(parent.0)) {
            Some((_, children)) => children.push(part),
            None => self.roots.push(part),
        }
        part
    }
}

/// Something on a page.
#[derive(Debug)]
pub(crate) enum Item {
    /// A line of text; `y` is its baseline.
    Text {
        x: f32,
        y: f32,
        run: Run,
        style: Style,
        owner: Owner,
    },
    /// A horizontal rule; `y` is its upper edge.
    Rule {
        x: f32,
        y: f32,
        width: f32,
        thickness: f32,
        colour: Colour,
    },
}

/// The pages that have been filled so far.
#[derive(Debug)]
pub(crate) struct Pages {
    pub sheets: Vec<Vec<Item>>,
    pub structure: Structure,
    /// How far the last page is filled.
    pub y: f32,
}

impl Pages {
    /// One empty page.
    pub(crate) fn new() -> Self {
        Self {
            sheets: vec![Vec::new()],
            structure: Structure::default(),
            y: TOP,
        }
    }

    /// Whether so much still fits on the page.
    pub(crate) fn fits(&self, height: f32) -> bool {
        self.y + height <= BOTTOM
    }

    /// Begins a page.
    pub(crate) fn turn(&mut self) {
        self.sheets.push(Vec::new());
        self.y = TOP;
    }

    /// Begins a page unless so much still fits; what no page could hold is begun on this one.
    pub(crate) fn reserve(&mut self, height: f32) {
        if !self.fits(height) && TOP + height <= BOTTOM {
            self.turn();
        }
    }

    /// Places something on the last page.
    pub(crate) fn place(&mut self, item: Item) {
        if let Some(page) = self.sheets.last_mut() {
            page.push(item);
        }
    }

    /// A text from `x` on; `top` is the top of its line.
    pub(crate) fn text(&mut self, x: f32, top: f32, run: Run, style: Style, owner: Owner) {
        let y = top + style.ascent();
        self.place(Item::Text {
            x,
            y,
            run,
            style,
            owner,
        });
    }

    /// A text that ends at `right`.
    pub(crate) fn text_to(&mut self, right: f32, top: f32, run: Run, style: Style, owner: Owner) {
        let x = right - run.width * style.size;
        self.text(x, top, run, style, owner);
    }

    /// A rule over the whole width, at the current height.
    pub(crate) fn rule(&mut self, x: f32, thickness: f32, colour: Colour) {
        let y = self.y;
        self.place(Item::Rule {
            x,
            y,
            width: RIGHT - x,
            thickness,
            colour,
        });
    }

    /// Paragraphs from the current height on, over as many pages as they need.
    pub(crate) fn paragraph(&mut self, text: &str, style: Style, width: f32, parent: Option<Part>) {
        let part = self.structure.add(parent, Role::Paragraph);
        for run in wrap(text, style, width) {
            self.reserve(style.leading());
            let top = self.y;
            self.text(LEFT, top, run, style, Owner::Part(part));
            self.y += style.leading();
        }
    }
}

/// The width of a text on one line.
pub(crate) fn width(text: &str, style: Style) -> f32 {
    set(text, style.weight, style.figures).width * style.size
}
