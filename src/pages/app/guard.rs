//! Administration is for those who administer.

use leptos::prelude::*;
use onedesk_texts::admin;

use super::addresses;
use super::screen::ScreenTitle;
use crate::components::button::LinkButton;
use crate::session::Account;

/// Shows the screen to administrators, and everybody else whom to ask. (The server refuses members all the same.)
#[component]
pub fn Guard(
    /// The screen.
    children: ChildrenFn,
) -> impl IntoView {
    let account = expect_context::<Account>();
    let texts = admin::guard(account.language);
    let allowed = Memo::new(move |_| account.administers());
    let refusal = move || {
        view! {
            <div class="screen screen--narrow">
                <ScreenTitle title=texts.title() window_title=account.window_title(texts.title())/>
                <p class="screen__lead">{account.view.with(|view| texts.text(&view.company))}</p>
                <LinkButton href=addresses::HOME>{texts.home()}</LinkButton>
            </div>
        }
    };
    move || if allowed.get() { children().into_any() } else { refusal().into_any() }
}
