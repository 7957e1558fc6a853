//! The users that entries speak of, by name.

use std::collections::{HashMap, HashSet};

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde_json::Value;
use uuid::Uuid;

use super::words::read;
use crate::error::Error;
use crate::store::entities::{audit, users};

/// What users are called: by their name, and by their address until they have joined.
#[derive(Debug, Default)]
pub struct People(HashMap<Uuid, String>);

impl People {
    /// Those of an account whom entries name. Users of other accounts are nobody here, whatever a row says.
    pub async fn of(
        conn: &impl ConnectionTrait,
        account_id: Uuid,
        rows: &[(audit::Model, Value)],
    ) -> Result<Self, Error> {
        let named: HashSet<Uuid> = rows
            .iter()
            .flat_map(|(row, detail)| [row.user_id, read(detail, "user")])
            .flatten()
            .collect();
        if named.is_empty() {
            return Ok(Self::default());
        }
        let users = users::Entity::find()
            .filter(users::Column::AccountId.eq(account_id))
            .filter(users::Column::Id.is_in(named))
            .all(conn)
            .await?;
        Ok(Self(
            users
                .into_iter()
                .map(|user| {
                    let name = if user.name.is_empty() {
                        user.email
                    } else {
                        user.name
                    };
                    (user.id, name)
                })
                .collect(),
        ))
    }

    /// The name of a user; `None` for one who is not there any more.
    pub fn name(&self, user: Uuid) -> Option<&str> {
        self.0.get(&user).map(String::as_str)
    }
}

#[cfg(test)]
impl People {
    /// One user.
    pub fn one(id: Uuid, name: &str) -> Self {
        Self(HashMap::from([(id, name.to_owned())]))
    }
}
