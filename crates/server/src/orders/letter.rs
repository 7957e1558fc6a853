//! The letter after a payment.

use jiff::ToSpan;
use onedesk_pricing::Term;
use onedesk_texts::{format, invoice as words, mail};

use super::view;
use crate::billing;
use crate::error::Error;
use crate::invoices::{Buyer, Issued};
use crate::mail::{Action, Draft, Letter};
use crate::payments::Payment;
use crate::state::AppState;
use crate::store::entities::orders::Model;

/// The receipt, in the words and figures of the invoice: for who ordered, and for where invoices go.
pub fn receipts(
    state: &AppState,
    order: &Model,
    buyer: &Buyer,
    payment: &Payment,
    term: &Term,
    invoice: &Issued,
) -> Result<Vec<Letter>, Error> {
    let language = view::language(order);
    let texts = mail::receipt(language);
    let product = &state.catalog.vendor().name;
    let date = |day| format::date(language, day);
    let last_day = term.current.end.checked_sub(1.day()).map_err(Error::internal)?;
    let mut facts = vec![(texts.invoice().to_owned(), invoice.number.to_string())];
    facts.extend(
        invoice
            .lines
            .iter()
            .map(|line| (texts.bought().to_owned(), line.clone())),
    );
    let taxed = view::taxed(order)?;
    let net = words::totals(language).net().to_owned();
    facts.extend([
        (net, format::money(language, taxed.net)),
        billing::words::tax(language, &taxed),
        (texts.total().to_owned(), format::money(language, payment.amount)),
        (texts.paid_on().to_owned(), date(term.current.start)),
        (texts.paid_with().to_owned(), payment.method.clone()),
        (
            texts.period().to_owned(),
            texts.period_days(date(term.current.start), date(last_day)),
        ),
        (texts.renews().to_owned(), date(term.renews_on())),
    ]);
    let draft = Draft {
        subject: texts.subject(product, invoice.number),
        name: String::new(),
        paragraphs: vec![texts.lead(&buyer.company, product)],
        facts,
        action: Some(Action {
            label: texts.action().to_owned(),
            url: state
                .public_url
                .to(&format!("/app/administration/subscription/orders/{}", order.id)),
        }),
        notes: vec![texts.next().to_owned()],
        ..Draft::default()
    };
    let to = |(email, name): (&str, &str)| {
        let draft = Draft {
            name: name.to_owned(),
            ..draft.clone()
        };
        Letter {
            invoice: Some(invoice.id),
            ..draft.letter(state, "receipt", language, email)
        }
    };
    Ok(buyer.recipients().into_iter().map(to).collect())
}
