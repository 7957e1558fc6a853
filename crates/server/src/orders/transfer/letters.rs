//! Letters about orders that wait for a transfer: how to pay, and that nobody did.

use jiff::Timestamp;
use onedesk_texts::{format, invoice, mail as texts};
use sea_orm::ConnectionTrait;

use super::{Terms, grouped};
use crate::billing;
use crate::error::Error;
use crate::invoices::Buyer;
use crate::mail::{self, Action, Draft, Letter};
use crate::orders::{carry_out, settle, view};
use crate::state::AppState;
use crate::store::entities::accounts;
use crate::store::entities::orders::Model;

/// Writes where to transfer the amount, with the pro-forma invoice: to who ordered, and to where invoices go.
pub(super) async fn instruct(
    tx: &impl ConnectionTrait,
    state: &AppState,
    account: &accounts::Model,
    order: &Model,
    now: Timestamp,
) -> Result<(), Error> {
    let language = view::language(order);
    let (words, names) = (
        texts::transfer_instructions(language),
        invoice::transfer(language),
    );
    let terms = Terms::of(order)?.ok_or_else(|| Error::internal("a transfer without its terms"))?;
    let (product, company) = (&state.catalog.vendor().name, &account.company);
    let fact = |name: &str, value: String| (name.to_owned(), value);
    let due = format::money(language, view::total(order)?);
    let pay_by = format::date(language, terms.pay_by);
    let mut facts = vec![
        fact(names.amount(), due.clone()),
        fact(names.reference(), reference(order)),
        fact(names.holder(), terms.account_holder),
        fact(names.iban(), grouped(&terms.iban)),
    ];
    facts.extend(terms.bic.map(|bic| fact(names.bic(), bic)));
    facts.extend(terms.bank.map(|bank| fact(names.bank(), bank)));
    facts.push(fact(words.pay_by(), pay_by.clone()));
    facts.push(billing::words::tax(language, &view::taxed(order)?));
    let draft = Draft {
        subject: words.subject(product, reference(order)),
        paragraphs: vec![words.lead(company, product, due)],
        facts,
        action: Some(action(state, order, words.action())),
        notes: vec![words.reference_note().to_owned(), words.deadline(pay_by)],
        ..Draft::default()
    };
    for letter in letters(tx, state, account, order, "transfer_instructions", &draft).await? {
        let letter = Letter {
            pro_forma: Some(order.id),
            ..letter
        };
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

fn action(state: &AppState, order: &Model, label: &str) -> Action {
    let path = format!("/app/administration/subscription/orders/{}", order.id);
    Action {
        label: label.to_owned(),
        url: state.public_url.to(&path),
    }
}

fn reference(order: &Model) -> String {
    grouped(order.reference.as_deref().unwrap_or_default())
}
