//! Join an account, with the link from the invitation.

use crate::handler::handler;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use onedesk_contract::sign_up::{AcceptInvitation, InvitationView};
use onedesk_texts::{Language, admin, shared};

use super::addresses;
use super::entrance::tell;
use super::link_state::{BrokenLink, Link, LinkCases, LinkHolder, LinkScreen};
use crate::api::Client;
use crate::browser;
use crate::choice::parameter;
use crate::components::button::{Button, LinkButton};
use crate::components::error_summary::ErrorSummary;
use crate::components::field::TextField;
use crate::components::notice::{Notice, NoticeKind};
use crate::components::password_field::{PasswordField, PasswordUse};
use crate::forms::Form;
use crate::part::IntoPart;
use crate::session::{Session, languages};

/// Name and password of the invited user; or what became of the invitation.
#[component]
pub fn Invitation(
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
            let answer = Client.invitation(&token.get_value()).await;
            // The invitation was written in the inviting company's language; so is this screen, unless asked otherwise.
            let written_in = answer
                .as_ref()
                .ok()
                .and_then(|invitation| invitation.language.parse().ok());
            if let Some(language) = written_in.filter(|_| !languages::is_asked_for()) {
                // Without these texts the invitation is shown in the language that the screen has.
                drop(session.speak(language).await);
            }
            let holder = answer.map(|InvitationView { email, company, .. }| LinkHolder { email, company });
            link.try_set(Link::from(holder));
        });
    };
    let texts = admin::invitation(language);
    let cases = LinkCases {
        title: Box::new(move |holder| match holder {
            Some(holder) => texts.title(&holder.company),
            None => texts.page().to_owned(),
        }),
        form: Box::new(move |holder| view! { <InvitationForm session language token link holder/> }.part()),
        broken: Box::new(move |broken| view! { <Broken language broken/> }.part()),
    };
    view! { <LinkScreen session language link check=Callback::new(check) cases/> }
}

#[component]
fn InvitationForm(
    session: Session,
    language: Language,
    token: StoredValue<String>,
    link: RwSignal<Link>,
    holder: LinkHolder,
) -> impl IntoView {
    let texts = admin::invitation(language);
    let fields = shared::field(language);
    let form = Form::new("invitation", language);
    let (name, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let navigate = use_navigate();
    let known = vec![holder.email.clone()];
    let lead = texts.lead(&holder.email);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if !form.begin() {
            return;
        }
        let request = AcceptInvitation {
            name: name.get_untracked(),
            password: password.get_untracked(),
        };
        if let Err(errors) = request.parse(&holder.email) {
            return form.refuse(errors);
        }
        let navigate = navigate.clone();
        spawn_local(async move {
            match Client.accept_invitation(&token.get_value(), &request).await {
                Ok(opened) => {
                    session.open(opened).await;
                    let options = NavigateOptions {
                        replace: true,
                        ..NavigateOptions::default()
                    };
                    navigate(addresses::HOME, options);
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
            <ErrorSummary form fields=vec![("name", fields.name()), ("password", fields.password())]/>
            <TextField
                form name="name" label=fields.name() value=name
                autocomplete="name" required=true max_length=100
            />
            <PasswordField
                form label=fields.password() value=password
                usage=PasswordUse::New { context: Signal::stored(known) }
            />
            <Button submit=true pending=form.pending>{texts.submit()}</Button>
        </form>
    }
}

/// Why the invitation leads nowhere, and what to do.
#[component]
fn Broken(language: Language, broken: BrokenLink) -> impl IntoView {
    let texts = admin::invitation(language);
    let words = match broken {
        BrokenLink::Unknown => texts.unknown(),
        BrokenLink::Used => texts.used(),
        BrokenLink::Expired => texts.expired(),
    };
    view! {
        <Notice kind=NoticeKind::Warning><p>{words}</p></Notice>
        <LinkButton href=addresses::SIGN_IN>{shared::action(language).sign_in()}</LinkButton>
    }
}
