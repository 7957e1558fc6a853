//! Open the account that was signed up for.

mod form;
mod link_problem;

use crate::changing::{changing, flag, mark, text};
use crate::part::IntoPart;
use leptos::prelude::*;
use leptos::task::spawn_local;
use onedesk_contract::ProblemType;
use onedesk_texts::{Language, site};

use crate::api::{ApiError, Client, Problem};
use crate::effect::effect;
use crate::embedded_catalog::Catalog;
use crate::printed::printed;
use crate::{browser, choice};

use form::ActivationForm;
use link_problem::LinkProblem;

/// What is known of the link.
#[derive(Clone, Debug, PartialEq)]
enum Link {
    /// Not asked yet, or asking. The form stands already: without scripts it is all there is.
    Checking,
    /// It works, for this address.
    Good {
        /// The address that signed up.
        email: String,
    },
    /// It opens no account.
    Bad(ApiError),
}

/// The activation form, or what became of the link.
#[component]
pub fn ActivatePage(
    /// The catalog: the domain of the account's address, the length of the trial, whom to write to.
    catalog: Catalog,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    let texts = site::activate(language);
    let token = RwSignal::new(String::new());
    let link = RwSignal::new(Link::Checking);
    let check = Callback::new(move |()| {
        link.set(Link::Checking);
        let token = token.get_untracked();
        if token.is_empty() {
            // Not a link from an e-mail, or the page is being left.
            link.set(Link::Bad(ApiError::Problem(Box::new(Problem::new(
                ProblemType::LinkUnknown,
                404,
            )))));
            return;
        }
        spawn_local(async move {
            let found = match Client.activation(&token).await {
                Ok(view) => Link::Good { email: view.email },
                Err(error) => Link::Bad(error),
            };
            // The page may have been left meanwhile.
            drop(link.try_set(found));
        });
    });
    effect(move || {
        token.set(choice::parameter(&browser::query(), "token").unwrap_or_default());
        check.run(());
    });
    let bad = Memo::new(move |_| matches!(*link.read(), Link::Bad(_)));
    let who = move || match &*link.read() {
        Link::Good { email } => texts.for_email(email),
        _ => String::from("\u{a0}"),
    };
    let email = Signal::derive(move || match &*link.read() {
        Link::Good { email } => email.clone(),
        _ => String::new(),
    });
    view! {
        <div class="page page--form page--activate" aria-busy=mark(move || matches!(*link.read(), Link::Checking))>
            <div hidden=flag(move || bad.get())>
                {printed(move || view! {
                    <h1>{texts.title()}</h1>
                    <p class="lead">{texts.lead()}</p>
                })}
                <p class="activate__who" role="status">{text(who)}</p>
                <ActivationForm catalog=catalog language=language token=token email=email/>
            </div>
            {changing(move || match link.get() {
                Link::Bad(error) => Some(view! {
                    <LinkProblem error=error catalog=catalog language=language again=check/>
                }),
                _ => None,
            })}
        </div>
    }
    .part()
}

/// Whether the server said that the link itself is at fault.
fn link_is_at_fault(error: &ApiError) -> bool {
    matches!(
        error.problem_type(),
        Some(ProblemType::LinkUnknown | ProblemType::LinkUsed | ProblemType::LinkExpired)
    )
}
