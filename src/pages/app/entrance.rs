//! The frame of the screens before the sign-in.

use crate::handler::handler;
use leptos::prelude::*;
use leptos::task::spawn_local;
use onedesk_contract::ProblemType;
use onedesk_texts::{Language, admin, shared};

use super::screen::ScreenTitle;
use crate::addresses::SitePage;
use crate::api::ApiError;
use crate::changing::{changing, text};
use crate::components::notice::{Notice, NoticeKind};
use crate::components::site_header::BrandMark;
use crate::forms::Form;
use crate::part::Slot;
use crate::session::Session;

/// One column with the brand on top and the languages below.
#[component]
pub fn Entrance(
    /// The session.
    session: Session,
    /// The language of the screen.
    language: Language,
    /// What the screen is about.
    #[prop(into)]
    title: Signal<String>,
    /// The screen.
    children: Slot,
) -> impl IntoView {
    let window_title = Signal::derive(move || match session.product() {
        Some(product) => admin::shell(language).title(title.get(), product),
        None => title.get(),
    });
    let failure = RwSignal::new(None::<String>);
    let entry = move |other: Language| {
        let is_current = other == language;
        let speak = move |_| {
            failure.set(None);
            if !is_current {
                spawn_local(async move {
                    if let Err(error) = session.speak(other).await {
                        failure.try_set(Some(session.explain(&error)));
                    }
                });
            }
        };
        view! {
            <li>
                <button
                    type="button"
                    class="entrance__language"
                    lang=other.code()
                    aria-pressed=if is_current { "true" } else { "false" }
                    on:click=handler(speak)
                >
                    {other.native_name()}
                </button>
            </li>
        }
    };
    view! {
        <div class="entrance">
            <header class="entrance__head">
                <a class="brand" href=SitePage::Pricing.in_language(language) rel="external">
                    <BrandMark/>
                    <span>{text(move || session.product().unwrap_or_default())}</span>
                </a>
            </header>
            <main class="entrance__card">
                <ScreenTitle title window_title/>
                {children.fill()}
            </main>
            <footer class="entrance__foot">
                <ul class="entrance__languages" aria-label=shared::language(language).label()>
                    {Language::all().iter().copied().map(entry).collect_view()}
                </ul>
                {changing(move || failure.get().map(|failure| view! {
                    <Notice kind=NoticeKind::Error><p>{failure}</p></Notice>
                }))}
            </footer>
        </div>
    }
}

/// Shows in a form why its request brought nothing: beside the fields that the server refused, or above them all.
pub fn tell(form: Form, session: Session, error: &ApiError) {
    match error
        .problem()
        .filter(|problem| problem.problem_type == ProblemType::InvalidFields)
    {
        Some(problem) => form.refuse(problem.fields.clone()),
        None => form.fail(session.explain(error)),
    }
}
