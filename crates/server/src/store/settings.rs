//! The few values that the server keeps for itself between two starts.

use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, Set, sea_query::OnConflict};

use super::entities::settings;
use crate::encoding::base64url;
use crate::error::Error;

/// The value kept under `key`, if any.
pub async fn get(conn: &impl ConnectionTrait, key: &str) -> Result<Option<String>, Error> {
    Ok(settings::Entity::find_by_id(key)
        .one(conn)
        .await?
        .map(|row| row.value))
}

/// Keeps `value` under `key`, in place of what was there.
pub async fn set(conn: &impl ConnectionTrait, key: &str, value: &str) -> Result<(), Error> {
    let row = settings::ActiveModel {
        key: Set(key.to_owned()),
        value: Set(value.to_owned()),
    };
    settings::Entity::insert(row)
        .on_conflict(
            OnConflict::column(settings::Column::Key)
                .update_column(settings::Column::Value)
                .to_owned(),
        )
        .exec_without_returning(conn)
        .await?;
    Ok(())
}

/// A secret of 256 bits that is made when it is first asked for, and the same ever after.
pub async fn secret(conn: &impl ConnectionTrait, key: &str) -> Result<String, Error> {
    if let Some(secret) = get(conn, key).await? {
        return Ok(secret);
    }
    let secret = base64url(&rand::random::<[u8; 32]>());
    settings::ActiveModel {
        key: Set(key.to_owned()),
        value: Set(secret.clone()),
    }
    .insert(conn)
    .await?;
    Ok(secret)
}
