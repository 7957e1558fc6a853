//! Invoices, credit notes and goodwill credits, newest first.

use std::sync::Arc;

use leptos::prelude::*;
use onedesk_texts::{Language, billing, format, invoice, shared};

use super::addresses;
use super::records::{CELL, FIGURE, cell, head};
use super::sheet::{Answering, FIRST_OF_PAGE, Page, SheetScreen};
use crate::api::Members;
use crate::markup::Markup;
use crate::session::Account;

/// The list.
#[component]
pub fn InvoicesPage(
    /// The account.
    account: Account,
) -> impl IntoView {
    let title = billing::titles(account.language).invoices();
    let ask = move |before| ask(account, before);
    let lead = billing::invoices(account.language).lead();
    view! { <SheetScreen account title lead ask=Arc::new(ask)/> }
}

/// Invoice, credit note or goodwill credit, in a word.
pub fn kind_words(language: Language, document: &Members) -> &'static str {
    let words = invoice::document(language);
    match document.text("kind").as_str() {
        "invoice" => words.invoice(),
        "credit_note" => words.credit_note(),
        _ => invoice::goodwill(language).name(),
    }
}

/// Writes a link to the file of an invoice. `words` begin what it says to those who do not see what stands around it.
pub fn file_link(markup: &mut Markup, class: &'static str, number: &str, words: &str) {
    markup
        .raw("<a rel=\"external\" download class=\"")
        .raw(class)
        .raw("\" href=\"/api/invoices/")
        .text(number)
        .raw("/pdf\" aria-label=\"")
        .text(words)
        .raw(" ")
        .text(number)
        .raw("\">")
        .text(words)
        .raw("</a>");
}

/// An amount, or a dash for one that is not known.
pub fn amount(language: Language, members: &Members, name: &str) -> String {
    let money = members.money(name);
    money.map_or_else(|| "–".to_owned(), |money| format::money(language, money))
}

/// A day.
pub fn day(language: Language, members: &Members, name: &str) -> String {
    let date = members.date(name);
    date.map(|date| format::date(language, date)).unwrap_or_default()
}

fn ask(account: Account, before: String) -> Answering {
    Box::pin(async move {
        let page = account.client.page("invoices", "invoices", &before).await?;
        let html = rows(account.language, &page.list("invoices"), before.is_empty());
        Ok(Page {
            html,
            older: page.text("older_than"),
        })
    })
}

/// A page of the table, under its head if it is the first one; without any invoice, how to get one.
fn rows(language: Language, invoices: &[Members], is_first: bool) -> String {
    let mut markup = Markup::new();
    let (facts, totals, texts) = (
        invoice::fact(language),
        invoice::totals(language),
        billing::invoices(language),
    );
    let columns = [
        facts.number(),
        facts.issued_on(),
        texts.kind(),
        totals.gross(),
        totals.paid(),
        texts.file(),
    ];
    if invoices.is_empty() {
        return markup
            .paragraph(texts.empty())
            .link(addresses::SUBSCRIPTION, shared::action(language).subscribe())
            .take();
    }
    if is_first {
        head(&mut markup, billing::titles(language).invoices(), &columns);
    }
    let [_, on, kind, gross, paid, file] = columns;
    markup.raw("<tbody role=\"rowgroup\">");
    let mut mark = FIRST_OF_PAGE;
    for invoice in invoices {
        let number = invoice.text("number");
        markup
            .raw("<tr role=\"row\" class=\"table__row\"")
            .raw(mark)
            .raw("><th role=\"rowheader\" scope=\"row\" class=\"table__name\">")
            .link(&addresses::invoice_address(&number), &number)
            .raw("</th>");
        mark = "";
        cell(&mut markup, CELL, on).text(&day(language, invoice, "issued_on"));
        cell(&mut markup, CELL, kind).text(kind_words(language, invoice));
        cell(&mut markup, FIGURE, gross).text(&amount(language, invoice, "gross"));
        cell(&mut markup, FIGURE, paid).text(&amount(language, invoice, "due"));
        cell(&mut markup, CELL, file);
        file_link(&mut markup, "records__file", &number, "PDF");
        // Ends its cell, too.
        markup.raw("</tr>");
    }
    markup.raw("</tbody>").take()
}
