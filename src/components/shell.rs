//! The frame around every screen of the application: a slim bar on top, a banner of what is about to end below it, and in
//! Administration a list of its screens at the side.

use crate::handler::handler;
use leptos::prelude::*;
use onedesk_texts::{admin, billing};

use super::applications::Applications;
use super::banner::StandingBanner;
use super::icon::Icon;
use super::shell_user_menu::UserMenu;
use super::site_header::BrandMark;
use crate::changing::{changing, text};
use crate::effect::memo;
use crate::pages::app::addresses::{self, Inside};
use crate::part::Slot;
use crate::session::Account;

/// Where every screen's content begins, for those who skip the bar.
pub const CONTENT_ID: &str = "content";

/// The frame; `children` is the screen in it.
#[component]
pub fn Shell(
    /// The account.
    account: Account,
    /// The screen.
    children: Slot,
    /// Which screen it is.
    screen: Signal<Inside>,
) -> impl IntoView {
    let texts = admin::shell(account.language);
    let has_side = memo(move || screen.get().is_administration() && account.administers());
    let skip = move |event: leptos::ev::MouseEvent| {
        // By hand: the router would take the fragment for a navigation.
        event.prevent_default();
        crate::browser::focus(CONTENT_ID);
    };
    view! {
        <div class="shell">
            <a class="shell__skip" href=["#", CONTENT_ID].concat() rel="external" on:click=handler(skip)>{texts.skip()}</a>
            <header class="shell__bar">
                <a class="brand" href=addresses::HOME>
                    <BrandMark/>
                    <span>{account.catalog.with(|catalog| catalog.vendor.name.clone())}</span>
                </a>
                <span class="shell__company">{text(move || account.view.with(|view| view.company.clone()))}</span>
                <div class="shell__menus">
                    <Applications account screen/>
                    <UserMenu account/>
                </div>
            </header>
            <StandingBanner account screen/>
            <div class="shell__body" class:shell__body--with-side=move || has_side.get()>
                {changing(move || has_side.get().then(|| view! { <AdministrationList account screen/> }))}
                <main class="shell__content" id=CONTENT_ID tabindex="-1">{children.fill()}</main>
            </div>
        </div>
    }
}

/// The screens of Administration.
#[component]
fn AdministrationList(account: Account, screen: Signal<Inside>) -> impl IntoView {
    let texts = admin::shell(account.language);
    let more = billing::titles(account.language);
    let entries = [
        (addresses::USERS, Icon::People, texts.users()),
        (addresses::SUBSCRIPTION, Icon::Card, texts.subscription()),
        (addresses::INVOICES, Icon::Receipt, more.invoices()),
        (addresses::BILLING_DETAILS, Icon::Building, more.details()),
        (addresses::HISTORY, Icon::Clock, more.history()),
    ];
    let entries = entries.map(|(address, icon, words)| {
        let current = move || {
            let (entry, is_itself) = screen.get().entry();
            (entry == address).then_some(if is_itself { "page" } else { "true" })
        };
        view! {
            <li>
                <a class="side__item" href=address aria-current=current>
                    <Icon icon/>
                    <span>{words}</span>
                </a>
            </li>
        }
    });
    view! {
        <nav class="side" aria-label=texts.administration()>
            <p class="side__title"><Icon icon=Icon::Gear/><span>{texts.administration()}</span></p>
            <ul class="side__list">{entries.into_iter().collect_view()}</ul>
        </nav>
    }
}
