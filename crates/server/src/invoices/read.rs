//! Invoices, read back. Whatever an account is shown is found through the account.

use onedesk_contract::Date;
use onedesk_contract::billing::Taxed;
use onedesk_contract::invoices::{
    InvoiceKind, InvoiceLineView, InvoiceSummary, InvoiceView, InvoicesView, PartyView,
};
use onedesk_invoice_pdf::TransferDetails;
use onedesk_pricing::{Currency, Money, Period};
use onedesk_texts::{Language, invoice as texts};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{Buyer, InvoiceLine, InvoiceNumber, Seller};
use crate::billing::words;
use crate::error::Error;
use crate::orders::transfer;
use crate::store::entities::{charges, invoice_lines, invoices, orders};

/// Everything that stands on an invoice.
#[derive(Clone, Debug)]
pub struct Invoice {
    /// Its row.
    pub row: invoices::Model,
    /// Its number.
    pub number: InvoiceNumber,
    /// Its language.
    pub language: Language,
    /// Who sells.
    pub seller: Seller,
    /// Who buys.
    pub buyer: Buyer,
    /// What it charges and credits.
    pub lines: Vec<InvoiceLine>,
    /// The sum of the lines with its tax.
    pub taxed: Taxed,
    /// Account credit that paid for a part.
    pub credit_used: Money,
    /// What a credit note added to the account credit.
    pub credit_added: Money,
    /// What was charged.
    pub due: Money,
    /// The day of issue.
    pub issued_on: Date,
    /// The day of payment.
    pub paid_on: Date,
    /// The billing period, if one was bought.
    pub period: Option<Period>,
    /// How it was paid, if anything was charged.
    pub payment_method: Option<String>,
    /// The bank transfer, if it was paid by one.
    pub transfer: Option<TransferDetails>,
}

impl Invoice {
    /// Whether it gives credit that no order led to.
    pub fn is_goodwill(&self) -> bool {
        kind(&self.row) == InvoiceKind::GoodwillCredit
    }

    /// Why no tax is charged or credited, in the invoice's language, as the law wants it said.
    pub fn tax_mention(&self) -> Option<&'static str> {
        if self.is_goodwill() {
            return Some(texts::mention(self.language).goodwill());
        }
        words::reason(self.language, self.taxed.treatment)
    }
}

/// A page of an account's invoices, newest first: those before a number, or the newest ones.
pub async fn page(
    conn: &impl ConnectionTrait,
    account_id: Uuid,
    before: Option<InvoiceNumber>,
    limit: u32,
) -> Result<InvoicesView, Error> {
    let mut query = invoices::Entity::find()
        .filter(invoices::Column::AccountId.eq(account_id))
        .order_by_desc(invoices::Column::Number)
        // One more than is shown tells whether there is another page.
        .limit(u64::from(limit) + 1);
    if let Some(before) = before {
        query = query.filter(invoices::Column::Number.lt(before.0));
    }
    let mut rows = query.all(conn).await?;
    let shown = usize::try_from(limit).map_err(Error::internal)?;
    let has_older = rows.len() > shown;
    rows.truncate(shown);
    Ok(InvoicesView {
        older_than: rows
            .last()
            .filter(|_| has_older)
            .map(|row| InvoiceNumber(row.number).to_string()),
        invoices: rows.iter().map(summary).collect::<Result<_, _>>()?,
    })
}

/// An invoice of an account.
///
/// # Errors
/// [`Error::NotFound`] for one of another account, too, and for what is no number.
pub async fn of_account(
    conn: &impl ConnectionTrait,
    account_id: Uuid,
    number: &str,
) -> Result<Invoice, Error> {
    let number: InvoiceNumber = number.parse().map_err(|_| Error::NotFound)?;
    let row = invoices::Entity::find()
        .filter(invoices::Column::AccountId.eq(account_id))
        .filter(invoices::Column::Number.eq(number.0))
        .one(conn)
        .await?;
    read(conn, row.ok_or(Error::NotFound)?).await
}

/// An invoice by its identity, for a letter that it is attached to.
pub async fn by_id(conn: &impl ConnectionTrait, id: Uuid) -> Result<Invoice, Error> {
    let row = invoices::Entity::find_by_id(id).one(conn).await?;
    read(conn, row.ok_or(Error::NotFound)?).await
}

