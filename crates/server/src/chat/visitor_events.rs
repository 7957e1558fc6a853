//! What a visitor's panel is told while it is open.

use std::collections::VecDeque;
use std::convert::Infallible;

use axum::response::sse::Event;
use futures_util::stream::{Stream, unfold};
use jiff::Timestamp;
use onedesk_contract::chat::Presence;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::live::{Listener, Seat};
use super::{BEAT, ROUND, conversation, machine_time, presence};
use crate::error::Error;
use crate::state::AppState;
use crate::store::At;
use crate::store::entities::conversations::{Column, Entity};

/// The events of one conversation after a number: `message` with the number as its id, `presence` at first and when it
/// changes, `mailed` with the number up to which questions went out as e-mails. Ends when the server stops or the database
/// fails: the panel connects again.
pub fn visitor_events(
    state: AppState,
    seat: Seat,
    after: i32,
) -> impl Stream<Item = Result<Event, Infallible>> {
    let following = Following {
        listener: state.chat.listen(),
        state,
        conversation: seat.conversation(),
        _seat: seat,
        last: after,
        mailed: 0,
        presence: None,
        seen_at: None,
        ready: VecDeque::new(),
    };
    unfold(following, async |mut following| {
        let event = following.next().await?;
        Some((Ok(event), following))
    })
}

struct Following {
    state: AppState,
    listener: Listener,
    conversation: Uuid,
    /// Given back when the connection ends.
    _seat: Seat,
    /// The number of what was told last.
    last: i32,
    mailed: i32,
    presence: Option<Presence>,
    /// When the visitor was noted as being there; none before the first look.
    seen_at: Option<Timestamp>,
    ready: VecDeque<Event>,
}

impl Following {
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(event);
            }
            let first = self.seen_at.is_none();
            if !first
                && !self
                    .listener
                    .wait(Some(self.conversation), ROUND, &self.state.stop)
                    .await
            {
                return None;
            }
            match self.look().await {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => {
                    tracing::error!(%error, "a chat connection is given up");
                    return None;
                }
            }
        }
    }

    /// Makes events of what is new. `false` if there is no such conversation any more.
    async fn look(&mut self) -> Result<bool, Error> {
        self.beat().await?;
        let conn = self.state.store.read();
        let Some(row) = Entity::find_by_id(self.conversation).one(conn).await? else {
            return Ok(false);
        };
        let presence = presence::presence(&self.state).await?;
        if self.presence.as_ref() != Some(&presence) {
            self.ready.push_back(event("presence", &presence)?);
            self.presence = Some(presence);
        }
        for message in conversation::after(conn, self.conversation, self.last).await? {
            self.last = message.number;
            let told = event("message", &conversation::view(&message, &row))?;
            self.ready.push_back(told.id(message.number.to_string()));
        }
        if row.mailed_number > self.mailed {
            self.mailed = row.mailed_number;
            self.ready.push_back(event("mailed", &row.mailed_number)?);
        }
        Ok(true)
    }

    async fn beat(&mut self) -> Result<(), Error> {
        let now = machine_time();
        if self.seen_at.is_some_and(|seen| now.duration_since(seen) < BEAT) {
            return Ok(());
        }
        let conversation = self.conversation;
        self.state
            .store
            .with_tx(async |tx| {
                Entity::update_many()
                    .col_expr(Column::VisitorSeenAt, Expr::value(At::from(now)))
                    .filter(Column::Id.eq(conversation))
                    .exec(&tx)
                    .await?;
                Ok(())
            })
            .await?;
        self.seen_at = Some(now);
        Ok(())
    }
}

fn event(kind: &str, data: &impl serde::Serialize) -> Result<Event, Error> {
    Event::default()
        .event(kind)
        .json_data(data)
        .map_err(Error::internal)
}
