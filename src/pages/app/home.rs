//! The first screen: what the account holds, and what to do next.

use leptos::prelude::*;
use leptos::task::spawn_local;
use onedesk_contract::account::{AccountView, SubscriptionState};
use onedesk_texts::{admin, format, shared};

use super::addresses;
use super::calendar::trial_end;
use super::screen::ScreenTitle;
use super::subscription::state::StateCard;
use crate::changing::{changing, text};
use crate::components::button::{ButtonKind, LinkButton};
use crate::components::icon::Icon;
use crate::part::IntoPart;
use crate::session::Account;

/// Welcome; what the trial holds; the next steps as things stand.
#[component]
pub fn Home(
    /// The account.
    account: Account,
) -> impl IntoView {
    let texts = admin::home(account.language);
    let title = Signal::derive(move || account.view.with(|view| texts.title(&view.user.name)));
    view! {
        <div class="screen screen--home">
            <ScreenTitle title window_title=account.window_title(texts.page())/>
            <p class="screen__lead">{text(move || account.view.with(|view| texts.address(&view.address)))}</p>
            {changing(move || account.view.with(|view| {
                if view.user.role.administers() {
                    view! { <ForAdministrators account view=view.clone()/> }.part()
                } else {
                    view! { <ForMembers account company=view.company.clone()/> }.part()
                }
            }))}
        </div>
    }
}

/// What a user who does not administer finds here.
#[component]
fn ForMembers(account: Account, company: String) -> impl IntoView {
    let texts = admin::home(account.language);
    view! {
        <section class="card">
            <h2 class="card__title">{texts.member_title()}</h2>
            <p>{texts.member_text(company)}</p>
        </section>
    }
}

/// The next steps, as long as there are any, beside what the trial holds; then the subscription.
#[component]
fn ForAdministrators(account: Account, view: AccountView) -> impl IntoView {
    match &view.subscription {
        SubscriptionState::Active(subscription) => {
            let is_alone = view.active_users <= 1;
            let has_free = subscription.licences.get() > view.active_users;
            view! {
                {(is_alone && has_free).then(|| view! { <Reactivation account/> })}
                {is_alone.then(|| view! { <Steps account view/> })}
                <StateCard account/>
            }
            .part()
        }
        SubscriptionState::Suspended { .. } => view! { <Steps account view/><StateCard account/> }.part(),
        _ => view! { <div class="home"><Steps account view=view.clone()/><TrialFacts account view/></div> }
            .part(),
    }
}

/// While the owner is alone and licences are free: that there are users to be reactivated, if there are. Later, who is
/// deactivated is so on purpose.
#[component]
fn Reactivation(account: Account) -> impl IntoView {
    let language = account.language;
    let deactivated = RwSignal::new(0_u64);
    spawn_local(async move {
        // Who cannot be asked for now is on the Users screen all the same.
        if let Ok(view) = account.client.users().await {
            let count = view.users.iter().filter(|user| !user.active).count();
            deactivated.try_set(count as u64);
        }
    });
    changing(move || {
        let texts = admin::home(language);
        (deactivated.get() > 0).then(|| {
            let words = admin::standing(language).step_reactivate_now(deactivated.get());
            view! {
                <section class="card card--attention" aria-labelledby="reactivate-title">
                    <h2 class="card__title" id="reactivate-title">{texts.reactivate()}</h2>
                    <p>{words}</p>
                    <div class="card__actions">
                        <LinkButton href=addresses::USERS>{texts.reactivate()}</LinkButton>
                    </div>
                </section>
            }
        })
    })
}

/// What the trial holds; nothing once it is over.
#[component]
fn TrialFacts(account: Account, view: AccountView) -> impl IntoView {
    let SubscriptionState::Trial { ends_at, days_left } = view.subscription else {
        return ().part();
    };
    let texts = admin::home(account.language);
    let plan = account
        .catalog
        .with(|catalog| catalog.plan_name(&catalog.price_list.trial.plan).to_owned());
    let end = format::date(account.language, trial_end(&view, ends_at, days_left));
    let facts = [
        texts.trial_features(plan),
        texts.trial_users().into(),
        texts.trial_customers().into(),
        texts.trial_card().into(),
        texts.trial_until(end),
    ];
    let facts = facts.map(|fact| view! { <li><Icon icon=Icon::Check/><span>{fact}</span></li> });
    view! {
        <section class="card card--tint" aria-labelledby="trial-title">
            <h2 class="card__title" id="trial-title">{texts.trial_title()}</h2>
            <ul class="ticks">{facts.into_iter().collect_view()}</ul>
        </section>
    }
    .part()
}

