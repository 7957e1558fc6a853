//! What each letter says, a file a subject. The words stand in `locales/<language>/mail.toml`.
//!
//! A letter to those who administer an account is composed for each of them ([`crate::users::administrators`]), in their
//! own language.

mod chat;
mod entrance;
mod overdue;
mod renewals;
#[cfg(test)]
mod tests;
#[allow(dead_code, reason = "ready for the passes that send them")]
mod transfers;
mod vat;

use onedesk_texts::Language;

pub use chat::{answer as chat_answer, question as chat_question};
pub use entrance::{activation, already_known, deactivated, invitation, password_changed, password_reset};
pub use overdue::{
    FailedPayment, WhyNotCharged, WithoutSubscription, payment_failed, subscription_ended, suspended,
};
pub use renewals::{ComingRenewal, RaisedRenewal, renewal_notice, renewal_raised};
#[allow(unused_imports, reason = "the same")]
pub use transfers::{AwaitedTransfer, transfer_instructions};
pub use vat::vat_number_wrong;

use super::Action;
use crate::state::AppState;
use crate::store::entities::users;

fn product(state: &AppState) -> &str {
    &state.catalog.vendor().name
}

fn language_of(user: &users::Model) -> Language {
    user.language.parse().unwrap_or_default()
}

/// A button to the screen where a subscription is paid, changed and cancelled.
fn to_subscription(state: &AppState, label: &str) -> Action {
    Action {
        label: label.to_owned(),
        url: state.public_url.to("/app/administration/subscription"),
    }
}
