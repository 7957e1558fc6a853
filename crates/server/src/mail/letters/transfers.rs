//! Paying by bank transfer.

use onedesk_contract::orders::TransferInstructions;
use onedesk_pricing::Money;
use onedesk_texts::{format, mail};
use uuid::Uuid;

use super::{language_of, product};
use crate::invoices::ProForma;
use crate::mail::{Action, Draft, Letter};
use crate::state::AppState;
use crate::store::entities::{accounts, users};

/// An order that waits for its transfer.
#[derive(Clone, Copy, Debug)]
pub struct AwaitedTransfer<'a> {
    /// The order, whose pro-forma invoice goes along as a file.
    pub order: Uuid,
    /// What is to be transferred.
    pub amount: Money,
    /// Where to, with which reference, until when.
    pub instructions: &'a TransferInstructions,
}

/// After an order that is to be paid by bank transfer.
pub fn transfer_instructions(
    state: &AppState,
    account: &accounts::Model,
    to: &users::Model,
    transfer: &AwaitedTransfer<'_>,
) -> Letter {
    let language = language_of(to);
    let texts = mail::transfer_instructions(language);
    let instructions = transfer.instructions;
    let pay_by = format::date(language, instructions.pay_by);
    let given = |name: &str, value: &str| (!value.is_empty()).then(|| (name.to_owned(), value.to_owned()));
    let amount = format::money(language, transfer.amount);
    let facts = [
        given(texts.amount(), &amount),
        given(texts.holder(), &instructions.account_holder),
        given(texts.iban(), &instructions.iban),
        given(texts.bic(), &instructions.bic),
        given(texts.bank(), &instructions.bank),
        given(texts.reference(), &instructions.reference),
        given(texts.pay_by(), &pay_by),
    ];
    let draft = Draft {
        subject: texts.subject(product(state), &instructions.reference),
        name: to.name.clone(),
        paragraphs: vec![
            texts.lead(product(state), &account.company),
            texts.quote(&instructions.reference),
        ],
        facts: facts.into_iter().flatten().collect(),
        action: Some(Action {
            label: texts.action().to_owned(),
            url: state.public_url.to(&format!(
                "/app/administration/subscription/orders/{}",
                transfer.order
            )),
        }),
        notes: vec![texts.attached().to_owned(), texts.expires(&pay_by)],
        ..Draft::default()
    };
    Letter {
        pro_forma: Some(ProForma {
            order: transfer.order,
            transfer: instructions.clone(),
        }),
        ..draft.letter(state, "transfer_instructions", language, &to.email)
    }
}