/// One thing to do.
struct Step {
    title: &'static str,
    /// Why, or what came of it.
    text: String,
    done: bool,
    /// Address and words of the button.
    action: Option<(&'static str, &'static str)>,
}

/// The steps from an activated account to a paid one with its users at work.
#[component]
fn Steps(account: Account, view: AccountView) -> impl IntoView {
    let language = account.language;
    let texts = admin::home(language);
    let steps = steps(account, &view);
    let next = steps.iter().position(|step| !step.done);
    let items = steps.into_iter().enumerate().map(|(at, step)| {
        let kind = if Some(at) == next { ButtonKind::Primary } else { ButtonKind::Secondary };
        view! {
            <li class="steps__item" class:steps__item--done=step.done>
                <span class="steps__mark" aria-hidden="true">
                    {if step.done {
                        view! { <Icon icon=Icon::Check/> }.part()
                    } else {
                        format::number(language, at as u64 + 1).part()
                    }}
                </span>
                <div class="steps__body">
                    <h3 class="steps__title">
                        {step.title}
                        {step.done.then(|| view! { <span class="visually-hidden">" ("{texts.step_done()}")"</span> })}
                    </h3>
                    <p>{step.text}</p>
                    {step.action.map(|(address, words)| view! { <LinkButton href=address kind>{words}</LinkButton> })}
                </div>
            </li>
        }
    });
    view! {
        <section class="card" aria-labelledby="steps-title">
            <h2 class="card__title" id="steps-title">{texts.steps_title()}</h2>
            <ol class="steps">{items.collect_view()}</ol>
        </section>
    }
}

fn steps(account: Account, view: &AccountView) -> Vec<Step> {
    let language = account.language;
    let texts = admin::home(language);
    let activated = Step {
        title: texts.activate(),
        text: texts.activate_done(&view.company),
        done: true,
        action: None,
    };
    let has_users = view.active_users > 1;
    let users = Step {
        title: texts.add_users(),
        text: if has_users {
            texts.add_users_done(view.active_users.into())
        } else {
            texts.add_users_why().into()
        },
        done: has_users,
        action: Some((addresses::USERS, texts.add_users())).filter(|_| !has_users),
    };
    let to_subscribe = Some((addresses::SUBSCRIPTION, shared::action(language).subscribe()));
    match &view.subscription {
        SubscriptionState::Trial { ends_at, days_left } => {
            let end = format::date(language, trial_end(view, *ends_at, *days_left));
            let text = texts.subscribe_why(end);
            vec![
                activated,
                users,
                Step {
                    title: texts.subscribe(),
                    text,
                    done: false,
                    action: to_subscribe,
                },
            ]
        }
        SubscriptionState::Suspended { .. } => {
            let texts = admin::standing(language);
            vec![
                activated,
                Step {
                    title: texts.step_pay(),
                    text: texts.step_pay_why().into(),
                    done: false,
                    action: Some((addresses::SUBSCRIPTION, texts.suspended_action())),
                },
            ]
        }
        SubscriptionState::TrialOver { .. } | SubscriptionState::Ended { .. } => {
            let text = texts.subscribe_over().into();
            let why = if matches!(view.subscription, SubscriptionState::Ended { .. }) {
                admin::standing(language).step_ended()
            } else {
                texts.reactivate_why()
            };
            let reactivate = Step {
                title: texts.reactivate(),
                text: why.into(),
                done: false,
                action: None,
            };
            vec![
                activated,
                Step {
                    title: texts.subscribe(),
                    text,
                    done: false,
                    action: to_subscribe,
                },
                reactivate,
            ]
        }
        SubscriptionState::Active(subscription) => {
            let plan = account.catalog.plan_name(&subscription.plan);
            let licences = shared::unit(language).licences(subscription.licences.get().into());
            let renews = format::date(language, subscription.renews_on);
            let text = texts.subscribe_done(plan, licences, renews);
            let action = Some((addresses::SUBSCRIPTION, texts.see_subscription()));
            vec![
                activated,
                users,
                Step {
                    title: texts.subscribe(),
                    text,
                    done: true,
                    action,
                },
            ]
        }
    }
}
