//! One invoice or credit note.

use std::sync::Arc;

use leptos::prelude::*;
use onedesk_contract::ProblemType;
use onedesk_contract::invoices::{InvoiceKind, InvoiceView, PartyView};
use onedesk_pricing::Money;
use onedesk_texts::{Language, billing, format, invoice, tax_rate};

use super::addresses::{self, InvoiceNumber};
use super::asked::{Answering, Asked, Drawing};
use super::calendar::last_day;
use super::invoices::{file_address, kind_words};
use super::screen::ScreenTitle;
use crate::components::facts::Facts;
use crate::components::file_link::FileLink;
use crate::country_names;
use crate::part::{IntoPart, Part};
use crate::session::Account;

/// Everything that stands on it, and the file.
#[component]
pub fn InvoicePage(
    /// The account.
    account: Account,
    /// Its number; none where the address names nothing that could be one.
    number: Option<InvoiceNumber>,
) -> impl IntoView {
    let language = account.language;
    let title = RwSignal::new(invoice::document(language).invoice().to_owned());
    let ask = move || -> Answering<Drawing> {
        Box::pin(async move {
            let found = match number {
                Some(number) => match account.client.invoice(number.as_str()).await {
                    Ok(found) => Some(found),
                    Err(error) if error.problem_type() == Some(ProblemType::NotFound) => None,
                    Err(error) => return Err(error),
                },
                None => None,
            };
            title.try_set(match &found {
                Some(found) => {
                    invoice::document(language).numbered(kind_words(language, found.kind), &found.number)
                }
                None => billing::invoices(language).unknown().to_owned(),
            });
            let drawing: Drawing = Arc::new(move || match &found {
                Some(found) => document(language, found),
                None => view! { <p>{billing::invoices(language).unknown_text()}</p> }.part(),
            });
            Ok(drawing)
        })
    };
    view! {
        <div class="screen screen--narrow">
            <ScreenTitle title window_title=Signal::derive(move || account.window_title(&title.read()))/>
            <Asked account ask=Box::new(ask)/>
            <p><a href=addresses::INVOICES>{billing::invoices(language).all()}</a></p>
        </div>
    }
}

/// The invoice as a well-set one looks.
fn document(language: Language, view: &InvoiceView) -> Part {
    let (facts, party) = (invoice::fact(language), invoice::party(language));
    let day = |date| format::date(language, date);
    let details = vec![
        (facts.issued_on(), day(view.issued_on)),
        (
            facts.supply_period(),
            facts.days(day(view.period_start), day(last_day(view.period_end))),
        ),
        (facts.paid_on(), day(view.paid_on)),
    ];
    let parties = [
        (billing::invoices(language).seller(), &view.seller),
        (party.buyer(), &view.buyer),
    ];
    let parties = parties.map(|(title, party)| {
        view! {
            <div>
                <h2 class="card__title card__title--small">{title}</h2>
                <p class="invoice__party">{party_lines(language, party).join("\n")}</p>
            </div>
        }
    });
    let lines = view.lines.iter().map(|line| (line.text.clone(), line.net));
    // In the language in which they were bought.
    let lines = lines.map(|line| row(language, "lines__row", &view.language, line));
    let totals = totals(language, view)
        .into_iter()
        .map(|line| row(language, "lines__row", language.code(), line));
    let paid = invoice::totals(language).paid().to_owned();
    view! {
        <section class="card invoice">
            <Facts facts=details/>
            <div class="invoice__parties">{parties.into_iter().collect_view()}</div>
            <dl class="lines">
                {lines.collect_view()}
                {totals.collect_view()}
                {row(language, "lines__row lines__row--total", language.code(), (paid, view.due))}
            </dl>
            <p>{payment(language, view)}</p>
            <p class="invoice__mention" lang=view.language.clone()>{view.tax_mention.clone()}</p>
            <div>
                <FileLink
                    href=file_address(&view.number)
                    words=billing::invoices(language).download().to_owned()
                    label=[billing::invoices(language).download(), " ", &view.number].concat()
                    class="button"
                />
            </div>
        </section>
    }
    .part()
}

/// Words, in their own language, and an amount.
fn row(language: Language, class: &'static str, spoken: &str, (words, amount): (String, Money)) -> Part {
    let amount = format::money(language, amount);
    view! { <div class=class><dt lang=spoken.to_owned()>{words}</dt><dd class="amount">{amount}</dd></div> }
        .part()
}

/// Net, tax, total, and what of it the account credit paid or got.
fn totals(language: Language, view: &InvoiceView) -> Vec<(String, Money)> {
    let words = invoice::totals(language);
    let taxed = &view.taxed;
    let tax = match view.tax_mention {
        Some(_) => words.tax().to_owned(),
        None => words.tax_rate(tax_rate(language, taxed.treatment.rate.basis_points().into())),
    };
    let mut totals = vec![
        (words.net().to_owned(), taxed.net),
        (tax, taxed.tax),
        (words.gross().to_owned(), taxed.gross),
    ];
    for (words, credit) in [
        (words.credit_used(), view.credit_used),
        (words.credited(), view.credit_added),
    ] {
        if !credit.is_zero() {
            totals.push((words.to_owned(), credit));
        }
    }
    totals
}

/// How it was paid, in a sentence.
fn payment(language: Language, view: &InvoiceView) -> String {
    let words = invoice::payment(language);
    let paid_on = format::date(language, view.paid_on);
    match &view.payment_method {
        Some(method) => words.paid_with(paid_on, method),
        None if view.kind == InvoiceKind::CreditNote => {
            words.credit_added(format::money(language, view.credit_added))
        }
        None if view.due.is_zero() => words.paid_by_credit().to_owned(),
        None => words.paid(paid_on),
    }
}

/// Name, address and numbers, a line each.
fn party_lines(language: Language, party: &PartyView) -> Vec<String> {
    let words = invoice::party(language);
    let mut lines = vec![party.name.clone()];
    if !party.contact.is_empty() {
        lines.push(words.contact(&party.contact));
    }
    lines.extend(party.address.iter().cloned());
    lines.push([&party.postcode, " ", &party.city].concat().trim().to_owned());
    lines.push(country_names::name(language, &party.country));
    if !party.vat_number.is_empty() {
        lines.push(words.vat_number(&party.vat_number));
    }
    lines.push(party.registration.clone());
    lines.retain(|line| !line.is_empty());
    lines
}
