//! Who is signed in, the language, and the way out.

use crate::handler::handler;
use leptos::prelude::*;
use leptos::task::spawn_local;
use onedesk_texts::{Language, admin, chat, shared};

use super::chat_link::ChatLink;
use super::icon::Icon;
use super::menu::Menu;
use super::notice::{Notice, NoticeKind};
use crate::api::Answer;
use crate::browser;
use crate::changing::{changing, text};
use crate::session::Account;

/// The id of its button.
const ID: &str = "user-menu";

/// The user's own menu in the bar.
#[component]
pub fn UserMenu(
    /// The account.
    account: Account,
) -> impl IntoView {
    let language = account.language;
    let texts = admin::shell(language);
    let failure = RwSignal::new(None::<String>);
    let tell = move |answer: Answer<()>| {
        if let Err(error) = answer {
            failure.try_set(Some(account.explain(&error)));
        }
    };
    let speak = move |language: Language| {
        failure.set(None);
        spawn_local(async move {
            let answer = account.change_language(language).await;
            if answer.is_ok() {
                // The screens were drawn anew, this menu among them.
                request_animation_frame(|| browser::focus(ID));
            }
            tell(answer);
        });
    };
    let sign_out = move |_| {
        failure.set(None);
        spawn_local(async move { tell(account.sign_out().await) });
    };
    let entry = move |other: Language| {
        let is_current = other == language;
        view! {
            <li>
                <button
                    type="button"
                    class="user-menu__item"
                    lang=other.code()
                    aria-pressed=if is_current { "true" } else { "false" }
                    on:click=handler(move |_| if !is_current { speak(other) })
                >
                    <span class="user-menu__mark">{is_current.then(|| view! { <Icon icon=Icon::Check/> })}</span>
                    {other.native_name()}
                </button>
            </li>
        }
    };
    view! {
        <Menu id=ID label=texts.user_menu().to_owned() at_end=true icon=Icon::User>
            <div class="user-menu">
                <p class="user-menu__name">{text(move || account.view.with(|view| view.user.name.clone()))}</p>
                <p class="user-menu__email">{text(move || account.view.with(|view| texts.signed_in_as(&view.user.email)))}</p>
                <p class="user-menu__label" id="user-menu-languages">
                    <Icon icon=Icon::Globe/>
                    {shared::language(language).label()}
                </p>
                <ul class="user-menu__list" aria-labelledby="user-menu-languages">
                    {Language::all().iter().copied().map(entry).collect_view()}
                </ul>
                <ChatLink language class="user-menu__item" label=chat::opener(language).ask()/>
                <button type="button" class="user-menu__item user-menu__item--out" on:click=handler(sign_out)>
                    <span class="user-menu__mark"><Icon icon=Icon::SignOut/></span>
                    {shared::action(language).sign_out()}
                </button>
            </div>
        </Menu>
        {changing(move || failure.get().map(|failure| view! {
            <div class="shell__failure">
                <Notice kind=NoticeKind::Error title=shared::problem(language).title()><p>{failure}</p></Notice>
            </div>
        }))}
    }
}
