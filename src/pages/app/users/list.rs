//! The users, one a row, with what can be done about each.

use crate::handler::handler;
use leptos::prelude::*;
use leptos::task::spawn_local;
use onedesk_contract::account::Role;
use onedesk_contract::users::UserView;
use onedesk_texts::{admin, shared};
use uuid::Uuid;

use super::reactivation::{Reactivation, Selection};
use super::refusal::Refusal;
use super::shortage::Deed;
use super::{Outcome, Users};
use crate::browser;
use crate::changing::{changing, mark};
use crate::components::button::{Button, ButtonKind};
use crate::components::dialog::Dialog;
use crate::components::notice::{Notice, NoticeKind};
use crate::effect::memo;
use crate::part::IntoPart;

/// The id of the refusal above the table.
const REFUSAL_ID: &str = "users-refusal";
/// The id of what came of the last change, above the table.
pub(super) const NEWS_ID: &str = "users-news";

/// What is being done, and what came of the last change.
#[derive(Clone, Copy)]
struct Changes {
    users: Users,
    /// The user that the server is being asked to change.
    pending: RwSignal<Option<UserView>>,
    /// The user whose deactivation is to be confirmed.
    asked: RwSignal<Option<UserView>>,
    outcome: RwSignal<Option<Outcome>>,
    /// Deactivated users that were picked, to be reactivated in one step.
    selected: RwSignal<Vec<Uuid>>,
}

impl Changes {
    fn reactivate(self, user: UserView) {
        self.change(user, true);
    }

    fn deactivate(self) {
        if let Some(user) = self.asked.get_untracked() {
            self.asked.set(None);
            self.change(user, false);
        }
    }

    fn change(self, user: UserView, activate: bool) {
        if self.pending.with_untracked(Option::is_some) {
            return;
        }
        self.pending.set(Some(user.clone()));
        self.outcome.set(None);
        let account = self.users.account;
        spawn_local(async move {
            let answer = if activate {
                account.client.reactivate_user(user.id).await
            } else {
                account.client.deactivate_user(user.id).await
            };
            let texts = admin::users(account.language);
            let done = || {
                if activate {
                    texts.was_reactivated(called(&user))
                } else {
                    texts.was_deactivated(called(&user))
                }
            };
            let outcome = match self.users.settle(answer) {
                Ok(()) => Outcome::Done(done()),
                Err(error) => {
                    let again = user.clone();
                    let go_on = Callback::new(move |()| self.reactivate(again.clone()));
                    let deed = Deed::Reactivate(user.clone());
                    let Some(error) = self.users.lacks_licences(error, deed, go_on) else {
                        self.pending.try_set(None);
                        return;
                    };
                    Outcome::Refused(error)
                }
            };
            // The button that was pressed gave way to its opposite: the focus stays in the row. A refusal stands above
            // the table, which may be out of sight.
            let focused = if matches!(outcome, Outcome::Done(_)) {
                button_id(user.id)
            } else {
                REFUSAL_ID.to_owned()
            };
            self.outcome.try_set(Some(outcome));
            self.pending.try_set(None);
            request_animation_frame(move || browser::focus(&focused));
        });
    }
}

/// The name, or the address of a user who has not joined yet.
pub(super) fn called(user: &UserView) -> &str {
    if user.name.is_empty() {
        &user.email
    } else {
        &user.name
    }
}

fn button_id(user: Uuid) -> String {
    format!("user-{user}")
}

/// The table; on a narrow screen each row is a card.
#[component]
pub fn UserList(
    /// The users.
    users: Users,
) -> impl IntoView {
    let account = users.account;
    let language = account.language;
    let texts = admin::users(language);
    let changes = Changes {
        users,
        pending: RwSignal::new(None),
        asked: RwSignal::new(None),
        outcome: RwSignal::new(None),
        selected: RwSignal::new(Vec::new()),
    };
    let rows = move || {
        let users = users
            .view
            .with(|view| view.as_ref().map(|view| view.users.clone()).unwrap_or_default());
        users
            .into_iter()
            .map(|user| view! { <Row changes user/> })
            .collect_view()
    };
    // The roles are said again: a table that is laid out as cards is none to some browsers.
    view! {
        <Reactivation users selected=changes.selected outcome=changes.outcome/>
        <div class="screen__news" id=NEWS_ID tabindex="-1">
            {changing(move || changes.outcome.get().map(|outcome| match outcome {
                Outcome::Done(words) => view! { <Notice kind=NoticeKind::Success><p>{words}</p></Notice> }.part(),
                Outcome::Added(_) => ().part(),
                Outcome::Refused(error) => {
                    view! { <div id=REFUSAL_ID tabindex="-1"><Refusal account error/></div> }.part()
                }
            }))}
        </div>
        <table class="table" role="table">
            <caption class="visually-hidden">{account.view.with_untracked(|view| texts.table(&view.company))}</caption>
            <thead role="rowgroup">
                <tr role="row">
                    <th role="columnheader" scope="col">{texts.name()}</th>
                    <th role="columnheader" scope="col">{shared::field(language).email()}</th>
                    <th role="columnheader" scope="col">{texts.role()}</th>
                    <th role="columnheader" scope="col">{texts.state()}</th>
                    <th role="columnheader" scope="col"><span class="visually-hidden">{texts.actions()}</span></th>
                </tr>
            </thead>
            <tbody role="rowgroup">
                {changing(rows)}
            </tbody>
        </table>
        <Deactivation changes/>
    }
}

