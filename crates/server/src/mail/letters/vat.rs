//! The VAT number.

use onedesk_texts::{Language, mail};

use crate::mail::{Action, Draft, Letter};
use crate::state::AppState;
use crate::store::entities::{accounts, users};

/// After the register of VAT numbers said that it does not know an account's number.
pub fn vat_number_wrong(
    state: &AppState,
    language: Language,
    admin: &users::Model,
    account: &accounts::Model,
    number: &str,
) -> Letter {
    let texts = mail::vat_number_wrong(language);
    Draft {
        subject: texts.subject(number),
        name: admin.name.clone(),
        paragraphs: vec![texts.lead(number, &account.company)],
        action: Some(Action {
            label: texts.action().to_owned(),
            url: state.public_url.to("/app/administration/billing"),
        }),
        notes: vec![texts.consequence().to_owned()],
        ..Draft::default()
    }
    .letter(state, "vat_number_wrong", language, &admin.email)
}
