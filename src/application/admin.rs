//! The program `admin`: the entrance, the first screen, and the users.

use leptos::prelude::*;
use onedesk_texts::Language;

use super::{Application, Screens, above_without_orders};
use crate::pages::app::addresses::{Entrance, Inside, Program};
use crate::pages::app::forgotten_password::ForgottenPassword;
use crate::pages::app::home::Home;
use crate::pages::app::invitation::Invitation;
use crate::pages::app::reset_password::ResetPassword;
use crate::pages::app::sign_in::SignIn;
use crate::pages::app::users::UsersPage;
use crate::part::{IntoPart, Part};
use crate::session::{Account, Session};

/// The program.
#[component]
pub fn Admin(
    /// The language to begin with, whose texts are here.
    language: Language,
) -> impl IntoView {
    let screens = Screens {
        program: Program::Admin,
        entrance,
        inside,
        above: above_without_orders,
    };
    view! { <Application screens language/> }
}

fn entrance(entrance: Entrance, session: Session, language: Language) -> Part {
    match entrance {
        Entrance::SignIn => view! { <SignIn session language/> }.part(),
        Entrance::ForgottenPassword => view! { <ForgottenPassword session language/> }.part(),
        Entrance::ResetPassword => view! { <ResetPassword session language/> }.part(),
        Entrance::Invitation => view! { <Invitation session language/> }.part(),
    }
}

fn inside(screen: Inside, account: Account) -> Part {
    match screen {
        Inside::Users => view! { <UsersPage account/> }.part(),
        _ => view! { <Home account/> }.part(),
    }
}
