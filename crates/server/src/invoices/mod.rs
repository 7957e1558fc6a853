//! Invoices: written once, in the transaction that settles an order, with a number that runs without gaps.

pub mod document;
mod number;
mod parties;
mod pdf;
mod pro_forma;
mod read;

use jiff::Timestamp;
use onedesk_contract::Date;
use onedesk_contract::billing::Taxed;
use onedesk_pricing::{Line, Money, Period};
use onedesk_texts::{Language, invoice_line};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use uuid::Uuid;

pub use number::InvoiceNumber;
pub use parties::{Buyer, Seller};
pub use pdf::{PdfFile, file};
pub use pro_forma::{ProForma, pro_forma};
pub use read::{by_id, of_account, page, view};

use crate::catalog::Catalog;
use crate::error::Error;
use crate::store::entities::{invoice_lines, invoices, orders};
use crate::store::{At, new_id};

/// An invoice that was just written.
#[derive(Clone, Debug)]
pub struct Issued {
    /// Its identity.
    pub id: Uuid,
    /// Its number.
    pub number: InvoiceNumber,
    /// Its lines in words and numbers, in its language.
    pub lines: Vec<String>,
}

/// What an invoice is written from.
#[derive(Debug)]
pub struct ToInvoice<'a> {
    /// The paid order: account, currency, what was due.
    pub order: &'a orders::Model,
    /// What it consists of.
    pub lines: &'a [Line],
    /// Their sum, with the tax that the buyer saw.
    pub taxed: Taxed,
    /// Account credit that pays for a part of it.
    pub credit_used: Money,
    /// What it gives back, as account credit.
    pub credit_added: Money,
    /// Who pays.
    pub buyer: &'a Buyer,
    /// The invoice's language.
    pub language: Language,
    /// The day of issue in the account's time zone.
    pub issued_on: Date,
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
        taxed,
        credit_used,
        credit_added,
        buyer,
        language,
        issued_on,
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
        seller: Set(serde_json::to_string(&Seller::now(catalog)).map_err(Error::internal)?),
        buyer: Set(serde_json::to_string(buyer).map_err(Error::internal)?),
        language: Set(language.code().to_owned()),
        currency: Set(order.currency.clone()),
        net: Set(taxed.net.minor),
        tax: Set(taxed.tax.minor),
        gross: Set(taxed.gross.minor),
        credit_used: Set(credit_used.minor),
        credit_added: Set(credit_added.minor),
        due: Set(order.total),
        treatment: Set(serde_json::to_string(&taxed.treatment).map_err(Error::internal)?),
        issued_on: Set(issued_on.to_string()),
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
    Ok(Issued {
        id,
        number,
        lines: texts,
    })
}

/// The invoice of an order, once it is paid.
pub async fn of_order(conn: &impl ConnectionTrait, order_id: Uuid) -> Result<Option<invoices::Model>, Error> {
    Ok(invoices::Entity::find()
        .filter(invoices::Column::OrderId.eq(order_id))
        .one(conn)
        .await?)
}
