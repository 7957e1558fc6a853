//! Invoices and credit notes, newest first.

use leptos::prelude::*;
use onedesk_contract::invoices::{InvoiceKind, InvoiceSummary};
use onedesk_texts::{Language, billing, format, invoice, shared};

use super::addresses;
use super::asked::Answering;
use super::listing::{Listing, Page};
use super::screen::ScreenTitle;
use crate::components::notice::Notice;
use crate::components::records::{Cell, Group};
use crate::part::{IntoPart, Part};
use crate::session::Account;

/// The list.
#[component]
pub fn InvoicesPage(
    /// The account.
    account: Account,
) -> impl IntoView {
    let title = billing::titles(account.language).invoices();
    let listing = Listing {
        account,
        caption: title,
        columns,
        ask,
        empty,
    };
    view! {
        <div class="screen">
            <ScreenTitle title window_title=account.window_title(title)/>
            <p class="screen__lead">{billing::invoices(account.language).lead()}</p>
            {listing.view()}
        </div>
    }
}

/// Invoice or credit note, in a word.
pub fn kind_words(language: Language, kind: InvoiceKind) -> &'static str {
    match kind {
        InvoiceKind::Invoice => invoice::document(language).invoice(),
        InvoiceKind::CreditNote => invoice::document(language).credit_note(),
    }
}

/// Where the file of an invoice is.
pub fn file_address(number: &str) -> String {
    ["/api/invoices/", number, "/pdf"].concat()
}

fn columns(Account { language, .. }: Account) -> Vec<&'static str> {
    let (facts, totals) = (invoice::fact(language), invoice::totals(language));
    vec![
        facts.number(),
        facts.issued_on(),
        billing::invoices(language).kind(),
        totals.gross(),
        totals.paid(),
        billing::invoices(language).file(),
    ]
}

fn ask(account: Account, before: Option<String>) -> Answering<Page> {
    Box::pin(async move {
        let page = account.client.invoices(before).await?;
        let rows = page.invoices.into_iter();
        let rows: Vec<_> = rows.map(|invoice| row(account.language, invoice)).collect();
        let groups = if rows.is_empty() {
            Vec::new()
        } else {
            vec![Group { title: None, rows }]
        };
        Ok(Page {
            groups,
            older: page.older_than,
        })
    })
}

fn row(language: Language, invoice: InvoiceSummary) -> Vec<Cell> {
    let number = invoice.number;
    let (screen, file) = (addresses::invoice_address(&number), file_address(&number));
    let label = ["PDF ", &number].concat();
    vec![
        Cell::Link(number, screen),
        Cell::Text(format::date(language, invoice.issued_on)),
        Cell::Text(kind_words(language, invoice.kind).to_owned()),
        Cell::Figure(format::money(language, invoice.gross)),
        Cell::Figure(format::money(language, invoice.due)),
        Cell::File("PDF", label, file),
    ]
}

fn empty(account: Account) -> Part {
    let texts = billing::invoices(account.language);
    view! {
        <Notice title=texts.empty_title()>
            <p>{texts.empty_text()}" "<a href=addresses::SUBSCRIPTION>{shared::action(account.language).subscribe()}</a></p>
        </Notice>
    }
    .part()
}
