//! Invoices and credit notes: written once, in the transaction that settles an order or gives a credit of goodwill, with a
//! number that runs without gaps.

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
use crate::store::entities::{invoice_lines, invoices};
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

/// A line of an invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvoiceLine {
    /// What it charges or credits, in words and numbers, in the invoice's language.
    pub text: String,
    /// Its amount without tax; below zero for a credit.
    pub net: Money,
    /// How the amount was worked out; none for a credit of goodwill, which was not.
    pub worked_out: Option<Line>,
}

impl InvoiceLine {
    /// What an order consists of, told in a language.
    pub fn of_order(catalog: &Catalog, language: Language, line: Line) -> Self {
        Self {
            text: invoice_line(language, &line, &catalog.plan_name(language, &line.plan)),
            net: line.amount,
            worked_out: Some(line),
        }
    }
}

/// What an invoice is written from.
#[derive(Debug)]
pub struct ToInvoice<'a> {
    /// Whose invoice it is.
    pub account_id: Uuid,
    /// The paid order that it is for; none for a credit of goodwill.
    pub order_id: Option<Uuid>,
    /// What it consists of.
    pub lines: &'a [InvoiceLine],
    /// Their sum, with the tax that the buyer saw.
    pub taxed: Taxed,
    /// Account credit that pays for a part of it.
    pub credit_used: Money,
    /// What it gives back, as account credit.
    pub credit_added: Money,
    /// What was due.
    pub due: Money,
    /// Who pays.
    pub buyer: &'a Buyer,
    /// The invoice's language.
    pub language: Language,
    /// The day of issue in the account's time zone.
    pub issued_on: Date,
    /// The day of payment in the account's time zone; of a credit note, the day on which it was credited.
    pub paid_on: Date,
    /// The billing period that was bought, if one was.
    pub period: Option<Period>,
}

/// Writes an invoice with the next number. An order has one at most: the database refuses another.
pub async fn issue(
    tx: &impl ConnectionTrait,
    catalog: &Catalog,
    invoice: ToInvoice<'_>,
    now: Timestamp,
) -> Result<Issued, Error> {
    let ToInvoice {
        account_id,
        order_id,
        lines,
        taxed,
        credit_used,
        credit_added,
        due,
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
        account_id: Set(account_id),
        order_id: Set(order_id),
        seller: Set(serde_json::to_string(&Seller::now(catalog)).map_err(Error::internal)?),
        buyer: Set(serde_json::to_string(buyer).map_err(Error::internal)?),
        language: Set(language.code().to_owned()),
        currency: Set(taxed.gross.currency.code().to_owned()),
        net: Set(taxed.net.minor),
        tax: Set(taxed.tax.minor),
        gross: Set(taxed.gross.minor),
        credit_used: Set(credit_used.minor),
        credit_added: Set(credit_added.minor),
        due: Set(due.minor),
        treatment: Set(serde_json::to_string(&taxed.treatment).map_err(Error::internal)?),
        issued_on: Set(issued_on.to_string()),
        paid_on: Set(paid_on.to_string()),
        period_start: Set(period.map(|period| period.start.to_string())),
        period_end: Set(period.map(|period| period.end.to_string())),
        issued_at: Set(At::from(now)),
    };
    row.insert(tx).await?;
    for (position, line) in (1..).zip(lines) {
        let row = invoice_lines::ActiveModel {
            invoice_id: Set(id),
            position: Set(position),
            text: Set(line.text.clone()),
            amount: Set(line.net.minor),
            line: Set(serde_json::to_string(&line.worked_out).map_err(Error::internal)?),
        };
        row.insert(tx).await?;
    }
    Ok(Issued {
        id,
        number,
        lines: lines.iter().map(|line| line.text.clone()).collect(),
    })
}

/// The invoice of an order, once it is paid.
pub async fn of_order(conn: &impl ConnectionTrait, order_id: Uuid) -> Result<Option<invoices::Model>, Error> {
    Ok(invoices::Entity::find()
        .filter(invoices::Column::OrderId.eq(order_id))
        .one(conn)
        .await?)
}
