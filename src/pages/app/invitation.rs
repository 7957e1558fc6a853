//! Join an account, with the link from the invitation.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use onedesk_contract::sign_up::{AcceptInvitation, InvitationView};
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
    let texts = admin::invitation(language);
    let token = parameter(&browser::query(), "token").unwrap_or_default();
    let token = StoredValue::new(token);
    let link = RwSignal::new(Link::<InvitationView>::Checking);
    let check = move || {
        link.set(Link::Checking);
        spawn_local(async move {
            let answer = Client.invitation(&token.get_value()).await;
            // The invitation was written in the inviting company's language; so is this screen, unless asked otherwise.
            let language = answer
                .as_ref()
                .ok()
                .and_then(|invitation| invitation.language.parse().ok());
            if let Some(language) = language.filter(|_| !languages::is_asked_for()) {
                session.speak(language).await;
            }
            link.try_set(Link::from(answer));
        });
    };
    check();
    let title = Signal::derive(move || match &*link.read() {
        Link::Broken(broken) => broken.title(language).to_owned(),
        Link::Works(invitation) => texts.title(&invitation.company),
        Link::Checking | Link::Failed(_) => texts.page().to_owned(),
    });
    view! {
        <Entrance session language title>
            {changing(move || match link.get() {
                Link::Checking => view! { <Waiting text=admin::link(language).checking()/> }.part(),
                Link::Works(invitation) => {
                    view! { <InvitationForm session language token link invitation/> }.part()
                }
                Link::Broken(broken) => view! { <Broken language broken/> }.part(),
                Link::Failed(error) => view! {
                    <Notice kind=NoticeKind::Error><p>{session.explain(&error)}</p></Notice>
                    <Button on_press=move |_| check()>{shared::action(language).try_again()}</Button>
                }.part(),
            })}
        </Entrance>
    }
}

#[component]
fn InvitationForm(
    session: Session,
    language: Language,
    token: StoredValue<String>,
    link: RwSignal<Link<InvitationView>>,
    invitation: InvitationView,
) -> impl IntoView {
    let texts = admin::invitation(language);
    let fields = shared::field(language);
    let form = Form::new("invitation", language);
    let (name, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let navigate = use_navigate();
    let known = vec![invitation.email.clone()];
    let lead = texts.lead(&invitation.email);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if !form.begin() {
            return;
        }
        let request = AcceptInvitation {
            name: name.get_untracked(),
            password: password.get_untracked(),
        };
        if let Err(errors) = request.parse(&invitation.email) {
            return form.refuse(errors);
        }
        let navigate = navigate.clone();
        spawn_local(async move {
            let answer = Client.accept_invitation(&token.get_value(), &request).await;
            match Link::from(answer) {
                Link::Works(opened) => {
                    session.open(opened).await;
                    navigate(
                        addresses::HOME,
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
                Link::Checking => {}
            }
        });
    };
    view! {
        <p class="entrance__lead">{lead}</p>
        <form class="form" method="post" novalidate on:submit=submit>
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
