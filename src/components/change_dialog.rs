//! Confirming a change of the subscription, waiting for it, and why it was not made: one dialog from first to last.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use onedesk_subscription::Request;
use onedesk_texts::{admin, changes, format, shared};

use super::button::{Button, ButtonKind};
use super::change_lines::ChangeLines;
use super::dialog::Dialog;
use super::icon::Icon;
use super::notice::{Notice, NoticeKind};
use crate::api::ApiError;
use crate::change::desk::{Ending, Offer, Stage, Subject};
use crate::change::outlook::{NOT_SOLD, TOO_FEW_LICENCES};
use crate::change::words;
use crate::changing::{changing, flag, text};
use crate::effect::{effect, memo};
use crate::order::{Obstacle, Refusal};
use crate::pages::app::addresses;
use crate::pages::app::calendar::last_day;
use crate::pages::app::waiting::Waiting;
use crate::part::{IntoPart, Part};
use crate::session::Account;

/// Shows the change of the session's desk, whichever screen is behind it.
#[component]
pub fn ChangeDialog(
    /// The account that is changed.
    account: Account,
) -> impl IntoView {
    let desk = account.session.changes;
    let stage = desk.stage();
    let open = memo(move || *stage.read() != Stage::Idle);
    let title = memo(move || title(account, &stage.read()));
    let dismiss = Callback::new(move |()| put_away(account));
    // What was done, or refused, is to be seen on the screen behind.
    let ended = memo(move || matches!(&*stage.read(), Stage::Ended(_)) || desk.news().read().is_some());
    effect(move || {
        if ended.get() {
            account.refresh_soon();
        }
    });
    let content = move || match stage.get() {
        Stage::Idle => ().part(),
        Stage::Confirming(offer) => confirming(account, *offer),
        Stage::Underway => view! { <Underway account/> }.part(),
        Stage::Leaving => view! { <Waiting text=admin::confirmation(account.language).opening()/> }.part(),
        Stage::Ended(ending) => view! { <Ended account ending/> }.part(),
    };
    view! { <Dialog id="change" open title on_dismiss=dismiss>{changing(content)}</Dialog> }
}

/// Puts the dialog away. If the prices are not those of the screen behind, that is drawn anew with today's.
fn put_away(account: Account) {
    let desk = account.session.changes;
    let new_prices = desk.stage().with_untracked(|stage| match stage {
        Stage::Confirming(offer) => match &offer.subject {
            Subject::Change(outlook) => account
                .catalog
                .with(|catalog| catalog.price_list.version != outlook.seen.price_list_version),
            Subject::Recovery { .. } => false,
        },
        Stage::Ended(Ending::Gone | Ending::Refused(Refusal::InvalidFields(_))) => true,
        _ => false,
    });
    desk.put_away();
    if new_prices {
        account.session.load_catalog();
    }
}

fn title(account: Account, stage: &Stage) -> String {
    let language = account.language;
    let texts = changes::dialog(language);
    let ends = changes::end(language);
    match stage {
        Stage::Idle => return String::new(),
        Stage::Confirming(offer) => match (&offer.subject, offer.instead_of) {
            (_, Some(_)) => texts.stale_title(),
            (Subject::Recovery { .. }, None) => texts.recover_title(),
            (Subject::Change(outlook), None) => match outlook.request {
                Request::Change(_) => texts.title(),
                Request::Withdraw(_) => texts.withdraw_title(),
                Request::Cancel => texts.cancel_title(),
                Request::Resume => texts.resume_title(),
            },
        },
        Stage::Underway | Stage::Leaving => changes::progress(language).title(),
        Stage::Ended(ending) => match ending {
            Ending::Declined(_) => ends.declined_title(),
            Ending::Stopped => ends.stopped_title(),
            Ending::Gone => texts.stale_title(),
            Ending::Refused(Refusal::OrderPending(_)) => admin::open_payment(language).title(),
            Ending::NoKey | Ending::Impossible(_) | Ending::Refused(_) => ends.refused_title(),
        },
    }
    .to_owned()
}

/// What will be done, what it costs, which card is charged, and what comes after.
fn confirming(account: Account, offer: Offer) -> Part {
    let language = account.language;
    let texts = changes::dialog(language);
    let desk = account.session.changes;
    let details = desk.details().get_untracked();
    let Some(details) = details else {
        return ().part();
    };
    let before = &details.subscription;
    let due = offer.due();
    let (lines, totals, treatment) = match &offer.subject {
        Subject::Change(outlook) => (outlook.lines.clone(), outlook.today, outlook.treatment),
        Subject::Recovery { renewal, .. } => (renewal.lines.clone(), Some(renewal.totals), details.treatment),
    };
    let mut kind = ButtonKind::Primary;
    let mut explanation = None;
    let (said, renewal, press) = match &offer.subject {
        Subject::Change(outlook) => {
            if outlook.request == Request::Cancel {
                kind = ButtonKind::Danger;
                // One that ends today had no renewal that is paid for.
                explanation = Some(if outlook.after.standing == before.standing {
                    let last = last_day(before.term.renews_on());
                    texts.cancel_text(format::date(language, last))
                } else {
                    texts.cancel_today().to_owned()
                });
            }
            (
                words::said(account, before, outlook),
                words::renewal(account, outlook),
                words::button(account, before, outlook),
            )
        }
        Subject::Recovery { .. } => {
            let was_due = format::date(language, before.term.renews_on());
            (
                vec![changes::doing(language).recovered(was_due)],
                String::new(),
                changes::button(language).recover(format::money(language, due)),
            )
        }
    };
    let instead_of = offer.instead_of;
    let stale =
        instead_of.map(|_| view! { <Notice kind=NoticeKind::Warning><p>{texts.stale()}</p></Notice> });
    let amounts = totals.map(|totals| {
        let instead_of = instead_of.filter(|old| *old != due);
        view! { <ChangeLines account lines totals treatment instead_of/> }
    });
    let charge = charge_words(account, &offer);
    let items = said.iter().cloned().map(|line| view! { <li>{line}</li> });
    let items = items.collect_view();
    let confirm = move |_| {
        let user = account.view.with_untracked(|view| view.user.id);
        desk.confirm(account.client, user, offer.clone(), said.clone());
    };
    let keep = if kind == ButtonKind::Danger {
        texts.keep()
    } else {
        admin::confirmation(language).not_now()
    };
    view! {
        {stale}
        <ul class="change-doings">{items}</ul>
        {explanation.map(|words| view! { <p>{words}</p> })}
        {amounts}
        <p class="dialog__small">{renewal}</p>
        <p class="dialog__promise"><Icon icon=Icon::Lock/><span>{charge}</span></p>
        <div class="dialog__actions">
            <Button kind=ButtonKind::Secondary on_press=move |_| put_away(account)>{keep}</Button>
            <Button kind on_press=confirm>{press}</Button>
        </div>
    }
    .late_part()
}

