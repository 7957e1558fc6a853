//! Whether somebody answers now.

use onedesk_contract::chat::Presence;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, Set};
use uuid::Uuid;

use super::{GONE_AFTER, machine_time};
use crate::clock;
use crate::error::Error;
use crate::state::AppState;
use crate::store::entities::chat_presence::{ActiveModel, Column, Entity};
use crate::store::{At, new_id};

/// Whether somebody answers now: within the hours of the catalog, with the chat open on a page of the staff.
pub async fn presence(state: &AppState) -> Result<Presence, Error> {
    let now = state.clock.now();
    let closed = state.catalog.chat_hours().filter(|hours| !hours.hold(now));
    if let Some(hours) = closed {
        return Ok(Presence {
            staffed: false,
            opens_at: hours.next_opening(now),
        });
    }
    let recently = At::from(clock::earlier(machine_time(), GONE_AFTER));
    let there = Entity::find()
        .filter(Column::SeenAt.gt(recently))
        .count(state.store.read())
        .await?;
    Ok(Presence {
        staffed: there > 0,
        opens_at: None,
    })
}

/// A member of staff opened the chat. Gives the identity of the open page.
pub async fn enter(state: &AppState, staff_id: Uuid) -> Result<Uuid, Error> {
    let id = new_id();
    let long_ago = At::from(clock::earlier(machine_time(), GONE_AFTER * 2));
    state
        .store
        .with_tx(async |tx| {
            // Pages whose server was killed said no goodbye.
            Entity::delete_many()
                .filter(Column::SeenAt.lt(long_ago))
                .exec(&tx)
                .await?;
            let row = ActiveModel {
                id: Set(id),
                staff_id: Set(staff_id),
                seen_at: Set(At::from(machine_time())),
            };
            row.insert(&tx).await?;
            Ok(())
        })
        .await?;
    Ok(id)
}

/// The page is still open.
pub async fn stay(state: &AppState, id: Uuid) -> Result<(), Error> {
    state
        .store
        .with_tx(async |tx| {
            Entity::update_many()
                .col_expr(Column::SeenAt, Expr::value(At::from(machine_time())))
                .filter(Column::Id.eq(id))
                .exec(&tx)
                .await?;
            Ok(())
        })
        .await
}

/// The page was closed.
pub async fn leave(state: &AppState, id: Uuid) -> Result<(), Error> {
    state
        .store
        .with_tx(async |tx| {
            Entity::delete_by_id(id).exec(&tx).await?;
            Ok(())
        })
        .await
}
