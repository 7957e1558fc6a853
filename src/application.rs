//! The application behind the sign-in: everything under `/app`.
//!
//! Three programs draw it: [`admin`], [`billing`] and [`records`], so that nobody downloads the screens of payments in
//! order to sign in. What they share is here: the session, the address, the frame. Whoever goes to a screen of another
//! program has its page loaded, at the same address ([`hand_over`]).
//!
//! Drawn in the browser from an almost empty page. When the language changes, the screens are drawn anew in the other
//! one; the session, and an order on its way, stay.
//!
//! `leptos_router` keeps the address, follows links and the browser's *back* and *forward*. Which screen stands at an
//! address is told by [`Screen::at`], a plain function: its own matching of nested routes would weigh more than any of
//! the screens.

pub mod admin;
pub mod billing;
mod gate;
pub mod records;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::components::Router;
use leptos_router::hooks::{use_location, use_navigate};
use leptos_router::location::{BrowserUrl, LocationProvider};

use crate::browser;
use crate::changing::changing;
use crate::components::change_dialog::ChangeDialog;
use crate::effect::{effect, memo};
use crate::pages::app::addresses::{self, Entrance, Inside, Program, Screen};
use crate::pages::app::nothing_here::NothingHere;
use crate::part::{IntoPart, Part};
use crate::session::{Account, Session};
use gate::Gate;

use onedesk_texts::Language;

/// What one of the programs draws. Functions rather than components with a list of all screens: a program holds the code
/// of its own screens only.
#[derive(Clone, Copy)]
pub struct Screens {
    /// Whose screens they are.
    pub program: Program,
    /// A screen for everybody.
    pub entrance: fn(Entrance, Session, Language) -> Part,
    /// A screen for those who are signed in.
    pub inside: fn(Inside, Account) -> Part,
    /// What lies over every screen: dialogs.
    pub above: fn(Account) -> Part,
}

/// A program of the application: begins the session and shows the screen of the address.
#[component]
pub fn Application(
    /// What it draws.
    screens: Screens,
    /// The language to begin with.
    language: Language,
) -> impl IntoView {
    let session = Session::begin(language);
    view! {
        <Router>
            <ScreenOfAddress session screens/>
        </Router>
    }
}

#[component]
fn ScreenOfAddress(session: Session, screens: Screens) -> impl IntoView {
    let path = settled_path();
    let screen = memo(move || Screen::at(&path.read()));
    // The frame of the application stays while the screens in it change.
    let area = memo(move || match screen.get() {
        Screen::Inside(inside) => Screen::Inside(inside.first_of_program()),
        other => other,
    });
    let inside = Signal::derive(move || match screen.get() {
        Screen::Inside(inside) => inside,
        _ => Inside::Home,
    });
    let navigate = use_navigate();
    effect(move || {
        if path.read().trim_end_matches('/') == addresses::ADMINISTRATION {
            let options = NavigateOptions {
                replace: true,
                ..NavigateOptions::default()
            };
            navigate(addresses::USERS, options);
        }
    });
    changing(move || {
        let language = session.language();
        match area.get() {
            screen if screen.program().is_some_and(|program| program != screens.program) => {
                hand_over(session)
            }
            Screen::Entrance(entrance) => (screens.entrance)(entrance, session, language),
            Screen::Inside(_) => view! { <Gate session language screen=inside screens/> }.part(),
            Screen::Nothing => view! { <NothingHere session language/> }.part(),
        }
    })
}

/// Loads the page of the address, which another program draws.
fn hand_over(session: Session) -> Part {
    session.hand_over();
    browser::reload();
    ().part()
}

/// What lies over the screens of a program that takes no orders. If one was left unanswered in this tab, it leads to the
/// program `billing`, which goes on with it.
fn above_without_orders(account: Account) -> Part {
    let user = account.view.with_untracked(|view| view.user.id);
    if account.session.orders.is_left_over(user) {
        browser::go_to(addresses::SUBSCRIPTION);
    }
    view! { <ChangeDialog account/> }.part()
}

/// The path of the address, once it stands in the address bar: a screen may read or write its query there at once.
///
/// The router waits with the address until it is told that the screen of a link has been chosen, which its own `Routes`
/// would do.
fn settled_path() -> RwSignal<String> {
    let path = use_location().pathname;
    let address = use_context::<BrowserUrl>();
    let settled = RwSignal::new(path.get_untracked());
    effect(move || {
        let path = path.get();
        if let Some(address) = &address {
            address.ready_to_complete();
        }
        // Behind the router's own task, which was woken by this.
        spawn_local(async move {
            if settled.with_untracked(|settled| *settled != path) {
                settled.set(path);
            }
        });
    });
    settled
}
