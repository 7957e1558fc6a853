//! A paid order: what was bought, the invoice, and the next step.

use leptos::prelude::*;
use onedesk_contract::account::SubscriptionState;
use onedesk_contract::orders::{self, OrderKind, OrderView};
use onedesk_texts::{admin, format, invoice, invoice_line, shared};

use crate::changing::{changing, text};
use crate::components::amount::{Amount, AmountSize};
use crate::components::button::{ButtonKind, LinkButton};
use crate::components::icon::Icon;
use crate::components::tax_rows::TaxRows;
use crate::effect::memo;
use crate::pages::app::addresses;
use crate::pages::app::calendar::last_day;
use crate::part::IntoPart;
use crate::session::Account;

/// Where invoices are had from, by their number.
const INVOICES: &str = "/api/invoices";

/// The receipt of a paid order.
#[component]
pub fn Receipt(
    /// The account.
    account: Account,
    /// The order, which is paid.
    order: OrderView,
) -> impl IntoView {
    let language = account.language;
    let texts = admin::order(language);
    let plan = account.catalog.plan_name(&order.choice.plan);
    let licences = shared::unit(language).licences(order.choice.seats.get().into());
    let company = account.view.with_untracked(|view| view.company.clone());
    let rows = order.lines.iter().map(|line| {
        let words = account
            .catalog
            .with(|catalog| invoice_line(language, line, catalog.plan_name(&line.plan)));
        view! {
            <div class="lines__row">
                <dt>{words}</dt>
                <dd><Amount money=Signal::stored(Some(line.amount)) language/></dd>
            </div>
        }
    });
    // What was paid is less by it.
    let credit = order
        .credit_used
        .checked_neg()
        .ok()
        .filter(|credit| !credit.is_zero());
    let credit = credit.map(|credit| {
        view! {
            <div class="lines__row">
                <dt>{invoice::totals(language).credit_used()}</dt>
                <dd><Amount money=Signal::stored(Some(credit)) language/></dd>
            </div>
        }
    });
    let kinds = admin::order_kind(language);
    let done = match order.kind {
        OrderKind::Subscribe => texts.paid_text(company, plan, licences),
        OrderKind::Change => kinds.change_text(company, plan, licences),
        OrderKind::Renewal | OrderKind::Recovery => kinds.renewal_text(company, plan, licences),
        OrderKind::PaymentMethod => kinds.card_text().to_owned(),
    };
    if order.kind == OrderKind::PaymentMethod {
        return view! {
            <p class="receipt__done"><Icon icon=Icon::Done/><span>{done}</span></p>
            <LinkButton href=addresses::SUBSCRIPTION>{texts.see_subscription()}</LinkButton>
        }
        .part();
    }
    view! {
        <p class="receipt__done"><Icon icon=Icon::Done/><span>{done}</span></p>
        <section class="card receipt" aria-labelledby="bought-title">
            <h2 class="card__title" id="bought-title">{texts.bought()}</h2>
            <dl class="lines">
                {rows.collect_view()}
                <TaxRows taxed=order.taxed language/>
                {credit}
                <div class="lines__row lines__row--total">
                    <dt>{invoice::totals(language).paid()}</dt>
                    <dd><Amount money=Signal::stored(Some(order.total)) language size=AmountSize::Large/></dd>
                </div>
            </dl>
            {order.receipt.clone().map(|receipt| view! { <Facts account order=order.clone() receipt/> })}
        </section>
        <NextStep account/>
    }
    .part()
}

/// Invoice, payment, period, renewal.
#[component]
fn Facts(account: Account, order: OrderView, receipt: orders::Receipt) -> impl IntoView {
    let language = account.language;
    let texts = admin::order(language);
    let day = |date| format::date(language, date);
    let renewal = texts.renewal_text(
        format::money(language, renewal_amount(account, &order)),
        day(receipt.renews_on),
    );
    let invoice = [INVOICES, "/", &receipt.invoice_number, "/pdf"].concat();
    let invoice = view! {
        <div class="facts__row">
            <dt>{texts.invoice()}</dt>
            <dd>
                {receipt.invoice_number}
                <a class="facts__link" href=invoice rel="external" download="">{admin::tax(language).download()}</a>
            </dd>
        </div>
    };
    let facts = [
        (texts.paid_by(), receipt.payment_method),
        (texts.paid_on(), day(receipt.paid_on)),
        (
            texts.period(),
            texts.period_text(day(receipt.period_start), day(last_day(receipt.renews_on))),
        ),
        (texts.renewal(), renewal),
    ];
    let facts =
        facts.map(|(name, value)| view! { <div class="facts__row"><dt>{name}</dt><dd>{value}</dd></div> });
    view! {
        <h3 class="visually-hidden">{texts.details()}</h3>
        <dl class="facts">{invoice}{facts.into_iter().collect_view()}</dl>
    }
}

/// What the renewal costs as things stand; what was paid until the account says so.
fn renewal_amount(account: Account, order: &OrderView) -> onedesk_pricing::Money {
    account.view.with_untracked(|view| match &view.subscription {
        SubscriptionState::Active(subscription) => subscription.renewal_amount,
        _ => order.total,
    })
}

/// Licences are there to be used.
#[component]
fn NextStep(account: Account) -> impl IntoView {
    let texts = admin::order(account.language);
    let free = move || {
        account.view.with(|view| match &view.subscription {
            SubscriptionState::Active(subscription) => {
                subscription.licences.get().saturating_sub(view.active_users)
            }
            _ => 0,
        })
    };
    let has_free = memo(move || free() > 0);
    let words = move || match free() {
        0 => texts.next_full().to_owned(),
        free => texts.next_free(free.into()),
    };
    let actions = move || {
        let (add, see) = (texts.add_users(), texts.see_subscription());
        if has_free.get() {
            view! {
                <LinkButton href=addresses::USERS>{add}</LinkButton>
                <LinkButton href=addresses::SUBSCRIPTION kind=ButtonKind::Secondary>{see}</LinkButton>
            }
            .part()
        } else {
            view! { <LinkButton href=addresses::SUBSCRIPTION>{see}</LinkButton> }.part()
        }
    };
    view! {
        <section class="card card--tint" aria-labelledby="next-title">
            <h2 class="card__title" id="next-title">{texts.next()}</h2>
            <p>{text(words)}</p>
            <div class="card__actions">{changing(actions)}</div>
        </section>
    }
}
