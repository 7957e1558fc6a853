//! Administration, as those meet it who do not administer.

use leptos::prelude::*;
use onedesk_texts::admin;

use super::addresses;
use super::screen::ScreenTitle;
use crate::components::button::LinkButton;
use crate::session::Account;

/// Why there is nothing to see, and whom to ask.
#[component]
pub fn NotForMembers(
    /// The account.
    account: Account,
) -> impl IntoView {
    let texts = admin::guard(account.language);
    view! {
        <div class="screen screen--narrow">
            <ScreenTitle title=texts.title() window_title=account.window_title(texts.title())/>
            <p class="screen__lead">{account.view.with_untracked(|view| texts.text(&view.company))}</p>
            <LinkButton href=addresses::HOME>{texts.home()}</LinkButton>
        </div>
    }
}
