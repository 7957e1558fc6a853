//! The program `records`: invoices, whom they are made out to, and what was done in the account.

use leptos::prelude::*;
use onedesk_texts::Language;

use super::{Application, Screens, above_without_orders};
use crate::pages::app::addresses::{Inside, Program};
use crate::pages::app::billing_details::BillingDetailsPage;
use crate::pages::app::history::HistoryPage;
use crate::pages::app::invoice::InvoicePage;
use crate::pages::app::invoices::InvoicesPage;
use crate::part::{IntoPart, Part};
use crate::session::Account;

/// The program.
#[component]
pub fn Records(
    /// The language to begin with, whose texts are here.
    language: Language,
) -> impl IntoView {
    let screens = Screens {
        program: Program::Records,
        // The program `admin` has them.
        entrance: |_, _, _| ().part(),
        inside,
        above: above_without_orders,
    };
    view! { <Application screens language/> }
}

fn inside(screen: Inside, account: Account) -> Part {
    match screen {
        Inside::Invoice(number) => view! { <InvoicePage account number/> }.part(),
        Inside::BillingDetails => view! { <BillingDetailsPage account/> }.part(),
        Inside::History => view! { <HistoryPage account/> }.part(),
        _ => view! { <InvoicesPage account/> }.part(),
    }
}
