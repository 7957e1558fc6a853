//! What is about to end, or has ended, and the one thing to do about it.

use leptos::prelude::*;
use onedesk_contract::account::{AccountView, SubscriptionState, SubscriptionView};
use onedesk_texts::{Language, admin, format, shared};

use super::button::LinkButton;
use super::icon::Icon;
use crate::changing::changing;
use crate::effect::memo;
use crate::pages::app::addresses::{self, Inside};
use crate::pages::app::calendar::trial_end;
use crate::session::Account;

/// What the banner says.
#[derive(Clone, Debug, PartialEq)]
struct Said {
    /// What it is about, for those who hear it.
    label: &'static str,
    /// Whether something is amiss by now.
    is_urgent: bool,
    heading: String,
    /// What follows, and until when it can be kept from following.
    rule: String,
    /// The words of the button.
    action: &'static str,
}

/// Stands on top of every screen in the trial, after it, and while a subscription is overdue, cancelled, suspended or
/// over. Only those who can do something about it see it.
#[component]
pub fn StandingBanner(
    /// The account.
    account: Account,
    /// The screen below it.
    screen: Signal<Inside>,
) -> impl IntoView {
    // The button would lead to where it stands.
    let has_button = memo(move || screen.get() != Inside::Subscription);
    let said = memo(move || account.view.with(|view| said(account.language, view)));
    changing(move || {
        said.get().map(|said| {
            let button = move || {
                has_button
                    .get()
                    .then(|| view! { <LinkButton href=addresses::SUBSCRIPTION>{said.action}</LinkButton> })
            };
            view! {
                <aside class="banner" class:banner--over=said.is_urgent aria-label=said.label>
                    <Icon icon=if said.is_urgent { Icon::Warning } else { Icon::Clock }/>
                    <p class="banner__text"><strong class="banner__heading">{said.heading}"."</strong>" "{said.rule}</p>
                    {changing(button)}
                </aside>
            }
        })
    })
}

fn said(language: Language, view: &AccountView) -> Option<Said> {
    if !view.user.role.administers() {
        return None;
    }
    let trial = admin::banner(language);
    let texts = admin::standing(language);
    let subscribe = shared::action(language).subscribe();
    let day = |date| format::date(language, date);
    Some(match &view.subscription {
        SubscriptionState::Trial { ends_at, days_left } => Said {
            label: trial.label(),
            is_urgent: false,
            heading: if *days_left <= 1 {
                trial.last_day().to_owned()
            } else {
                trial.days_left((*days_left).into())
            },
            rule: trial.rule(day(trial_end(view, *ends_at, *days_left))),
            action: subscribe,
        },
        SubscriptionState::TrialOver { .. } => Said {
            label: trial.label(),
            is_urgent: true,
            heading: trial.over().to_owned(),
            rule: trial.over_rule().to_owned(),
            action: subscribe,
        },
        SubscriptionState::Active(SubscriptionView {
            overdue_since: Some(since),
            ..
        }) => Said {
            label: texts.label(),
            is_urgent: true,
            heading: texts.overdue(day(*since)),
            rule: texts.overdue_rule().to_owned(),
            action: texts.overdue_action(),
        },
        SubscriptionState::Active(subscription) if subscription.cancelled => Said {
            label: texts.label(),
            is_urgent: false,
            heading: texts.ends(day(subscription.renews_on)),
            rule: texts.ends_rule().to_owned(),
            action: texts.ends_action(),
        },
        SubscriptionState::Active(_) => return None,
        SubscriptionState::Suspended { .. } => Said {
            label: texts.label(),
            is_urgent: true,
            heading: texts.suspended().to_owned(),
            rule: texts.suspended_rule().to_owned(),
            action: texts.suspended_action(),
        },
        SubscriptionState::Ended { on } => Said {
            label: texts.label(),
            is_urgent: true,
            heading: texts.ended(day(*on)),
            rule: texts.ended_rule().to_owned(),
            action: subscribe,
        },
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "what should be had fails the test")]
mod tests {
    use onedesk_contract::account::{CurrentUser, Role};
    use onedesk_contract::tax::{Country, Rate, Treatment, TreatmentKind};
    use onedesk_pricing::{BillingPeriod, Currency, Date, Money, Seats};

    use super::*;

    const SINCE: Date = Date::constant(2026, 11, 22);

    fn account(role: Role, subscription: SubscriptionState) -> AccountView {
        AccountView {
            user: CurrentUser {
                id: uuid::Uuid::from_u128(1),
                name: "Ada".into(),
                email: "ada@example.com".into(),
                role,
                language: "en".into(),
            },
            company: "Engines".into(),
            address: "engines.example.com".into(),
            country: "FR".into(),
            time_zone: "Europe/Paris".into(),
            today: SINCE,
            active_users: 1,
            subscription,
            treatment: Treatment {
                kind: TreatmentKind::Domestic,
                rate: Rate::from_basis_points(2000),
                country: Country::parse("FR").unwrap(),
            },
            credits: Vec::new(),
            preferred_choice: None,
            pending_order: None,
        }
    }

    fn active(overdue_since: Option<Date>, cancelled: bool) -> SubscriptionState {
        SubscriptionState::Active(SubscriptionView {
            plan: "premium".parse().unwrap(),
            licences: Seats::new(3).unwrap(),
            period: BillingPeriod::Monthly,
            currency: Currency::EUR,
            period_start: Date::constant(2026, 10, 22),
            renews_on: Date::constant(2026, 12, 1),
            renewal_amount: Money::new(6_656, Currency::EUR),
            overdue_since,
            cancelled,
        })
    }

    fn heading(subscription: SubscriptionState) -> Option<(bool, String)> {
        said(Language::En, &account(Role::Admin, subscription)).map(|said| (said.is_urgent, said.heading))
    }

    #[test]
    fn every_standing_that_asks_for_something_has_its_banner() {
        let urgent = |words: &str| Some((true, words.to_owned()));
        assert_eq!(
            heading(active(Some(SINCE), false)),
            urgent("The renewal could not be charged on November 22, 2026")
        );
        assert_eq!(
            heading(SubscriptionState::Suspended { since: SINCE }),
            urgent("Your subscription is suspended")
        );
        assert_eq!(
            heading(SubscriptionState::Ended { on: SINCE }),
            urgent("Your subscription ended on November 22, 2026")
        );
        assert_eq!(
            heading(active(None, true)),
            Some((false, "Your subscription ends on December 1, 2026".to_owned()))
        );
    }

    #[test]
    fn an_overdue_renewal_comes_before_a_cancellation() {
        assert_eq!(
            heading(active(Some(SINCE), true)),
            heading(active(Some(SINCE), false))
        );
    }

    #[test]
    fn a_paid_subscription_has_none_and_members_have_none_at_all() {
        assert_eq!(heading(active(None, false)), None);
        let member = account(Role::Member, SubscriptionState::Suspended { since: SINCE });
        assert_eq!(said(Language::En, &member), None);
    }
}
