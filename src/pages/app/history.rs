//! What was done in the account, by whom and when.

use std::sync::Arc;

use leptos::prelude::*;
use onedesk_texts::{Language, billing};

use super::invoices::day;
use super::records::{CELL, cell, head};
use super::sheet::{Answering, FIRST_OF_PAGE, Page, SheetScreen};
use crate::api::Members;
use crate::markup::Markup;
use crate::session::Account;

/// The deeds, newest first, under their days.
#[component]
pub fn HistoryPage(
    /// The account.
    account: Account,
) -> impl IntoView {
    let title = billing::titles(account.language).history();
    // The day that the last page ended with: the next one may go on with it.
    let last_day = StoredValue::new(String::new());
    let ask = move |before| ask(account, before, last_day);
    let lead = billing::history(account.language).lead();
    view! { <SheetScreen account title lead ask=Arc::new(ask)/> }
}

fn ask(account: Account, before: String, last_day: StoredValue<String>) -> Answering {
    Box::pin(async move {
        let page = account.client.page("history", "entries", &before).await?;
        let mut on = last_day.try_get_value().unwrap_or_default();
        let html = rows(
            account.language,
            &page.list("entries"),
            before.is_empty(),
            &mut on,
        );
        last_day.try_set_value(on);
        Ok(Page {
            html,
            older: page.text("older_than"),
        })
    })
}

/// A page of the table, each day under its name; under the table's head if it is the first one.
fn rows(language: Language, entries: &[Members], is_first: bool, on: &mut String) -> String {
    let mut markup = Markup::new();
    let texts = billing::history(language);
    if entries.is_empty() && is_first {
        return markup.paragraph(texts.empty()).take();
    }
    let columns = [texts.time(), texts.who(), texts.what()];
    if is_first {
        on.clear();
        head(&mut markup, billing::titles(language).history(), &columns);
    }
    markup.raw("<tbody role=\"rowgroup\">");
    let mut mark = FIRST_OF_PAGE;
    for entry in entries {
        let day = day(language, entry, "on");
        if day != *on {
            markup
                .raw("<tbody role=\"rowgroup\"><tr role=\"row\" class=\"records__group\">")
                .raw("<th role=\"rowheader\" scope=\"rowgroup\" colspan=\"3\">")
                .text(&day);
            *on = day;
        }
        markup
            .raw("<tr role=\"row\" class=\"table__row\"")
            .raw(mark)
            .raw("><th role=\"rowheader\" scope=\"row\" class=\"table__name\">")
            .text(&entry.text("time"));
        mark = "";
        cell(&mut markup, CELL, columns[1]).text(&entry.text("actor"));
        cell(&mut markup, CELL, columns[2]).text(&entry.text("text"));
    }
    markup.raw("</tbody>").take()
}
