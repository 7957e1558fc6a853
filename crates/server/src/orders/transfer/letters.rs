//! Letters about orders that wait for a transfer: how to pay, and that nobody did.

use jiff::Timestamp;
use onedesk_texts::{format, mail as texts};
use sea_orm::ConnectionTrait;

use super::{Terms, grouped};
use crate::error::Error;
use crate::invoices::Buyer;
use crate::mail::letters::{AwaitedTransfer, transfer_instructions};
use crate::mail::{self, Action, Draft, Letter};
use crate::orders::{carry_out, settle, view};
use crate::state::AppState;
use crate::store::entities::orders::Model;
use crate::store::entities::{accounts, users};

/// Writes where to transfer the amount, with the pro-forma invoice: to who ordered, and to where invoices go.
pub(super) async fn instruct(
    tx: &impl ConnectionTrait,
    state: &AppState,
    account: &accounts::Model,
    order: &Model,
    now: Timestamp,
) -> Result<(), Error> {
    let user = carry_out::buyer_of(tx, order).await?;
    let instructions = super::instructions(order)?;
    let instructions = instructions.ok_or_else(|| Error::internal("a transfer without its instructions"))?;
    let awaited = AwaitedTransfer {
        order: order.id,
        amount: view::total(order)?,
        instructions: &instructions,
    };
    let buyer = Buyer::of(account, view::bill_to(order)?, &user);
    for (email, name) in buyer.recipients() {
        let to = users::Model {
            email: email.to_owned(),
            name: name.to_owned(),
            language: order.language.clone(),
            ..user.clone()
        };
        let letter = transfer_instructions(state, account, &to, &awaited);
        mail::enqueue(tx, letter, now).await?;
    }
    Ok(())
}

/// Writes that an order was cancelled because no transfer came in time.
pub async fn tell_of_the_end(
    tx: &impl ConnectionTrait,
    state: &AppState,
    order: &Model,
    now: Timestamp,
) -> Result<(), Error> {
    let language = view::language(order);
    let words = texts::transfer_expired(language);
    let Some(terms) = Terms::of(order)? else {
        return Ok(());
    };
    let account = settle::account_of(tx, order).await?;
    let vendor = state.catalog.vendor();
    let draft = Draft {
        subject: words.subject(&vendor.name, reference(order)),
        paragraphs: vec![words.lead(
            &account.company,
            &vendor.name,
            format::money(language, view::total(order)?),
            format::date(language, terms.pay_by),
        )],
        action: Some(Action {
            label: words.action().to_owned(),
            url: state.public_url.to("/app/administration/subscription"),
        }),
        notes: vec![words.late(&vendor.support_email)],
        ..Draft::default()
    };
    for letter in letters(tx, state, &account, order, "transfer_expired", &draft).await? {
        mail::enqueue(tx, letter, now).await?;
    }
    Ok(())
}

/// The letter to each of those whom an invoice of the order would go to.
async fn letters(
    tx: &impl ConnectionTrait,
    state: &AppState,
    account: &accounts::Model,
    order: &Model,
    kind: &'static str,
    draft: &Draft,
) -> Result<Vec<Letter>, Error> {
    let user = carry_out::buyer_of(tx, order).await?;
    let buyer = Buyer::of(account, view::bill_to(order)?, &user);
    let to = |(email, name): (&str, &str)| {
        let draft = Draft {
            name: name.to_owned(),
            ..draft.clone()
        };
        draft.letter(state, kind, view::language(order), email)
    };
    Ok(buyer.recipients().into_iter().map(to).collect())
}

fn reference(order: &Model) -> String {
    grouped(order.reference.as_deref().unwrap_or_default())
}
