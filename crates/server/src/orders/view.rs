//! A stored order, read back.

use onedesk_contract::billing::Taxed;
use onedesk_contract::orders::{OrderView, Receipt};
use onedesk_pricing::{BillingPeriod, Choice, Currency, Date, Line, Money, Seats};
use onedesk_subscription::Decision;
use onedesk_texts::{Language, invoice};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::transfer;
use crate::billing::BillTo;
use crate::error::Error;
use crate::invoices::{self, InvoiceNumber};
use crate::store::entities::charges;
use crate::store::entities::orders::{Model, StoredKind, StoredStatus};

/// How the failure of an order begins whose stored card was declined; the provider's word for it follows.
pub const CARD_DECLINED: &str = "card-declined";

/// The order as its buyer sees it.
pub async fn of(conn: &impl ConnectionTrait, order: &Model) -> Result<OrderView, Error> {
    // Nothing was bought with a card that was saved.
    let is_bought = order.status == StoredStatus::Paid && order.kind != StoredKind::PaymentMethod;
    let receipt = if is_bought {
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
        kind: order.kind.into(),
        status: order.status.into(),
        choice: choice(order)?,
        lines: lines(order)?,
        taxed: taxed(order)?,
        credit_used: credit_used(order)?,
        total: total(order)?,
        partner: order.partner.clone(),
        placed_at: order.placed_at.timestamp(),
        pay_url,
        transfer: transfer::instructions(order)?,
        receipt,
    })
}

async fn receipt(conn: &impl ConnectionTrait, order: &Model) -> Result<Receipt, Error> {
    let invoice = invoices::of_order(conn, order.id)
        .await?
        .ok_or_else(|| Error::internal(format!("the paid order {} has no invoice", order.id)))?;
    let charge = charge(conn, order).await?;
    let date = |text: &str| text.parse::<Date>().map_err(Error::internal);
    let (Some(start), Some(end)) = (&invoice.period_start, &invoice.period_end) else {
        return Err(Error::internal(format!(
            "the invoice of the order {} has no period",
            order.id
        )));
    };
    Ok(Receipt {
        invoice_number: InvoiceNumber(invoice.number).to_string(),
        paid_on: date(&invoice.paid_on)?,
        payment_method: paid_with(order, charge.as_ref().map(|charge| charge.method.as_str())),
        period_start: date(start)?,
        renews_on: date(end)?,
    })
}

/// How an order was paid, as people read it: what was charged, or that nothing was.
pub fn paid_with(order: &Model, charged: Option<&str>) -> String {
    let words = invoice::totals(language(order));
    match charged {
        Some(method) => method.to_owned(),
        None if order.gross < 0 => words.credited().to_owned(),
        None => words.credit().to_owned(),
    }
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

/// Account credit that pays for a part of it.
pub fn credit_used(order: &Model) -> Result<Money, Error> {
    Ok(Money::new(order.credit_used, currency(order)?))
}

/// What it gives back as account credit: gross = due + credit used − credit added.
pub fn credit_added(order: &Model) -> Result<Money, Error> {
    let (due, gross) = (total(order)?, Money::new(order.gross, currency(order)?));
    let paid = due.checked_add(credit_used(order)?).map_err(Error::internal)?;
    paid.checked_sub(gross).map_err(Error::internal)
}

/// What is carried out once it is paid, if that was decided when it was placed.
pub fn decision(order: &Model) -> Result<Option<Decision>, Error> {
    let json = order.decision.as_deref();
    json.map(serde_json::from_str)
        .transpose()
        .map_err(Error::internal)
}

/// The version of the subscription that it was decided for.
pub fn base_version(order: &Model) -> Result<Option<u64>, Error> {
    order
        .base_version
        .map(u64::try_from)
        .transpose()
        .map_err(Error::internal)
}

/// Who is invoiced.
pub fn bill_to(order: &Model) -> Result<BillTo, Error> {
    serde_json::from_str(&order.bill_to).map_err(Error::internal)
}

/// Whether it failed because its stored card was declined.
pub fn is_declined(order: &Model) -> bool {
    order
        .failure
        .as_deref()
        .is_some_and(|why| why.starts_with(CARD_DECLINED))
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
