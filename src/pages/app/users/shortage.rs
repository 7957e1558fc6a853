//! Too few licences for the users that are to be added: add the licences, or deactivate somebody, and go on by itself.
//!
//! Rules: *Licences and users* ("the refusal names the numbers and the ways out") and *Changes* ("one confirmation makes
//! one invoice, however many licences it adds").

use leptos::prelude::*;
use leptos::task::spawn_local;
use onedesk_contract::ProblemType;
use onedesk_contract::account::Role;
use onedesk_contract::subscription::SubscriptionDetails;
use onedesk_contract::users::{AddUsersRequest, UserView};
use onedesk_pricing::Seats;
use onedesk_subscription::{Request, Wanted};
use onedesk_texts::{admin, changes, format, shared};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Users;
use super::list::called;
use crate::api::ApiError;
use crate::change::desk::{Offer, Stage, Subject};
use crate::change::outlook::{NOT_SOLD, Outlook};
use crate::change::words;
use crate::changing::changing;
use crate::components::button::{Button, ButtonKind};
use crate::components::change_dialog::charge_words;
use crate::components::change_lines::ChangeLines;
use crate::components::dialog::Dialog;
use crate::components::notice::{Notice, NoticeKind};
use crate::effect::{effect, memo};
use crate::order::kept;
use crate::pages::app::addresses;
use crate::pages::app::waiting::Waiting;
use crate::part::{IntoPart, Part};
use crate::session::Account;

/// Where the addresses are kept in `sessionStorage` while the licences for them are paid for.
const PLACE: &str = "onedesk.users";

/// What lacks licences.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    /// Users are invited.
    Invite(AddUsersRequest),
    /// A user is reactivated.
    Reactivate(UserView),
}

/// Users who wait for licences.
#[derive(Clone)]
pub struct Shortage {
    deed: Deed,
    /// How many users there would be more.
    more: u32,
    /// Does it after all.
    go_on: Callback<()>,
}

/// The addresses that were typed, kept over the payment page.
#[derive(Serialize, Deserialize)]
struct KeptUsers {
    /// Who typed them: nobody else is shown them.
    user: Uuid,
    request: AddUsersRequest,
}

/// The addresses that this user typed before the licences for them were paid for.
pub fn kept_users(user: Uuid) -> Option<AddUsersRequest> {
    let kept: KeptUsers = serde_json::from_str(&kept::stored(PLACE)?).ok()?;
    (kept.user == user).then_some(kept.request)
}

/// Forgets them: they were added.
pub fn forget_users() {
    kept::forget(PLACE);
}

impl Users {
    /// Opens the ways out if an error says that licences are lacking for a deed; hands the error back if it says
    /// something else. `go_on` does the deed once there are enough.
    pub fn lacks_licences(self, error: ApiError, deed: Deed, go_on: Callback<()>) -> Option<ApiError> {
        let numbers = match error.problem() {
            Some(problem) if problem.problem_type == ProblemType::NotEnoughLicences => {
                problem.licences_and_users()
            }
            _ => return Some(error),
        };
        let active = self
            .view
            .try_with_untracked(|view| view.as_ref().map(|view| view.active_users))
            .flatten();
        let (Some(active), Some(wanted)) = (active, numbers.active_users) else {
            return Some(error);
        };
        let account = self.account;
        // How the account stands decides what licences cost; a failure is told in the dialog, which waits for it.
        spawn_local(async move {
            let answer = account.session.changes.load(account.client).await;
            self.trouble
                .try_set(answer.err().map(|error| account.explain(&error)));
        });
        self.trouble.try_set(None);
        self.shortage.try_set(Some(Shortage {
            deed,
            more: wanted.saturating_sub(active),
            go_on,
        }));
        None
    }

    /// Does what waited for licences.
    fn go_on(self) {
        if let Some(shortage) = self.shortage.try_update(Option::take).flatten() {
            shortage.go_on.run(());
        }
    }
}

/// The ways out, while users wait for licences.
#[component]
pub fn LicenceDialog(
    /// The users.
    users: Users,
) -> impl IntoView {
    let account = users.account;
    let desk = account.session.changes;
    let (stage, details) = (desk.stage(), desk.details());
    // The licences are paid for in the dialog of the desk; if that fails, the ways out are here again.
    let open = memo(move || users.shortage.read().is_some() && *stage.read() == Stage::Idle);
    effect(move || {
        if desk.news().read().is_some() && users.shortage.with_untracked(Option::is_some) {
            untrack(|| users.go_on());
        }
    });
    let missing = move || {
        let more = users.shortage.read().as_ref().map(|shortage| shortage.more)?;
        let active = users.view.read().as_ref().map(|view| view.active_users)?;
        let owned = details.read().as_ref()?.subscription.term.seats.get();
        let wanted = active.saturating_add(more);
        Some((wanted.saturating_sub(owned), owned, wanted))
    };
    let texts = changes::licences(account.language);
    let title = Memo::new(move |last: Option<&String>| match missing() {
        Some((0, ..)) => texts.enough_title().to_owned(),
        Some((missing, ..)) => texts.title(missing.into()),
        // While the dialog closes it keeps its words.
        None => last
            .cloned()
            .unwrap_or_else(|| admin::licence_limit(account.language).title().to_owned()),
    });
    let dismiss = Callback::new(move |()| users.shortage.set(None));
    let content = move || {
        let (Some(shortage), Some((missing, owned, wanted))) = (users.shortage.get(), missing()) else {
            return match users.trouble.get() {
                Some(trouble) => view! { <Notice kind=NoticeKind::Error><p>{trouble}</p></Notice> }.part(),
                None => view! { <Waiting text=shared::state(account.language).loading()/> }.part(),
            };
        };
        if missing == 0 {
            return enough(users, &shortage, dismiss);
        }
        let number = |count: u32| format::number(account.language, count.into());
        let add = details.with(|details| Some(add_licences(users, &shortage, details.as_ref()?, wanted)));
        view! {
            <p>{texts.text(number(owned), number(wanted))}</p>
            {add}
            {deactivate(users)}
            {changing(move || users.trouble.get().map(|trouble| view! {
                <Notice kind=NoticeKind::Error><p>{trouble}</p></Notice>
            }))}
            {not_now(account, dismiss)}
        }
        .late_part()
    };
    view! { <Dialog id="licences" open title on_dismiss=dismiss>{changing(content)}</Dialog> }
}

