//! Account credit: what credit notes and the staff gave, and the next charges use up. Kept with tax included, for each currency apart.
//!
//! Rule: *Changes* ("account credit is used up by the next charges before the card is"). The balance is changed in one
//! place, [`change`], together with the movement that says why: the sum of the movements is the balance.

use jiff::Timestamp;
use onedesk_pricing::{Currency, Money};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use uuid::Uuid;

use crate::error::Error;
use crate::store::entities::credit_movements;
use crate::store::entities::credits::{ActiveModel, Column, Entity};
use crate::store::{At, new_id};

/// Why credit changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The credit note of a change gave it.
    CreditNote,
    /// The staff gave it out of goodwill.
    Goodwill,
    /// It paid for an invoice, or a part of one.
    Used,
}

impl Reason {
    /// As it is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CreditNote => "credit-note",
            Self::Goodwill => "goodwill",
            Self::Used => "used",
        }
    }
}

/// Changes the credit of an account in the transaction of the invoice that it stands on: above zero it is given, below
/// it is used. Zero changes nothing and leaves no movement.
///
/// # Errors
/// More than there is cannot be used: whoever uses credit has asked [`of`] in the same transaction.
pub async fn change(
    tx: &impl ConnectionTrait,
    account_id: Uuid,
    amount: Money,
    invoice_id: Uuid,
    reason: Reason,
    now: Timestamp,
) -> Result<(), Error> {
    if amount.is_zero() {
        return Ok(());
    }
    let before = of(tx, account_id, amount.currency).await?;
    let after = before.checked_add(amount).map_err(Error::internal)?;
    if after.is_negative() {
        return Err(Error::internal("more account credit is used than there is"));
    }
    let balance = ActiveModel {
        account_id: Set(account_id),
        currency: Set(amount.currency.code().to_owned()),
        amount: Set(after.minor),
    };
    let instead = OnConflict::columns([Column::AccountId, Column::Currency])
        .update_column(Column::Amount)
        .to_owned();
    Entity::insert(balance)
        .on_conflict(instead)
        .exec_without_returning(tx)
        .await?;
    let movement = credit_movements::ActiveModel {
        id: Set(new_id()),
        account_id: Set(account_id),
        currency: Set(amount.currency.code().to_owned()),
        amount: Set(amount.minor),
        invoice_id: Set(Some(invoice_id)),
        reason: Set(reason.as_str().to_owned()),
        at: Set(At::from(now)),
    };
    movement.insert(tx).await?;
    Ok(())
}

/// What an account has in a currency.
pub async fn of(conn: &impl ConnectionTrait, account_id: Uuid, currency: Currency) -> Result<Money, Error> {
    let row = Entity::find_by_id((account_id, currency.code().to_owned()))
        .one(conn)
        .await?;
    Ok(Money::new(row.map_or(0, |row| row.amount), currency))
}

/// What it has, in every currency that it has any in.
pub async fn all(conn: &impl ConnectionTrait, account_id: Uuid) -> Result<Vec<Money>, Error> {
    let rows = Entity::find()
        .filter(Column::AccountId.eq(account_id))
        .filter(Column::Amount.gt(0))
        .order_by_asc(Column::Currency)
        .all(conn)
        .await?;
    rows.into_iter()
        .map(|row| {
            let currency = Currency::from_code(&row.currency).map_err(Error::internal)?;
            Ok(Money::new(row.amount, currency))
        })
        .collect()
}
