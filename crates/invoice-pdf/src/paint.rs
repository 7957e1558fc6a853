//! Pages as a PDF/A-3 file.
//!
//! Level A of PDF/A-3 with PDF/UA-1: tagged, so that the document can be read aloud. The library checks what can be checked
//! and refuses to write a file that falls short.

use std::num::NonZeroU16;

use jiff::civil::Date;
use krilla::Document;
use krilla::SerializeSettings;
use krilla::color::rgb;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, Node, SpanTag, TableHeaderScope, Tag, TagGroup, TagKind,
    TagTree,
};

use crate::DocumentError;
use crate::fonts::Run;
use crate::sheet::{Colour, Item, LEFT, Owner, PAGE_HEIGHT, PAGE_WIDTH, Pages, Part, Role, Structure, Style};

/// What a file says about itself.
pub(crate) struct About {
    pub title: String,
    pub author: String,
    /// ISO 639-1.
    pub language: &'static str,
    /// The same document has the same file, whenever it is made: its day is that of the document, not of the clock.
    pub date: Date,
}

/// A file inside the file.
pub(crate) struct Attachment {
    pub name: &'static str,
    pub mime_type: &'static str,
    pub description: &'static str,
    pub data: Vec<u8>,
}

/// Writes the file.
pub(crate) fn write(
    pages: Pages,
    about: About,
    attachment: Option<Attachment>,
) -> Result<Vec<u8>, DocumentError> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A3_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| DocumentError::File(format!("{error:?}")))?;
    let mut file = Document::new_with(SerializeSettings {
        configuration,
        enable_tagging: true,
        ..SerializeSettings::default()
    });

    let mut identifiers = vec![Vec::new(); pages.structure.parts.len()];
    for items in &pages.sheets {
        let settings = PageSettings::from_wh(PAGE_WIDTH, PAGE_HEIGHT)
            .ok_or_else(|| DocumentError::File("A4 is no size of a page".to_owned()))?;
        let mut page = file.start_page_with(settings);
        let mut surface = page.surface();
        for item in items {
            draw(item, &mut surface, &mut identifiers);
        }
        surface.finish();
        page.finish();
    }

    file.set_tag_tree(tag_tree(&pages.structure, &identifiers, &about));
    let mut outline = Outline::new();
    outline.push_child(OutlineNode::new(
        about.title.clone(),
        XyzDestination::new(0, Point::from_xy(LEFT, 0.0)),
    ));
    file.set_outline(outline);
    let date = date_time(about.date);
    if let Some(attachment) = attachment {
        file.embed_file(EmbeddedFile {
            path: attachment.name.to_owned(),
            mime_type: MimeType::new(attachment.mime_type),
            description: Some(attachment.description.to_owned()),
            // Factur-X 1.0, 6.2.2: “Alternative” where the XML says all that the pages say.
            association_kind: AssociationKind::Alternative,
            data: attachment.data.into(),
            modification_date: Some(date),
            compress: Some(true),
            location: None,
        });
    }
    file.set_metadata(
        Metadata::new()
            .title(about.title)
            .authors(vec![about.author])
            .language(about.language.to_owned())
            .creator("OneDesk Subscribe".to_owned())
            .creation_date(date),
    );
    file.finish()
        .map_err(|error| DocumentError::File(error.to_string()))
}

fn date_time(date: Date) -> DateTime {
    DateTime::new(date.year().unsigned_abs())
        .month(date.month().unsigned_abs())
        .day(date.day().unsigned_abs())
        .hour(0)
        .minute(0)
        .second(0)
        .utc_offset_hour(0)
}

fn draw(item: &Item, surface: &mut Surface<'_>, identifiers: &mut [Vec<Identifier>]) {
    match item {
        Item::Text {
            x,
            y,
            run,
            style,
            owner,
        } => {
            let tag = match owner {
                Owner::Part(_) => ContentTag::Span(SpanTag::empty()),
                Owner::PageHead => artifact(ArtifactType::Header),
                Owner::PageFoot => artifact(ArtifactType::Footer),
            };
            let identifier = surface.start_tagged(tag);
            draw_run(run, *x, *y, *style, surface);
            surface.end_tagged();
            if let Owner::Part(part) = owner
                && let Some(own) = identifiers.get_mut(part.0)
            {
                own.push(identifier);
            }
        }
        Item::Rule {
            x,
            y,
            width,
            thickness,
            colour,
        } => {
            let mut path = PathBuilder::new();
            if let Some(area) = Rect::from_xywh(*x, *y, *width, *thickness) {
                path.push_rect(area);
            }
            surface.start_tagged(artifact(ArtifactType::Layout));
            surface.set_fill(Some(fill(*colour)));
            if let Some(path) = path.finish() {
                surface.draw_path(&path);
            }
            surface.end_tagged();
        }
    }
}

#[expect(
    clippy::float_arithmetic,
    reason = "lengths on a page; amounts are whole numbers and never get here"
)]
fn draw_run(run: &Run, x: f32, y: f32, style: Style, surface: &mut Surface<'_>) {
    surface.set_fill(Some(fill(style.colour)));
    let mut at = x;
    for piece in &run.pieces {
        surface.draw_glyphs(
            Point::from_xy(at, y),
            &piece.glyphs,
            piece.font.clone(),
            &run.text,
            style.size,
            false,
        );
        at += piece.width * style.size;
    }
}

fn artifact(kind: ArtifactType) -> ContentTag<'static> {
    ContentTag::Artifact(Artifact::with_kind(kind))
}

fn fill(Colour(red, green, blue): Colour) -> Fill {
    Fill {
        paint: rgb::Color::new(red, green, blue).into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::NonZero,
    }
}

fn tag_tree(structure: &Structure, identifiers: &[Vec<Identifier>], about: &About) -> TagTree {
    let mut tree = TagTree::new().with_lang(Some(about.language.to_owned()));
    for root in &structure.roots {
        tree.push(group(*root, structure, identifiers));
    }
    tree
}

fn group(part: Part, structure: &Structure, identifiers: &[Vec<Identifier>]) -> TagGroup {
    let (role, children) = structure
        .parts
        .get(part.0)
        .map_or((&Role::Paragraph, &[][..]), |(role, children)| {
            (role, children.as_slice())
        });
    let mut group = TagGroup::new(tag(role));
    for identifier in identifiers.get(part.0).into_iter().flatten() {
        group.push(Node::Leaf(*identifier));
    }
    for child in children {
        group.push(self::group(*child, structure, identifiers));
    }
    group
}

fn tag(role: &Role) -> TagKind {
    const FIRST: NonZeroU16 = NonZeroU16::MIN;
    const SECOND: NonZeroU16 = NonZeroU16::MIN.saturating_add(1);
    match role {
        Role::Title(title) => Tag::Hn(FIRST, Some(title.clone())).into(),
        Role::Heading(title) => Tag::Hn(SECOND, Some(title.clone())).into(),
        Role::Section => Tag::Section.into(),
        Role::Paragraph => Tag::P.into(),
        Role::Table => Tag::Table.into(),
        Role::TableHead => Tag::THead.into(),
        Role::TableBody => Tag::TBody.into(),
        Role::Row => Tag::TR.into(),
        Role::ColumnHeader => Tag::TH(TableHeaderScope::Column).into(),
        Role::RowHeader => Tag::TH(TableHeaderScope::Row).into(),
        Role::Cell => Tag::TD.into(),
    }
}
