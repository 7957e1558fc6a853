//! Why users could not be changed, and the ways out.

use leptos::prelude::*;
use onedesk_contract::ProblemType;
use onedesk_contract::account::SubscriptionState;
use onedesk_texts::{admin, shared};

use crate::api::ApiError;
use crate::components::mail_sentence::MailSentence;
use crate::components::notice::{Notice, NoticeKind};
use crate::pages::app::addresses;
use crate::part::IntoPart;
use crate::session::Account;

/// What happened, what was not done, what to do.
#[component]
pub fn Refusal(
    /// The account.
    account: Account,
    /// Why.
    error: ApiError,
) -> impl IntoView {
    let language = account.language;
    let texts = admin::licence_limit(language);
    let subscription = |words: &'static str| view! { <p><a href=addresses::SUBSCRIPTION>{words}</a></p> };
    let problem = error.problem().cloned();
    let (title, text, way_out) = match (error.problem_type(), problem) {
        (Some(ProblemType::NotEnoughLicences), Some(problem)) => {
            let numbers = problem.licences_and_users();
            let active = shared::unit(language).active_users(numbers.active_users.unwrap_or_default().into());
            let sales = account.catalog.with(|catalog| catalog.vendor.sales_email.clone());
            (
                texts.title(),
                texts.text(numbers.licences.unwrap_or_default().into(), active),
                view! { <p><MailSentence words=texts.ways_out(&sales) address=sales/></p> }.part(),
            )
        }
        (Some(ProblemType::OrderPending), _) => (
            texts.order_title(),
            texts.order_text().into(),
            subscription(texts.order_link()).part(),
        ),
        (Some(ProblemType::TrialOver), _) => {
            let standing = admin::standing(language);
            let subscribe = shared::action(language).subscribe();
            let (title, text, way_out) = account.view.with_untracked(|view| match view.subscription {
                SubscriptionState::Suspended { .. } => (
                    standing.refused_suspended_title(),
                    standing.refused_suspended_text(),
                    standing.suspended_action(),
                ),
                SubscriptionState::Ended { .. } => (
                    standing.refused_ended_title(),
                    standing.refused_ended_text(),
                    subscribe,
                ),
                _ => (texts.trial_over_title(), texts.trial_over_text(), subscribe),
            });
            (title, text.into(), subscription(way_out).part())
        }
        (Some(ProblemType::OwnerStays), _) => (
            shared::problem(language).title(),
            texts.owner_text().into(),
            ().part(),
        ),
        _ => (
            shared::problem(language).title(),
            account.explain(&error),
            ().part(),
        ),
    };
    view! {
        <Notice kind=NoticeKind::Error title>
            <p>{text}</p>
            {way_out}
        </Notice>
    }
}
