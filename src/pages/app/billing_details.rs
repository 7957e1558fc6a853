//! Billing details: who is invoiced, the tax that follows from it, and the stored card.

mod card;
mod form;
mod tax;

use std::sync::Arc;

use leptos::prelude::*;
use onedesk_contract::account::SubscriptionState;
use onedesk_texts::billing;

use super::screen::ScreenTitle;
use super::sheet::{Answering, Page, Sheet};
use crate::changing::{changing, text};
use crate::part::IntoPart;
use crate::session::Account;
use card::Card;
use form::{Details, Fields};

/// The form, and beside it what it leads to.
#[component]
pub fn BillingDetailsPage(
    /// The account.
    account: Account,
) -> impl IntoView {
    let language = account.language;
    let title = billing::titles(language).details();
    let filled = RwSignal::new(false);
    let fields = Fields::new();
    let tax = RwSignal::new(String::new());
    let card = RwSignal::new(String::new());
    let is_subscribed = account.view.with_untracked(|view| {
        matches!(
            view.subscription,
            SubscriptionState::Active(_) | SubscriptionState::Suspended { .. }
        )
    });
    let standing = card::standing(account);
    let ask = move |_| -> Answering {
        Box::pin(async move {
            let details = account.client.billing_details().await?;
            if is_subscribed && let Some(subscription) = account.client.subscription_members().await? {
                card.try_set(card::words(language, standing, &subscription));
            }
            fields.show(&details);
            tax.try_set(tax::words(language, &details));
            Ok(Page::default())
        })
    };
    let content = move || {
        filled.get().then(|| {
            view! {
                <div class="details">
                    <Details account fields tax/>
                    <div class="details__side">
                        <section class="card card--tint" aria-labelledby="tax-title">
                            <h2 class="card__title" id="tax-title">{billing::tax(language).title()}</h2>
                            <div class="details__words" inner_html=text(move || tax.get())></div>
                        </section>
                        {is_subscribed.then(|| view! { <Card account words=card/> })}
                    </div>
                </div>
            }
            .part()
        })
    };
    view! {
        <div class="screen">
            <ScreenTitle title window_title=account.window_title(title)/>
            <p class="screen__lead">{billing::details(language).lead()}</p>
            <Sheet account ask=Arc::new(ask) filled/>
            {changing(content)}
        </div>
    }
}
