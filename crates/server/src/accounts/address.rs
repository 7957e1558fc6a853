//! Makes the address of an account unique.

use std::collections::HashSet;

use onedesk_contract::fields::AccountAddress;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect};

use crate::error::Error;
use crate::store::entities::accounts::{Column, Entity};

/// Labels that a vendor needs for itself below its own domain.
const RESERVED: [&str; 17] = [
    "account", "accounts", "admin", "api", "app", "auth", "billing", "docs", "help", "login", "mail", "ns1",
    "smtp", "sso", "status", "support", "www",
];

/// The first address that is free: the wished one, or the wished one with a number.
pub async fn free(conn: &impl ConnectionTrait, wished: &AccountAddress) -> Result<AccountAddress, Error> {
    // A label holds letters, digits and hyphens only, so nothing in it means anything to LIKE.
    let like = format!("{wished}-%");
    let taken: HashSet<String> = Entity::find()
        .select_only()
        .column(Column::Address)
        .filter(Column::Address.eq(wished.as_str()).or(Column::Address.like(like)))
        .into_tuple()
        .all(conn)
        .await?
        .into_iter()
        .collect();
    (1..u32::MAX)
        .map(|n| wished.candidate(n))
        .find(|candidate| !taken.contains(candidate.as_str()) && !RESERVED.contains(&candidate.as_str()))
        .ok_or_else(|| Error::internal("there are no more account addresses"))
}
