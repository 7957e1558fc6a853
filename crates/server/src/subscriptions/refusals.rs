//! Why a subscription is not changed, as the browser reads it.

use axum::http::StatusCode;
use onedesk_contract::problem::{Problem, ProblemType};
use onedesk_pricing::{MoneyError, QuoteError};
use onedesk_subscription::Refusal;

use crate::error::Error;

/// The problem that a refusal is told as. What is said of licences, plans and currencies elsewhere is said the same here.
pub fn problem(refusal: Refusal) -> Problem {
    let reason = match refusal {
        Refusal::FewerLicencesThanUsers {
            licences,
            active_users,
        } => {
            return Error::NotEnoughLicences {
                licences,
                active_users,
            }
            .problem();
        }
        Refusal::NotSold(
            error @ (QuoteError::UnknownPlan | QuoteError::CurrencyNotSold | QuoteError::TooManySeats { .. }),
        ) => return Error::from(error).problem(),
        Refusal::NotSold(QuoteError::Money(MoneyError::Overflow)) => "too-large",
        Refusal::NoChange => "no-change",
        Refusal::MixedTiming => "mixed-timing",
        Refusal::PaymentOverdue { .. } => "payment-overdue",
        Refusal::RenewalDue { .. } => "renewal-due",
        Refusal::AlreadyCancelled { .. } => "already-cancelled",
        Refusal::NotCancelled => "not-cancelled",
        Refusal::NothingOverdue => "nothing-overdue",
        Refusal::AlreadySuspended { .. } => "already-suspended",
        Refusal::NotDue { .. } => "not-due",
        Refusal::Ended { .. } => "ended",
        Refusal::NothingScheduled(_) => "nothing-scheduled",
        Refusal::NotSold(_) | Refusal::NotPriced(_) => "not-priced",
    };
    let mut problem = Problem::new(
        ProblemType::ChangeRefused,
        StatusCode::CONFLICT.as_u16(),
        "The subscription was not changed",
        refusal.to_string(),
    );
    problem.reason = Some(reason.to_owned());
    problem
}
