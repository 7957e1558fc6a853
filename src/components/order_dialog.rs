//! Confirming an order, waiting for it, and what came of it: one dialog from the first to the last.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use onedesk_contract::orders::PaymentWay;
use onedesk_pricing::Period;
use onedesk_texts::{admin, format, invoice, invoice_line, shared};

use super::amount::{Amount, AmountSize};
use super::button::{Button, ButtonKind};
use super::dialog::Dialog;
use super::icon::Icon;
use super::notice::{Notice, NoticeKind};
use super::payment_choice::PaymentChoice;
use super::tax_rows::TaxRows;
use crate::changing::{changing, flag, text};
use crate::effect::memo;
use crate::order::bill::Bill;
use crate::order::desk::{Ending, NextPage, Offer, Stage};
use crate::order::{Obstacle, Refusal};
use crate::pages::app::addresses;
use crate::pages::app::calendar::last_day;
use crate::pages::app::period_words::renewal_sentence;
use crate::pages::app::waiting::Waiting;
use crate::part::IntoPart;
use crate::session::Account;

/// Shows the order of the session's desk, whichever screen is behind it.
#[component]
pub fn OrderDialog(
    /// The account that orders.
    account: Account,
) -> impl IntoView {
    let desk = account.session.orders;
    let stage = desk.stage();
    let open = memo(move || *stage.read() != Stage::Idle);
    let title = memo(move || title(account, &stage.read()));
    let dismiss = Callback::new(move |()| {
        let prices_changed = match &*stage.read_untracked() {
            Stage::Confirming(offer) => offer.instead_of.is_some(),
            Stage::Ended(ending) => matches!(ending, Ending::Refused(Refusal::InvalidFields(_))),
            _ => false,
        };
        desk.put_away();
        if prices_changed {
            // Prices or the tax have changed.
            account.session.load_catalog();
            account.refresh_soon();
        }
    });
    let content = move || match stage.get() {
        Stage::Idle => ().part(),
        Stage::Confirming(offer) => view! { <Confirming account offer=*offer dismiss/> }.part(),
        Stage::Underway => view! { <Underway account/> }.part(),
        Stage::Leaving(NextPage::Payment) => {
            view! { <Waiting text=admin::confirmation(account.language).opening()/> }.part()
        }
        Stage::Leaving(NextPage::Order) => {
            view! { <Waiting text=admin::order(account.language).loading()/> }.part()
        }
        Stage::Ended(ending) => view! { <Ended account ending dismiss/> }.part(),
    };
    view! { <Dialog id="order" open title on_dismiss=dismiss>{changing(content)}</Dialog> }
}

fn title(account: Account, stage: &Stage) -> String {
    let language = account.language;
    let ends = admin::order_end(language);
    match stage {
        Stage::Idle => String::new(),
        Stage::Confirming(offer) if offer.instead_of.is_some() => ends.changed_title().into(),
        Stage::Confirming(_) => admin::confirmation(language).title().into(),
        Stage::Underway | Stage::Leaving(_) => admin::order_progress(language).title().into(),
        Stage::Ended(Ending::Stopped) => ends.stopped_title().into(),
        Stage::Ended(Ending::NoKey) => ends.failed_title().into(),
        Stage::Ended(Ending::Refused(refusal)) => match refusal {
            Refusal::OrderPending(_) => admin::open_payment(language).title(),
            Refusal::AlreadySubscribed => ends.subscribed_title(),
            Refusal::NotEnoughLicences { .. } => ends.licences_title(),
            Refusal::InvalidFields(_) => ends.unsold_title(),
            Refusal::PriceChanged(_) => ends.changed_title(),
            Refusal::TransferUnavailable => admin::transfer(language).unavailable_title(),
            Refusal::Other(_) => ends.failed_title(),
        }
        .into(),
    }
}

