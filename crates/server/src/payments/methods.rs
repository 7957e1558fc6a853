//! Stored payment methods: the card of the last payment, which renewals and changes are charged to.

use jiff::Timestamp;
use onedesk_contract::subscription::PaymentMethodView;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, EntityTrait, Set};
use uuid::Uuid;

use super::StoredCard;
use crate::error::Error;
use crate::store::At;
use crate::store::entities::payment_methods::{ActiveModel, Column, Entity, Model};

/// Keeps a card in the place of the one before, in the transaction that settles what it paid.
pub async fn keep(
    tx: &impl ConnectionTrait,
    account_id: Uuid,
    provider: &str,
    card: &StoredCard,
    now: Timestamp,
) -> Result<(), Error> {
    let row = ActiveModel {
        account_id: Set(account_id),
        provider: Set(provider.to_owned()),
        reference: Set(card.reference.clone()),
        label: Set(card.label.clone()),
        expires: Set(card.expires.clone()),
        added_at: Set(At::from(now)),
    };
    let instead = OnConflict::column(Column::AccountId)
        .update_columns([
            Column::Provider,
            Column::Reference,
            Column::Label,
            Column::Expires,
            Column::AddedAt,
        ])
        .to_owned();
    Entity::insert(row)
        .on_conflict(instead)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// The name that a provider knows the stored card of an account by, if it keeps one: what it is charged with.
pub async fn reference(
    conn: &impl ConnectionTrait,
    account_id: Uuid,
    provider: &str,
) -> Result<Option<String>, Error> {
    let row = Entity::find_by_id(account_id).one(conn).await?;
    Ok(row
        .filter(|row| row.provider == provider)
        .map(|row| row.reference))
}

/// The method of an account, as it is charged.
pub async fn stored(conn: &impl ConnectionTrait, account_id: Uuid) -> Result<Option<Model>, Error> {
    Ok(Entity::find_by_id(account_id).one(conn).await?)
}

/// The method of an account, as its admins see it.
pub async fn of(conn: &impl ConnectionTrait, account_id: Uuid) -> Result<Option<PaymentMethodView>, Error> {
    let row = Entity::find_by_id(account_id).one(conn).await?;
    Ok(row.map(|row| PaymentMethodView {
        label: row.label,
        expires: row.expires,
    }))
}
