//! An order that waits for its payment: continue, or cancel it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use onedesk_contract::ProblemType;
use onedesk_contract::orders::{OrderKind, OrderStatus, OrderView};
use onedesk_texts::{Language, admin, format, shared};
use uuid::Uuid;

use super::addresses::order_address;
use super::calendar::day_of;
use crate::browser;
use crate::changing::changing;
use crate::components::button::{Button, ButtonKind, LinkButton};
use crate::components::notice::{Notice, NoticeKind};
use crate::part::{IntoPart, Slot};
use crate::session::Account;

/// What cancelling came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Abandoned {
    /// The order is cancelled.
    Now,
    /// It was not open any more: paid, or ended otherwise.
    TooLate,
}

impl Abandoned {
    /// Says so.
    pub fn notice(self, language: Language) -> impl IntoView {
        let texts = admin::open_payment(language);
        match self {
            Self::Now => view! {
                <Notice kind=NoticeKind::Success title=texts.cancelled_title()><p>{texts.cancelled()}</p></Notice>
            },
            Self::TooLate => view! {
                <Notice kind=NoticeKind::Warning title=shared::problem(language).title()><p>{texts.gone()}</p></Notice>
            },
        }
    }
}

/// What was ordered, and the two things to do about it.
#[component]
pub fn OpenPayment(
    /// The account.
    account: Account,
    /// The order, which waits for its payment.
    order: OrderView,
    /// Hears that the order does not wait any more.
    on_end: Callback<Abandoned>,
) -> impl IntoView {
    let language = account.language;
    let texts = admin::open_payment(language);
    let id = order.id;
    let placed = account
        .view
        .with_untracked(|view| day_of(view, order.placed_at).unwrap_or(view.today));
    let Said { title, words, rule } = said(account, &order, format::date(language, placed));
    let way_on = match (order.status, order.kind, order.pay_url) {
        (OrderStatus::AwaitingTransfer, _, _) => {
            let words = admin::transfer(language).see();
            Some(view! { <LinkButton href=order_address(id)>{words}</LinkButton> }.part())
        }
        (_, kind, Some(address)) => {
            let words = if kind == OrderKind::PaymentMethod {
                admin::order_kind(language).card_proceed()
            } else {
                texts.proceed()
            };
            Some(view! { <LinkButton href=address external=true>{words}</LinkButton> }.part())
        }
        (_, _, None) => None,
    };
    view! {
        <section class="card card--attention" aria-labelledby="open-payment-title">
            <h2 class="card__title" id="open-payment-title">{title}</h2>
            <p>{words}</p>
            {rule.map(|rule| view! { <p>{rule}</p> })}
            <OpenOrderActions account id on_end>{way_on}</OpenOrderActions>
        </section>
    }
}

/// What an open order is called, what it is, and what to know of it.
struct Said {
    title: &'static str,
    words: String,
    rule: Option<String>,
}

fn said(account: Account, order: &OrderView, placed: String) -> Said {
    let language = account.language;
    let texts = admin::open_payment(language);
    let kinds = admin::order_kind(language);
    let plan = account.catalog.plan_name(&order.choice.plan);
    let licences = shared::unit(language).licences(order.choice.seats.get().into());
    let amount = format::money(language, order.total);
    if let Some(transfer) = &order.transfer {
        let texts = admin::transfer(language);
        let pay_by = format::date(language, transfer.pay_by);
        return Said {
            title: texts.open_title(),
            words: texts.open(plan, licences, amount, &transfer.reference, placed),
            rule: Some(texts.rule(pay_by)),
        };
    }
    Said {
        title: if order.kind == OrderKind::PaymentMethod {
            kinds.card_title()
        } else {
            texts.title()
        },
        words: match order.kind {
            OrderKind::Subscribe => texts.text(plan, licences, amount, placed),
            OrderKind::Change => kinds.change_open(plan, licences, amount, placed),
            OrderKind::Renewal | OrderKind::Recovery => kinds.renewal_open(plan, licences, amount, placed),
            OrderKind::PaymentMethod => kinds.card_open(placed),
        },
        rule: (order.kind == OrderKind::Subscribe).then(|| texts.rule().to_owned()),
    }
}

/// The way on, and beside it the way to give the order up.
#[component]
pub fn OpenOrderActions(
    /// The account.
    account: Account,
    /// The order, which waits for its payment.
    id: Uuid,
    /// Hears that the order does not wait any more.
    on_end: Callback<Abandoned>,
    /// The way on.
    children: Slot,
) -> impl IntoView {
    let language = account.language;
    let pending = RwSignal::new(false);
    let failure = RwSignal::new(None::<String>);
    let cancel = move |_| {
        pending.set(true);
        failure.set(None);
        spawn_local(async move {
            let answer = account.client.cancel_order(id).await;
            pending.try_set(false);
            let outcome = match answer {
                Ok(_) => Abandoned::Now,
                Err(error) if error.problem_type() == Some(ProblemType::OrderNotPending) => {
                    Abandoned::TooLate
                }
                Err(error) => {
                    failure.try_set(Some(account.explain(&error)));
                    return;
                }
            };
            on_end.run(outcome);
            // The button that was pressed is gone.
            request_animation_frame(|| browser::focus("screen-title"));
        });
    };
    view! {
        {changing(move || failure.get().map(|failure| view! {
            <Notice kind=NoticeKind::Error title=shared::problem(language).title()>
                <p>{failure}</p>
            </Notice>
        }))}
        <div class="card__actions">
            {children.fill()}
            <Button kind=ButtonKind::Secondary pending on_press=cancel>{admin::open_payment(language).abandon()}</Button>
        </div>
    }
}
