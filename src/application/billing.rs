//! The program `billing`: the subscription, its changes, and orders.

use leptos::prelude::*;
use onedesk_texts::Language;

use super::{Application, Screens};
use crate::components::change_dialog::ChangeDialog;
use crate::components::order_dialog::OrderDialog;
use crate::pages::app::addresses::{Inside, Program};
use crate::pages::app::order::OrderPage;
use crate::pages::app::subscription::SubscriptionPage;
use crate::part::{IntoPart, Part};
use crate::session::Account;

/// The program.
#[component]
pub fn Billing(
    /// The language to begin with, whose texts are here.
    language: Language,
) -> impl IntoView {
    let screens = Screens {
        program: Program::Billing,
        // The program `admin` has them.
        entrance: |_, _, _| ().part(),
        inside,
        above,
    };
    view! { <Application screens language/> }
}

fn above(account: Account) -> Part {
    let user = account.view.with_untracked(|view| view.user.id);
    account.session.orders.resume(account.client, user);
    view! { <OrderDialog account/><ChangeDialog account/> }.part()
}

fn inside(screen: Inside, account: Account) -> Part {
    match screen {
        Inside::Order(id) => view! { <OrderPage account id/> }.part(),
        _ => view! { <SubscriptionPage account/> }.part(),
    }
}
