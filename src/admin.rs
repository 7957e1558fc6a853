//! The application behind the sign-in: everything under `/app`.
//!
//! Drawn in the browser from an almost empty page. When the language changes, the screens are drawn anew in the other
//! one; the session, and an order on its way, stay.
//!
//! `leptos_router` keeps the address, follows links and the browser's *back* and *forward*. Which screen stands at an
//! address is told by [`Screen::at`], a plain function: its own matching of nested routes would weigh more than any of
//! the screens.

mod gate;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::components::Router;
use leptos_router::hooks::{use_location, use_navigate};
use leptos_router::location::{BrowserUrl, LocationProvider};

use crate::changing::changing;
use crate::effect::{effect, memo};
use crate::pages::app::addresses::{self, Entrance, Inside, Screen};
use crate::pages::app::forgotten_password::ForgottenPassword;
use crate::pages::app::invitation::Invitation;
use crate::pages::app::nothing_here::NothingHere;
use crate::pages::app::reset_password::ResetPassword;
use crate::pages::app::sign_in::SignIn;
use crate::part::IntoPart;
use crate::session::Session;
use gate::Gate;

/// The program `admin`: begins the session and shows the screen of the address.
#[component]
pub fn Admin() -> impl IntoView {
    let session = Session::begin();
    view! {
        <Router>
            <Screens session/>
        </Router>
    }
}

#[component]
fn Screens(session: Session) -> impl IntoView {
    let path = settled_path();
    let screen = memo(move || Screen::at(&path.read()));
    // The frame of the application stays while the screens in it change.
    let area = memo(move || match screen.get() {
        Screen::Inside(_) => Screen::Inside(Inside::Home),
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
            Screen::Entrance(Entrance::SignIn) => view! { <SignIn session language/> }.part(),
            Screen::Entrance(Entrance::ForgottenPassword) => {
                view! { <ForgottenPassword session language/> }.part()
            }
            Screen::Entrance(Entrance::ResetPassword) => view! { <ResetPassword session language/> }.part(),
            Screen::Entrance(Entrance::Invitation) => view! { <Invitation session language/> }.part(),
            Screen::Inside(_) => view! { <Gate session language screen=inside/> }.part(),
            Screen::Nothing => view! { <NothingHere session language/> }.part(),
        }
    })
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
