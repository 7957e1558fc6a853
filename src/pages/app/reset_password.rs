//! Choose a new password, with the link from the e-mail.

use crate::handler::handler;
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
use super::entrance::tell;
use super::link_state::{BrokenLink, Link, LinkCases, LinkHolder, LinkScreen};
use crate::api::Client;
use crate::browser;
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
    let token = StoredValue::new(parameter(&browser::query(), "token").unwrap_or_default());
    let link = RwSignal::new(Link::Checking);
    let check = move |()| {
        link.set(Link::Checking);
        spawn_local(async move {
            let answer = Client.password_reset(&token.get_value()).await;
            let holder = answer.map(|view| LinkHolder {
                email: view.email,
                company: String::new(),
            });
            link.try_set(Link::from(holder));
        });
    };
    let cases = LinkCases {
        title: Box::new(move |_| admin::reset(language).title().to_owned()),
        form: Box::new(move |holder| view! { <PasswordForm session language token link holder/> }.part()),
        broken: Box::new(move |broken| view! { <Broken language broken/> }.part()),
    };
    view! { <LinkScreen session language link check=Callback::new(check) cases/> }
}

#[component]
fn PasswordForm(
    session: Session,
    language: Language,
    token: StoredValue<String>,
    link: RwSignal<Link>,
    holder: LinkHolder,
) -> impl IntoView {
    let texts = admin::reset(language);
    let fields = shared::field(language);
    let form = Form::new("reset", language);
    let password = RwSignal::new(String::new());
    let navigate = use_navigate();
    let known = vec![holder.email.clone()];
    let lead = texts.lead(&holder.email);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if !form.begin() {
            return;
        }
        let request = NewPassword {
            password: password.get_untracked(),
        };
        if let Err(error) = Password::parse(&request.password, &[&holder.email]) {
            return form.refuse(FieldErrors::one("password", error));
        }
        let navigate = navigate.clone();
        spawn_local(async move {
            match Client.set_password(&token.get_value(), &request).await {
                Ok(()) => {
                    session.close(Farewell::PasswordSet);
                    let options = NavigateOptions {
                        replace: true,
                        ..NavigateOptions::default()
                    };
                    navigate(addresses::SIGN_IN, options);
                }
                Err(error) => match Link::from(error) {
                    Link::Failed(error) => tell(form, session, &error),
                    broken => drop(link.try_set(broken)),
                },
            }
        });
    };
    view! {
        <p class="entrance__lead">{lead}</p>
        <form class="form" method="post" novalidate on:submit=handler(submit)>
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
        <p class="entrance__aside"><a href=addresses::SIGN_IN>{admin::forgotten(language).back()}</a></p>
    }
}
