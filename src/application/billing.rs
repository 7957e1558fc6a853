//! The program `billing`: subscribing and what is paid, with all that follows from it.

use leptos::prelude::*;
use onedesk_texts::Language;

use super::{Application, Screens};
use crate::components::change_dialog::ChangeDialog;
use crate::components::order_dialog::OrderDialog;
use crate::pages::app::addresses::{Inside, Program};
use crate::pages::app::billing_details::BillingDetailsPage;
use crate::pages::app::history::HistoryPage;
use crate::pages::app::invoice::InvoicePage;
use crate::pages::app::invoices::InvoicesPage;
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
        // The other program's.
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
        Inside::Invoices => view! { <InvoicesPage account/> }.part(),
        Inside::Invoice(number) => view! { <InvoicePage account number/> }.part(),
        Inside::BillingDetails => view! { <BillingDetailsPage account/> }.part(),
        Inside::History => view! { <HistoryPage account/> }.part(),
        _ => view! { <SubscriptionPage account/> }.part(),
    }
}
