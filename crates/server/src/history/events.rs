//! What happened to a subscription, a sentence an event.

use jiff::ToSpan;
use onedesk_pricing::{BillingPeriod, Date, ScheduledChange};
use onedesk_subscription::Event;
use onedesk_texts::{Language, format, history, shared};

use super::scheduled;
use crate::catalog::Catalog;

/// The sentences of one event: one, and what is to be added to it.
pub fn sentences(language: Language, catalog: &Catalog, event: &Event) -> Vec<String> {
    let texts = history::subscription(language);
    let date = |day: Date| format::date(language, day);
    let plan = |plan| catalog.plan_name(language, plan);
    let licences = |seats: onedesk_pricing::Seats| shared::unit(language).licences(seats.get().into());
    let change = |change: &ScheduledChange| scheduled::change(language, catalog, change);
    match event {
        Event::LicencesAdded { added, licences } => vec![texts.licences_added(
            added.get().into(),
            format::number(language, licences.get().into()),
        )],
        Event::PlanRaised { from, to } => vec![texts.plan_raised(plan(from), plan(to))],
        Event::PeriodChanged { to, anchor, .. } => vec![match to {
            BillingPeriod::Annual => texts.annual_began(date(*anchor)),
            BillingPeriod::Monthly => texts.monthly_began(date(*anchor)),
        }],
        Event::ChangeScheduled { change: parts, on } => vec![texts.scheduled(date(*on), change(parts))],
        Event::ChangeWithdrawn { change: parts } => vec![texts.withdrawn(change(parts))],
        Event::Cancelled { ends_on } => vec![texts.cancelled(date(*ends_on))],
        Event::Resumed { renews_on } => vec![texts.resumed(date(*renews_on))],
        Event::Renewed {
            period,
            licences: held,
            applied,
            raised_to_active_users,
        } => {
            let last = period.end.saturating_sub(1.day());
            let mut said = vec![texts.renewed(date(period.start), date(last), licences(*held))];
            if *applied != ScheduledChange::default() {
                said.push(texts.came_true(change(applied)));
            }
            if *raised_to_active_users {
                said.push(texts.raised().to_owned());
            }
            said
        }
        Event::PaymentFailed { attempt, next_retry } => vec![match next_retry {
            Some(day) => texts.try_failed(attempt, date(*day)),
            None => texts.last_try_failed(attempt),
        }],
        Event::Suspended { on } => vec![texts.suspended(date(*on))],
        Event::Recovered { on, anchor_moved } => {
            let mut said = vec![texts.recovered().to_owned()];
            if *anchor_moved {
                said.push(texts.began_anew(date(*on)));
            }
            said
        }
        Event::Ended { on } => vec![texts.ended(date(*on))],
    }
}
