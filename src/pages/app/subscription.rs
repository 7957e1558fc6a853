//! The subscription: how things stand, and subscribing.

mod buy;
pub mod state;

use leptos::prelude::*;
use onedesk_contract::account::SubscriptionState;
use onedesk_contract::orders::OrderStatus;
use onedesk_texts::admin;

use super::open_payment::{Cancelled, OpenPayment};
use super::screen::ScreenTitle;
use crate::changing::changing;
use crate::effect::memo;
use crate::part::IntoPart;
use crate::session::Account;
use buy::Buy;
use state::StateCard;

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
    let is_paid = memo(move || {
        account
            .view
            .with(|view| matches!(view.subscription, SubscriptionState::Active(_)))
    });
    let is_open = memo(move || account.view.with(|view| view.pending_order.is_some()));
    let cancelled = RwSignal::new(None::<Cancelled>);
    view! {
        <div class="screen screen--wide">
            <ScreenTitle title=texts.title() window_title=account.window_title(texts.title())/>
            <StateCard account/>
            <div class="screen__news" role="status">{changing(move || cancelled.get().map(|cancelled| cancelled.notice(account.language)))}</div>
            {changing(move || match (is_paid.get(), is_open.get()) {
                (true, _) => ().part(),
                (false, true) => view! { <Pay account cancelled/> }.part(),
                (false, false) => view! { <Buy account/> }.part(),
            })}
        </div>
    }
}

/// The payment that is open.
#[component]
fn Pay(account: Account, cancelled: RwSignal<Option<Cancelled>>) -> impl IntoView {
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
        let order = account.view.with(|view| view.pending_order.clone());
        order.map(|order| view! { <OpenPayment account order on_end/> })
    })
}
