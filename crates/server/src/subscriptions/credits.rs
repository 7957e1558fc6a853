//! Account credit: what credit notes gave, and the next charges use up. Kept with tax included, for each currency apart.

use onedesk_pricing::{Currency, Money};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::error::Error;
use crate::store::entities::credits::{Column, Entity};

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
