//! The first third of the first page: seller, title, facts and buyer.
#![expect(
    clippy::float_arithmetic,
    reason = "lengths on a page; amounts are whole numbers and never get here"
)]

use onedesk_pricing::Period;
use onedesk_texts::{Language, format, invoice};

use super::{FactColumns, address, place_facts, title};
use crate::characters::present;
use crate::sheet::{
    ACCENT, BODY, BODY_SOFT, LABEL, LEFT, NAME, Owner, Pages, Part, RIGHT, Role, STRONG, Style, TITLE,
};
use crate::wrapping::wrap;
use crate::{InvoiceDocument, Party};

/// Where the facts begin: the buyer stands left of it.
const FACTS: f32 = LEFT + 262.0;
const FACT_VALUES: f32 = FACTS + 88.0;

pub(super) fn place(pages: &mut Pages, document: &InvoiceDocument) {
    let language = document.language;
    place_seller(pages, &document.seller, language);
    pages.y += 16.0;
    pages.rule(LEFT, 1.4, ACCENT);
    pages.y += 24.0;

    let heading = pages
        .structure
        .add(None, Role::Title(super::numbered_title(document)));
    let upper = pages.y;
    for run in wrap(title(document), TITLE, FACTS - LEFT - 16.0) {
        let top = pages.y;
        pages.text(LEFT, top, run, TITLE, Owner::Part(heading));
        pages.y += TITLE.leading();
    }
    let below_title = pages.y;

    // The first fact stands on the title's baseline.
    pages.y = upper + TITLE.ascent() - BODY.ascent();
    let columns = FactColumns {
        left: FACTS,
        label: LABEL,
        value: FACT_VALUES,
        width: RIGHT - FACT_VALUES,
        style: BODY,
    };
    place_facts(pages, None, &facts(document), columns);
    let below_facts = pages.y;

    pages.y = below_title + 10.0;
    let words = invoice::party(language);
    let buyer = pages.structure.add(None, Role::Section);
    let heading = pages
        .structure
        .add(Some(buyer), Role::Heading(words.buyer().to_owned()));
    for run in wrap(words.buyer(), LABEL, FACTS - LEFT) {
        let top = pages.y;
        pages.text(LEFT, top, run, LABEL, Owner::Part(heading));
        pages.y += LABEL.leading() + 2.0;
    }
    place_buyer(pages, &document.buyer, language, buyer);
    pages.y = pages.y.max(below_facts) + 26.0;
}

/// Name and address; his numbers stand at the foot of every page.
fn place_seller(pages: &mut Pages, seller: &Party, language: Language) {
    let section = pages.structure.add(None, Role::Section);
    pages.paragraph(&seller.name, NAME, RIGHT - LEFT, Some(section));
    for line in address(language, seller) {
        pages.paragraph(&line, BODY_SOFT, RIGHT - LEFT, Some(section));
    }
}

fn place_buyer(pages: &mut Pages, buyer: &Party, language: Language, section: Part) {
    let words = invoice::party(language);
    let mut paragraph = |text: &str, style: Style| {
        pages.paragraph(text, style, FACTS - LEFT - 24.0, Some(section));
    };
    paragraph(&buyer.name, STRONG);
    if let Some(contact) = present(buyer.contact.as_ref()) {
        paragraph(&words.contact(contact), BODY);
    }
    for line in address(language, buyer) {
        paragraph(&line, BODY);
    }
    if let Some(registration) = present(buyer.registration.as_ref()) {
        paragraph(registration, BODY);
    }
    if let Some(number) = present(buyer.vat_number.as_ref()) {
        paragraph(&words.vat_number(number), BODY);
    }
    if let Some(email) = present(buyer.email.as_ref()) {
        paragraph(email, BODY);
    }
}

fn facts(document: &InvoiceDocument) -> Vec<(&'static str, String)> {
    let words = invoice::fact(document.language);
    let long = |date| format::date(document.language, date);
    let mut facts = vec![
        (words.number(), document.number.trim().to_owned()),
        (words.issued_on(), long(document.issued_on)),
    ];
    if let Some(credited) = &document.references.credited_invoice {
        facts.push((words.credited_invoice(), credited.number.clone()));
    }
    if let Some(period) = document.supply_period {
        facts.push((words.supply_period(), days(document.language, period)));
    }
    if let Some(order) = present(document.references.order.as_ref()) {
        facts.push((words.order(), order.to_owned()));
    }
    if let Some(paid_on) = document.paid_on {
        facts.push((words.paid_on(), long(paid_on)));
    } else if let Some(due_on) = document.due_on
        && !document.kind.gives()
    {
        facts.push((words.due_on(), long(due_on)));
    }
    facts
}

/// `Nov 22, 2026 – Nov 21, 2027`: the last day is the one before the next period.
fn days(language: Language, period: Period) -> String {
    let short = |date| format::date_short(language, date).replace(' ', "\u{a0}");
    // The end of a period that was checked lies after its start, so there is a day before it.
    let last = period.end.yesterday().unwrap_or(period.start);
    invoice::fact(language).days(short(period.start), short(last))
}
