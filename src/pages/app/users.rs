//! Users: who signs in, and so needs a licence.

mod add;
mod list;
mod reactivation;
mod refusal;
mod shortage;

use leptos::prelude::*;
use leptos::task::spawn_local;
use onedesk_contract::account::SubscriptionState;
use onedesk_contract::users::{AddUsersResponse, UsersView};
use onedesk_texts::{admin, format, shared};

use super::screen::ScreenTitle;
use super::waiting::Waiting;
use crate::api::{Answer, ApiError};
use crate::changing::{changing, text};
use crate::components::button::Button;
use crate::components::change_news::ChangeNews;
use crate::components::icon::Icon;
use crate::components::notice::{Notice, NoticeKind};
use crate::effect::memo;
use crate::part::IntoPart;
use crate::session::Account;
use add::AddUsers;
use list::UserList;
use shortage::{LicenceDialog, Shortage};

/// What came of the last change.
#[derive(Clone, Debug, PartialEq)]
enum Outcome {
    /// It was done; this says what.
    Done(String),
    /// Users were added, or were not.
    Added(AddUsersResponse),
    /// It was refused.
    Refused(ApiError),
}

/// The users as far as is known.
#[derive(Clone, Copy, Debug)]
pub struct Users {
    account: Account,
    view: RwSignal<Option<UsersView>>,
    failure: RwSignal<Option<String>>,
    /// Who waits for licences.
    shortage: RwSignal<Option<Shortage>>,
    /// What went wrong in the dialog about them.
    trouble: RwSignal<Option<String>>,
}

impl Users {
    /// Asks the server who there is.
    fn load(account: Account) -> Self {
        let users = Self {
            account,
            view: RwSignal::new(None),
            failure: RwSignal::new(None),
            shortage: RwSignal::new(None),
            trouble: RwSignal::new(None),
        };
        users.reload();
        users
    }

    fn reload(self) {
        self.failure.set(None);
        spawn_local(async move {
            match self.account.client.users().await {
                Ok(view) => self.show(view),
                Err(error) => {
                    self.failure.try_set(Some(self.account.explain(&error)));
                }
            }
        });
    }

    /// Shows who there is now. The number of active users stands on other screens too.
    fn show(self, view: UsersView) {
        let _ = self.view.try_set(Some(view));
        self.account.refresh_soon();
    }

    /// Shows the answer to a change; hands back why there is none.
    fn settle(self, answer: Answer<UsersView>) -> Answer<()> {
        answer.map(|view| self.show(view))
    }
}

/// Who there is, adding several at once, deactivating and reactivating.
#[component]
pub fn UsersPage(
    /// The account.
    account: Account,
) -> impl IntoView {
    let language = account.language;
    let texts = admin::users(language);
    let users = Users::load(account);
    let loaded = memo(move || users.view.read().is_some());
    let content = move || match (users.failure.get(), loaded.get()) {
        (Some(failure), false) => view! {
            <Notice kind=NoticeKind::Error title=shared::problem(language).title()>
                <p>{failure}</p>
                <Button on_press=move |_| users.reload()>{shared::action(language).try_again()}</Button>
            </Notice>
        }
        .part(),
        (_, false) => view! { <Waiting text=shared::state(language).loading()/> }.part(),
        (_, true) => view! {
            <ChangeNews account/>
            <Usage users/>
            <OnlyTheOwner users/>
            <div class="users__panels">
                <AddUsers users/>
                <Customers account/>
            </div>
            <UserList users/>
            <LicenceDialog users/>
        }
        .part(),
    };
    view! {
        <div class="screen users">
            <ScreenTitle title=texts.title() window_title=account.window_title(texts.title())/>
            <p class="screen__lead">{texts.lead()}</p>
            {changing(content)}
        </div>
    }
}

/// How many licences are in use; in the trial, that there is no limit.
#[component]
fn Usage(users: Users) -> impl IntoView {
    let language = users.account.language;
    let texts = admin::users(language);
    let words = move || {
        let Some(view) = users.view.get() else {
            return String::new();
        };
        let active = u64::from(view.active_users);
        let owned = |licences: u32| {
            let count = |number| format::number(language, number);
            texts.usage(count(active), count(licences.into()))
        };
        users
            .account
            .view
            .with(|account| match (&account.subscription, view.licences) {
                (SubscriptionState::TrialOver { .. } | SubscriptionState::Ended { .. }, _) => {
                    texts.after_trial(active)
                }
                (SubscriptionState::Suspended { .. }, _) => admin::standing(language).users_suspended(active),
                (_, Some(licences)) => owned(licences),
                (_, None) => texts.in_trial(active),
            })
    };
    view! { <p class="users__usage" role="status"><Icon icon=Icon::People/><span>{text(words)}</span></p> }
}

/// What to do while there is nobody but the owner.
#[component]
fn OnlyTheOwner(users: Users) -> impl IntoView {
    let texts = admin::users(users.account.language);
    let is_alone = memo(move || {
        users
            .view
            .with(|view| view.as_ref().is_some_and(|view| view.users.len() <= 1))
    });
    view! {
        {changing(move || is_alone.get().then(|| view! { <Notice title=texts.empty_title()><p>{texts.empty_text()}</p></Notice> }))}
    }
}

/// Who needs no licence.
#[component]
fn Customers(account: Account) -> impl IntoView {
    let texts = admin::customers(account.language);
    view! {
        <section class="card card--tint" aria-labelledby="customers-title">
            <h2 class="card__title" id="customers-title">{texts.title()}</h2>
            <p>{texts.text()}</p>
        </section>
    }
}
