//! Who is kept out by the suspension of a subscription, and comes back with it.
//!
//! Rule: *Orders and payment* ("then `suspended`: as at the end of a trial"). What was suspended is made good by paying: the
//! users whom it kept out can work again, without anybody having to remember who they were.

use std::collections::HashSet;

use jiff::Timestamp;
use onedesk_pricing::Seats;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Set};
use uuid::Uuid;

use super::{count_active, deactivate_all_but_owner};
use crate::error::Error;
use crate::store::entities::suspended_users::{ActiveModel, Column, Entity};
use crate::store::entities::users;

/// How many rows are written at once: databases bound how many values one statement may hold.
const ROWS: usize = 500;

/// Deactivates every active user but the owner until the subscription is recovered. Gives those who were deactivated.
pub async fn suspend_all_but_owner(
    tx: &impl ConnectionTrait,
    account_id: Uuid,
    now: Timestamp,
) -> Result<Vec<Uuid>, Error> {
    let leaving = deactivate_all_but_owner(tx, account_id, now).await?;
    for users in leaving.chunks(ROWS) {
        let rows = users.iter().map(|user| ActiveModel {
            user_id: Set(*user),
            account_id: Set(account_id),
        });
        Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(leaving)
}

/// Lets those work again whom a suspension kept out, as many as the licences allow: admins first, then by the time at which
/// they were added. Gives them; the others stay deactivated, and can be reactivated like anybody.
pub async fn let_back_in(
    tx: &impl ConnectionTrait,
    account_id: Uuid,
    licences: Seats,
) -> Result<Vec<Uuid>, Error> {
    let kept_out: HashSet<Uuid> = Entity::find()
        .select_only()
        .column(Column::UserId)
        .filter(Column::AccountId.eq(account_id))
        .into_tuple()
        .all(tx)
        .await?
        .into_iter()
        .collect();
    if kept_out.is_empty() {
        return Ok(Vec::new());
    }
    let mut returning: Vec<users::Model> = users::Entity::find()
        .filter(users::Column::AccountId.eq(account_id))
        .filter(users::Column::Active.eq(false))
        .all(tx)
        .await?;
    returning.retain(|user| kept_out.contains(&user.id));
    returning.sort_by_key(|user| (user.role != users::StoredRole::Admin, user.created_at, user.id));
    let room = licences.get().saturating_sub(count_active(tx, account_id).await?);
    returning.truncate(usize::try_from(room).map_err(Error::internal)?);
    let returning: Vec<Uuid> = returning.into_iter().map(|user| user.id).collect();
    for users in returning.chunks(ROWS) {
        users::Entity::update_many()
            .col_expr(users::Column::Active, Expr::value(true))
            .col_expr(users::Column::DeactivatedAt, Expr::value(None::<i64>))
            .filter(users::Column::Id.is_in(users.iter().copied()))
            .exec(tx)
            .await?;
    }
    forget_suspended(tx, account_id).await?;
    Ok(returning)
}

/// Forgets whom a suspension kept out, as nothing comes back: the subscription is over.
pub async fn forget_suspended(tx: &impl ConnectionTrait, account_id: Uuid) -> Result<(), Error> {
    Entity::delete_many()
        .filter(Column::AccountId.eq(account_id))
        .exec(tx)
        .await?;
    Ok(())
}
