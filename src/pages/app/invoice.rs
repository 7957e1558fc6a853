//! One invoice, credit note or goodwill credit.

use std::sync::Arc;

use leptos::prelude::*;
use onedesk_pricing::Date;
use onedesk_texts::{Language, billing, format, invoice, tax_rate};

use super::addresses::{self, InvoiceNumber};
use super::calendar::last_day;
use super::invoices::{amount, day, file_link, kind_words};
use super::screen::ScreenTitle;
use super::sheet::{Answering, Page, Sheet};
use crate::api::Members;
use crate::country_names;
use crate::markup::Markup;
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
    let texts = billing::invoices(language);
    let title = RwSignal::new(invoice::document(language).invoice().to_owned());
    let ask = move |_| -> Answering {
        Box::pin(async move {
            let found = match number {
                Some(number) => account.client.invoice(&number.text()).await?,
                None => None,
            };
            let (words, html) = if let Some(found) = found {
                let kind = kind_words(language, &found);
                let title = invoice::document(language).numbered(kind, found.text("number"));
                (title, document(language, &found))
            } else {
                let unknown = Markup::new().paragraph(texts.unknown_text()).take();
                (texts.unknown().to_owned(), unknown)
            };
            title.try_set(words);
            Ok(Page {
                html,
                ..Page::default()
            })
        })
    };
    view! {
        <div class="screen screen--narrow">
            <ScreenTitle title window_title=Signal::derive(move || account.window_title(&title.read()))/>
            <Sheet account ask=Arc::new(ask) filled=RwSignal::new(false)/>
            <p><a href=addresses::INVOICES>{texts.all()}</a></p>
        </div>
    }
}

/// The invoice as a well-set one looks.
fn document(language: Language, view: &Members) -> String {
    let mut markup = Markup::new();
    let (facts, words) = (invoice::fact(language), invoice::totals(language));
    let spoken = view.text("language");
    let date = |date: Option<Date>| date.map(|date| format::date(language, date)).unwrap_or_default();
    // Nothing was bought with a credit that was given: it has no order and no period.
    let period = view.date("period_end").map(|end| {
        let last = date(Some(last_day(end)));
        facts.days(day(language, view, "period_start"), last)
    });
    let is_paid = view.object("due").number("minor") != 0;
    let paid_on = is_paid.then(|| day(language, view, "paid_on"));
    markup.raw("<section class=\"card invoice\"><dl class=\"facts\">");
    for (name, value) in [
        (facts.issued_on(), Some(day(language, view, "issued_on"))),
        (facts.supply_period(), period),
        (facts.paid_on(), paid_on),
    ] {
        let Some(value) = value else { continue };
        markup
            .raw("<div class=\"facts__row\"><dt>")
            .text(name)
            .raw("</dt><dd>")
            .text(&value)
            .raw("</dd></div>");
    }
    markup.raw("</dl><div class=\"invoice__parties\">");
    for (title, party) in [
        (billing::invoices(language).seller(), view.object("seller")),
        (invoice::party(language).buyer(), view.object("buyer")),
    ] {
        markup
            .raw("<div><h2 class=\"card__title card__title--small\">")
            .text(title)
            .raw("</h2><p class=\"invoice__party\">")
            .text(&party_lines(language, &party))
            .raw("</p></div>");
    }

    markup.raw("</div><dl class=\"lines\">");
    for line in view.list("lines") {
        // In the language in which it was bought.
        row(
            &mut markup,
            &spoken,
            &line.text("text"),
            &amount(language, &line, "net"),
        );
    }
    let taxed = view.object("taxed");
    let mention = view.text("tax_mention");
    let tax = if mention.is_empty() {
        let rate = u32::try_from(taxed.object("treatment").number("rate")).unwrap_or_default();
        words.tax_rate(tax_rate(language, rate))
    } else {
        words.tax().to_owned()
    };
    // As in the file: what the credit pays is taken off, and the last is what was paid, is due, or was credited.
    let last = if view.text("kind") != "invoice" {
        (words.credited(), view, "credit_added")
    } else if is_paid {
        (words.paid(), view, "due")
    } else {
        (words.due(), view, "due")
    };
    for (words, members, name) in [
        (words.net(), &taxed, "net"),
        (&tax, &taxed, "tax"),
        (words.gross(), &taxed, "gross"),
        (words.credit_used(), view, "credit_used"),
        last,
    ] {
        let mut amount = amount(language, members, name);
        if name == "credit_used" {
            if members.object(name).number("minor") == 0 {
                continue;
            }
            amount.insert(0, '-');
        }
        row(&mut markup, language.code(), words, &amount);
    }
    markup
        .raw("</dl>")
        .paragraph(&payment(language, view))
        .raw("<p class=\"invoice__mention\" lang=\"")
        .text(&spoken)
        .raw("\">")
        .text(&mention)
        .raw("</p><div>");
    file_link(
        &mut markup,
        "button",
        &view.text("number"),
        billing::invoices(language).download(),
    );
    markup.raw("</div></section>").take()
}

/// Writes words, in their own language, and an amount.
fn row(markup: &mut Markup, spoken: &str, words: &str, amount: &str) {
    markup
        .raw("<div class=\"lines__row\"><dt lang=\"")
        .text(spoken)
        .raw("\">")
        .text(words)
        .raw("</dt><dd class=\"amount\">")
        .text(amount)
        .raw("</dd></div>");
}

/// How it was paid, in a sentence.
fn payment(language: Language, view: &Members) -> String {
    let words = invoice::payment(language);
    let (method, reference) = (view.text("payment_method"), view.text("transfer_reference"));
    let paid_on = day(language, view, "paid_on");
    if !reference.is_empty() {
        words.paid_by_transfer(paid_on, reference)
    } else if !method.is_empty() {
        words.paid_with(paid_on, method)
    } else if view.text("kind") != "invoice" {
        words.credit_added(amount(language, view, "credit_added"))
    } else if view.object("due").number("minor") == 0 {
        words.paid_by_credit().to_owned()
    } else {
        words.paid(paid_on)
    }
}

/// Name, address and numbers, a line each.
fn party_lines(language: Language, party: &Members) -> String {
    let words = invoice::party(language);
    let or_nothing = |name, write: &dyn Fn(String) -> String| {
        let text = party.text(name);
        if text.is_empty() { text } else { write(text) }
    };
    let lines = [
        party.text("name"),
        or_nothing("contact", &|name| words.contact(name)),
        party.lines("address"),
        [&party.text("postcode"), " ", &party.text("city")]
            .concat()
            .trim()
            .to_owned(),
        country_names::name(language, &party.text("country")),
        or_nothing("vat_number", &|number| words.vat_number(number)),
        party.text("registration"),
    ];
    let mut text = String::new();
    for line in lines {
        if !line.is_empty() {
            text.push_str(&line);
            text.push('\n');
        }
    }
    text
}
