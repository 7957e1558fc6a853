//! The application behind the sign-in: everything under `/app`.
//!
//! Drawn in the browser from an almost empty page. When the language changes, the screens are drawn anew in the other
//! one; the session, and an order on its way, stay.

mod gate;

use leptos::prelude::*;
use leptos_router::components::{Outlet, ParentRoute, Redirect, Route, Router, Routes};
use leptos_router::path;

use crate::pages::app::forgotten_password::ForgottenPassword;
use crate::pages::app::home::Home;
use crate::pages::app::invitation::Invitation;
use crate::pages::app::nothing_here::NothingHere;
use crate::pages::app::order::OrderPage;
use crate::pages::app::reset_password::ResetPassword;
use crate::pages::app::sign_in::SignIn;
use crate::pages::app::subscription::SubscriptionPage;
use crate::pages::app::users::UsersPage;
use crate::pages::app::{addresses, guard::Guard};
use crate::session::Session;
use gate::Gate;

/// The program `admin`: begins the session and shows the screen of the address.
#[component]
pub fn Admin() -> impl IntoView {
    let session = Session::begin();
    let screens = move || {
        let language = session.language();
        view! {
            <Routes fallback=move || view! { <NothingHere session language/> }>
                <Route path=path!("/app/sign-in") view=move || view! { <SignIn session language/> }/>
                <Route path=path!("/app/forgot-password") view=move || view! { <ForgottenPassword session language/> }/>
                <Route path=path!("/app/reset-password") view=move || view! { <ResetPassword session language/> }/>
                <Route path=path!("/app/invitation") view=move || view! { <Invitation session language/> }/>
                <ParentRoute path=path!("/app") view=move || view! { <Gate session language/> }>
                    <Route path=path!("") view=Home/>
                    <ParentRoute path=path!("/administration") view=|| view! { <Guard><Outlet/></Guard> }>
                        <Route path=path!("") view=|| view! { <Redirect path=addresses::USERS/> }/>
                        <Route path=path!("/users") view=UsersPage/>
                        <Route path=path!("/subscription") view=SubscriptionPage/>
                        <Route path=path!("/subscription/orders/:id") view=OrderPage/>
                    </ParentRoute>
                </ParentRoute>
            </Routes>
        }
    };
    view! {
        <Router>
            {screens}
        </Router>
    }
}