#[component]
fn Row(changes: Changes, user: UserView) -> impl IntoView {
    let account = changes.users.account;
    let texts = admin::users(account.language);
    let roles = shared::role(account.language);
    let is_me = account.view.with_untracked(|view| view.user.id == user.id);
    let role = match user.role {
        Role::Owner => roles.owner(),
        Role::Admin => roles.admin(),
        Role::Member => roles.user(),
    };
    let (state, state_class) = match (user.active, user.invited) {
        (false, _) => (texts.deactivated(), "state state--off"),
        (true, true) => (texts.invited(), "state state--waiting"),
        (true, false) => (texts.active(), "state state--on"),
    };
    let name = if user.name.is_empty() {
        texts.not_joined().to_owned()
    } else {
        user.name.clone()
    };
    let name_class = if user.name.is_empty() {
        "table__name table__name--none"
    } else {
        "table__name"
    };
    let email = user.email.clone();
    let selection = (!user.active)
        .then(|| view! { <Selection users=changes.users selected=changes.selected user=user.clone()/> });
    let action = (user.role != Role::Owner && !is_me).then(|| view! { <Action changes user/> });
    view! {
        <tr role="row" class="table__row">
            <th role="rowheader" scope="row" class=name_class>
                {selection}
                {name}
                {is_me.then(|| view! { " "<span class="badge">{texts.you()}</span> })}
            </th>
            <td role="cell" class="table__email">{email}</td>
            <td role="cell" data-label=texts.role()>{role}</td>
            <td role="cell" data-label=texts.state()><span class=state_class>{state}</span></td>
            <td role="cell" class="table__action">{action}</td>
        </tr>
    }
}

/// Deactivate an active user (after a question), reactivate a deactivated one.
#[component]
fn Action(changes: Changes, user: UserView) -> impl IntoView {
    let texts = admin::users(changes.users.account.language);
    let (id, active) = (user.id, user.active);
    let name = called(&user).to_owned();
    let (words, whom) = if active {
        (texts.deactivate(), texts.deactivate_whom(name))
    } else {
        (texts.reactivate(), texts.reactivate_whom(name))
    };
    let pending = move || {
        changes
            .pending
            .with(|user| user.as_ref().is_some_and(|user| user.id == id))
    };
    let press = move |_| {
        if changes.pending.with_untracked(Option::is_some) {
        } else if active {
            changes.asked.set(Some(user.clone()));
        } else {
            changes.reactivate(user.clone());
        }
    };
    view! {
        <button
            type="button"
            class="button button--quiet"
            id=button_id(id)
            aria-label=whom
            aria-busy=mark(pending)
            aria-disabled=mark(pending)
            on:click=handler(press)
        >
            <span class="button__label">{words}</span>
            <span class="button__progress" aria-hidden="true"></span>
        </button>
    }
}

/// What deactivating does and does not, before it is done.
#[component]
fn Deactivation(changes: Changes) -> impl IntoView {
    let texts = admin::users(changes.users.account.language);
    let open = memo(move || changes.asked.read().is_some());
    let title = Memo::new(move |last: Option<&String>| match &*changes.asked.read() {
        Some(user) => texts.deactivate_title(called(user)),
        // While the dialog closes it keeps its words.
        None => last.cloned().unwrap_or_default(),
    });
    let dismiss = Callback::new(move |()| changes.asked.set(None));
    view! {
        <Dialog id="deactivation" open title on_dismiss=dismiss>
            <p>{texts.deactivate_text()}</p>
            <div class="dialog__actions">
                <Button kind=ButtonKind::Secondary on_press=move |_| dismiss.run(())>{texts.deactivate_keep()}</Button>
                <Button kind=ButtonKind::Danger on_press=move |_| changes.deactivate()>{texts.deactivate()}</Button>
            </div>
        </Dialog>
    }
}
