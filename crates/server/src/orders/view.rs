//! A stored order, read back.

use onedesk_contract::billing::Taxed;
use onedesk_contract::orders::{OrderKind, OrderView, Receipt};
use onedesk_pricing::{BillingPeriod, Choice, Currency, Date, Line, Money, Seats};
use onedesk_texts::Language;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::billing::BillTo;
use crate::error::Error;
use crate::invoices::{self, InvoiceNumber};
use crate::store::entities::charges;
use crate::store::entities::orders::{Model, StoredStatus};

/// The order as its buyer sees it.
pub async fn of(conn: &impl ConnectionTrait, order: &Model) -> Result<OrderView, Error> {
    let receipt = if order.status == StoredStatus::Paid {
        Some(receipt(conn, order).await?)
    } else {
        None
    };
    let pay_url = order
        .checkout_url
        .clone()
        .filter(|_| order.status == StoredStatus::Pending);
    Ok(OrderView {
        id: order.id,
        kind: OrderKind::Subscribe,
        status: order.status.into(),
        choice: choice(order)?,
        lines: lines(order)?,
        taxed: taxed(order)?,
        credit_used: Money::zero(currency(order)?),
        total: total(order)?,
        placed_at: order.placed_at.timestamp(),
        pay_url,
        transfer: None,
        receipt,
    })
}

async fn receipt(conn: &impl ConnectionTrait, order: &Model) -> Result<Receipt, Error> {
    let missing = |what: &str| Error::internal(format!("the paid order {} has no {what}", order.id));
    let charge = charge(conn, order).await?.ok_or_else(|| missing("charge"))?;
    let invoice = invoices::of_order(conn, order.id)
        .await?
        .ok_or_else(|| missing("invoice"))?;
    let date = |text: &str| text.parse::<Date>().map_err(Error::internal);
    Ok(Receipt {
        invoice_number: InvoiceNumber(invoice.number).to_string(),
        paid_on: date(&invoice.paid_on)?,
        payment_method: charge.method,
        period_start: date(&invoice.period_start)?,
        renews_on: date(&invoice.period_end)?,
    })
}

/// The charge that settled the order.
pub async fn charge(conn: &impl ConnectionTrait, order: &Model) -> Result<Option<charges::Model>, Error> {
    Ok(charges::Entity::find()
        .filter(charges::Column::OrderId.eq(order.id))
        .one(conn)
        .await?)
}

/// What was ordered.
pub fn choice(order: &Model) -> Result<Choice, Error> {
    Ok(Choice {
        plan: order.plan.parse().map_err(Error::internal)?,
        seats: seats(order)?,
        period: order.period.parse::<BillingPeriod>().map_err(Error::internal)?,
        currency: currency(order)?,
    })
}

/// How many licences were ordered.
pub fn seats(order: &Model) -> Result<Seats, Error> {
    u32::try_from(order.seats)
        .map_err(Error::internal)
        .and_then(|seats| Seats::new(seats).map_err(Error::internal))
}

/// The sum of the lines with its tax.
pub fn taxed(order: &Model) -> Result<Taxed, Error> {
    let currency = currency(order)?;
    Ok(Taxed {
        net: Money::new(order.net, currency),
        tax: Money::new(order.tax, currency),
        gross: Money::new(order.gross, currency),
        treatment: serde_json::from_str(&order.treatment).map_err(Error::internal)?,
    })
}

/// Who is invoiced.
pub fn bill_to(order: &Model) -> Result<BillTo, Error> {
    serde_json::from_str(&order.bill_to).map_err(Error::internal)
}

/// What is due, with tax.
pub fn total(order: &Model) -> Result<Money, Error> {
    Ok(Money::new(order.total, currency(order)?))
}

/// The price of one licence for one month.
pub fn unit_price(order: &Model) -> Result<Money, Error> {
    Ok(Money::new(order.unit_price, currency(order)?))
}

/// What the order consists of.
pub fn lines(order: &Model) -> Result<Vec<Line>, Error> {
    serde_json::from_str(&order.lines).map_err(Error::internal)
}

/// The language of page, invoice and letter.
pub fn language(order: &Model) -> Language {
    order.language.parse().unwrap_or_default()
}

fn currency(order: &Model) -> Result<Currency, Error> {
    Currency::from_code(&order.currency).map_err(Error::internal)
}
