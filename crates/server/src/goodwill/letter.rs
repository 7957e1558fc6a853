//! The letter that tells of it.

use onedesk_pricing::Money;
use onedesk_texts::{Language, format, invoice as words, mail as texts};
use uuid::Uuid;

use super::Gift;
use crate::invoices::{Buyer, InvoiceNumber};
use crate::mail::{Action, Draft, Letter};
use crate::state::AppState;
use crate::store::entities::accounts;

/// What it tells.
#[derive(Debug)]
pub struct GoodwillCredit<'a> {
    /// Who has it.
    pub account: &'a accounts::Model,
    /// The owner, and where invoices go.
    pub buyer: &'a Buyer,
    /// How much, and why.
    pub gift: &'a Gift,
    /// What the account has in that currency now.
    pub balance: Money,
    /// The document, which goes along as a file.
    pub document: Uuid,
    /// Its number.
    pub number: InvoiceNumber,
}

impl GoodwillCredit<'_> {
    /// One to the owner, and one to where invoices go if that is somewhere else.
    pub fn letters(&self, state: &AppState, language: Language) -> Vec<Letter> {
        let product = &state.catalog.vendor().name;
        let (told, company) = (texts::goodwill_credit(language), &self.account.company);
        let amount = format::money(language, self.gift.amount);
        let facts = [
            (told.reason(), self.gift.reason.as_str().to_owned()),
            (words::goodwill(language).name(), self.number.to_string()),
            (words::totals(language).credited(), amount.clone()),
            (
                words::totals(language).credit(),
                format::money(language, self.balance),
            ),
        ];
        let draft = Draft {
            subject: told.subject(&amount, company, product),
            paragraphs: vec![told.lead(product, company, &amount)],
            facts: facts.map(|(name, value)| (name.to_owned(), value)).into(),
            action: Some(Action {
                label: told.action().to_owned(),
                url: state.public_url.to("/app/administration/subscription"),
            }),
            notes: vec![told.attached().to_owned()],
            ..Draft::default()
        };
        let to = |(email, name): (&str, &str)| {
            let draft = Draft {
                name: name.to_owned(),
                ..draft.clone()
            };
            Letter {
                invoice: Some(self.document),
                ..draft.letter(state, "goodwill_credit", language, email)
            }
        };
        self.buyer.recipients().into_iter().map(to).collect()
    }
}
