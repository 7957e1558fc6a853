//! An order that waits for a bank transfer: where to send how much, and how it is recognised.

use leptos::prelude::*;
use leptos::task::spawn_local;
use onedesk_contract::orders::{OrderView, TransferInstructions};
use onedesk_texts::{Language, admin, format, invoice, shared};

use crate::browser;
use crate::changing::text;
use crate::components::button::{ButtonKind, LinkButton};
use crate::components::mail_sentence::MailSentence;
use crate::components::tax_rows::TaxRows;
use crate::handler::handler;
use crate::pages::app::open_payment::{Abandoned, OpenOrderActions};
use crate::part::IntoPart;
use crate::session::Account;

/// What was copied last, and whether the browser let it.
type Copied = RwSignal<Option<(&'static str, bool)>>;

/// The transfer to be made, the pro-forma invoice for it, and the way to give the order up.
#[component]
pub fn AwaitedTransfer(
    /// The account.
    account: Account,
    /// The order, which waits for its transfer.
    order: OrderView,
    /// Where to transfer what is due.
    transfer: TransferInstructions,
    /// Hears that the order does not wait any more.
    on_end: Callback<Abandoned>,
) -> impl IntoView {
    let language = account.language;
    let texts = admin::transfer(language);
    let words = invoice::transfer(language);
    let plan = account.catalog.plan_name(&order.choice.plan);
    let licences = shared::unit(language).licences(order.choice.seats.get().into());
    let pay_by = format::date(language, transfer.pay_by);
    let copied: Copied = RwSignal::new(None);
    let rows = [
        // What banks' forms take: digits without a symbol, an IBAN without spaces.
        Row::new(
            words.amount(),
            format::money(language, order.total),
            order.total.to_decimal_string(),
        ),
        Row::plain(words.holder(), transfer.account_holder),
        Row::new(
            words.iban(),
            transfer.iban.clone(),
            transfer.iban.replace(' ', ""),
        ),
        Row::plain(words.bic(), transfer.bic),
        Row::plain(words.bank(), transfer.bank),
        Row::plain(words.reference(), transfer.reference),
    ];
    let rows = rows
        .into_iter()
        .filter(|row| !row.shown.is_empty())
        .map(|row| view! { <CopyRow row copied language/> });
    let told = move || match copied.get() {
        Some((name, true)) => texts.copied(name),
        Some((name, false)) => texts.not_copied(name),
        None => String::new(),
    };
    let failed = move || copied.get().is_some_and(|(_, done)| !done);
    let sales = account.catalog.with(|catalog| catalog.vendor.sales_email.clone());
    view! {
        <p class="screen__lead">{texts.lead(plan, licences)}</p>
        <section class="card card--attention" aria-labelledby="transfer-title">
            <h2 class="card__title" id="transfer-title">{words.heading()}</h2>
            <dl class="transfer">
                {rows.collect_view()}
                <div class="transfer__row"><dt>{texts.pay_by()}</dt><dd>{pay_by.clone()}</dd></div>
            </dl>
            <p class="transfer__told" class:visually-hidden=move || !failed() role="status">{text(told)}</p>
            <p>{texts.rule(pay_by)}</p>
            <OpenOrderActions account id=order.id on_end>
                <LinkButton href=transfer.pro_forma kind=ButtonKind::Primary external=true>{texts.pro_forma()}</LinkButton>
            </OpenOrderActions>
        </section>
        <section class="card" aria-labelledby="ordered-title">
            <h2 class="card__title" id="ordered-title">{texts.ordered()}</h2>
            <dl class="lines">
                <TaxRows taxed=order.taxed language/>
                <div class="lines__row lines__row--total">
                    <dt>{texts.to_transfer()}</dt>
                    <dd>{format::money(language, order.total)}</dd>
                </div>
            </dl>
            <p class="buy__other"><MailSentence words=texts.questions(&sales) address=sales/></p>
        </section>
    }
    .part()
}

/// One of the things to type into the bank's form.
struct Row {
    name: &'static str,
    shown: String,
    /// What goes to the clipboard.
    copy: String,
}

impl Row {
    fn new(name: &'static str, shown: String, copy: String) -> Self {
        Self { name, shown, copy }
    }

    fn plain(name: &'static str, shown: String) -> Self {
        let copy = shown.clone();
        Self { name, shown, copy }
    }
}

#[component]
fn CopyRow(row: Row, copied: Copied, language: Language) -> impl IntoView {
    let texts = admin::transfer(language);
    let Row { name, shown, copy } = row;
    let press = move |_| {
        let copy = copy.clone();
        // Said again when it is copied again.
        copied.set(None);
        spawn_local(async move {
            let done = browser::copy(&copy).await;
            copied.try_set(Some((name, done)));
        });
    };
    let is_copied = move || copied.get() == Some((name, true));
    let label = move || {
        if is_copied() {
            texts.copied(name)
        } else {
            texts.copy_what(name)
        }
    };
    let words = move || {
        if is_copied() {
            texts.is_copied()
        } else {
            texts.copy()
        }
    };
    view! {
        <div class="transfer__row">
            <dt>{name}</dt>
            <dd class="transfer__value">{shown}</dd>
            <dd>
                <button type="button" class="button button--quiet" aria-label=text(label) on:click=handler(press)>
                    {text(words)}
                </button>
            </dd>
        </div>
    }
}
