//! Where the account stands: trial, paid, overdue, cancelled, suspended, or over.

use leptos::prelude::*;
use onedesk_contract::account::{AccountView, SubscriptionState, SubscriptionView};
use onedesk_pricing::BillingPeriod;
use onedesk_texts::{admin, format, invoice, shared};

use crate::changing::changing;
use crate::components::icon::Icon;
use crate::pages::app::addresses;
use crate::pages::app::calendar::{day_of, last_day, trial_end};
use crate::part::{IntoPart, Part};
use crate::session::Account;

/// The state in one line, and what it means.
#[component]
pub fn StateCard(
    /// The account.
    account: Account,
) -> impl IntoView {
    let language = account.language;
    let texts = admin::subscription(language);
    let content = move || {
        account.view.with(|view| match &view.subscription {
            SubscriptionState::Trial { ends_at, days_left } => {
                let end = format::date(language, trial_end(view, *ends_at, *days_left));
                let plan = account
                    .catalog
                    .with(|catalog| catalog.plan_name(&catalog.price_list.trial.plan).to_owned());
                let left = if *days_left <= 1 {
                    texts.trial_last_day().to_owned()
                } else {
                    texts.trial_left((*days_left).into())
                };
                view! {
                    <p class="state-card__name">{texts.trial()}<span class="badge">{left}</span></p>
                    <p>{texts.trial_text(end, plan)}</p>
                }
                .part()
            }
            SubscriptionState::TrialOver { ended_at } => {
                let end = format::date(language, day_of(view, *ended_at).unwrap_or(view.today));
                view! {
                    <p class="state-card__name">{texts.over()}</p>
                    <p>{texts.over_text(end)}</p>
                }
                .part()
            }
            SubscriptionState::Suspended { since } => {
                let standing = admin::standing(language);
                view! {
                    <p class="state-card__name">{standing.suspended_name()}</p>
                    <p>{standing.suspended_text(format::date(language, *since))}</p>
                    <p>{standing.suspended_next()}</p>
                }
                .part()
            }
            SubscriptionState::Ended { on } => {
                let standing = admin::standing(language);
                view! {
                    <p class="state-card__name">{standing.ended_name()}</p>
                    <p>{standing.ended_text(format::date(language, *on))}</p>
                }
                .part()
            }
            SubscriptionState::Active(subscription) => {
                view! { <Paid account view=view.clone() subscription=subscription.clone()/> }.part()
            }
        })
    };
    view! {
        <section class="card state-card" aria-labelledby="state-title">
            <h2 class="card__title card__title--small" id="state-title">{texts.state()}</h2>
            {changing(content)}
            {changing(move || account.view.with(|view| credit(account, view)))}
        </section>
    }
}

/// The account credit, if there is any.
fn credit(account: Account, view: &AccountView) -> Part {
    if view.credits.is_empty() {
        return ().part();
    }
    let language = account.language;
    let amounts: Vec<String> = view
        .credits
        .iter()
        .map(|amount| format::money(language, *amount))
        .collect();
    let name = invoice::totals(language).credit();
    view! {
        <dl class="facts">
            <div class="facts__row"><dt><Icon icon=Icon::Receipt/>{name}</dt><dd>{amounts.join(", ")}</dd></div>
        </dl>
    }
    .part()
}

/// Plan, licences, period, and what comes next: the renewal, the open one, or the end.
#[component]
fn Paid(account: Account, view: AccountView, subscription: SubscriptionView) -> impl IntoView {
    let language = account.language;
    let texts = admin::subscription(language);
    let day = |date| format::date(language, date);
    let billed = match subscription.period {
        BillingPeriod::Monthly => shared::period(language).billed_monthly(),
        BillingPeriod::Annual => shared::period(language).billed_annually(),
    };
    let owned = subscription.licences.get();
    let free = owned.saturating_sub(view.active_users);
    let count = |number: u32| format::number(language, number.into());
    let amount = format::money(language, subscription.renewal_amount);
    let standing = admin::standing(language);
    let ends = day(subscription.renews_on);
    let (next, badge, meaning) = match (subscription.overdue_since, subscription.cancelled) {
        (Some(since), _) => (
            (
                Icon::Receipt,
                standing.overdue_fact(),
                standing.overdue_amount(amount, ends),
            ),
            Some(standing.overdue_badge()),
            Some(standing.overdue_text(day(since))),
        ),
        (None, true) => (
            (Icon::Calendar, standing.ends_fact(), ends.clone()),
            Some(standing.ends_badge()),
            Some(standing.ends_text(ends)),
        ),
        (None, false) => (
            (Icon::Receipt, texts.renewal(), texts.renewal_text(amount, ends)),
            None,
            None,
        ),
    };
    let facts = [
        (
            Icon::People,
            texts.licences(),
            texts.in_use(count(view.active_users), count(owned)),
        ),
        (
            Icon::Calendar,
            texts.period(),
            texts.period_text(
                day(subscription.period_start),
                day(last_day(subscription.renews_on)),
            ),
        ),
        next,
    ];
    let facts = facts.map(|(icon, name, value)| {
        view! { <div class="facts__row"><dt><Icon icon/>{name}</dt><dd>{value}</dd></div> }
    });
    let left = if free == 0 {
        texts.all_in_use().to_owned()
    } else {
        texts.some_free(free.into())
    };
    view! {
        <p class="state-card__name">
            {texts.paid(account.catalog.plan_name(&subscription.plan), billed)}
            {badge.map(|badge| view! { <span class="badge badge--attention">{badge}</span> })}
        </p>
        {meaning.map(|meaning| view! { <p>{meaning}</p> })}
        <dl class="facts">{facts.into_iter().collect_view()}</dl>
        <p>{left}" "<a href=addresses::USERS>{texts.manage_users()}</a></p>
    }
}
