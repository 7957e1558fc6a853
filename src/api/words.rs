//! What a failed call means to the person who waits for it.

use leptos::prelude::window;
use onedesk_contract::ProblemType;
use onedesk_texts::{Language, shared};

use super::{ApiError, Problem};

/// What happened, what was not done, what to do: for problems that can happen to any call. What only one call meets
/// (a price that changed, a link that was used) its screen tells better.
///
/// `support` is the address to write to when trying again does not help.
pub fn explain(language: Language, error: &ApiError, support: &str) -> String {
    let texts = shared::problem(language);
    match error {
        ApiError::Offline if window().navigator().on_line() => texts.no_answer().into(),
        ApiError::Offline => texts.offline().into(),
        ApiError::Unreadable { status } if *status >= 500 => texts.server(support),
        ApiError::Unreadable { .. } => texts.outdated().into(),
        ApiError::Problem(problem) => match problem.problem_type {
            ProblemType::TooManyAttempts => texts.too_many_attempts(wait(language, problem)),
            ProblemType::NotSignedIn => texts.not_signed_in().into(),
            ProblemType::NotAllowed => texts.not_allowed().into(),
            ProblemType::NotFound => texts.not_found().into(),
            ProblemType::LinkUnknown => texts.link_unknown().into(),
            ProblemType::LinkUsed => texts.link_used().into(),
            ProblemType::LinkExpired => texts.link_expired().into(),
            ProblemType::MalformedBody
            | ProblemType::BodyTooLarge
            | ProblemType::MethodNotAllowed
            | ProblemType::CrossSiteRequest => texts.outdated().into(),
            _ => texts.server(support),
        },
    }
}

/// How long to wait, in whole minutes from a minute on.
fn wait(language: Language, problem: &Problem) -> String {
    let units = shared::unit(language);
    match problem.retry_after_seconds.unwrap_or(60).max(1) {
        seconds @ ..60 => units.seconds(seconds),
        seconds => units.minutes(seconds.div_ceil(60)),
    }
}
