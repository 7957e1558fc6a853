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
use leptos_router::NavigateOptions;
use leptos_router::components::Router;
use leptos_router::hooks::{use_location, use_navigate};

use crate::changing::changing;
use crate::effect::effect;
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

/// What is drawn as a whole: a screen before the sign-in, or all that is behind it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Area {
    Entrance(Entrance),
    Inside,
    Nothing,
}

#[component]
fn Screens(session: Session) -> impl IntoView {
    let path = use_location().pathname;
    let screen = Memo::new(move |_| Screen::at(&path.read()));
    // The frame of the application stays while its screens change.
    let area = Memo::new(move |_| match screen.get() {
        Screen::Entrance(entrance) => Area::Entrance(entrance),
        Screen::Inside(_) => Area::Inside,
        Screen::Nothing => Area::Nothing,
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
            Area::Entrance(Entrance::SignIn) => view! { <SignIn session language/> }.part(),
            Area::Entrance(Entrance::ForgottenPassword) => {
                view! { <ForgottenPassword session language/> }.part()
            }
            Area::Entrance(Entrance::ResetPassword) => view! { <ResetPassword session language/> }.part(),
            Area::Entrance(Entrance::Invitation) => view! { <Invitation session language/> }.part(),
            Area::Inside => view! { <Gate session language screen=inside/> }.part(),
            Area::Nothing => view! { <NothingHere session language/> }.part(),
        }
    })
}
