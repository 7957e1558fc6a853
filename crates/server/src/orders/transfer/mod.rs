//! Orders without a card: they wait for a bank transfer.
//!
//! Rule: *Orders and payment* ("not paying by card: the order waits as `awaiting_transfer` until the vendor's staff mark it
//! paid"). What was ordered is what is delivered, at the amount of the pro-forma invoice, whatever prices and taxes have
//! become since.
//!
//! - [`ask`] makes a written order one that waits: it gets its [`Reference`], 30 days, and a letter with the pro-forma.
//! - [`pro_forma_for`] makes that file.
//! - [`receive`] settles the order once the staff have seen the money, or says why it cannot be settled.

mod letters;
mod pro_forma;
pub mod receive;
mod reference;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use onedesk_contract::orders::TransferInstructions;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, Set,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub use letters::tell_of_the_end;
pub use pro_forma::{payment_of, pro_forma_for};
pub use reference::{Reference, grouped};

use super::settle;
use crate::error::Error;
use crate::state::AppState;
use crate::store::At;
use crate::store::entities::orders::{ActiveModel, Column, Entity, Model, StoredStatus};
use crate::{audit, clock};

/// The name that orders and charges are stored with.
pub const PROVIDER: &str = "transfer";
/// How many days an order waits for its transfer, beside the one on which it was placed.
const DAYS_TO_PAY: i32 = 30;

/// Where the amount of an order is to be transferred, and until when: kept with the order, so that page, letter and
/// pro-forma go on saying the same when the catalog changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Whose account it is.
    pub account_holder: String,
    /// Its IBAN, without spaces.
    pub iban: String,
    /// The bank's code.
    pub bic: Option<String>,
    /// The bank's name.
    pub bank: Option<String>,
    /// The last day on which the order waits, in the account's time zone.
    pub pay_by: Date,
}

impl Terms {
    /// By the catalog, for an order that is placed on a day.
    fn on(state: &AppState, day: Date) -> Result<Self, Error> {
        let seller = state.catalog.seller();
        let bank_account = seller.bank_account.as_ref().ok_or(Error::TransferUnavailable)?;
        Ok(Self {
            account_holder: seller.legal_name.clone(),
            iban: bank_account.iban.clone(),
            bic: bank_account.bic.clone(),
            bank: bank_account.bank.clone(),
            pay_by: day.checked_add(DAYS_TO_PAY.days()).map_err(Error::internal)?,
        })
    }

    /// Of an order; `None` if it is paid by card.
    pub fn of(order: &Model) -> Result<Option<Self>, Error> {
        let json = order.transfer.as_deref();
        json.map(serde_json::from_str)
            .transpose()
            .map_err(Error::internal)
    }
}

/// Has an order wait for its transfer that was just written (with [`PaymentWay::Transfer`] and something due), in the same
/// transaction: gives it a reference and 30 days, and writes the letter with the pro-forma invoice.
///
/// [`PaymentWay::Transfer`]: onedesk_contract::orders::PaymentWay::Transfer
///
/// # Errors
/// [`Error::TransferUnavailable`] if the catalog names no bank account.
pub async fn ask(
    tx: &impl ConnectionTrait,
    state: &AppState,
    order: Model,
    now: Timestamp,
) -> Result<Model, Error> {
    let account = settle::account_of(tx, &order).await?;
    let terms = Terms::on(state, clock::day(now, &account.time_zone))?;
    let expires_at = terms
        .pay_by
        .tomorrow()
        .and_then(|day| day.to_zoned(clock::zone(&account.time_zone)))
        .map_err(Error::internal)?
        .timestamp();
    let reference = unused(tx).await?;
    let mut row = ActiveModel::from(order);
    row.provider = Set(PROVIDER.to_owned());
    row.reference = Set(Some(reference.as_str().to_owned()));
    row.transfer = Set(Some(serde_json::to_string(&terms).map_err(Error::internal)?));
    row.expires_at = Set(At::from(expires_at));
    let order = row.update(tx).await?;
    let detail = json!({ "order": order.id, "reference": reference.to_string(), "pay_by": terms.pay_by });
    let placed_by = Some(order.placed_by);
    audit::note(
        tx,
        order.account_id,
        placed_by,
        "order.transfer_requested",
        detail,
        now,
    )
    .await?;
    letters::instruct(tx, state, &account, &order, now).await?;
    Ok(order)
}

/// What its buyer needs to know, while an order waits for a transfer.
pub fn instructions(order: &Model) -> Result<Option<TransferInstructions>, Error> {
    if order.status != StoredStatus::AwaitingTransfer {
        return Ok(None);
    }
    let (Some(terms), Some(reference)) = (Terms::of(order)?, &order.reference) else {
        return Ok(None);
    };
    Ok(Some(TransferInstructions {
        account_holder: terms.account_holder,
        iban: grouped(&terms.iban),
        bic: terms.bic.unwrap_or_default(),
        bank: terms.bank.unwrap_or_default(),
        reference: grouped(reference),
        pay_by: terms.pay_by,
        pro_forma: format!("/api/orders/{}/pro-forma.pdf", order.id),
    }))
}

/// The order of a reference.
pub async fn by_reference(
    conn: &impl ConnectionTrait,
    reference: &Reference,
) -> Result<Option<Model>, Error> {
    Ok(Entity::find()
        .filter(Column::Reference.eq(reference.as_str()))
        .one(conn)
        .await?)
}

/// A reference that no order has.
async fn unused(tx: &impl ConnectionTrait) -> Result<Reference, Error> {
    loop {
        let reference = Reference::random();
        let taken = Column::Reference.eq(reference.as_str());
        if Entity::find().filter(taken).count(tx).await? == 0 {
            return Ok(reference);
        }
    }
}
