//! What a chat page of the staff is told while it is open; while it is, its member is there.

use std::convert::Infallible;

use axum::http::HeaderMap;
use axum::response::sse::Event;
use futures_util::stream::{Stream, unfold};
use jiff::Timestamp;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::live::Listener;
use super::{BEAT, ROUND, machine_time, presence};
use crate::error::Error;
use crate::staff::session;
use crate::state::AppState;
use crate::store::At;
use crate::store::entities::conversations::{Column, Entity};

/// An event `changed` at first and whenever something was said anywhere, with the number of conversations that wait for an
/// answer. The page fetches what it shows. Ends when the member's session does, or the server stops.
pub async fn staff_events(
    state: AppState,
    member: Uuid,
    headers: HeaderMap,
) -> Result<impl Stream<Item = Result<Event, Infallible>>, Error> {
    let open = OpenPage::enter(&state, member).await?;
    let following = Following {
        listener: state.chat.listen(),
        open,
        headers,
        seen_at: None,
        told: None,
    };
    Ok(unfold(following, async |mut following| {
        let event = following.next().await?;
        Some((Ok(event), following))
    }))
}

/// How many conversations wait for an answer.
pub async fn waiting(state: &AppState) -> Result<u64, Error> {
    Ok(Entity::find()
        .filter(Column::WaitingSince.is_not_null())
        .count(state.store.read())
        .await?)
}

/// A member's page: gone when the connection is.
struct OpenPage {
    state: AppState,
    id: Uuid,
}

impl OpenPage {
    async fn enter(state: &AppState, member: Uuid) -> Result<Self, Error> {
        let id = presence::enter(state, member).await?;
        Ok(Self {
            state: state.clone(),
            id,
        })
    }
}

impl Drop for OpenPage {
    fn drop(&mut self) {
        let (state, id) = (self.state.clone(), self.id);
        // Without a runtime the program is ending, and whoever is not heard of is not there.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move {
                if let Err(error) = presence::leave(&state, id).await {
                    tracing::debug!(%error, "a closed chat page was not noted");
                }
            });
        }
    }
}

struct Following {
    open: OpenPage,
    listener: Listener,
    headers: HeaderMap,
    seen_at: Option<Timestamp>,
    /// What was told last.
    told: Option<Standing>,
}

/// By what a page sees that something has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Standing {
    waiting: u64,
    last_at: Option<At>,
    closed_at: Option<At>,
}

impl Following {
    async fn next(&mut self) -> Option<Event> {
        let state = self.open.state.clone();
        loop {
            let first = self.told.is_none();
            if !first && !self.listener.wait(None, ROUND, &state.stop).await {
                return None;
            }
            match self.look(&state).await {
                Ok(Some(standing)) if self.told != Some(standing) => {
                    self.told = Some(standing);
                    return Some(
                        Event::default()
                            .event("changed")
                            .data(standing.waiting.to_string()),
                    );
                }
                Ok(Some(_)) => {}
                Ok(None) => return None,
                Err(error) => {
                    tracing::error!(%error, "a chat connection of the staff is given up");
                    return None;
                }
            }
        }
    }

    /// `None` once the session has ended.
    async fn look(&mut self, state: &AppState) -> Result<Option<Standing>, Error> {
        if session::find(state, &self.headers).await?.is_none() {
            return Ok(None);
        }
        let now = machine_time();
        if self.seen_at.is_none_or(|seen| now.duration_since(seen) >= BEAT) {
            presence::stay(state, self.open.id).await?;
            self.seen_at = Some(now);
        }
        let latest: Option<(Option<At>, Option<At>)> = Entity::find()
            .select_only()
            .column_as(Column::LastAt.max(), "last_at")
            .column_as(Column::ClosedAt.max(), "closed_at")
            .into_tuple()
            .one(state.store.read())
            .await?;
        let (last_at, closed_at) = latest.unwrap_or_default();
        Ok(Some(Standing {
            waiting: waiting(state).await?,
            last_at,
            closed_at,
        }))
    }
}