/// What will be ordered, and what pressing *Confirm* does and does not.
#[component]
fn Confirming(account: Account, offer: Offer, dismiss: Callback<()>) -> impl IntoView {
    let language = account.language;
    let texts = admin::confirmation(language);
    let desk = account.session.orders;
    let Offer {
        bill,
        instead_of,
        payment,
    } = offer;
    let payment = RwSignal::new(payment);
    let by_transfer = move || payment.get() == PaymentWay::Transfer;
    let confirm = move |_| {
        let user = account.view.with_untracked(|view| view.user.id);
        desk.confirm(account.client, user, payment.get_untracked());
    };
    let total = bill.total();
    let (used, due) = account.view.with_untracked(|view| bill.settled(&view.credits));
    let credit = used
        .checked_neg()
        .ok()
        .filter(|used| !used.is_zero())
        .map(|used| {
            view! {
                <div class="lines__row">
                    <dt>{invoice::totals(language).credit_used()}</dt>
                    <dd><Amount money=Signal::stored(Some(used)) language/></dd>
                </div>
            }
        });
    let Bill { quote, taxed } = bill;
    let today = account.view.with_untracked(|view| view.today);
    let period = Period::nth(today, quote.choice.period, 0).ok();
    let rows = quote.lines.iter().map(|line| {
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
    let changed = instead_of.map(|old| {
        let ends = admin::order_end(language);
        let (old, new) = (format::money(language, old), format::money(language, total));
        view! { <Notice kind=NoticeKind::Warning><p>{ends.changed(old, new)}</p></Notice> }
    });
    let old_total = instead_of.map(|old| {
        view! {
            <div class="lines__row lines__row--old">
                <dt>{admin::order_end(language).changed_old()}</dt>
                <dd><s><Amount money=Signal::stored(Some(old)) language/></s></dd>
            </div>
        }
    });
    let renewal = period.map(|period| renewal_sentence(language, quote.choice.period, total, period.end));
    let covers = period.map(|period| {
        let day = |date| format::date(language, date);
        admin::subscription(language).covers(day(period.start), day(last_day(period.end)))
    });
    let transfer = admin::transfer(language);
    let by_card = [covers.unwrap_or_default(), renewal.unwrap_or_default()].join(". ");
    let period_words = move || {
        if by_transfer() {
            transfer.begins().to_owned()
        } else {
            by_card.clone()
        }
    };
    let promise = move || {
        let amount = format::money(language, due);
        if by_transfer() {
            transfer.promise(amount)
        } else {
            texts.charge(amount)
        }
    };
    view! {
        {changed}
        <p>{account.view.with_untracked(|view| texts.lead(&view.company))}</p>
        <dl class="lines">
            {rows.collect_view()}
            <TaxRows taxed language/>
            {old_total}
            {credit}
            <div class="lines__row lines__row--total">
                <dt>{text(move || if by_transfer() { transfer.to_transfer() } else { shared::price(language).due_today() })}</dt>
                <dd><Amount money=Signal::stored(Some(due)) language size=AmountSize::Large/></dd>
            </div>
        </dl>
        <PaymentChoice value=payment language/>
        <p class="dialog__small">{text(period_words)}</p>
        <p class="dialog__promise">
            <Icon icon=Icon::Lock/>
            <span>{text(promise)}</span>
        </p>
        <div class="dialog__actions">
            <Button kind=ButtonKind::Secondary on_press=move |_| dismiss.run(())>{texts.not_now()}</Button>
            <Button on_press=confirm>
                {text(move || match (instead_of, by_transfer()) {
                    (Some(_), _) => admin::order_end(language).changed_confirm(),
                    (None, true) => transfer.confirm(),
                    (None, false) => texts.confirm(),
                })}
            </Button>
        </div>
    }
}

/// How the order is coming along, with a way out while it waits.
#[component]
fn Underway(account: Account) -> impl IntoView {
    let texts = admin::order_progress(account.language);
    let desk = account.session.orders;
    let obstacle = desk.obstacle();
    let words = move || match obstacle.get() {
        None => admin::confirmation(account.language).sending(),
        Some(Obstacle::Connection) => texts.connection(),
        Some(Obstacle::Server) => texts.server(),
        Some(Obstacle::PaymentProvider) => texts.provider(),
    };
    view! {
        <p class="waiting" role="status">{text(words)}</p>
        <div class="dialog__actions" hidden=flag(move || obstacle.get().is_none())>
            <Button kind=ButtonKind::Secondary on_press=move |_| desk.stop()>{texts.stop()}</Button>
        </div>
    }
}

/// Why there is no order, and what to do.
#[component]
fn Ended(account: Account, ending: Ending, dismiss: Callback<()>) -> impl IntoView {
    let language = account.language;
    let texts = admin::order_end(language);
    let mut kind = NoticeKind::Warning;
    let is_pending = matches!(ending, Ending::Refused(Refusal::OrderPending(_)));
    let words = match ending {
        Ending::Stopped => texts.stopped().into(),
        Ending::NoKey => texts.no_key().into(),
        Ending::Refused(refusal) => match refusal {
            Refusal::OrderPending(_) => texts.pending().into(),
            Refusal::AlreadySubscribed => texts.subscribed().into(),
            Refusal::NotEnoughLicences { active_users } => {
                let active =
                    active_users.unwrap_or_else(|| account.view.with_untracked(|view| view.active_users));
                texts.licences(active.into())
            }
            Refusal::InvalidFields(_) => texts.unsold().into(),
            Refusal::PriceChanged(_) => String::new(),
            Refusal::TransferUnavailable => admin::transfer(language).unavailable().into(),
            Refusal::Other(error) => {
                kind = NoticeKind::Error;
                account.explain(&error)
            }
        },
    };
    // What refused the order is to be seen on the screen behind.
    account.refresh_soon();
    let close_words = if is_pending {
        admin::licence_limit(language).order_link()
    } else {
        shared::action(language).close()
    };
    let navigate = use_navigate();
    let close = move |_| {
        dismiss.run(());
        if is_pending {
            // An order that was taken up after a reload may be refused on any screen.
            navigate(addresses::SUBSCRIPTION, NavigateOptions::default());
        }
    };
    view! {
        <Notice kind><p>{words}</p></Notice>
        <div class="dialog__actions">
            <Button on_press=close>{close_words}</Button>
        </div>
    }
}
