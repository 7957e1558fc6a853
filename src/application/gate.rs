//! Lets signed-in users through to the screens of the application, and sends everybody else to sign in.

use leptos::ev;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use onedesk_texts::{Language, admin};

use super::Screens;
use crate::browser;
use crate::changing::{Changing, changing};
use crate::components::shell::Shell;
use crate::effect::{effect, memo};
use crate::embedded_catalog::Catalog;
use crate::pages::app::addresses::Inside;
use crate::pages::app::guard::NotForMembers;
use crate::pages::app::opening::{Opening, Unreachable};
use crate::part::IntoPart;
use crate::session::return_address::sign_in_address;
use crate::session::{Account, Session, Standing};

/// The screen of the address within its frame, once it is known who is signed in and what is sold.
#[component]
pub fn Gate(
    /// The session.
    session: Session,
    /// The language of the screens.
    language: Language,
    /// The screen of the address.
    screen: Signal<Inside>,
    /// What the program draws.
    screens: Screens,
) -> impl IntoView {
    let title = admin::shell(language).opening();
    changing(move || match (session.standing(), session.catalog()) {
        (Standing::Unreachable(error), _) => view! { <Unreachable session language error/> }.part(),
        (Standing::SignedOut(_), _) => {
            to_sign_in();
            ().part()
        }
        (Standing::SignedIn(client, view), Some(catalog)) => {
            let view = RwSignal::from(view);
            let account = Account {
                client,
                view,
                catalog: Catalog::new(catalog),
                language,
                session,
            };
            keep_up_to_date(account);
            view! {
                <Shell account screen>{screen_within(account, screen, screens)}</Shell>
                {(screens.above)(account)}
            }
            .part()
        }
        (Standing::Asking | Standing::SignedIn(..), _) => view! { <Opening text=title/> }.part(),
    })
}

/// The screen in the frame. Administration is for administrators; the server refuses members all the same.
fn screen_within(account: Account, screen: Signal<Inside>, screens: Screens) -> Changing {
    let administers = memo(move || account.administers());
    changing(move || match screen.get() {
        screen if screen.is_administration() && !administers.get() => {
            view! { <NotForMembers account/> }.part()
        }
        screen => (screens.inside)(screen, account),
    })
}

/// Asks how the account stands when somebody comes back to a page that may be out of date.
fn keep_up_to_date(account: Account) {
    // A page that the browser kept, and shows again after Back from the payment page.
    let shown_again = window_event_listener(ev::pageshow, move |event| {
        if event.persisted() {
            account.session.orders.put_away();
            account.session.changes.put_away();
            account.refresh_soon();
        }
    });
    // One that was left open in another tab.
    let looked_at = window_event_listener(ev::focus, move |_| account.refresh_soon());
    on_cleanup(move || {
        shown_again.remove();
        looked_at.remove();
    });
}

/// Leads to the sign-in screen, which leads back here.
fn to_sign_in() {
    let navigate = use_navigate();
    effect(move || {
        // The browser's address, not the router's: a calculator writes its choice there.
        let path = window().location().pathname().unwrap_or_default();
        let options = NavigateOptions {
            replace: true,
            ..NavigateOptions::default()
        };
        navigate(&sign_in_address(&[path, browser::query()].concat()), options);
    });
}