/// Which card is charged how much; or that nothing is.
pub fn charge_words(account: Account, offer: &Offer) -> String {
    let language = account.language;
    let texts = changes::summary(language);
    let due = offer.due();
    if due.is_zero() {
        return texts.no_charge().to_owned();
    }
    let amount = format::money(language, due);
    let other = matches!(offer.subject, Subject::Recovery { other_card: true, .. });
    let stored = account.session.changes.details().with_untracked(|details| {
        let method = details.as_ref()?.payment_method.as_ref()?;
        Some(method.label.clone())
    });
    match stored {
        Some(card) if !other => texts.charged(card, amount),
        _ => texts.hosted(amount),
    }
}

/// How the change is coming along, with a way out while it waits.
#[component]
fn Underway(account: Account) -> impl IntoView {
    let language = account.language;
    let texts = changes::progress(language);
    let desk = account.session.changes;
    let obstacle = desk.obstacle();
    let words = move || match obstacle.get() {
        None => shared::state(language).sending(),
        Some(Obstacle::Connection) => texts.connection(),
        Some(Obstacle::Server) => texts.server(),
        Some(Obstacle::PaymentProvider) => texts.provider(),
    };
    view! {
        <p class="waiting" role="status">{text(words)}</p>
        <div class="dialog__actions" hidden=flag(move || obstacle.get().is_none())>
            <Button kind=ButtonKind::Secondary on_press=move |_| desk.stop()>
                {admin::order_progress(language).stop()}
            </Button>
        </div>
    }
}

/// Why nothing was done, and the ways out.
#[component]
fn Ended(account: Account, ending: Ending) -> impl IntoView {
    let language = account.language;
    let texts = changes::end(language);
    let kind = match &ending {
        Ending::Declined(_) | Ending::NoKey | Ending::Refused(Refusal::Other(_)) => NoticeKind::Error,
        _ => NoticeKind::Warning,
    };
    let words = match &ending {
        Ending::Declined(_) => texts.declined().to_owned(),
        Ending::Impossible(reason) => words::refusal(account, reason),
        Ending::Gone => texts.gone().to_owned(),
        Ending::Stopped => texts.stopped().to_owned(),
        Ending::NoKey => texts.no_key().to_owned(),
        Ending::Refused(refusal) => refusal_words(account, refusal),
    };
    // Where the way out stands, with the words that lead there.
    let way_out = match &ending {
        Ending::Declined(_) => Some((texts.other_card(), addresses::BILLING_DETAILS)),
        Ending::Refused(Refusal::OrderPending(_)) => Some((
            admin::licence_limit(language).order_link(),
            addresses::SUBSCRIPTION,
        )),
        _ => None,
    };
    let navigate = use_navigate();
    let way_out = way_out.map(|(words, address)| {
        let go = move |_| {
            put_away(account);
            navigate(address, NavigateOptions::default());
        };
        view! { <Button kind=ButtonKind::Secondary on_press=go>{words}</Button> }
    });
    let again = match ending {
        Ending::Declined(offer) => offer,
        _ => None,
    };
    let last = match again {
        Some(offer) => {
            let again = move |_| account.session.changes.ask(offer.subject.clone());
            view! { <Button on_press=again>{shared::action(language).try_again()}</Button> }.part()
        }
        None => {
            view! { <Button on_press=move |_| put_away(account)>{shared::action(language).close()}</Button> }
                .part()
        }
    };
    view! {
        <Notice kind><p>{words}</p></Notice>
        <div class="dialog__actions">{way_out}{last}</div>
    }
}

/// Why the server refused a change.
fn refusal_words(account: Account, refusal: &Refusal) -> String {
    match refusal {
        Refusal::OrderPending(_) => admin::order_end(account.language).pending().to_owned(),
        Refusal::NotEnoughLicences { .. } => words::refusal(account, TOO_FEW_LICENCES),
        Refusal::InvalidFields(_) => words::refusal(account, NOT_SOLD),
        Refusal::Other(error) => match error.problem().and_then(crate::api::Problem::reason) {
            Some(reason) => words::refusal(account, &reason),
            None => account.explain(error),
        },
        Refusal::PriceChanged(_) | Refusal::AlreadySubscribed | Refusal::TransferUnavailable => {
            account.explain(&ApiError::Unreadable { status: 409 })
        }
    }
}
