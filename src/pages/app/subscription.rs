//! The subscription: how things stand, and subscribing.

mod buy;
pub mod state;

use leptos::prelude::*;
use onedesk_contract::account::{AccountView, SubscriptionState};
use onedesk_contract::orders::OrderStatus;
use onedesk_texts::admin;

use super::open_payment::{Cancelled, OpenPayment};
use super::screen::ScreenTitle;
use crate::changing::changing;
use crate::part::IntoPart;
use crate::session::Account;
use buy::Buy;
use state::StateCard;

/// What there is to do on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Task {
    /// Choose and subscribe.
    Buy,
    /// Pay what was ordered, or cancel it.
    Pay,
    /// Nothing: it is paid.
    None,
}

impl Task {
    fn of(view: &AccountView) -> Self {
        match (&view.subscription, &view.pending_order) {
            (SubscriptionState::Active(_), _) => Self::None,
            (_, Some(_)) => Self::Pay,
            (_, None) => Self::Buy,
        }
    }
}

/// Where the account stands, and below it the open payment or the calculator.
#[component]
pub fn SubscriptionPage(
    /// The account.
    account: Account,
) -> impl IntoView {
    let texts = admin::subscription(account.language);
    // What is shown may be from before the screen was left.
    account.refresh_soon();
    // The calculator is not drawn anew whenever the account is heard of.
    let task = Memo::new(move |_| account.view.with(Task::of));
    let cancelled = RwSignal::new(None::<Cancelled>);
    view! {
        <div class="screen screen--wide">
            <ScreenTitle title=texts.title() window_title=account.window_title(texts.title())/>
            <StateCard account/>
            <div class="screen__news" role="status">{changing(move || cancelled.get().map(|cancelled| cancelled.notice(account.language)))}</div>
            {changing(move || match task.get() {
                Task::Buy => view! { <Buy account/> }.part(),
                Task::Pay => view! { <Pay account cancelled/> }.part(),
                Task::None => ().part(),
            })}
        </div>
    }
}

/// The payment that is open.
#[component]
fn Pay(account: Account, cancelled: RwSignal<Option<Cancelled>>) -> impl IntoView {
    let order = Memo::new(move |_| account.view.with(|view| view.pending_order.clone()));
    let on_end = Callback::new(move |outcome: Cancelled| {
        cancelled.set(Some(outcome));
        account.view.update(|view| {
            if view
                .pending_order
                .as_ref()
                .is_some_and(|order| order.status == OrderStatus::Pending)
            {
                view.pending_order = None;
            }
        });
        account.refresh_soon();
    });
    changing(move || {
        order
            .get()
            .map(|order| view! { <OpenPayment account order on_end/> })
    })
}
