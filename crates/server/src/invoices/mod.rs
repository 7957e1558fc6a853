//! Invoices: written once, in the transaction that settles an order, with a number that runs without gaps.

mod number;

use jiff::Timestamp;
use onedesk_contract::Date;
use onedesk_pricing::{Line, Period};
use onedesk_texts::{Language, invoice_line};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use number::InvoiceNumber;

use crate::catalog::Catalog;
use crate::error::Error;
use crate::store::entities::{accounts, invoice_lines, invoices, orders, users};
use crate::store::{At, new_id};

/// The buyer as they were called on the day of the invoice: a later change of name does not rewrite it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Buyer {
    /// The company.
    pub company: String,
    /// ISO 3166-1 alpha-2 code.
    pub country: String,
    /// First label of the account's address.
    pub account: String,
    /// Who ordered.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
}

impl Buyer {
    /// As they are called now.
    pub fn now(account: &accounts::Model, user: &users::Model) -> Self {
        Self {
            company: account.company.clone(),
            country: account.country.clone(),
            account: account.address.clone(),
            name: user.name.clone(),
            email: user.email.clone(),
        }
    }
}

/// An invoice that was just written.
#[derive(Clone, Debug)]
pub struct Issued {
    /// Its number.
    pub number: InvoiceNumber,
    /// Its lines in words and numbers, in its language.
    pub lines: Vec<String>,
}

/// What an invoice is written from.
#[derive(Debug)]
pub struct ToInvoice<'a> {
    /// The paid order: account, currency, total.
    pub order: &'a orders::Model,
    /// What it consists of.
    pub lines: &'a [Line],
    /// Who pays.
    pub buyer: &'a Buyer,
    /// The invoice's language.
    pub language: Language,
    /// The day of payment in the account's time zone.
    pub paid_on: Date,
    /// The billing period that was bought.
    pub period: Period,
}

/// Writes an invoice with the next number. An order has one at most: the database refuses another.
pub async fn issue(
    tx: &impl ConnectionTrait,
    catalog: &Catalog,
    invoice: ToInvoice<'_>,
    now: Timestamp,
) -> Result<Issued, Error> {
    let ToInvoice {
        order,
        lines,
        buyer,
        language,
        paid_on,
        period,
    } = invoice;
    let number = InvoiceNumber::next(tx).await?;
    let id = new_id();
    let row = invoices::ActiveModel {
        id: Set(id),
        number: Set(number.0),
        account_id: Set(order.account_id),
        order_id: Set(order.id),
        buyer: Set(serde_json::to_string(buyer).map_err(Error::internal)?),
        language: Set(language.code().to_owned()),
        currency: Set(order.currency.clone()),
        total: Set(order.total),
        paid_on: Set(paid_on.to_string()),
        period_start: Set(period.start.to_string()),
        period_end: Set(period.end.to_string()),
        issued_at: Set(At::from(now)),
    };
    row.insert(tx).await?;
    let mut texts = Vec::with_capacity(lines.len());
    for (position, line) in (1..).zip(lines) {
        let text = invoice_line(language, line, &catalog.plan_name(language, &line.plan));
        let row = invoice_lines::ActiveModel {
            invoice_id: Set(id),
            position: Set(position),
            text: Set(text.clone()),
            amount: Set(line.amount.minor),
            line: Set(serde_json::to_string(line).map_err(Error::internal)?),
        };
        row.insert(tx).await?;
        texts.push(text);
    }
    Ok(Issued { number, lines: texts })
}

/// The invoice of an order, once it is paid.
pub async fn of_order(conn: &impl ConnectionTrait, order_id: Uuid) -> Result<Option<invoices::Model>, Error> {
    Ok(invoices::Entity::find()
        .filter(invoices::Column::OrderId.eq(order_id))
        .one(conn)
        .await?)
}
