//! What became of a link that opens no account, and what to do.

use crate::part::IntoPart;
use leptos::prelude::*;
use onedesk_contract::ProblemType;
use onedesk_texts::{Language, shared, site};

use super::link_is_at_fault;
use crate::addresses::{SIGN_IN, SitePage};
use crate::api::{ApiError, explain};
use crate::components::button::{Button, LinkButton};
use crate::embedded_catalog::Catalog;

/// Unknown, used, expired; or no answer at all, which can be tried again.
#[component]
pub fn LinkProblem(
    /// The server's answer.
    error: ApiError,
    /// The catalog, for the address to write to.
    catalog: Catalog,
    /// The language of the page.
    language: Language,
    /// Asks the server once more.
    again: Callback<()>,
) -> impl IntoView {
    let texts = site::activate(language);
    let (title, message) = match error.problem_type() {
        Some(ProblemType::LinkUsed) => (texts.used_title(), texts.used().to_owned()),
        Some(ProblemType::LinkExpired) => (texts.expired_title(), texts.expired().to_owned()),
        Some(ProblemType::LinkUnknown) => (texts.link_title(), texts.unknown().to_owned()),
        _ => {
            let support = catalog.with(|view| view.vendor.support_email.clone());
            (
                shared::problem(language).title(),
                explain(language, &error, &support),
            )
        }
    };
    let sign_up = move || {
        view! {
            <LinkButton href=SitePage::SignUp.in_language(language)>{texts.sign_up_again()}</LinkButton>
        }
    };
    let sign_in = move || {
        view! {
            <LinkButton href=SIGN_IN external=true>{shared::action(language).sign_in()}</LinkButton>
        }
    };
    let try_again = move || {
        view! {
            <Button on_press=move |_| again.run(())>{shared::action(language).try_again()}</Button>
        }
    };
    let action = match error.problem_type() {
        Some(ProblemType::LinkUsed) => sign_in().late_part(),
        _ if link_is_at_fault(&error) => sign_up().late_part(),
        _ => try_again().late_part(),
    };
    view! {
        <div class="link-problem" role="alert">
            <h1>{title}</h1>
            <p class="lead">{message}</p>
            <p class="page__action">{action}</p>
        </div>
    }
    .late_part()
}
