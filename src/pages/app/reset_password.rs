//! Choose a new password, with the link from the e-mail.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use onedesk_contract::FieldErrors;
use onedesk_contract::fields::Password;
use onedesk_contract::sign_in::NewPassword;
use onedesk_texts::{Language, admin, shared};

use super::addresses;
use super::entrance::{Entrance, tell};
use super::link_state::{BrokenLink, Link};
use super::waiting::Waiting;
use crate::api::Client;
use crate::browser;
use crate::changing::changing;
use crate::choice::parameter;
use crate::components::button::{Button, LinkButton};
use crate::components::error_summary::ErrorSummary;
use crate::components::notice::{Notice, NoticeKind};
use crate::components::password_field::{PasswordField, PasswordUse};
use crate::forms::Form;
use crate::part::IntoPart;
use crate::session::{Farewell, Session};

/// A new password for the user that the link belongs to; or what became of the link.
#[component]
pub fn ResetPassword(
    /// The session.
    session: Session,
    /// The language of the screen.
    language: Language,
) -> impl IntoView {
    let token = parameter(&browser::query(), "token").unwrap_or_default();
    let token = StoredValue::new(token);
    let link = RwSignal::new(Link::Checking);
    let check = move || {
        link.set(Link::Checking);
        spawn_local(async move {
            let answer = Client.password_reset(&token.get_value()).await;
            link.try_set(Link::from(answer.map(|view| view.email)));
        });
    };
    check();
    let title = Signal::derive(move || {
        match *link.read() {
            Link::Broken(broken) => broken.title(language),
            _ => admin::reset(language).title(),
        }
        .to_owned()
    });
    view! {
        <Entrance session language title>
            {changing(move || match link.get() {
                Link::Checking => view! { <Waiting text=admin::link(language).checking()/> }.part(),
                Link::Works(email) => view! { <PasswordForm session language token link email/> }.part(),
                Link::Broken(broken) => view! { <Broken language broken/> }.part(),
                Link::Failed(error) => view! {
                    <Notice kind=NoticeKind::Error><p>{session.explain(&error)}</p></Notice>
                    <Button on_press=move |_| check()>{shared::action(language).try_again()}</Button>
                }.part(),
            })}
            <p class="entrance__aside"><a href=addresses::SIGN_IN>{admin::forgotten(language).back()}</a></p>
        </Entrance>
    }
}

#[component]
fn PasswordForm(
    session: Session,
    language: Language,
    token: StoredValue<String>,
    link: RwSignal<Link<String>>,
    email: String,
) -> impl IntoView {
    let texts = admin::reset(language);
    let fields = shared::field(language);
    let form = Form::new("reset", language);
    let password = RwSignal::new(String::new());
    let navigate = use_navigate();
    let known = vec![email.clone()];
    let lead = texts.lead(&email);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if !form.begin() {
            return;
        }
        let request = NewPassword {
            password: password.get_untracked(),
        };
        if let Err(error) = Password::parse(&request.password, &[&email]) {
            return form.refuse(FieldErrors::one("password", error));
        }
        let navigate = navigate.clone();
        spawn_local(async move {
            let answer = Client.set_password(&token.get_value(), &request).await;
            match Link::from(answer) {
                Link::Works(()) | Link::Checking => {
                    session.close(Farewell::PasswordSet);
                    navigate(
                        addresses::SIGN_IN,
                        NavigateOptions {
                            replace: true,
                            ..NavigateOptions::default()
                        },
                    );
                }
                Link::Broken(broken) => {
                    link.try_set(Link::Broken(broken));
                }
                Link::Failed(error) => tell(form, session, &error),
            }
        });
    };
    view! {
        <p class="entrance__lead">{lead}</p>
        <form class="form" method="post" novalidate on:submit=submit>
            <ErrorSummary form fields=vec![("password", fields.new_password())]/>
            <PasswordField
                form label=fields.new_password() value=password
                usage=PasswordUse::New { context: Signal::stored(known) }
            />
            <Button submit=true pending=form.pending>{texts.submit()}</Button>
        </form>
    }
}

/// Why the link leads nowhere, and the way to another one.
#[component]
fn Broken(language: Language, broken: BrokenLink) -> impl IntoView {
    let texts = shared::problem(language);
    let words = match broken {
        BrokenLink::Unknown => texts.link_unknown(),
        BrokenLink::Used => texts.link_used(),
        BrokenLink::Expired => texts.link_expired(),
    };
    view! {
        <Notice kind=NoticeKind::Warning><p>{words}</p></Notice>
        <LinkButton href=addresses::FORGOTTEN_PASSWORD>{admin::reset(language).ask_again()}</LinkButton>
    }
}
