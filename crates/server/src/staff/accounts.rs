//! Accounts as the staff look at them.

use std::collections::HashMap;

use sea_orm::sea_query::{Expr, ExprTrait, Func, LikeExpr};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use serde_json::Value;
use uuid::Uuid;

use crate::error::Error;
use crate::store::entities::{accounts, audit, users};

/// The most accounts that a search finds.
pub const FOUND: u64 = 50;

/// Accounts whose company, address or one of whose users has what is searched for; the newest ones without a search.
pub async fn search(conn: &impl ConnectionTrait, text: &str) -> Result<Vec<accounts::Model>, Error> {
    let mut query = accounts::Entity::find()
        .order_by_desc(accounts::Column::Id)
        .limit(FOUND);
    let wanted = text.trim();
    if !wanted.is_empty() {
        let holds = |column: Expr, wanted: &str| {
            let pattern = format!("%{}%", escaped(&wanted.to_lowercase()));
            Func::lower(column).like(LikeExpr::new(pattern).escape('\\'))
        };
        let of_user = users::Entity::find()
            .select_only()
            .column(users::Column::AccountId)
            .filter(holds(Expr::col(users::Column::Email), wanted))
            .into_query();
        query = query.filter(
            Condition::any()
                .add(holds(Expr::col(accounts::Column::Company), wanted))
                // The database's small letters may be those of ASCII alone.
                .add(accounts::Column::Company.contains(wanted))
                .add(holds(Expr::col(accounts::Column::Address), wanted))
                .add(accounts::Column::Id.in_subquery(of_user)),
        );
    }
    Ok(query.all(conn).await?)
}

/// Signs that stand for others in a pattern, standing for themselves.
fn escaped(text: &str) -> String {
    text.chars()
        .flat_map(|character| {
            let escape = matches!(character, '%' | '_' | '\\').then_some('\\');
            escape.into_iter().chain([character])
        })
        .collect()
}

/// One deed of the audit trail.
#[derive(Clone, Debug)]
pub struct Deed {
    /// Its row.
    pub row: audit::Model,
    /// Who did it: a user, a member of staff, or nobody but time.
    pub who: Option<String>,
}

/// What was done to an account, newest first.
pub async fn trail(conn: &impl ConnectionTrait, account_id: Uuid, limit: u64) -> Result<Vec<Deed>, Error> {
    let rows = audit::Entity::find()
        .filter(audit::Column::AccountId.eq(account_id))
        .order_by_desc(audit::Column::Id)
        .limit(limit)
        .all(conn)
        .await?;
    let names: HashMap<Uuid, String> = users::Entity::find()
        .filter(users::Column::AccountId.eq(account_id))
        .all(conn)
        .await?
        .into_iter()
        .map(|user| {
            let name = if user.name.is_empty() {
                user.email
            } else {
                user.name
            };
            (user.id, name)
        })
        .collect();
    Ok(rows
        .into_iter()
        .map(|row| {
            let user = row.user_id.and_then(|user| names.get(&user).cloned());
            let staff = || {
                let detail: Value = serde_json::from_str(&row.detail).ok()?;
                Some(format!("{}, staff", detail.get("staff")?.as_str()?))
            };
            Deed {
                who: user.or_else(staff),
                row,
            }
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn what_is_searched_for_is_no_pattern() {
        assert_eq!(escaped(r"100 %_\"), r"100 \%\_\\");
    }
}