/// The invoice as an admin sees it.
pub fn view(invoice: Invoice) -> InvoiceView {
    let mention = invoice.tax_mention();
    let Invoice { seller, buyer, .. } = invoice;
    InvoiceView {
        number: invoice.number.to_string(),
        kind: kind(&invoice.row),
        language: invoice.row.language,
        order_id: invoice.row.order_id,
        issued_on: invoice.issued_on,
        paid_on: invoice.paid_on,
        payment_method: invoice.payment_method,
        transfer_reference: invoice.transfer.map(|transfer| transfer.reference),
        period_start: invoice.period.map(|period| period.start),
        period_end: invoice.period.map(|period| period.end),
        seller: PartyView {
            name: seller.name,
            contact: String::new(),
            address: seller.address,
            postcode: seller.postcode.unwrap_or_default(),
            city: seller.city,
            country: seller.country,
            vat_number: seller.vat_number.unwrap_or_default(),
            registration: seller.registration.unwrap_or_default(),
        },
        buyer: PartyView {
            name: buyer.company,
            contact: buyer.name,
            address: buyer.address,
            postcode: buyer.postcode.unwrap_or_default(),
            city: buyer.city.unwrap_or_default(),
            country: buyer.country,
            vat_number: buyer.vat_number.unwrap_or_default(),
            registration: String::new(),
        },
        lines: invoice
            .lines
            .into_iter()
            .map(|line| InvoiceLineView {
                text: line.text,
                net: line.net,
            })
            .collect(),
        taxed: invoice.taxed,
        tax_mention: mention.map(str::to_owned),
        credit_used: invoice.credit_used,
        credit_added: invoice.credit_added,
        due: invoice.due,
    }
}

/// What falls below zero gives back; where no order led to it, out of goodwill.
pub fn kind(row: &invoices::Model) -> InvoiceKind {
    if row.order_id.is_none() {
        InvoiceKind::GoodwillCredit
    } else if row.gross < 0 {
        InvoiceKind::CreditNote
    } else {
        InvoiceKind::Invoice
    }
}

fn summary(row: &invoices::Model) -> Result<InvoiceSummary, Error> {
    let currency = currency(row)?;
    Ok(InvoiceSummary {
        number: InvoiceNumber(row.number).to_string(),
        kind: kind(row),
        issued_on: date(&row.issued_on)?,
        gross: Money::new(row.gross, currency),
        due: Money::new(row.due, currency),
    })
}

async fn read(conn: &impl ConnectionTrait, row: invoices::Model) -> Result<Invoice, Error> {
    let lines = invoice_lines::Entity::find()
        .filter(invoice_lines::Column::InvoiceId.eq(row.id))
        .order_by_asc(invoice_lines::Column::Position)
        .all(conn)
        .await?;
    let (charge, transfer) = match row.order_id {
        Some(order_id) => payment(conn, order_id).await?,
        None => (None, None),
    };
    let currency = currency(&row)?;
    let money = |minor| Money::new(minor, currency);
    Ok(Invoice {
        number: InvoiceNumber(row.number),
        language: row.language.parse().unwrap_or_default(),
        seller: serde_json::from_str(&row.seller).map_err(Error::internal)?,
        buyer: serde_json::from_str(&row.buyer).map_err(Error::internal)?,
        lines: lines
            .into_iter()
            .map(|line| {
                Ok(InvoiceLine {
                    net: money(line.amount),
                    worked_out: serde_json::from_str(&line.line).map_err(Error::internal)?,
                    text: line.text,
                })
            })
            .collect::<Result<_, Error>>()?,
        taxed: Taxed {
            net: money(row.net),
            tax: money(row.tax),
            gross: money(row.gross),
            treatment: serde_json::from_str(&row.treatment).map_err(Error::internal)?,
        },
        credit_used: money(row.credit_used),
        credit_added: money(row.credit_added),
        due: money(row.due),
        issued_on: date(&row.issued_on)?,
        paid_on: date(&row.paid_on)?,
        period: match (&row.period_start, &row.period_end) {
            (Some(start), Some(end)) => Some(Period {
                start: date(start)?,
                end: date(end)?,
            }),
            _ => None,
        },
        payment_method: charge.map(|charge| charge.method),
        transfer,
        row,
    })
}

/// What an order was paid with, if anything was charged for it.
async fn payment(
    conn: &impl ConnectionTrait,
    order_id: Uuid,
) -> Result<(Option<charges::Model>, Option<TransferDetails>), Error> {
    let charge = charges::Entity::find()
        .filter(charges::Column::OrderId.eq(order_id))
        .one(conn)
        .await?;
    let transfer = match &charge {
        Some(charge) if charge.provider == transfer::PROVIDER => {
            let order = orders::Entity::find_by_id(order_id).one(conn).await?;
            order.as_ref().map(transfer::payment_of).transpose()?.flatten()
        }
        _ => None,
    };
    Ok((charge, transfer))
}

fn currency(row: &invoices::Model) -> Result<Currency, Error> {
    Currency::from_code(&row.currency).map_err(Error::internal)
}

fn date(text: &str) -> Result<Date, Error> {
    text.parse().map_err(Error::internal)
}
