//! What a change charges today: its lines, the tax, the account credit, and what is due.

use leptos::prelude::*;
use onedesk_contract::billing::Taxed;
use onedesk_contract::tax::{Totals, Treatment};
use onedesk_pricing::{Line, Money};
use onedesk_texts::{changes, invoice_line, shared};

use super::amount::{Amount, AmountSize};
use super::tax_rows::TaxRows;
use crate::part::IntoPart;
use crate::session::Account;

/// The lines as they will stand on the invoice.
#[component]
pub fn ChangeLines(
    /// The account.
    account: Account,
    /// What is charged and credited, without tax.
    lines: Vec<Line>,
    /// Their sum.
    totals: Totals,
    /// How they are taxed.
    treatment: Treatment,
    /// What was confirmed before it was another amount.
    #[prop(default = None)]
    instead_of: Option<Money>,
) -> impl IntoView {
    let language = account.language;
    let texts = changes::summary(language);
    let row = move |words: String, amount: Money| {
        view! {
            <div class="lines__row">
                <dt>{words}</dt>
                <dd><Amount money=Signal::stored(Some(amount)) language/></dd>
            </div>
        }
        .late_part()
    };
    let lines = lines.into_iter().map(|line| {
        let words = account
            .catalog
            .with(|catalog| invoice_line(language, &line, catalog.plan_name(&line.plan)));
        row(words, line.amount)
    });
    let Totals {
        net, tax, gross, due, ..
    } = totals;
    let taxed = Taxed {
        net,
        tax,
        gross,
        treatment,
    };
    let used = totals.credit_used.checked_neg().ok();
    let credits = [
        (texts.credit_used(), used),
        // What the lines fall below zero is taken from here, so that the column adds up to what is due.
        (texts.credit_added(), Some(totals.credit_added)),
    ];
    let credits = credits
        .into_iter()
        .filter_map(|(words, amount)| Some((words, amount.filter(|amount| !amount.is_zero())?)))
        .map(|(words, amount)| row(words.to_owned(), amount));
    let old = instead_of.map(|old| {
        view! {
            <div class="lines__row lines__row--old">
                <dt>{changes::dialog(language).stale_due()}</dt>
                <dd><s><Amount money=Signal::stored(Some(old)) language/></s></dd>
            </div>
        }
    });
    view! {
        <dl class="lines">
            {lines.collect_view()}
            <TaxRows taxed language/>
            {credits.collect_view()}
            {old}
            <div class="lines__row lines__row--total">
                <dt>{shared::price(language).due_today()}</dt>
                <dd><Amount money=Signal::stored(Some(due)) language size=AmountSize::Large/></dd>
            </div>
        </dl>
    }
    .late_part()
}
