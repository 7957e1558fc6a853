//! Adding users, several at once, as their addresses are pasted.

use crate::handler::handler;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use onedesk_contract::ProblemType;
use onedesk_contract::users::{AddUsersRequest, AddUsersResponse, GrantedRole};
use onedesk_texts::{admin, changes, shared};

use super::refusal::Refusal;
use super::shortage::{Deed, forget_users, kept_users};
use super::{Outcome, Users};
use crate::api::ApiError;
use crate::changing::changing;
use crate::components::button::Button;
use crate::components::error_summary::ErrorSummary;
use crate::components::notice::{Notice, NoticeKind};
use crate::components::text_area::TextArea;
use crate::forms::Form;
use crate::part::IntoPart;

/// The form: addresses, their role, and afterwards who was added and who was not.
#[component]
pub fn AddUsers(
    /// The users.
    users: Users,
) -> impl IntoView {
    let account = users.account;
    let language = account.language;
    let texts = admin::add_users(language);
    let form = Form::new("add-users", language);
    // What was typed before the licences for it were paid for, on another page.
    let kept = kept_users(account.view.with_untracked(|view| view.user.id));
    let is_kept = RwSignal::new(kept.is_some());
    let kept = kept.unwrap_or_default();
    let emails = RwSignal::new(kept.emails);
    let role = RwSignal::new(kept.role);
    let outcome = RwSignal::new(None::<Outcome>);
    let invite = Invite {
        users,
        form,
        emails,
        role,
        outcome,
        is_kept,
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        invite.send();
    };
    view! {
        <section class="card" aria-labelledby="add-users-title">
            <h2 class="card__title" id="add-users-title">{texts.title()}</h2>
            {changing(move || is_kept.get().then(|| {
                let texts = changes::licences(language);
                view! { <Notice title=texts.kept_title()><p>{texts.kept()}</p></Notice> }
            }))}
            <form class="form" method="post" novalidate on:submit=handler(submit)>
                <ErrorSummary form fields=vec![("emails", texts.emails())]/>
                <TextArea form name="emails" label=texts.emails() hint=texts.hint() value=emails autocomplete="off"/>
                <Roles form role/>
                <Button submit=true pending=form.pending>{texts.submit()}</Button>
            </form>
            <div class="screen__news">
                {changing(move || outcome.get().map(|outcome| match outcome {
                    Outcome::Done(_) => ().part(),
                    Outcome::Added(answer) => view! { <Added users answer/> }.part(),
                    Outcome::Refused(error) => view! { <Refusal account error/> }.part(),
                }))}
            </div>
        </section>
    }
}

/// The form's signals.
#[derive(Clone, Copy)]
struct Invite {
    users: Users,
    form: Form,
    emails: RwSignal<String>,
    role: RwSignal<GrantedRole>,
    outcome: RwSignal<Option<Outcome>>,
    /// Whether what stands in the form was typed before a payment.
    is_kept: RwSignal<bool>,
}

impl Invite {
    /// Invites who stands in the form.
    fn send(self) {
        let form = self.form;
        if !form.begin() {
            return;
        }
        self.outcome.set(None);
        let request = AddUsersRequest {
            emails: self.emails.get_untracked(),
            role: self.role.get_untracked(),
        };
        if let Err(errors) = request.parse() {
            return form.refuse(errors);
        }
        spawn_local(async move {
            match self.users.account.client.add_users(&request).await {
                Ok(answer) => {
                    form.pending.try_set(false);
                    self.emails.try_set(String::new());
                    self.is_kept.try_set(false);
                    forget_users();
                    self.users.show(answer.view.clone());
                    self.outcome.try_set(Some(Outcome::Added(answer)));
                }
                Err(error) => self.refused(error, request),
            }
        });
    }

    fn refused(self, error: ApiError, request: AddUsersRequest) {
        let fields = error
            .problem()
            .filter(|problem| problem.problem_type == ProblemType::InvalidFields);
        if let Some(problem) = fields {
            return self.form.refuse(problem.fields.clone());
        }
        self.form.pending.try_set(false);
        let go_on = Callback::new(move |()| self.send());
        let error = self.users.lacks_licences(error, Deed::Invite(request), go_on);
        self.outcome.try_set(error.map(Outcome::Refused));
    }
}

/// What the added users may do.
#[component]
fn Roles(form: Form, role: RwSignal<GrantedRole>) -> impl IntoView {
    let texts = admin::add_users(form.language);
    let names = shared::role(form.language);
    let option = move |granted: GrantedRole, name: &'static str, what: &'static str| {
        view! {
            <label class="choice">
                <input
                    class="choice__radio"
                    type="radio"
                    name="role"
                    prop:checked=move || role.get() == granted
                    on:change=handler(move |_| role.set(granted))
                />
                <span class="choice__text"><span class="choice__name">{name}</span>" "<span class="choice__what">{what}</span></span>
            </label>
        }
    };
    view! {
        <fieldset class="field choices">
            <legend class="field__label">{texts.role_label()}</legend>
            {option(GrantedRole::Member, names.user(), texts.role_member())}
            {option(GrantedRole::Admin, names.admin(), texts.role_admin())}
        </fieldset>
    }
}

/// Who was added, and who was not, with the reason.
#[component]
fn Added(users: Users, answer: AddUsersResponse) -> impl IntoView {
    let texts = admin::add_users(users.account.language);
    let nobody = answer.added.is_empty();
    let kind = match (nobody, answer.already_here.len() + answer.elsewhere.len()) {
        (false, 0) => NoticeKind::Success,
        (false, _) => NoticeKind::Info,
        (true, _) => NoticeKind::Warning,
    };
    let group = move |addresses: Vec<String>, words: fn(onedesk_texts::admin::AddUsers, u64) -> String| {
        let count = addresses.len() as u64;
        (count > 0).then(|| {
            let addresses = addresses.into_iter().map(|address| view! { <li>{address}</li> });
            view! { <p>{words(texts, count)}</p><ul class="notice__list">{addresses.collect_view()}</ul> }
        })
    };
    view! {
        <Notice kind>
            {nobody.then(|| view! { <p>{texts.nobody()}</p> })}
            {group(answer.added, onedesk_texts::admin::AddUsers::added)}
            {group(answer.already_here, onedesk_texts::admin::AddUsers::already_here)}
            {group(answer.elsewhere, onedesk_texts::admin::AddUsers::elsewhere)}
        </Notice>
    }
}
