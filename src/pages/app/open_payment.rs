//! An order that waits for its payment: continue, or cancel it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use onedesk_contract::ProblemType;
use onedesk_contract::orders::{OrderKind, OrderView};
use onedesk_texts::{Language, admin, format, shared};

use super::calendar::day_of;
use crate::browser;
use crate::changing::changing;
use crate::components::button::{Button, ButtonKind, LinkButton};
use crate::components::notice::{Notice, NoticeKind};
use crate::session::Account;

/// What cancelling came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cancelled {
    /// The order is cancelled.
    Now,
    /// It was not open any more: paid, or ended otherwise.
    TooLate,
}

impl Cancelled {
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
    /// The order, which is pending.
    order: OrderView,
    /// Hears that the order is not pending any more.
    on_end: Callback<Cancelled>,
) -> impl IntoView {
    let language = account.language;
    let texts = admin::open_payment(language);
    let pending = RwSignal::new(false);
    let failure = RwSignal::new(None::<String>);
    let id = order.id;
    let cancel = move |_| {
        pending.set(true);
        failure.set(None);
        spawn_local(async move {
            let answer = account.client.cancel_order(id).await;
            pending.try_set(false);
            let outcome = match answer {
                Ok(_) => Cancelled::Now,
                Err(error) if error.problem_type() == Some(ProblemType::OrderNotPending) => {
                    Cancelled::TooLate
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
    let plan = account.catalog.plan_name(&order.choice.plan);
    let licences = shared::unit(language).licences(order.choice.seats.get().into());
    let amount = format::money(language, order.total);
    let placed = account
        .view
        .with_untracked(|view| day_of(view, order.placed_at).unwrap_or(view.today));
    let placed = format::date(language, placed);
    let kinds = admin::order_kind(language);
    let (mut title, mut proceed) = (texts.title(), texts.proceed());
    let words = match order.kind {
        OrderKind::Subscribe => texts.text(plan, licences, amount, placed),
        OrderKind::Change => kinds.change_open(plan, licences, amount, placed),
        OrderKind::Renewal | OrderKind::Recovery => kinds.renewal_open(plan, licences, amount, placed),
        OrderKind::PaymentMethod => {
            (title, proceed) = (kinds.card_title(), kinds.card_proceed());
            kinds.card_open(placed)
        }
    };
    let has_rule = order.kind == OrderKind::Subscribe;
    view! {
        <section class="card card--attention" aria-labelledby="open-payment-title">
            <h2 class="card__title" id="open-payment-title">{title}</h2>
            <p>{words}</p>
            {has_rule.then(|| view! { <p>{texts.rule()}</p> })}
            {changing(move || failure.get().map(|failure| view! {
                <Notice kind=NoticeKind::Error title=shared::problem(language).title()>
                    <p>{failure}</p>
                </Notice>
            }))}
            <div class="card__actions">
                {order.pay_url.map(|address| view! { <LinkButton href=address external=true>{proceed}</LinkButton> })}
                <Button kind=ButtonKind::Secondary pending on_press=cancel>{texts.abandon()}</Button>
            </div>
        </section>
    }
}