fn not_now(account: Account, dismiss: Callback<()>) -> Part {
    view! {
        <div class="dialog__actions">
            <Button kind=ButtonKind::Quiet on_press=move |_| dismiss.run(())>
                {admin::confirmation(account.language).not_now()}
            </Button>
        </div>
    }
    .late_part()
}

/// What the licences cost, and the button that buys them.
fn add_licences(users: Users, shortage: &Shortage, details: &SubscriptionDetails, wanted: u32) -> Part {
    let account = users.account;
    let texts = changes::licences(account.language);
    let outlook = Seats::new(wanted).map_err(|_| NOT_SOLD).and_then(|seats| {
        let request = Request::Change(Wanted {
            seats: Some(seats),
            ..Wanted::default()
        });
        account
            .catalog
            .with(|catalog| Outlook::of(details, &catalog.price_list, request))
    });
    let outlook = match outlook {
        Ok(outlook) => outlook,
        Err(reason) => {
            let words = words::refusal(account, reason);
            let link = admin::order(account.language).see_subscription();
            return view! {
                <Notice kind=NoticeKind::Warning>
                    <p>{words}</p>
                    <p><a href=addresses::SUBSCRIPTION>{link}</a></p>
                </Notice>
            }
            .late_part();
        }
    };
    let before = &details.subscription;
    let said = words::said(account, before, &outlook);
    let press = words::button(account, before, &outlook);
    let (lines, treatment) = (outlook.lines.clone(), outlook.treatment);
    let amounts = outlook
        .today
        .map(|totals| view! { <ChangeLines account lines totals treatment/> });
    let offer = Offer {
        subject: Subject::Change(Box::new(outlook)),
        instead_of: None,
    };
    let charge = charge_words(account, &offer);
    let deed = shortage.deed.clone();
    let then = match &deed {
        Deed::Invite(_) => texts.then_invite().to_owned(),
        Deed::Reactivate(user) => texts.then_reactivate(called(user)),
    };
    let buy = move |_| {
        let user = account.view.with_untracked(|view| view.user.id);
        if let Deed::Invite(request) = &deed {
            let request = request.clone();
            if let Ok(text) = serde_json::to_string(&KeptUsers { user, request }) {
                kept::store(PLACE, &text);
            }
        }
        account
            .session
            .changes
            .confirm(account.client, user, offer.clone(), said.clone());
    };
    view! {
        <h3>{texts.add_title()}</h3>
        {amounts}
        <p class="dialog__small">{charge}" "{then}</p>
        <Button on_press=buy>{press}</Button>
    }
    .late_part()
}

/// Those who can be deactivated instead, each with a button; nothing if there is nobody.
fn deactivate(users: Users) -> Part {
    let account = users.account;
    let texts = changes::licences(account.language);
    let words = admin::users(account.language);
    let me = account.view.with_untracked(|view| view.user.id);
    let others = users.view.with(|view| {
        let users = view.as_ref().map(|view| view.users.clone()).unwrap_or_default();
        users
            .into_iter()
            .filter(|user| user.active && user.role != Role::Owner && user.id != me)
            .collect::<Vec<_>>()
    });
    if others.is_empty() {
        return ().part();
    }
    let row = move |user: UserView| {
        let name = called(&user).to_owned();
        let whom = words.deactivate_whom(&name);
        // A language that does not begin with the button's word is read out as a whole behind it.
        let rest = whom
            .strip_prefix(words.deactivate())
            .map_or_else(|| [" ", &whom].concat(), str::to_owned);
        let press = move |_| {
            users.trouble.set(None);
            spawn_local(async move {
                let answer = account.client.deactivate_user(user.id).await;
                if let Err(error) = users.settle(answer) {
                    users.trouble.try_set(Some(account.explain(&error)));
                }
            });
        };
        view! {
            <li class="scheduled__row">
                <span>{name}</span>
                <Button kind=ButtonKind::Secondary on_press=press>
                    {words.deactivate()}<span class="visually-hidden">{rest}</span>
                </Button>
            </li>
        }
    };
    view! {
        <h3>{texts.deactivate_title()}</h3>
        <p class="dialog__small">{texts.deactivate_text()}</p>
        <ul class="scheduled scheduled--long">{others.into_iter().map(row).collect_view()}</ul>
    }
    .late_part()
}

/// Somebody was deactivated: what waited can be done.
fn enough(users: Users, shortage: &Shortage, dismiss: Callback<()>) -> Part {
    let account = users.account;
    let texts = changes::licences(account.language);
    let words = match &shortage.deed {
        Deed::Invite(_) => texts.invite().to_owned(),
        Deed::Reactivate(user) => texts.reactivate(called(user)),
    };
    view! {
        <Button on_press=move |_| users.go_on()>{words}</Button>
        {not_now(account, dismiss)}
    }
    .late_part()
}
