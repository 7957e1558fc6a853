//! The subscription: how things stand, subscribing, and changing it.

mod buy;
mod change;
mod paid;
mod payment;
mod scheduled;
pub mod state;

use leptos::prelude::*;
use onedesk_contract::account::{AccountView, SubscriptionState};
use onedesk_contract::orders::OrderStatus;
use onedesk_texts::admin;

use super::open_payment::{Abandoned, OpenPayment};
use super::screen::ScreenTitle;
use crate::changing::changing;
use crate::components::change_news::ChangeNews;
use crate::effect::memo;
use crate::part::IntoPart;
use crate::session::Account;
use buy::Buy;
use paid::Paid;
use state::StateCard;

/// Where the account stands, and below it the open payment, the subscription or the calculator.
#[component]
pub fn SubscriptionPage(
    /// The account.
    account: Account,
) -> impl IntoView {
    let texts = admin::subscription(account.language);
    // What is shown may be from before the screen was left.
    account.refresh_soon();
    // The calculator is not drawn anew whenever the account is heard of.
    let below = memo(move || account.view.with(Below::of));
    let cancelled = RwSignal::new(None::<Abandoned>);
    view! {
        <div class="screen screen--wide">
            <ScreenTitle title=texts.title() window_title=account.window_title(texts.title())/>
            <StateCard account/>
            <div class="screen__news" role="status">{changing(move || cancelled.get().map(|cancelled| cancelled.notice(account.language)))}</div>
            <ChangeNews account/>
            {changing(move || match below.get() {
                Below::OpenPayment => view! { <Pay account cancelled/> }.part(),
                Below::Calculator => view! { <Buy account/> }.part(),
                Below::Subscription => view! { <Paid account/> }.part(),
            })}
        </div>
    }
}

/// What follows the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Below {
    /// An order waits for its payment.
    OpenPayment,
    /// There is nothing to go on with: it can be subscribed.
    Calculator,
    /// There is a subscription, to be changed or paid.
    Subscription,
}

impl Below {
    fn of(view: &AccountView) -> Self {
        match view.subscription {
            _ if view.pending_order.is_some() => Self::OpenPayment,
            SubscriptionState::Trial { .. }
            | SubscriptionState::TrialOver { .. }
            | SubscriptionState::Ended { .. } => Self::Calculator,
            SubscriptionState::Active(_) | SubscriptionState::Suspended { .. } => Self::Subscription,
        }
    }
}

/// The payment that is open.
#[component]
fn Pay(account: Account, cancelled: RwSignal<Option<Abandoned>>) -> impl IntoView {
    let on_end = Callback::new(move |outcome: Abandoned| {
        cancelled.set(Some(outcome));
        account.view.update(|view| {
            if view.pending_order.as_ref().is_some_and(|order| {
                matches!(order.status, OrderStatus::Pending | OrderStatus::AwaitingTransfer)
            }) {
                view.pending_order = None;
            }
        });
        account.refresh_soon();
    });
    changing(move || {
        let order = account.view.with(|view| view.pending_order.clone());
        order.map(|order| view! { <OpenPayment account order on_end/> })
    })
}
