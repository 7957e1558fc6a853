//! The screens that links from e-mails lead to: they check the link first, and tell what became of it.

use leptos::prelude::*;
use onedesk_contract::ProblemType;
use onedesk_texts::{Language, admin, shared};

use super::entrance::Entrance;
use super::waiting::Waiting;
use crate::api::{Answer, ApiError};
use crate::changing::changing;
use crate::components::button::Button;
use crate::components::notice::{Notice, NoticeKind};
use crate::part::{IntoPart, Part};
use crate::session::Session;

/// A link from an e-mail, as far as is known.
#[derive(Clone, Debug, PartialEq)]
pub enum Link {
    /// The server is being asked.
    Checking,
    /// It works, for this user.
    Works(LinkHolder),
    /// It leads nowhere any more.
    Broken(BrokenLink),
    /// The server could not be asked.
    Failed(ApiError),
}

/// Why a link leads nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BrokenLink {
    /// It never was one, or is not complete.
    Unknown,
    /// It did its work already.
    Used,
    /// It is too old.
    Expired,
}

/// Whose link it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkHolder {
    /// The user's address.
    pub email: String,
    /// The inviting company; empty for a password's link.
    pub company: String,
}

impl From<Answer<LinkHolder>> for Link {
    fn from(answer: Answer<LinkHolder>) -> Self {
        answer.map_or_else(Self::from, Self::Works)
    }
}

impl From<ApiError> for Link {
    fn from(error: ApiError) -> Self {
        match error.problem_type() {
            Some(ProblemType::LinkUnknown | ProblemType::NotFound) => Self::Broken(BrokenLink::Unknown),
            Some(ProblemType::LinkUsed) => Self::Broken(BrokenLink::Used),
            Some(ProblemType::LinkExpired) => Self::Broken(BrokenLink::Expired),
            _ => Self::Failed(error),
        }
    }
}

impl BrokenLink {
    /// The heading that says so.
    pub fn title(self, language: Language) -> &'static str {
        let texts = admin::link(language);
        match self {
            Self::Unknown => texts.unknown_title(),
            Self::Used => texts.used_title(),
            Self::Expired => texts.expired_title(),
        }
    }
}

/// See [`LinkCases::title`].
pub type TitleOfLink = Box<dyn Fn(Option<&LinkHolder>) -> String + Send + Sync>;

/// What a screen that a link leads to shows, in each case.
pub struct LinkCases {
    /// The heading while the link works, or is not known yet.
    pub title: TitleOfLink,
    /// The form, while the link works.
    pub form: Box<dyn Fn(LinkHolder) -> Part + Send>,
    /// Why it leads nowhere, and what to do.
    pub broken: Box<dyn Fn(BrokenLink) -> Part + Send>,
}

/// The screen of a link.
#[component]
pub fn LinkScreen(
    /// The session.
    session: Session,
    /// The language of the screen.
    language: Language,
    /// The link.
    link: RwSignal<Link>,
    /// Asks about the link; again, when that failed.
    check: Callback<()>,
    /// What is shown.
    cases: LinkCases,
) -> impl IntoView {
    check.run(());
    let LinkCases { title, form, broken } = cases;
    let title = Signal::derive(move || match &*link.read() {
        Link::Broken(broken) => broken.title(language).to_owned(),
        Link::Works(holder) => title(Some(holder)),
        Link::Checking | Link::Failed(_) => title(None),
    });
    let content = move || match link.get() {
        Link::Checking => view! { <Waiting text=admin::link(language).checking()/> }.part(),
        Link::Works(holder) => form(holder),
        Link::Broken(why) => broken(why),
        Link::Failed(error) => view! {
            <Notice kind=NoticeKind::Error><p>{session.explain(&error)}</p></Notice>
            <Button on_press=move |_| check.run(())>{shared::action(language).try_again()}</Button>
        }
        .part(),
    };
    view! { <Entrance session language title>{changing(content)}</Entrance> }
}
