//! Ask for a link to choose a new password.

use crate::handler::handler;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use onedesk_contract::FieldErrors;
use onedesk_contract::fields::Email;
use onedesk_contract::sign_in::PasswordResetRequest;
use onedesk_texts::{Language, admin, shared};

use super::addresses;
use super::entrance::{Entrance, tell};
use crate::api::Client;
use crate::changing::changing;
use crate::components::button::{Button, ButtonKind};
use crate::components::error_summary::ErrorSummary;
use crate::components::field::TextField;
use crate::components::mail_sentence::MailSentence;
use crate::components::notice::{Notice, NoticeKind};
use crate::forms::Form;
use crate::part::IntoPart;
use crate::session::Session;

/// One field and a button. The answer is the same whether or not anybody has the address.
#[component]
pub fn ForgottenPassword(
    /// The session.
    session: Session,
    /// The language of the screen.
    language: Language,
) -> impl IntoView {
    let texts = admin::forgotten(language);
    let form = Form::new("forgotten", language);
    let email = RwSignal::new(String::new());
    let sent = RwSignal::new(None::<String>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if !form.begin() {
            return;
        }
        let address = match Email::parse(&email.get_untracked()) {
            Ok(address) => address,
            Err(error) => return form.refuse(FieldErrors::one("email", error)),
        };
        spawn_local(async move {
            let request = PasswordResetRequest {
                email: address.as_str().to_owned(),
            };
            match Client.request_password_reset(&request).await {
                Ok(()) => {
                    form.pending.set(false);
                    sent.set(Some(request.email));
                }
                Err(error) => tell(form, session, &error),
            }
        });
    };
    let title = Signal::derive(move || {
        let is_sent = sent.read().is_some();
        if is_sent {
            texts.sent_title()
        } else {
            texts.title()
        }
        .to_owned()
    });
    let asked = move || {
        view! {
            <p class="entrance__lead">{texts.lead()}</p>
            <form class="form" method="post" novalidate on:submit=handler(submit)>
                <ErrorSummary form fields=vec![("email", shared::field(language).email())]/>
                <TextField
                    form name="email" label=shared::field(language).email() value=email
                    kind="email" autocomplete="username" required=true max_length=254
                />
                <Button submit=true pending=form.pending>{texts.submit()}</Button>
            </form>
        }
    };
    let answered = move |address: String| {
        let help = session.support().map(|address| {
            view! { <MailSentence words=texts.nothing_came(&address) address/> }
        });
        view! {
            <Notice kind=NoticeKind::Success><p>{texts.sent(address)}</p></Notice>
            <p class="entrance__lead">{help}</p>
            <Button kind=ButtonKind::Secondary on_press=move |_| sent.set(None)>{texts.another()}</Button>
        }
    };
    view! {
        <Entrance session language title>
            {changing(move || match sent.get() {
                None => asked().part(),
                Some(address) => answered(address).part(),
            })}
            <p class="entrance__aside"><a href=addresses::SIGN_IN>{texts.back()}</a></p>
        </Entrance>
    }
}
