//! Where everything stands on the pages.

mod lines;
mod notes;
mod opening;
mod totals;

use onedesk_texts::{Language, countries, invoice};

use crate::characters::present;
use crate::sheet::{FOOTER, Item, LEFT, LINE, Owner, PAGE_HEIGHT, Pages, Part, RIGHT, Role, Style, width};
use crate::wrapping::wrap;
use crate::{DocumentKind, InvoiceDocument, Party};

/// Places the whole document.
pub(crate) fn lay_out(document: &InvoiceDocument) -> Pages {
    let mut pages = Pages::new();
    opening::place(&mut pages, document);
    lines::place(&mut pages, document);
    totals::place(&mut pages, document);
    notes::place(&mut pages, document);
    place_footers(&mut pages, document);
    pages
}

/// `Invoice`, `Credit note`, `Goodwill credit` or `Pro-forma invoice`.
pub(crate) fn title(document: &InvoiceDocument) -> &'static str {
    let texts = invoice::document(document.language);
    match document.kind {
        DocumentKind::Invoice => texts.invoice(),
        DocumentKind::CreditNote => texts.credit_note(),
        DocumentKind::GoodwillCredit => invoice::goodwill(document.language).name(),
        DocumentKind::ProForma => texts.pro_forma(),
    }
}

/// `Invoice 2026-000042`.
pub(crate) fn numbered_title(document: &InvoiceDocument) -> String {
    invoice::document(document.language).numbered(title(document), document.number.trim())
}

/// The name of a country in a language; the code where it has none.
fn country_name(language: Language, code: &str) -> &str {
    countries::country(language)
        .names()
        .lines()
        .filter_map(|line| line.split_once(' '))
        .find(|(known, _)| *known == code)
        .map_or(code, |(_, name)| name)
}

/// The lines of a party's address, from the street to the country.
fn address(language: Language, party: &Party) -> Vec<String> {
    let mut lines: Vec<String> = party
        .address
        .iter()
        .map(|line| line.trim())
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect();
    let city: Vec<&str> = [&party.postcode, &party.city]
        .into_iter()
        .filter_map(|text| present(text.as_ref()))
        .collect();
    if !city.is_empty() {
        lines.push(city.join(" "));
    }
    lines.push(country_name(language, &party.country).to_owned());
    lines
}

/// A table of names and values in two columns.
#[expect(
    clippy::float_arithmetic,
    reason = "lengths on a page; amounts are whole numbers and never get here"
)]
fn place_facts(pages: &mut Pages, parent: Option<Part>, facts: &[(&str, String)], columns: FactColumns) {
    if facts.is_empty() {
        return;
    }
    let FactColumns {
        left,
        label,
        value,
        width,
        style,
    } = columns;
    let table = pages.structure.add(parent, Role::Table);
    let body = pages.structure.add(Some(table), Role::TableBody);
    for (name, text) in facts {
        let row = pages.structure.add(Some(body), Role::Row);
        let header = pages.structure.add(Some(row), Role::RowHeader);
        let cell = pages.structure.add(Some(row), Role::Cell);
        let names = wrap(name, label, value - left - 8.0);
        let texts = wrap(text, style, width);
        let leading = style.leading();
        for line in 0..names.len().max(texts.len()) {
            pages.reserve(leading);
            let top = pages.y;
            if let Some(run) = names.get(line) {
                // On the baseline of the value, though the letters are smaller.
                let lower = style.ascent() - label.ascent();
                pages.text(left, top + lower, run.clone(), label, Owner::Part(header));
            }
            if let Some(run) = texts.get(line) {
                pages.text(value, top, run.clone(), style, Owner::Part(cell));
            }
            pages.y += leading;
        }
    }
}

/// Where a table of names and values stands, and how it looks.
#[derive(Clone, Copy)]
struct FactColumns {
    left: f32,
    label: Style,
    /// Where the values begin.
    value: f32,
    /// How wide they can be.
    width: f32,
    style: Style,
}

/// What the law wants to know of the seller and “Page 1 of 3”, on every page. Last, because only now the number of pages is known.
#[expect(
    clippy::float_arithmetic,
    reason = "lengths on a page; amounts are whole numbers and never get here"
)]
fn place_footers(pages: &mut Pages, document: &InvoiceDocument) {
    const NUMBER: f32 = 90.0;
    const MOST_LINES: usize = 3;
    let texts = invoice::document(document.language);
    let seller = &document.seller;
    let mut details = vec![seller.name.trim().to_owned()];
    details.extend(present(seller.registration.as_ref()).map(str::to_owned));
    details.extend(
        present(seller.vat_number.as_ref())
            .map(|number| invoice::party(document.language).vat_number(number)),
    );
    details.extend(present(seller.email.as_ref()).map(str::to_owned));
    let lines = wrap(&details.join("  ·  "), FOOTER, RIGHT - LEFT - NUMBER);

    let count = pages.sheets.len();
    for (page, number) in pages.sheets.iter_mut().zip(1_usize..) {
        let mut y = PAGE_HEIGHT - 68.0;
        page.push(Item::Rule {
            x: LEFT,
            y,
            width: RIGHT - LEFT,
            thickness: 0.5,
            colour: LINE,
        });
        y += 7.0;
        let text = texts.page(number, count);
        let numbering = wrap(&text, FOOTER.tabular(), NUMBER);
        for run in numbering {
            page.push(Item::Text {
                x: RIGHT - width(&text, FOOTER.tabular()),
                y: y + FOOTER.ascent(),
                run,
                style: FOOTER,
                owner: Owner::PageFoot,
            });
        }
        for run in lines.iter().take(MOST_LINES) {
            page.push(Item::Text {
                x: LEFT,
                y: y + FOOTER.ascent(),
                run: run.clone(),
                style: FOOTER,
                owner: Owner::PageFoot,
            });
            y += FOOTER.leading();
        }
    }
}
