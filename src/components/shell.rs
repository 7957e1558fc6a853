//! The frame around every screen of the application: a slim bar on top, the trial's banner below it, and in
//! Administration a list of its screens at the side.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use onedesk_texts::admin;

use super::banner::TrialBanner;
use super::icon::Icon;
use super::menu::Menu;
use super::shell_user_menu::UserMenu;
use super::site_header::BrandMark;
use crate::pages::app::addresses;
use crate::session::Account;

/// Where every screen's content begins, for those who skip the bar.
pub const CONTENT_ID: &str = "content";

/// The frame; `children` is the screen in it.
#[component]
pub fn Shell(
    /// The account.
    account: Account,
    /// The screen.
    children: Children,
) -> impl IntoView {
    let texts = admin::shell(account.language);
    let path = use_location().pathname;
    let in_administration = Memo::new(move |_| path.read().starts_with("/app/administration"));
    let has_side = move || in_administration.get() && account.administers();
    let skip = move |event: leptos::ev::MouseEvent| {
        // By hand: the router would take the fragment for a navigation.
        event.prevent_default();
        crate::browser::focus(CONTENT_ID);
    };
    view! {
        <div class="shell">
            <a class="shell__skip" href=["#", CONTENT_ID].concat() rel="external" on:click=skip>{texts.skip()}</a>
            <header class="shell__bar">
                <a class="brand" href=addresses::HOME>
                    <BrandMark/>
                    <span>{account.catalog.with(|catalog| catalog.vendor.name.clone())}</span>
                </a>
                <span class="shell__company">{move || account.view.with(|view| view.company.clone())}</span>
                <div class="shell__menus">
                    <Applications account/>
                    <UserMenu account/>
                </div>
            </header>
            <TrialBanner account/>
            <div class="shell__body" class:shell__body--with-side=has_side>
                <Show when=has_side><AdministrationList account/></Show>
                <main class="shell__content" id=CONTENT_ID tabindex="-1">{children()}</main>
            </div>
        </div>
    }
}

/// *More applications*: the way from one application to another.
#[component]
fn Applications(account: Account) -> impl IntoView {
    let texts = admin::shell(account.language);
    let path = use_location().pathname;
    let current = move |here: bool| here.then_some("true");
    let is_administration = move || path.read().starts_with("/app/administration");
    view! {
        <Menu
            id="applications"
            label=texts.more_applications().to_owned()
            at_end=true
            face=|| view! { <Icon icon=Icon::Grid/> }
        >
            <nav class="applications" aria-label=texts.applications()>
                <ul class="applications__list">
                    <li>
                        <a
                            class="applications__item"
                            href=addresses::HOME
                            aria-current=move || current(*path.read() == addresses::HOME)
                        >
                            <Icon icon=Icon::Ticket/>
                            <span>{texts.home()}</span>
                        </a>
                    </li>
                    {move || account.administers().then(|| view! {
                        <li>
                            <a
                                class="applications__item"
                                href=addresses::USERS
                                aria-current=move || current(is_administration())
                            >
                                <Icon icon=Icon::Gear/>
                                <span>{texts.administration()}</span>
                            </a>
                        </li>
                    })}
                </ul>
            </nav>
        </Menu>
    }
}

/// The screens of Administration.
#[component]
fn AdministrationList(account: Account) -> impl IntoView {
    let texts = admin::shell(account.language);
    let path = use_location().pathname;
    let entry = move |address: &'static str, icon: Icon, text: &'static str| {
        // A screen below another, such as an order below the subscription, belongs to it.
        let current = move || match path.read().strip_prefix(address) {
            Some("") => Some("page"),
            Some(rest) if rest.starts_with('/') => Some("true"),
            _ => None,
        };
        view! {
            <li>
                <a class="side__item" href=address aria-current=current><Icon icon/><span>{text}</span></a>
            </li>
        }
    };
    view! {
        <nav class="side" aria-label=texts.administration()>
            <p class="side__title"><Icon icon=Icon::Gear/><span>{texts.administration()}</span></p>
            <ul class="side__list">
                {entry(addresses::USERS, Icon::People, texts.users())}
                {entry(addresses::SUBSCRIPTION, Icon::Card, texts.subscription())}
            </ul>
        </nav>
    }
}
