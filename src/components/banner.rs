//! How long the trial lasts, what ends with it, and the one thing to do about it.

use leptos::prelude::*;
use onedesk_contract::account::{AccountView, SubscriptionState};
use onedesk_texts::{admin, format, shared};

use super::button::LinkButton;
use super::icon::Icon;
use crate::changing::changing;
use crate::effect::memo;
use crate::pages::app::addresses::{self, Inside};
use crate::pages::app::calendar::trial_end;
use crate::session::Account;

/// Stands on top of every screen while the account is not subscribed and no payment is open. Only those who can
/// subscribe see it.
#[component]
pub fn TrialBanner(
    /// The account.
    account: Account,
    /// The screen below it.
    screen: Signal<Inside>,
) -> impl IntoView {
    let texts = admin::banner(account.language);
    // The button would lead to where it stands.
    let has_button = memo(move || screen.get() != Inside::Subscription);
    changing(move || {
        let said = account.view.with(|view| words(account, view));
        said.map(|(is_over, heading, rule)| {
            let button = move || {
                let words = shared::action(account.language).subscribe();
                has_button
                    .get()
                    .then(|| view! { <LinkButton href=addresses::SUBSCRIPTION>{words}</LinkButton> })
            };
            view! {
                <aside class="banner" class:banner--over=is_over aria-label=texts.label()>
                    <Icon icon=if is_over { Icon::Warning } else { Icon::Clock }/>
                    <p class="banner__text"><strong class="banner__heading">{heading}"."</strong>" "{rule}</p>
                    {changing(button)}
                </aside>
            }
        })
    })
}

/// Whether the trial is over, the heading, and the rule.
fn words(account: Account, view: &AccountView) -> Option<(bool, String, String)> {
    let texts = admin::banner(account.language);
    if !view.user.role.administers() {
        return None;
    }
    match view.subscription {
        SubscriptionState::Trial { ends_at, days_left } => {
            let heading = if days_left <= 1 {
                texts.last_day().to_owned()
            } else {
                texts.days_left(days_left.into())
            };
            let date = trial_end(view, ends_at, days_left);
            Some((false, heading, texts.rule(format::date(account.language, date))))
        }
        SubscriptionState::TrialOver { .. } => {
            Some((true, texts.over().to_owned(), texts.over_rule().to_owned()))
        }
        SubscriptionState::Active(_)
        | SubscriptionState::Suspended { .. }
        | SubscriptionState::Ended { .. } => None,
    }
}
