//! The sums below the table; the last and largest is what was or is to be paid.
#![expect(
    clippy::float_arithmetic,
    reason = "lengths on a page; amounts are whole numbers and never get here"
)]

use onedesk_pricing::Money;
use onedesk_texts::{format, invoice, tax_rate};

use super::lines::place_running_title;
use crate::fonts::set;
use crate::sheet::{
    BODY, BODY_SOFT, INK, LEFT, Owner, Pages, Part, RIGHT, Role, STRONG, Style, TOTAL, width,
};
use crate::words::tax_mention;
use crate::{Amounts, InvoiceDocument};

/// Where the sums begin: the right half of the page.
const START: f32 = LEFT + 232.0;

pub(super) fn place(pages: &mut Pages, document: &InvoiceDocument) {
    let sums = sums(document);
    let (name, amount) = last(document);
    let mut height = 24.0 + TOTAL.leading() * 2.0;
    height += sums.iter().map(|_| BODY.leading() + 3.0).sum::<f32>();
    if !pages.fits(height) {
        pages.turn();
        place_running_title(pages, document);
    }

    let table = pages.structure.add(None, Role::Table);
    let body = pages.structure.add(Some(table), Role::TableBody);
    for (name, amount, style) in sums {
        let (header, cell) = row(pages, body);
        let top = pages.y;
        let run = set(&name, style.weight, style.figures);
        let label = if style == STRONG { STRONG } else { BODY_SOFT };
        let lower = style.ascent() - label.ascent();
        pages.text(START, top + lower, run, label, Owner::Part(header));
        let style = style.tabular();
        pages.text_to(
            RIGHT,
            top,
            set(&amount, style.weight, style.figures),
            style,
            Owner::Part(cell),
        );
        pages.y += style.leading() + 3.0;
    }

    pages.y += 6.0;
    pages.rule(START, 1.0, INK);
    pages.y += 8.0;
    let (header, cell) = row(pages, body);
    let total = fitting(&amount);
    // Name and amount share a baseline, unless the amount needs the whole width.
    let beside = width(name, STRONG) + 14.0 + width(&amount, total) <= RIGHT - START;
    let top = pages.y;
    let lower = if beside {
        total.ascent() - STRONG.ascent()
    } else {
        0.0
    };
    pages.text(
        START,
        top + lower,
        set(name, STRONG.weight, STRONG.figures),
        STRONG,
        Owner::Part(header),
    );
    if !beside {
        pages.y += STRONG.leading();
    }
    let top = pages.y;
    pages.text_to(
        RIGHT,
        top,
        set(&amount, total.weight, total.figures),
        total,
        Owner::Part(cell),
    );
    pages.y += total.leading() + 22.0;
}

fn row(pages: &mut Pages, body: Part) -> (Part, Part) {
    let row = pages.structure.add(Some(body), Role::Row);
    let header = pages.structure.add(Some(row), Role::RowHeader);
    (header, pages.structure.add(Some(row), Role::Cell))
}

/// The sums before the last, with how each looks.
fn sums(document: &InvoiceDocument) -> Vec<(String, String, Style)> {
    let words = invoice::totals(document.language);
    let Amounts {
        net,
        tax,
        gross,
        credit_used,
        ..
    } = document.amounts;
    let money = |amount: Money| format::money(document.language, amount);
    // Where a sentence below says why there is no tax, a rate of zero would say nothing more.
    let says_why = document.tax.rate == 0 && tax_mention(document).is_some();
    let tax_name = if document.tax.category.has_rate() && !says_why {
        words.tax_rate(tax_rate(document.language, document.tax.rate))
    } else {
        words.tax().to_owned()
    };
    let mut sums = vec![
        (words.net().to_owned(), money(net), BODY),
        (tax_name, money(tax), BODY),
        (words.gross().to_owned(), money(gross), STRONG),
    ];
    if !credit_used.is_zero() {
        // An amount that fits has a negative that fits: i64 reaches further below zero.
        let used = credit_used.checked_neg().unwrap_or(credit_used);
        sums.push((words.credit_used().to_owned(), money(used), BODY));
    }
    sums
}

/// What it comes to.
fn last(document: &InvoiceDocument) -> (&'static str, String) {
    let words = invoice::totals(document.language);
    let (name, amount) = if document.kind.gives() {
        (words.credited(), document.amounts.credit_added)
    } else if document.paid_on.is_some() {
        (words.paid(), document.amounts.due)
    } else {
        (words.due(), document.amounts.due)
    };
    (name, format::money(document.language, amount))
}

/// The style of the largest amount; smaller letters for one that is wider than its half of the page.
fn fitting(amount: &str) -> Style {
    let natural = width(amount, TOTAL);
    let scale = ((RIGHT - START) / natural).min(1.0);
    Style {
        size: TOTAL.size * scale,
        ..TOTAL
    }
}
