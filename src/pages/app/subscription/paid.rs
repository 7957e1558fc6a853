//! A subscription that was paid for: what comes next, and everything that can be done about it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use onedesk_contract::subscription::SubscriptionDetails;
use onedesk_texts::shared;

use super::change::ChangeSubscription;
use super::payment::{overdue, payment};
use super::scheduled::{cancelled, cancelling, scheduled};
use crate::changing::{Changing, changing};
use crate::components::button::Button;
use crate::components::notice::{Notice, NoticeKind};
use crate::effect::{effect, memo};
use crate::pages::app::waiting::Waiting;
use crate::part::{IntoPart, Part};
use crate::session::Account;

/// The subscription in detail, once it is known.
#[component]
pub fn Paid(
    /// The account.
    account: Account,
) -> impl IntoView {
    let language = account.language;
    let desk = account.session.changes;
    let details = desk.details();
    let failure = RwSignal::new(None::<String>);
    let load = move || {
        spawn_local(async move {
            let answer = desk.load(account.client).await;
            failure.try_set(answer.err().map(|error| account.explain(&error)));
        });
    };
    // Whenever the account is heard of anew, so may be its subscription.
    effect(move || {
        account.view.track();
        load();
    });
    let is_known = memo(move || details.read().is_some());
    let content = move || match (is_known.get(), failure.get()) {
        (true, _) => known(account),
        (false, None) => view! { <Waiting text=shared::state(language).loading()/> }.part(),
        (false, Some(failure)) => view! {
            <Notice kind=NoticeKind::Error title=shared::problem(language).title()>
                <p>{failure}</p>
                <Button on_press=move |_| load()>{shared::action(language).try_again()}</Button>
            </Notice>
        }
        .part(),
    };
    changing(content)
}

fn known(account: Account) -> Part {
    let details = account.session.changes.details();
    // The calculator is not drawn anew whenever the subscription is heard of; it follows by itself.
    let can_change = memo(move || {
        details.with(|details| {
            details
                .as_ref()
                .is_some_and(|details| details.subscription.standing.users_work())
        })
    });
    let calculator = move || {
        let start = can_change.get().then(|| details.get_untracked()).flatten();
        start.map(|start| view! { <ChangeSubscription account start/> })
    };
    view! {
        {section(account, overdue)}
        {section(account, cancelled)}
        {section(account, scheduled)}
        {changing(calculator)}
        {section(account, cancelling)}
        {section(account, payment)}
    }
    .late_part()
}

/// A part of the screen that is drawn anew whenever the subscription is another one.
fn section(account: Account, draw: fn(Account, &SubscriptionDetails) -> Part) -> Changing {
    let details = account.session.changes.details();
    changing(move || details.with(|details| details.as_ref().map(|details| draw(account, details))))
}
