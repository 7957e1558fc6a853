//! Billing details: who is invoiced, the tax that follows from it, and the stored card.

mod card;
mod form;
mod tax;

use std::sync::Arc;

use leptos::prelude::*;
use onedesk_contract::account::SubscriptionState;
use onedesk_texts::billing;

use super::asked::{Answering, Asked, Drawing};
use super::screen::ScreenTitle;
use crate::part::IntoPart;
use crate::session::Account;
use card::Card;
use form::Details;
use tax::Tax;

/// The form, and beside it what it leads to.
#[component]
pub fn BillingDetailsPage(
    /// The account.
    account: Account,
) -> impl IntoView {
    let title = billing::titles(account.language).details();
    let ask = move || -> Answering<Drawing> {
        Box::pin(async move {
            let details = account.client.billing_details().await?;
            let is_subscribed = has_subscription(account);
            let card = if is_subscribed {
                account.client.stored_card().await?
            } else {
                None
            };
            let drawing: Drawing = Arc::new(move || {
                let tax = Tax::of(account.language, &details);
                view! {
                    <div class="details">
                        <Details account details=details.clone() tax/>
                        <div class="details__side">
                            {tax.view()}
                            {is_subscribed.then(|| view! { <Card account card=card.clone()/> })}
                        </div>
                    </div>
                }
                .part()
            });
            Ok(drawing)
        })
    };
    view! {
        <div class="screen">
            <ScreenTitle title window_title=account.window_title(title)/>
            <p class="screen__lead">{billing::details(account.language).lead()}</p>
            <Asked account ask=Box::new(ask)/>
        </div>
    }
}

/// Whether there is something that later charges are made for.
fn has_subscription(account: Account) -> bool {
    account.view.with_untracked(|view| {
        matches!(
            view.subscription,
            SubscriptionState::Active(_) | SubscriptionState::Suspended { .. }
        )
    })
}
