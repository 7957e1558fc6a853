//! Lets signed-in users through to the screens of the application, and sends everybody else to sign in.

use leptos::ev;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::Outlet;
use leptos_router::hooks::{use_location, use_navigate};
use onedesk_texts::{Language, admin};

use crate::components::order_dialog::OrderDialog;
use crate::components::shell::Shell;
use crate::embedded_catalog::Catalog;
use crate::pages::app::opening::{Opening, Unreachable};
use crate::session::return_address::sign_in_address;
use crate::session::{Account, Session, Standing};

/// The screen of the address within its frame, once it is known who is signed in and what is sold.
#[component]
pub fn Gate(
    /// The session.
    session: Session,
    /// The language of the screens.
    language: Language,
) -> impl IntoView {
    let title = admin::shell(language).opening();
    move || match (session.standing(), session.catalog()) {
        (Standing::Unreachable(error), _) => view! { <Unreachable session language error/> }.into_any(),
        (Standing::SignedOut(_), _) => view! { <ToSignIn/> }.into_any(),
        (Standing::SignedIn(client, view), Some(catalog)) => {
            let account =
                Account { client, view: RwSignal::from(view), catalog: Catalog::new(catalog), language, session };
            view! { <Inside account/> }.into_any()
        }
        (Standing::Asking | Standing::SignedIn(..), _) => view! { <Opening text=title/> }.into_any(),
    }
}

/// The frame and the screen in it. The account reaches the screen by context, as the router stands between the two.
#[component]
fn Inside(account: Account) -> impl IntoView {
    provide_context(account);
    // A page that the browser kept, and shows again after Back from the payment page, is out of date.
    let shown_again = window_event_listener(ev::pageshow, move |event| {
        if event.persisted() {
            account.session.orders.put_away();
            account.refresh_soon();
        }
    });
    // So is one that was left open in another tab overnight.
    let looked_at = leptos::prelude::window_event_listener(ev::focus, move |_| account.refresh_soon());
    on_cleanup(move || {
        shown_again.remove();
        looked_at.remove();
    });
    view! {
        <Shell account><Outlet/></Shell>
        <OrderDialog account/>
    }
}

/// Leads to the sign-in screen, which leads back here.
#[component]
fn ToSignIn() -> impl IntoView {
    let (location, navigate) = (use_location(), use_navigate());
    Effect::new(move |_| {
        let query = location.search.get_untracked();
        let path = location.pathname.get_untracked();
        let path = if query.is_empty() { path } else { format!("{path}?{query}") };
        navigate(&sign_in_address(&path), NavigateOptions { replace: true, ..NavigateOptions::default() });
    });
}
