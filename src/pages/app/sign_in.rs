//! Sign in.

use crate::handler::handler;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use onedesk_contract::fields::Email;
use onedesk_contract::sign_in::SignInRequest;
use onedesk_contract::{FieldError, FieldErrors, ProblemType};
use onedesk_texts::{Language, admin, shared};

use super::addresses;
use super::entrance::{Entrance, tell};
use super::opening::Opening;
use crate::addresses::SitePage;
use crate::api::Client;
use crate::browser;
use crate::changing::changing;
use crate::components::button::Button;
use crate::components::error_summary::ErrorSummary;
use crate::components::field::TextField;
use crate::components::notice::{Notice, NoticeKind};
use crate::components::password_field::{PasswordField, PasswordUse};
use crate::effect::effect;
use crate::forms::Form;
use crate::part::IntoPart;
use crate::session::return_address::after_sign_in;
use crate::session::{Farewell, Session, Standing};

/// E-mail address and password; leads to the screen that asked for the sign-in.
#[component]
pub fn SignIn(
    /// The session.
    session: Session,
    /// The language of the screen.
    language: Language,
) -> impl IntoView {
    let navigate = use_navigate();
    effect(move || {
        if matches!(session.standing(), Standing::SignedIn(..)) {
            let options = NavigateOptions {
                replace: true,
                ..NavigateOptions::default()
            };
            navigate(&after_sign_in(&browser::query()), options);
        }
    });
    changing(move || match session.standing() {
        Standing::Asking | Standing::SignedIn(..) => {
            view! { <Opening text=admin::shell(language).opening()/> }.part()
        }
        Standing::SignedOut(farewell) => view! { <SignInForm session language farewell/> }.part(),
        // Signing in is a way to find out whether the server answers by now.
        Standing::Unreachable(_) => view! { <SignInForm session language farewell=Farewell::None/> }.part(),
    })
}

#[component]
fn SignInForm(session: Session, language: Language, farewell: Farewell) -> impl IntoView {
    let texts = admin::sign_in(language);
    let fields = shared::field(language);
    let form = Form::new("sign-in", language);
    let (email, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if !form.begin() {
            return;
        }
        let request = SignInRequest {
            email: email.get_untracked(),
            password: password.get_untracked(),
        };
        let mut errors = FieldErrors::default();
        errors.take("email", Email::parse(&request.email));
        if request.password.is_empty() {
            errors.add("password", FieldError::Required);
        }
        if !errors.is_empty() {
            form.refuse(errors);
            return;
        }
        spawn_local(async move {
            match Client.sign_in(&request).await {
                Ok(opened) => session.open(opened).await,
                Err(error) if error.problem_type() == Some(ProblemType::WrongCredentials) => {
                    form.fail(admin::sign_in(language).wrong().to_owned());
                }
                Err(error) => tell(form, session, &error),
            }
        });
    };
    let said_first = match farewell {
        Farewell::None => None,
        Farewell::SignedOut => Some((NoticeKind::Info, texts.signed_out())),
        Farewell::Ended => Some((NoticeKind::Warning, texts.ended())),
        Farewell::PasswordSet => Some((NoticeKind::Success, texts.password_set())),
    };
    view! {
        <Entrance session language title=texts.title()>
            {said_first.map(|(kind, text)| view! { <Notice kind><p>{text}</p></Notice> })}
            <form class="form" method="post" novalidate on:submit=handler(submit)>
                <ErrorSummary form fields=vec![("email", fields.email()), ("password", fields.password())]/>
                <TextField
                    form name="email" label=fields.email() value=email
                    kind="email" autocomplete="username" required=true max_length=254
                />
                <PasswordField form label=fields.password() value=password usage=PasswordUse::Current/>
                <Button submit=true pending=form.pending>{shared::action(language).sign_in()}</Button>
            </form>
            <p class="entrance__aside"><a href=addresses::FORGOTTEN_PASSWORD>{texts.forgotten()}</a></p>
            <p class="entrance__aside">
                {texts.no_account()}" "
                <a href=SitePage::SignUp.in_language(language) rel="external">{shared::action(language).sign_up()}</a>
            </p>
        </Entrance>
    }
}
