//! Members of staff: added, listed and disabled from the command line, by whoever may run it on the server's machine.

use std::sync::Arc;

use jiff::Timestamp;
use onedesk_contract::fields::{Email, FieldError, Password};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, Set};

use tokio::sync::Semaphore;

use super::session;
use crate::error::Error;
use crate::sign_in::password;
use crate::state::AppState;
use crate::store::entities::staff::{ActiveModel, Column, Entity, Model};
use crate::store::{At, Store, new_id};

/// The longest name, in characters.
const MAX_NAME: usize = 100;

/// Why a member cannot be added.
#[derive(Debug, thiserror::Error)]
pub enum AddError {
    /// The address is none.
    #[error("{0:?} is no e-mail address. Nobody was added.")]
    Email(String),
    /// The name is empty or too long.
    #[error(
        "give a name of 1 to {MAX_NAME} characters with --name: the history of accounts tells it. Nobody was added."
    )]
    Name,
    /// The password is too weak.
    #[error("the password cannot be used: {0}. Nobody was added.")]
    Password(FieldError),
    /// The address is a member's.
    #[error("{0} is a member of staff already. Nobody was added.")]
    Known(String),
    /// The server's own failure.
    #[error(transparent)]
    Other(#[from] Error),
}

/// Adds a member, or lets one in again who was disabled, with a new name and password.
pub async fn add(
    store: &Store,
    email: &str,
    name: &str,
    password: &str,
    now: Timestamp,
) -> Result<Model, AddError> {
    let parsed = Email::parse(email).map_err(|_| AddError::Email(email.to_owned()))?;
    let name = name.trim();
    if name.is_empty() || name.chars().count() > MAX_NAME || name.chars().any(char::is_control) {
        return Err(AddError::Name);
    }
    let password = Password::parse(password, &[parsed.as_str(), name]).map_err(AddError::Password)?;
    let hash = password::hash_at(&Arc::new(Semaphore::new(1)), password).await?;
    let added = store
        .with_tx(async |tx| {
            let known = Entity::find()
                .filter(Column::Email.eq(parsed.as_str()))
                .one(&tx)
                .await?;
            match known {
                Some(member) if member.disabled_at.is_none() => Ok(None),
                Some(member) => {
                    let mut row = ActiveModel::from(member);
                    row.name = Set(name.to_owned());
                    row.password_hash = Set(hash.clone());
                    row.disabled_at = Set(None);
                    Ok(Some(row.update(&tx).await?))
                }
                None => {
                    let row = ActiveModel {
                        id: Set(new_id()),
                        email: Set(parsed.as_str().to_owned()),
                        name: Set(name.to_owned()),
                        password_hash: Set(hash.clone()),
                        created_at: Set(At::from(now)),
                        disabled_at: Set(None),
                    };
                    Ok(Some(row.insert(&tx).await?))
                }
            }
        })
        .await?;
    added.ok_or_else(|| AddError::Known(parsed.as_str().to_owned()))
}

/// Everybody, also who was disabled, by address.
pub async fn list(store: &Store) -> Result<Vec<Model>, Error> {
    Ok(Entity::find()
        .order_by_asc(Column::Email)
        .all(store.read())
        .await?)
}

/// Whether there is anybody who could sign in.
pub async fn is_anybody(state: &AppState) -> Result<bool, Error> {
    let count = Entity::find()
        .filter(Column::DisabledAt.is_null())
        .count(state.store.read())
        .await?;
    Ok(count > 0)
}

/// Keeps a member out from now on, and ends every session. Tells whether there was one to disable.
pub async fn disable(store: &Store, email: &str, now: Timestamp) -> Result<bool, Error> {
    let Ok(email) = Email::parse(email) else {
        return Ok(false);
    };
    store
        .with_tx(async |tx| {
            let member = Entity::find()
                .filter(Column::Email.eq(email.as_str()))
                .filter(Column::DisabledAt.is_null())
                .one(&tx)
                .await?;
            let Some(member) = member else { return Ok(false) };
            Entity::update_many()
                .col_expr(Column::DisabledAt, Expr::value(At::from(now)))
                .filter(Column::Id.eq(member.id))
                .exec(&tx)
                .await?;
            session::end_all(&tx, member.id).await?;
            Ok(true)
        })
        .await
}

/// The member who has this address and this password. Whoever it is not is told alike, after as much work.
pub async fn authenticate(
    state: &AppState,
    email: &str,
    password: String,
    ip: &str,
) -> Result<Option<Model>, Error> {
    state.throttles.staff_sign_in(&email.trim().to_lowercase(), ip)?;
    let member = match Email::parse(email) {
        Ok(email) => {
            Entity::find()
                .filter(Column::Email.eq(email.as_str()))
                .filter(Column::DisabledAt.is_null())
                .one(state.store.read())
                .await?
        }
        Err(_) => None,
    };
    let stored = member.as_ref().map(|member| member.password_hash.clone());
    let right = password::verify(state, password, stored).await?;
    Ok(member.filter(|_| right))
}

/// When a member was disabled.
pub fn disabled_since(member: &Model) -> Option<Timestamp> {
    member.disabled_at.map(At::timestamp)
}
