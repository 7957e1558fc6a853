//! What would be ordered: each line explained, what is due today, and what renews when and for how much.

use crate::changing::{changing, flag, text};
use crate::part::{IntoPart, Slot};
use leptos::prelude::*;
use onedesk_contract::billing::Taxed;
use onedesk_pricing::{BillingPeriod, Date, Line, Money};
use onedesk_texts::{Language, calculation, format, shared, site};

use super::amount::{Amount, AmountSize};
use super::tax_rows::{tax_name, why_untaxed};
use crate::embedded_catalog::Catalog;

/// What follows the first period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Renewal {
    /// The day, where it is known; else the billing period is named.
    pub on: Option<Date>,
    /// How often.
    pub period: BillingPeriod,
    /// For how much, as things stand.
    pub amount: Money,
}

/// The summary beside a calculator, and on a confirmation.
#[component]
pub fn OrderSummary(
    /// The lines; none while there is nothing to order.
    #[prop(into)]
    lines: Signal<Vec<Line>>,
    /// Account credit that is used up first, tax included; above zero.
    #[prop(optional, into)]
    credit: Signal<Option<Money>>,
    /// The amount with its tax, where that is known.
    #[prop(optional, into)]
    tax: Signal<Option<Taxed>>,
    /// What is charged today, with tax.
    #[prop(into)]
    due_today: Signal<Option<Money>>,
    /// What renews.
    #[prop(into)]
    renewal: Signal<Option<Renewal>>,
    /// The names of the plans.
    catalog: Catalog,
    /// The language of its words.
    language: Language,
    /// Another heading than “Order summary”.
    #[prop(optional, into)]
    title: Option<String>,
    /// What to press, and what is said beside it.
    #[prop(optional)]
    children: Option<Slot>,
) -> impl IntoView {
    let texts = site::summary(language);
    let rows = move || {
        let row = |line: Line| {
            let licences = shared::unit(language).licences(line.seats.get().into());
            let name = texts.line_licences(catalog.plan_name(&line.plan), licences);
            view! {
                <div class="summary__row">
                    <dt>{name}<span class="summary__why">{calculation(language, &line)}</span></dt>
                    <dd><Amount money=Signal::stored(Some(line.amount)) language=language/></dd>
                </div>
            }
        };
        lines.get().into_iter().map(row).collect_view()
    };
    let extra = move |label: String, why: Option<&'static str>, amount: Money| {
        view! {
            <div class="summary__row">
                <dt>{label}{why.map(|why| view! { <span class="summary__why">{why}</span> })}</dt>
                <dd><Amount money=Signal::stored(Some(amount)) language=language/></dd>
            </div>
        }
    };
    let taxes = move || {
        let taxed = tax.get()?;
        let treatment = taxed.treatment;
        let name = tax_name(language, treatment);
        Some(extra(name, why_untaxed(language, treatment), taxed.tax))
    };
    let credited = move || {
        let credit = credit.get()?.checked_neg().ok()?;
        Some(extra(texts.credit().to_owned(), None, credit))
    };
    let renews = move || {
        let renewal = renewal.get()?;
        let amount = format::money(language, renewal.amount);
        Some(match (renewal.on, renewal.period) {
            (Some(on), _) => texts.renews(format::date(language, on), amount),
            (None, BillingPeriod::Monthly) => texts.renews_monthly(amount),
            (None, BillingPeriod::Annual) => texts.renews_annually(amount),
        })
    };
    view! {
        <section class="summary" aria-labelledby="summary-title">
            <h2 class="summary__title" id="summary-title">{title.unwrap_or_else(|| texts.title().into())}</h2>
            <p class="summary__nothing" hidden=flag(move || due_today.read().is_some())>{texts.nothing_yet()}</p>
            <dl class="summary__lines" hidden=flag(move || due_today.read().is_none())>
                {changing(rows)}
                {changing(taxes)}
                {changing(credited)}
                <div class="summary__row summary__row--due">
                    <dt>{texts.due_today()}</dt>
                    <dd><Amount money=due_today language=language size=AmountSize::Large/></dd>
                </div>
            </dl>
            <p class="summary__renewal">{text(move || renews().unwrap_or_default())}</p>
            {children.map(|children| view! { <div class="summary__action">{children.fill()}</div> })}
        </section>
    }
    .part()
}
