//! Orders that wait for a bank transfer, and those that were marked as paid lately.

use std::collections::HashMap;

use jiff::civil::Date;
use onedesk_pricing::Money;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::clock;
use crate::error::Error;
use crate::orders::transfer::{Reference, Terms, by_reference, grouped};
use crate::orders::view;
use crate::store::entities::orders::{Column, Entity, Model, StoredStatus};
use crate::store::entities::{accounts, transfers};

/// An order as the lists show it.
#[derive(Clone, Debug)]
pub struct Awaiting {
    /// The order.
    pub order: Model,
    /// What its transfer quotes, in groups of four.
    pub reference: String,
    /// Whose order it is.
    pub company: String,
    /// What is due.
    pub amount: Money,
    /// The day on which it was placed, in the account's time zone.
    pub ordered_on: Date,
    /// The last day on which it waits.
    pub pay_by: Date,
}

/// One that was marked as paid.
#[derive(Clone, Debug)]
pub struct Marked {
    /// The order.
    pub order: Awaiting,
    /// By whom and when.
    pub transfer: transfers::Model,
}

/// The orders that wait, the one that waits for the shortest time first. With a search those alone whose reference or
/// company holds it, and also the order of exactly that reference that waits no more.
pub async fn awaiting(conn: &impl ConnectionTrait, search: &str) -> Result<Vec<Awaiting>, Error> {
    let mut orders = Entity::find()
        .filter(Column::Status.eq(StoredStatus::AwaitingTransfer))
        .order_by_asc(Column::ExpiresAt)
        .order_by_asc(Column::Id)
        .all(conn)
        .await?;
    if let Ok(reference) = search.parse::<Reference>() {
        orders = by_reference(conn, &reference).await?.into_iter().collect();
    }
    let mut shown = with_accounts(conn, orders).await?;
    let wanted = search.trim().to_lowercase();
    let digits: String = wanted.split_whitespace().collect();
    shown.retain(|one| {
        wanted.is_empty()
            || one.company.to_lowercase().contains(&wanted)
            || bill_to(&one.order).to_lowercase().contains(&wanted)
            || one
                .order
                .reference
                .as_deref()
                .is_some_and(|reference| reference.to_lowercase().contains(&digits))
    });
    Ok(shown)
}

/// Those that were marked as paid last, newest first.
pub async fn marked(conn: &impl ConnectionTrait, limit: u64) -> Result<Vec<Marked>, Error> {
    let transfers = transfers::Entity::find()
        .order_by_desc(transfers::Column::MarkedAt)
        .order_by_desc(transfers::Column::OrderId)
        .limit(limit)
        .all(conn)
        .await?;
    let orders = Entity::find()
        .filter(Column::Id.is_in(transfers.iter().map(|transfer| transfer.order_id)))
        .all(conn)
        .await?;
    let mut orders: HashMap<Uuid, Awaiting> = with_accounts(conn, orders)
        .await?
        .into_iter()
        .map(|one| (one.order.id, one))
        .collect();
    Ok(transfers
        .into_iter()
        .filter_map(|transfer| {
            let order = orders.remove(&transfer.order_id)?;
            Some(Marked { order, transfer })
        })
        .collect())
}

/// One order by transfer.
pub async fn one(conn: &impl ConnectionTrait, order: Model) -> Result<Option<Awaiting>, Error> {
    Ok(with_accounts(conn, vec![order]).await?.pop())
}

async fn with_accounts(conn: &impl ConnectionTrait, orders: Vec<Model>) -> Result<Vec<Awaiting>, Error> {
    let accounts: HashMap<Uuid, accounts::Model> = accounts::Entity::find()
        .filter(accounts::Column::Id.is_in(orders.iter().map(|order| order.account_id)))
        .all(conn)
        .await?
        .into_iter()
        .map(|account| (account.id, account))
        .collect();
    orders
        .into_iter()
        .filter_map(|order| {
            let account = accounts.get(&order.account_id)?;
            let reference = grouped(order.reference.as_deref()?);
            Some((account, reference, order))
        })
        .filter_map(|(account, reference, order)| {
            let terms = Terms::of(&order).transpose()?;
            Some(terms.and_then(|terms| {
                Ok(Awaiting {
                    reference,
                    company: account.company.clone(),
                    amount: view::total(&order)?,
                    ordered_on: clock::day(order.placed_at.timestamp(), &account.time_zone),
                    pay_by: terms.pay_by,
                    order,
                })
            }))
        })
        .collect()
}

/// Who is invoiced, who may be called otherwise than the account.
fn bill_to(order: &Model) -> String {
    view::bill_to(order).map_or_else(|_| String::new(), |bill_to| bill_to.company)
}
