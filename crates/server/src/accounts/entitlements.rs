use jiff::Timestamp;
use onedesk_catalog::Holding;
use onedesk_contract::entitlements::{EntitlementState, EntitlementsView};
use onedesk_pricing::PlanId;
use onedesk_subscription::{Standing, Subscription};
use onedesk_texts::Language;

use crate::error::Error;
use crate::state::AppState;
use crate::store::entities::accounts;
use crate::{clock, subscriptions, users};

/// What an account may use, by its dates and its subscription; never by whether a background task has run.
pub async fn entitlements(
    state: &AppState,
    account: &accounts::Model,
    language: Language,
) -> Result<EntitlementsView, Error> {
    let conn = state.store.read();
    let now = state.clock.now();
    let held = match subscriptions::latest(conn, account.id).await? {
        Some(subscription) => Held::by_subscription(subscription, account, now),
        None => Held::by_trial(&state.catalog.price_list().trial.plan, account, now),
    };
    let owner = users::owner(conn, account.id).await?;
    Ok(EntitlementsView {
        features: state.catalog.entitlements(language, held.holding()),
        state: held.state,
        plan: held.plan,
        since: held.since,
        until: held.until,
        next_plan: held.next_plan,
        owner: owner.name,
    })
}

/// What is held, since when and until when.
#[derive(Debug, PartialEq)]
struct Held {
    state: EntitlementState,
    plan: Option<PlanId>,
    since: Timestamp,
    until: Option<Timestamp>,
    next_plan: Option<PlanId>,
}

impl Held {
    fn by_trial(plan: &PlanId, account: &accounts::Model, now: Timestamp) -> Self {
        let ends_at = account.trial_ends_at.timestamp();
        let lasts = now < ends_at;
        Self {
            state: if lasts {
                EntitlementState::Trial
            } else {
                EntitlementState::TrialOver
            },
            plan: lasts.then(|| plan.clone()),
            since: if lasts {
                account.created_at.timestamp()
            } else {
                ends_at
            },
            until: lasts.then_some(ends_at),
            next_plan: None,
        }
    }

    fn by_subscription(subscription: Subscription, account: &accounts::Model, now: Timestamp) -> Self {
        let midnight = |day| clock::midnight(day, &account.time_zone);
        let standing = subscription.standing_on(clock::day(now, &account.time_zone));
        let ends = subscription.cancels_at_period_end;
        let next_plan = subscription.scheduled.plan;
        let (term, plan) = (&subscription.term, Some(subscription.term.plan.clone()));
        let held = |state, plan, since| Self {
            state,
            plan,
            since: midnight(since),
            until: None,
            next_plan: None,
        };
        match standing {
            Standing::Active => {
                let next_plan = next_plan.filter(|_| !ends);
                Self {
                    until: (ends || next_plan.is_some()).then(|| midnight(term.renews_on())),
                    next_plan,
                    ..held(EntitlementState::Active, plan, term.current.start)
                }
            }
            // Its period is over: what follows, and when, hangs on the next try to charge it.
            Standing::PastDue { .. } => held(EntitlementState::PastDue, plan, term.current.start),
            Standing::Suspended { since } => held(EntitlementState::Suspended, plan, since),
            Standing::Ended { on } => held(EntitlementState::Ended, None, on),
        }
    }

    fn holding(&self) -> Holding<'_> {
        match (&self.plan, self.state) {
            (Some(plan), EntitlementState::Suspended) => Holding::Unpaid(plan),
            (Some(plan), _) => Holding::Usable(plan),
            (None, _) => Holding::Nothing,
        }
    }
}
