//! The table of what is charged and credited, over as many pages as it needs.
#![expect(
    clippy::float_arithmetic,
    reason = "lengths on a page; amounts are whole numbers and never get here"
)]

use onedesk_texts::{format, invoice, shared};

use crate::fonts::{Run, set};
use crate::sheet::{
    BODY, BODY_SOFT, FOOTER, INK, LABEL, LEFT, LINE, Owner, Pages, Part, RIGHT, Role, STRONG, Style, width,
};
use crate::wrapping::wrap;
use crate::{DocumentLine, InvoiceDocument, Unit};

/// Between columns.
const GUTTER: f32 = 22.0;
/// Above and below the text of a row.
const PADDING: f32 = 7.0;

/// Where the columns end on the right; the description begins at the left edge.
#[derive(Clone, Copy)]
struct Columns {
    description: f32,
    quantity: f32,
}

pub(super) fn place(pages: &mut Pages, document: &InvoiceDocument) {
    let rows: Vec<Row> = document
        .lines
        .iter()
        .map(|line| Row::of(line, document))
        .collect();
    let words = invoice::table(document.language);
    let widest = |header: &str, texts: &mut dyn Iterator<Item = &str>| {
        texts.fold(width(header, LABEL), |widest, text| {
            widest.max(width(text, BODY.tabular()))
        })
    };
    let quantity = RIGHT - GUTTER - widest(words.amount(), &mut rows.iter().map(|row| row.amount.as_str()));
    let description = quantity
        - GUTTER
        // A little more than the widest, so that no rounding breaks it into two lines.
        - (widest(words.quantity(), &mut rows.iter().map(|row| row.quantity.as_str())) + 1.0).min(110.0);
    let columns = Columns {
        description,
        quantity,
    };

    let table = pages.structure.add(None, Role::Table);
    let head = pages.structure.add(Some(table), Role::TableHead);
    let head_row = pages.structure.add(Some(head), Role::Row);
    let cells = [(); 3].map(|()| pages.structure.add(Some(head_row), Role::ColumnHeader));
    place_head(pages, document, columns, cells.map(Owner::Part));
    let body = pages.structure.add(Some(table), Role::TableBody);
    for row in &rows {
        place_row(pages, document, columns, row, body);
    }
    pages.y += 14.0;
}

/// The texts of a row.
struct Row {
    detail: String,
    text: String,
    quantity: String,
    amount: String,
}

impl Row {
    fn of(line: &DocumentLine, document: &InvoiceDocument) -> Self {
        let units = shared::unit(document.language);
        let count = u64::from(line.quantity);
        Self {
            detail: line.detail.clone(),
            text: line.text.clone(),
            quantity: match line.unit {
                Unit::Licence => units.licences(count),
                Unit::Month => units.months(count),
                Unit::One => format::number(document.language, count),
            },
            amount: format::money(document.language, line.net),
        }
    }
}

fn place_head(pages: &mut Pages, document: &InvoiceDocument, columns: Columns, owners: [Owner; 3]) {
    let words = invoice::table(document.language);
    let [description, quantity, amount] = owners;
    let top = pages.y;
    let run = |text| set(text, LABEL.weight, LABEL.figures);
    pages.text(LEFT, top, run(words.description()), LABEL, description);
    pages.text_to(columns.quantity, top, run(words.quantity()), LABEL, quantity);
    pages.text_to(RIGHT, top, run(words.amount()), LABEL, amount);
    pages.y += LABEL.leading() + 4.0;
    pages.rule(LEFT, 0.75, INK);
}

/// A row; one that does not fit begins a page, one that fits on no page is divided between its lines.
fn place_row(pages: &mut Pages, document: &InvoiceDocument, columns: Columns, row: &Row, body: Part) {
    let description = columns.description - LEFT;
    let mut texts: Vec<(Style, Run, bool)> = Vec::new();
    for (text, style, is_detail) in [(&row.detail, STRONG, true), (&row.text, BODY_SOFT, false)] {
        texts.extend(
            wrap(text, style, description)
                .into_iter()
                .map(|run| (style, run, is_detail)),
        );
    }
    let quantities = wrap(
        &row.quantity,
        BODY.tabular(),
        columns.quantity - columns.description - GUTTER,
    );
    let text_height: f32 = texts.iter().map(|(style, ..)| style.leading()).sum();
    let height = text_height.max(height_of(&quantities)) + 2.0 * PADDING;
    if !pages.fits(height) {
        continue_on_next_page(pages, document, columns);
    }

    let part = pages.structure.add(Some(body), Role::Row);
    let [description, quantity, amount] = [(); 3].map(|()| pages.structure.add(Some(part), Role::Cell));
    let paragraphs = [(); 2].map(|()| pages.structure.add(Some(description), Role::Paragraph));
    pages.y += PADDING;
    let top = pages.y;
    let run = set(&row.amount, BODY.weight, BODY.tabular().figures);
    pages.text_to(RIGHT, top, run, BODY, Owner::Part(amount));
    for (run, line) in quantities.iter().zip(0_u8..) {
        let below = top + f32::from(line) * BODY.leading();
        pages.text_to(columns.quantity, below, run.clone(), BODY, Owner::Part(quantity));
    }
    let page = pages.sheets.len();
    for (style, run, is_detail) in texts {
        if !pages.fits(style.leading()) {
            continue_on_next_page(pages, document, columns);
            pages.y += PADDING;
        }
        let top = pages.y;
        let [detail, text] = paragraphs;
        pages.text(
            LEFT,
            top,
            run,
            style,
            Owner::Part(if is_detail { detail } else { text }),
        );
        pages.y += style.leading();
    }
    if pages.sheets.len() == page {
        pages.y = pages.y.max(top + height_of(&quantities));
    }
    pages.y += PADDING;
    pages.rule(LEFT, 0.5, LINE);
}

fn height_of(quantities: &[Run]) -> f32 {
    quantities.iter().map(|_| BODY.leading()).sum()
}

/// Says whose page it is, and repeats the head of the table.
fn continue_on_next_page(pages: &mut Pages, document: &InvoiceDocument, columns: Columns) {
    pages.turn();
    place_running_title(pages, document);
    place_head(pages, document, columns, [Owner::PageHead; 3]);
}

/// `Invoice 2026-000042`, small, at the top of a further page.
pub(super) fn place_running_title(pages: &mut Pages, document: &InvoiceDocument) {
    let title = super::numbered_title(document);
    for run in wrap(&title, FOOTER, RIGHT - LEFT) {
        let top = pages.y;
        pages.text(LEFT, top, run, FOOTER, Owner::PageHead);
        pages.y += FOOTER.leading();
    }
    pages.y += 14.0;
}
