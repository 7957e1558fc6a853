//! The letter after a payment.

use jiff::ToSpan;
use jiff::civil::Date;
use onedesk_contract::orders::OrderKind;
use onedesk_pricing::Period;
use onedesk_texts::{Language, format, invoice as words, mail};

use super::delivery::Delivery;
use super::view;
use crate::billing;
use crate::error::Error;
use crate::invoices::{Buyer, Issued};
use crate::mail::{Action, Draft, Letter};
use crate::state::AppState;
use crate::store::entities::orders::Model;
use crate::subscriptions::changed;

/// What a receipt tells.
#[derive(Debug)]
pub struct Receipt<'a> {
    /// The paid order.
    pub order: &'a Model,
    /// Who bought.
    pub buyer: &'a Buyer,
    /// What was charged, such as `Visa •••• 4242`; none if nothing was.
    pub paid_with: Option<&'a str>,
    /// The day of payment.
    pub paid_on: Date,
    /// The days that were paid for.
    pub period: Period,
    /// The day of the next renewal.
    pub renews_on: Date,
    /// What the order brought.
    pub delivery: &'a Delivery,
    /// The invoice.
    pub invoice: &'a Issued,
}

impl Receipt<'_> {
    /// In the words and figures of the invoice: for who ordered, and for where invoices go.
    pub fn letters(&self, state: &AppState) -> Result<Vec<Letter>, Error> {
        let (order, language) = (self.order, view::language(self.order));
        let texts = mail::receipt(language);
        let product = &state.catalog.vendor().name;
        let number = self.invoice.number;
        let draft = Draft {
            subject: if order.gross < 0 {
                texts.subject_credit_note(product, number)
            } else {
                texts.subject(product, number)
            },
            name: String::new(),
            paragraphs: vec![self.lead(product, language)],
            facts: self.facts(state, language)?,
            action: Some(Action {
                label: texts.action().to_owned(),
                url: state
                    .public_url
                    .to(&format!("/app/administration/subscription/orders/{}", order.id)),
            }),
            notes: self.notes(language),
            ..Draft::default()
        };
        let to = |(email, name): (&str, &str)| {
            let draft = Draft {
                name: name.to_owned(),
                ..draft.clone()
            };
            Letter {
                invoice: Some(self.invoice.id),
                ..draft.letter(state, "receipt", language, email)
            }
        };
        Ok(self.buyer.recipients().into_iter().map(to).collect())
    }

    fn lead(&self, product: &str, language: Language) -> String {
        let (texts, company) = (mail::receipt(language), &self.buyer.company);
        match OrderKind::from(self.order.kind) {
            OrderKind::Subscribe | OrderKind::PaymentMethod => texts.lead(company, product),
            OrderKind::Change if self.order.gross < 0 => texts.lead_credit_note(product, company),
            OrderKind::Change => texts.lead_change(product, company),
            OrderKind::Renewal => texts.lead_renewal(product, company),
            OrderKind::Recovery => texts.lead_recovery(company, product),
        }
    }

    fn facts(&self, state: &AppState, language: Language) -> Result<Vec<(String, String)>, Error> {
        let (texts, totals) = (mail::receipt(language), words::totals(language));
        let (date, money) = (
            |day| format::date(language, day),
            |amount| format::money(language, amount),
        );
        let (taxed, credit_used) = (view::taxed(self.order)?, view::credit_used(self.order)?);
        let fact = |name: &str, value: String| (name.to_owned(), value);
        let mut facts = vec![fact(texts.invoice(), self.invoice.number.to_string())];
        let bought = self.invoice.lines.iter();
        facts.extend(bought.map(|line| fact(texts.bought(), line.clone())));
        facts.push(fact(totals.net(), money(taxed.net)));
        facts.push(billing::words::tax(language, &taxed));
        if credit_used.is_zero() {
            facts.push(fact(texts.total(), money(taxed.gross)));
        } else {
            facts.push(fact(totals.gross(), money(taxed.gross)));
            facts.push(fact(totals.credit_used(), money(credit_used)));
            facts.push(fact(texts.total(), money(view::total(self.order)?)));
        }
        let last_day = self.period.end.checked_sub(1.day()).map_err(Error::internal)?;
        facts.extend([
            fact(texts.paid_on(), date(self.paid_on)),
            fact(texts.paid_with(), view::paid_with(self.order, self.paid_with)),
            fact(
                texts.period(),
                texts.period_days(date(self.period.start), date(last_day)),
            ),
            fact(texts.renews(), date(self.renews_on)),
        ]);
        // The part of the same change that waits for the renewal.
        if let Delivery::Carry(decision) = self.delivery {
            facts.extend(changed::scheduled(state, language, decision));
        }
        Ok(facts)
    }

    fn notes(&self, language: Language) -> Vec<String> {
        let texts = mail::receipt(language);
        let reactivate = match OrderKind::from(self.order.kind) {
            OrderKind::Subscribe => Some(texts.next()),
            OrderKind::Recovery => Some(texts.next_recovery()),
            OrderKind::Change | OrderKind::Renewal | OrderKind::PaymentMethod => None,
        };
        let raised = self.delivery.raised_to_active_users();
        let raised = raised.map(|(_, billed)| texts.raised(billed.get().into()));
        raised.into_iter().chain(reactivate.map(str::to_owned)).collect()
    }
}
